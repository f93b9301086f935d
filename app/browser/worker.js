/** Workers made of scripts of ours: their bytes are compared first, and the page lets no other in. */

/** @typedef {{trustedTypes?: {createPolicy: (name: string, rules: object) => any}}} Trusting */

const { trustedTypes } = /** @type {Trusting} */ (globalThis);
const policy = trustedTypes?.createPolicy('kv-worker', {
  createScriptURL: (/** @type {string} */ address) => address,
});

/** The script came, and it is another one than the page names. */
export class OtherScript extends TypeError {}

/**
 * A function that starts a worker of this script; throws TypeError without a network.
 * @param {string} address
 * @param {string} integrity
 * @returns {Promise<() => Worker>}
 */
export async function loadWorker(address, integrity) {
  const answer = await fetch(address);
  if (!answer.ok) throw new TypeError(`worker ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  if (await integrityOf(bytes) !== integrity) throw new OtherScript('worker');
  const source = URL.createObjectURL(new Blob([bytes], { type: 'text/javascript' }));
  return () => new Worker(policy ? policy.createScriptURL(source) : source);
}

/** @param {ArrayBuffer} bytes */
async function integrityOf(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-384', bytes));
  return `sha384-${btoa(String.fromCharCode(...hash))}`;
}
