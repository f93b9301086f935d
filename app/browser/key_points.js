/**
 * On an own page of a member whose voting key is not known in every group yet: its other points are
 * added, if the key is on this device. Nothing is shown; another page tries again.
 *
 * What this script needs of the page:
 *   [data-key-points="<address>"][data-csrf][data-groups="<names, with blanks between>"]
 *     [data-term][data-point][data-member]   one for each key; point: by which it is known again
 */
import { provenPoints } from './enrolment.js';
import { findKey, unlockCode } from './keystore.js';
import { postJson } from './request.js';

/** @param {HTMLElement} root */
async function complete({ dataset }) {
  const { keyPoints: address = '', csrf = '', groups = '', term = '', point, member } = dataset;
  const key = await findKey(term).catch(() => undefined);
  if (key?.point !== point || key.member !== member) return;
  const { status, data } = await postJson(`${address}/nonce`, {}, csrf);
  if (status !== 200) return;
  const points = provenPoints(groups.split(' '), term, data.nonce, await unlockCode(key));
  await postJson(address, { term, nonce: data.nonce, points }, csrf);
}

document.querySelectorAll('[data-key-points]').forEach((root) => {
  complete(/** @type {HTMLElement} */ (root));
});
