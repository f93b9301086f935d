/** Passkeys of this device: what the server writes is read, what the device answers is written. */

/** @typedef {Record<string, any>} Options as the server writes them: bytes are base64url texts */

/** @param {string} text */
function toBytes(text) {
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** @param {ArrayBuffer} buffer */
function toText(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  return btoa(letters.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @param {{id: string}[] | undefined} keys */
function readKeys(keys) {
  return (keys ?? []).map((key) => ({ ...key, id: toBytes(key.id) }));
}

/** @param {Options} options */
export async function create(options) {
  const made = await navigator.credentials.create({
    publicKey: /** @type {any} */ ({
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: readKeys(options.excludeCredentials),
    }),
  });
  const key = /** @type {PublicKeyCredential} */ (made);
  const response = /** @type {AuthenticatorAttestationResponse} */ (key.response);
  return { ...describe(key), response: {
    clientDataJSON: toText(response.clientDataJSON),
    attestationObject: toText(response.attestationObject),
  } };
}

/** @param {Options} options */
export async function get(options) {
  const shown = await navigator.credentials.get({
    publicKey: /** @type {any} */ ({
      ...options,
      challenge: toBytes(options.challenge),
      allowCredentials: readKeys(options.allowCredentials),
    }),
  });
  const key = /** @type {PublicKeyCredential} */ (shown);
  const response = /** @type {AuthenticatorAssertionResponse} */ (key.response);
  return { ...describe(key), response: {
    clientDataJSON: toText(response.clientDataJSON),
    authenticatorData: toText(response.authenticatorData),
    signature: toText(response.signature),
    userHandle: response.userHandle ? toText(response.userHandle) : null,
  } };
}

/** @param {PublicKeyCredential} key */
function describe(key) {
  return { id: key.id, rawId: toText(key.rawId), type: key.type };
}
