/** What a trustee has to do next, by what the server says and what this phone has compared. */
import { checkKey, nameOf } from './dkg.js';

/**
 * @typedef {{state: string, group: string, attempt: number, fault: string, position: number,
 *   certificate: string, compared_parts: boolean, exchanged: boolean, finished: boolean,
 *   compared_key: boolean,
 *   rehearsed: boolean, lost: boolean, certificates: string[], posted: import('./dkg.js').Posted[],
 *   document: string, people: {name: string, step: string}[]}} State
 * @typedef {import('./keystore.js').StoredSeed} StoredSeed
 */

/**
 * The name of the stage; throws where parts or key are not those that were compared aloud.
 * @param {State} state
 * @param {StoredSeed} own
 */
export function stageOf(state, { copy, parts, key }) {
  if (state.state === 'ended') return 'ended';
  if (state.state === 'in_force') return state.lost ? 'lost' : 'done';
  if (!state.certificate) return copy ? 'save' : 'make';
  if (state.state === 'keyed') return keyStage(state, key);
  if (!state.certificates.length) return 'wait';
  requireSame(parts, nameOf(state.certificates));
  if (!state.compared_parts || !parts) return state.finished ? 'wait' : 'compare_parts';
  if (!state.exchanged) return 'exchange';
  return state.finished || !state.posted.length ? 'wait' : 'finish';
}

/** @param {State} state @param {string} [key] */
function keyStage(state, key) {
  if (state.rehearsed) return 'wait';
  requireSame(key, checkKey(state.group, state.document, state.certificates));
  return state.compared_key && key ? 'rehearse' : 'compare_key';
}

/** @param {string | undefined} compared @param {string} shown */
function requireSame(compared, shown) {
  if (compared && compared !== shown) throw new Error('ceremony.changed');
}

/** Four groups of four, to be read aloud. @param {string} digits */
export function spoken(digits) {
  return /** @type {string[]} */ (digits.slice(0, 16).match(/.{4}/g)).join(' ');
}
