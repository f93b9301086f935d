/** The box of an election: a chain of events, each naming its data by hash. */
import { base64Hash, hexHash, parseCanonical, requireKeys } from './canonical.js';
import { decode, readFiles } from './tar.js';

/**
 * @typedef {import('./tar.js').File} File
 * @typedef {{credential: string, tracker: string, height: number}} BoardBallot
 * @typedef {{uuid: string, heads: string[], ballots: BoardBallot[]}} Board
 *   heads: hash of every event, by height
 * @typedef {{parent?: string, height: number, type: string, payload?: string}} Event
 */

/** Event -> number of data files before it, and the events that may follow it. */
const EVENTS = new Map(/** @type {[string, {files: number, next: string[]}][]} */ ([
  ['Setup', { files: 4, next: ['Ballot', 'EndBallots'] }],
  ['Ballot', { files: 1, next: ['Ballot', 'EndBallots'] }],
  ['EndBallots', { files: 0, next: ['EncryptedTally'] }],
  ['EncryptedTally', { files: 2, next: ['PartialDecryption', 'Result'] }],
  ['PartialDecryption', { files: 2, next: ['PartialDecryption', 'Result'] }],
  ['Result', { files: 1, next: [] }],
]));
const NAME = /^([0-9a-f]{64})\.(data|event)\.json$/;

/**
 * Read a whole archive; throws at the first thing that is not as it must be.
 * @param {Uint8Array} archive
 * @returns {Board}
 */
export function readBoard(archive) {
  const [first, ...files] = readFiles(archive);
  requireFirst(first);
  /** @type {Board} */
  const board = { uuid: '', heads: [], ballots: [] };
  /** @type {string[]} */
  let data = [];
  /** @type {{phi: string, next: string[]}} */
  const reading = { phi: '', next: ['Setup'] };
  for (const file of files) {
    if (contentKind(file) === 'data') data.push(decode(file.content));
    else {
      takeEvent(board, reading, file, data);
      data = [];
    }
  }
  if (data.length || board.heads.length === 0) throw new Error('archive.layout');
  return board;
}

/** @param {File | undefined} file */
function requireFirst(file) {
  const about = file?.name === 'BELENIOS' ? parseCanonical(decode(file.content)) : null;
  requireKeys(about, ['version', 'timestamp']);
  if (about.version !== 1) throw new Error('archive.layout');
}

/** @param {File} file @returns {'data' | 'event'} */
function contentKind({ name, content }) {
  const [, hash, kind] = name.match(NAME) ?? [];
  if (!kind) throw new Error('archive.layout');
  if (hexHash(content) !== hash) throw new Error('archive.hash');
  return /** @type {'data' | 'event'} */ (kind);
}

/**
 * @param {Board} board
 * @param {{phi: string, next: string[]}} reading
 * @param {File} file
 * @param {string[]} data
 */
function takeEvent(board, reading, file, data) {
  const event = /** @type {Event} */ (parseCanonical(decode(file.content)));
  requireKeys(event, ['?parent', 'height', 'type', '?payload']);
  const rule = EVENTS.get(event.type);
  if (!rule || !reading.next.includes(event.type)) throw new Error('events.order');
  requireLinked(board, event, data, rule.files);
  reading.next = rule.next;
  board.heads.push(hexHash(file.content));
  if (event.type === 'Setup') takeSetup(board, reading, data);
  if (event.type === 'Ballot') takeBallot(board, reading.phi, data[0], event.height);
}

/** @param {Board} board @param {Event} event @param {string[]} data @param {number} files */
function requireLinked(board, event, data, files) {
  const isLinked = event.parent === board.heads.at(-1)
    && event.height === board.heads.length
    && data.length === files
    && event.payload === (files ? hexHash(data[files - 1]) : undefined);
  if (!isLinked) throw new Error('archive.event');
}

/** @param {Board} board @param {{phi: string}} reading @param {string[]} data */
function takeSetup(board, reading, [election, trustees, credentials, setup]) {
  const lawful = JSON.stringify({
    election: hexHash(election), trustees: hexHash(trustees), credentials: hexHash(credentials),
  });
  if (setup !== lawful) throw new Error('archive.event');
  reading.phi = base64Hash(election);
  board.uuid = parseCanonical(election).uuid;
}

/** @param {Board} board @param {string} phi @param {string} text @param {number} height */
function takeBallot(board, phi, text, height) {
  const ballot = parseCanonical(text);
  const tracker = base64Hash(text);
  if (ballot.election_uuid !== board.uuid || ballot.election_hash !== phi) {
    throw new Error('ballot.election');
  }
  if (board.ballots.some((other) => other.tracker === tracker)) throw new Error('ballot.duplicate');
  board.ballots.push({ credential: ballot.credential, tracker, height });
}

/**
 * Does the ballot with this tracker count?
 * @param {Board} board
 * @param {string} tracker
 * @returns {'counted' | 'replaced' | 'missing'} replaced: the same voter cast a later one
 */
export function findBallot(board, tracker) {
  const own = board.ballots.find((ballot) => ballot.tracker === tracker);
  if (!own) return 'missing';
  const last = board.ballots.findLast((ballot) => ballot.credential === own.credential);
  return last?.tracker === tracker ? 'counted' : 'replaced';
}
