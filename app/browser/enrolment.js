/** How a phone comes to hold the voting key of the member whose card was opened on it. */
import { exponentOf, isCode, makeCode, pointOf, proveEnrolment } from './credential.js';
import { secretGroup } from './group/secret.js';
import { canStore, findKey, storeKey } from './keystore.js';
import { signinKey, unwrapCode, wrapCode } from './secret.js';

/**
 * @typedef {import('./secret.js').Secret} Secret
 * @typedef {{csrf: string, term: string, group: string, groups: string[], member: string,
 *   nonce: string, wrapped: string | null, point: string | null, next: string}} Entrance what the
 *   server says to a card; point: of the key, in the first group, by which phones know it again
 * @typedef {{group: string, point: string, proof: import('./proof.js').Proof}} ProvenPoint
 * @typedef {(path: string, content: object) => Promise<import('./request.js').Answer>} Post
 * @typedef {'made' | 'restored' | 'kept'} KeyLine
 */

/** No key could be had: the browser cannot keep one, the card opens no copy, the server refused. */
export class NoKey extends Error {
  /**
   * @param {'device' | 'copy' | 'refused'} reason
   * @param {import('./request.js').Answer} [answer]
   */
  constructor(reason, answer) {
    super(reason);
    this.reason = reason;
    this.answer = answer;
  }
}

/**
 * See to it that this phone holds the voting key, making or restoring it.
 * @param {Secret} card
 * @param {Entrance} entrance
 * @param {Post} post
 * @param {string | null} [known] the voting code, where the member has typed it
 * @returns {Promise<KeyLine>}
 */
export async function haveKey(card, entrance, post, known = null) {
  if (!await canStore()) throw new NoKey('device');
  if (!entrance.point) return register(card, entrance, post);
  const stored = await findKey(entrance.term);
  const isHere = stored?.point === entrance.point && stored.member === entrance.member;
  return isHere ? 'kept' : restore(card, entrance, known);
}

/**
 * @param {Secret} card
 * @param {Entrance} entrance
 * @param {string | null} [known]
 * @returns {Promise<KeyLine>}
 */
async function restore(card, { term, group, member, point, wrapped }, known) {
  const code = known ?? (wrapped && await unwrapCode(card, term, wrapped).catch(() => null));
  if (!code || !opens(code, group, term, point)) throw new NoKey('copy');
  await storeKey(term, { code, point, member });
  return 'restored';
}

/**
 * Whether this is the voting code of this point.
 * @param {string} code
 * @param {string} group
 * @param {string} term
 * @param {string | null} point
 */
export function opens(code, group, term, point) {
  return isCode(code) && pointIn(group, term, code) === point;
}

/** The point of a code. @param {string} name of the group @param {string} term
 * @param {string} code */
export function pointIn(name, term, code) {
  const group = secretGroup(name);
  return pointOf(group, exponentOf(group, term, code));
}

/**
 * The points of a code in all groups, each with the proof that its exponent is known.
 * @param {string[]} groups
 * @param {string} term
 * @param {string} nonce
 * @param {string} code
 * @returns {ProvenPoint[]}
 */
export function provenPoints(groups, term, nonce, code) {
  return groups.map((name) => {
    const group = secretGroup(name);
    const exponent = exponentOf(group, term, code);
    const proof = proveEnrolment(group, term, nonce, exponent);
    return { group: name, point: pointOf(group, exponent), proof };
  });
}

/** @param {Secret} card @param {Entrance} entrance @param {Post} post */
async function register(card, { term, group, groups, member, nonce }, post) {
  const code = makeCode();
  const signin = await signinKey(card);
  const answer = await post('key', {
    points: provenPoints(groups, term, nonce, code),
    nonce,
    wrapped: await wrapCode(card, term, code),
    signin,
  });
  if (answer.code === 'key_exists') return fetchCopy(card, signin, post);
  if (answer.status !== 201) throw new NoKey('refused', answer);
  await storeKey(term, { code, point: pointIn(group, term, code), member });
  return /** @type {KeyLine} */ ('made');
}

/**
 * Another phone of the member was faster.
 * @param {Secret} card
 * @param {string} signin
 * @param {Post} post
 */
async function fetchCopy(card, signin, post) {
  const answer = await post('copy', { signin });
  if (answer.status !== 200 || !answer.data.point) throw new NoKey('refused', answer);
  return restore(card, answer.data);
}
