/** What this phone was shown of a box and what it was given later, as a file for others to judge. */

/**
 * @typedef {import('./keystore.js').StoredReceipt} StoredReceipt
 * @typedef {{question: string, archive: Uint8Array}} Given
 */

const STEP = 0x8000;

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += STEP) {
    text += String.fromCharCode(...bytes.subarray(at, at + STEP));
  }
  return btoa(text);
}

/**
 * @param {string} round
 * @param {StoredReceipt} stored
 * @param {Given[]} given
 * @param {Date} now
 */
export function writeEvidence(round, { receipt, trackers, heads, before = {} }, given, now) {
  const boxes = given.map(({ question, archive }) => ({
    question,
    tracker: trackers[question],
    seen: [before[question], heads[question]].filter(Boolean),
    given: base64(archive),
  }));
  const at = now.toISOString();
  const own = receipt || undefined;
  return JSON.stringify({ kind: 'kiezvotum-evidence', at, round, receipt: own, boxes });
}

/** Let a link save this text. @param {HTMLAnchorElement} link @param {string} text */
export function offer(link, text) {
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
}

/**
 * Let a link to "Etwas stimmt nicht" carry both heads.
 * @param {Element | null | undefined} link
 * @param {{seen: string, given?: string}} heads
 */
export function carry(link, { seen, given }) {
  if (!(link instanceof HTMLAnchorElement)) return;
  const address = new URL(link.href);
  address.searchParams.set('seen', seen);
  if (given) address.searchParams.set('given', given);
  link.href = address.href;
}
