/**
 * Making and using a passkey. The answer of the device goes into a hidden field of an ordinary form
 * that is then sent; nothing is asked of the server by script.
 *
 * What this script needs of the page: a form[data-passkey="create" | "get"] with the options as JSON
 * in [data-options], an input[data-answer], a button[data-start] (hidden until passkeys are there)
 * and a [data-failed] that is shown when the device gave none.
 */

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
async function create(options) {
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
async function get(options) {
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

/** @param {HTMLFormElement} form */
async function ask(form) {
  const failed = /** @type {HTMLElement} */ (form.querySelector('[data-failed]'));
  const answer = /** @type {HTMLInputElement} */ (form.querySelector('[data-answer]'));
  failed.hidden = true;
  try {
    const options = JSON.parse(form.dataset.options ?? '');
    const found = await (form.dataset.passkey === 'create' ? create(options) : get(options));
    answer.value = JSON.stringify(found);
  } catch {
    // The device does not say whether nothing was there or the person said no.
    failed.hidden = false;
    return;
  }
  form.submit();
}

/** @param {HTMLFormElement} form */
function prepare(form) {
  const start = /** @type {HTMLElement} */ (form.querySelector('[data-start]'));
  start.hidden = false;
  start.addEventListener('click', () => { if (form.reportValidity()) ask(form); });
  form.addEventListener('submit', (event) => {
    if (event.submitter?.hasAttribute('data-start')) event.preventDefault();
  });
}

if (window.PublicKeyCredential) {
  document.querySelectorAll('form[data-passkey]').forEach((form) => {
    prepare(/** @type {HTMLFormElement} */ (form));
  });
}
