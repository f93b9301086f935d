/**
 * On an own page of a member whose voting key is not known in every group yet: its other points are
 * added, if the key is on this device. Nothing is shown; another page tries again.
 *
 * What this script needs of the page:
 *   script[data-key-points="<address>"]
 */
import { provenPoints } from './enrolment.js';
import { findKey, unlockCode } from './keystore.js';
import { getJson, postJson } from './request.js';

/**
 * @typedef {{csrf: string, groups: string[], member: string,
 *   keys: {term: string, point: string}[]}} Incomplete point: by which a key is known again
 */

const { keyPoints: address = '' } = /** @type {HTMLElement} */ (document.currentScript).dataset;

/** @param {Incomplete} about @param {Incomplete['keys'][number]} lacking */
async function complete({ csrf, groups, member }, { term, point }) {
  const key = await findKey(term).catch(() => undefined);
  if (key?.point !== point || key.member !== member) return;
  const { status, data } = await postJson(`${address}/nonce`, {}, csrf);
  if (status !== 200) return;
  const points = provenPoints(groups, term, data.nonce, await unlockCode(key));
  await postJson(address, { term, nonce: data.nonce, points }, csrf);
}

getJson(address).then(({ status, data }) => {
  if (status === 200) data.keys.forEach((/** @type {any} */ key) => complete(data, key));
});
