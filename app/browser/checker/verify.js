/** An archive checked from its first byte to its result, as anybody may do it. */
import { readEvents } from '../events.js';
import { hexHash } from '../canonical.js';
import { checkBallot } from './ballots.js';
import { parseSetup } from './setup.js';
import { array, digest, natural, read, record } from './shape.js';
import { checkPartial, checkStrong, decrypt, requireTally, tallyOf } from './tally.js';

/**
 * @typedef {import('../events.js').Event} Event
 * @typedef {import('./setup.js').Setup} Setup
 * @typedef {import('./tally.js').Partial} Partial
 * @typedef {import('./tally.js').Tally} Tally
 * @typedef {'open' | 'ended' | 'tallied' | 'done'} Stage
 * @typedef {{verdict: 'accepted', stage: Stage, result: number[][] | null, ballots: number,
 *   counted: number, head: string, board: Board}} Accepted
 * @typedef {{verdict: 'refused', reason: string, height: number | null}} Refused
 * @typedef {(done: number, all: number, next: number) => unknown} OnEvent awaited after each event:
 *   it shows progress in bytes and lets others work; next: height of the event that follows
 */

/** @type {Record<Stage, string[]>} */
const MAY_FOLLOW = {
  open: ['Ballot', 'EndBallots'],
  ended: ['EncryptedTally'],
  tallied: ['PartialDecryption', 'Result'],
  done: [],
};
const CLASS = /^(?:unsupported|[a-z]+\.[a-z_]+)$/;
const TALLIED = record({ num_tallied: natural, total_weight: natural, encrypted_tally: digest });
const DECRYPTED = record({ owner: natural, payload: digest });
const RESULT = record({ result: array(array(natural)) });

/** Everything known after the events so far. */
export class Board {
  /** @param {Event} first */
  constructor({ type, documents, hash }) {
    if (type !== 'Setup') throw new Error('events.order');
    /** @type {Setup} */
    this.setup = parseSetup(documents);
    /** @type {Stage} */
    this.stage = 'open';
    this.head = hash;
    /** @type {Set<string>} */
    this.trackers = new Set();
    /** @type {Map<string, import('./proofs.js').Point[][]>} */
    this.last = new Map();
    /** @type {Tally | null} */
    this.tally = null;
    /** @type {Map<number, Partial>} */
    this.partials = new Map();
    /** @type {number[][] | null} */
    this.result = null;
  }

  /** @param {Event} event */
  take({ type, documents, hash }) {
    if (!MAY_FOLLOW[this.stage].includes(type)) throw new Error('events.order');
    if (type === 'Ballot') this.takeBallot(documents[0]);
    if (type === 'EndBallots') this.stage = 'ended';
    if (type === 'EncryptedTally') this.takeTally(documents);
    if (type === 'PartialDecryption') this.takePartial(documents);
    if (type === 'Result') this.takeResult(documents[0]);
    this.head = hash;
  }

  /** @param {string} document */
  takeBallot(document) {
    const { election, roll } = this.setup;
    const ballot = checkBallot(election, document, roll);
    if (this.trackers.has(ballot.tracker)) throw new Error('ballot.duplicate');
    this.trackers.add(ballot.tracker);
    this.last.set(ballot.credential, ballot.points);
  }

  /** @param {string[]} documents */
  takeTally([document, description]) {
    const described = read(description, TALLIED);
    if (described.encrypted_tally !== hexHash(document)) throw new Error('archive.event');
    const { election } = this.setup;
    requireTally(election, document);
    const tally = tallyOf(election, [...this.last.values()]);
    const isRight = document === tally.document
      && described.num_tallied === tally.counted && described.total_weight === tally.counted;
    if (!isRight) throw new Error('tally.mismatch');
    this.tally = tally;
    this.stage = 'tallied';
  }

  /** @param {string[]} documents */
  takePartial([document, description]) {
    const described = read(description, DECRYPTED);
    if (described.payload !== hexHash(document)) throw new Error('archive.event');
    const owner = this.setup.trustees.owners.get(described.owner);
    if (!owner || this.partials.has(owner.number)) throw new Error('decryption.owner');
    const tally = /** @type {Tally} */ (this.tally);
    this.partials.set(owner.number, checkPartial(this.setup.election, tally, owner, document));
  }

  /** @param {string} document */
  takeResult(document) {
    const published = read(document, RESULT).result;
    const counts = this.decrypt();
    if (!counts) throw new Error('decryption.missing');
    if (JSON.stringify(published) !== JSON.stringify(counts)) throw new Error('result.mismatch');
    this.result = counts;
    this.stage = 'done';
  }

  decrypt() {
    const { election, trustees } = this.setup;
    return decrypt(election, trustees, /** @type {Tally} */ (this.tally), this.partials);
  }
}

/**
 * Check an archive and its strong document; a fault is named, not thrown.
 * @param {Uint8Array} archive
 * @param {string | null} strong
 * @param {{archiveOnly?: boolean, onEvent?: OnEvent}} [how]
 * @returns {Promise<Accepted | Refused>}
 */
export async function verify(archive, strong, { archiveOnly = false, onEvent } = {}) {
  /** @type {number | null} */
  let height = 0;
  try {
    const board = await checkBoard(archive, (done, all, next) => {
      height = next;
      return onEvent?.(done, all);
    });
    height = null;
    return judge(board, strong, archiveOnly);
  } catch (error) {
    return { verdict: 'refused', reason: classOf(error), height };
  }
}

/**
 * Everything an archive holds, each event checked as it comes; throws the class of the first fault.
 * @param {Uint8Array} archive
 * @param {OnEvent} [onEvent]
 * @returns {Promise<Board>}
 */
export async function checkBoard(archive, onEvent) {
  /** @type {Board | null} */
  let board = null;
  for (const event of readEvents(archive)) {
    if (board) board.take(event);
    else board = new Board(event);
    await onEvent?.(event.offset, archive.length, event.height + 1);
  }
  if (!board) throw new Error('events.order');
  return board;
}

/**
 * What is left when the last event is read: early counts and the document beside the archive.
 * @param {Board} board
 * @param {string | null} strong
 * @param {boolean} [archiveOnly]
 * @returns {Accepted}
 */
export function judge(board, strong, archiveOnly = false) {
  if (board.stage === 'tallied' && board.partials.size) board.decrypt();
  if (!archiveOnly) requireStrong(board, strong);
  return accepted(board);
}

/** The class of a fault; any other error is a mistake of ours. @param {unknown} error */
export function classOf(error) {
  const reason = error instanceof Error ? error.message : '';
  if (!CLASS.test(reason)) throw error;
  return reason;
}

/** @param {Board} board @param {string | null} strong */
function requireStrong({ setup: { election }, tally, partials }, strong) {
  if (strong !== null) checkStrong(election, tally, partials, strong);
  else if (partials.size) throw new Error('strong.missing');
}

/** @param {Board} board @returns {Accepted} */
function accepted(board) {
  const { stage, result, trackers, last, head } = board;
  return {
    verdict: 'accepted', stage, result, ballots: trackers.size, counted: last.size, head, board,
  };
}
