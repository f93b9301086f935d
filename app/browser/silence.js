/** What a page that follows the server shows while it gets no answer. */

const SIGNED_OUT = [401, 403];

/**
 * The state without an answer: nothing new, once the page has something to say.
 * @param {number} status
 * @param {string} shown what the page says now
 */
export function placeWithout(status, shown) {
  if (SIGNED_OUT.includes(status)) return 'signed_out';
  return shown || 'silent';
}
