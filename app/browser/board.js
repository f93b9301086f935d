/** The box of an election as its voters look for their ballots in it. */
import { base64Hash, hexHash, parseCanonical } from './canonical.js';
import { readEvents } from './events.js';

/**
 * @typedef {{credential: string, tracker: string, height: number}} BoardBallot
 * @typedef {{uuid: string, heads: string[], ballots: BoardBallot[]}} Board
 *   heads: hash of every event, by height
 */

/** Event -> the events that may follow it. */
const NEXT = new Map(Object.entries({
  Setup: ['Ballot', 'EndBallots'],
  Ballot: ['Ballot', 'EndBallots'],
  EndBallots: ['EncryptedTally'],
  EncryptedTally: ['PartialDecryption', 'Result'],
  PartialDecryption: ['PartialDecryption', 'Result'],
  Result: [],
}));

/**
 * Read a whole archive; throws at the first thing that is not as it must be.
 * @param {Uint8Array} archive
 * @returns {Board}
 */
export function readBoard(archive) {
  /** @type {Board} */
  const board = { uuid: '', heads: [], ballots: [] };
  let phi = '';
  let next = ['Setup'];
  for (const { type, documents, hash, height } of readEvents(archive)) {
    if (!next.includes(type)) throw new Error('events.order');
    next = NEXT.get(type) ?? [];
    board.heads.push(hash);
    if (type === 'Setup') phi = takeSetup(board, documents);
    if (type === 'Ballot') takeBallot(board, phi, documents[0], height);
  }
  if (board.heads.length === 0) throw new Error('archive.layout');
  return board;
}

/** @param {Board} board @param {string[]} data @returns {string} the hash in every ballot */
function takeSetup(board, [election, trustees, credentials, setup]) {
  const lawful = JSON.stringify({
    election: hexHash(election), trustees: hexHash(trustees), credentials: hexHash(credentials),
  });
  if (setup !== lawful) throw new Error('archive.event');
  board.uuid = parseCanonical(election).uuid;
  return base64Hash(election);
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
