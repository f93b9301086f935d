/** Workers made of scripts of ours: their bytes are compared first, and the page lets no other in. */

/** @typedef {{trustedTypes?: {createPolicy: (name: string, rules: object) => any}}} Trusting */

const { trustedTypes } = /** @type {Trusting} */ (globalThis);
const policy = trustedTypes?.createPolicy('kv-worker', {
  createScriptURL: (/** @type {string} */ address) => address,
});

/**
 * A function that starts a worker of this script; throws TypeError without a network.
 * @param {string} address
 * @param {string} integrity
 * @returns {Promise<() => Worker>}
 */
export async function loadWorker(address, integrity) {
  const answer = await fetch(address, { integrity });
  const source = URL.createObjectURL(new Blob([await answer.text()], { type: 'text/javascript' }));
  return () => new Worker(policy ? policy.createScriptURL(source) : source);
}
