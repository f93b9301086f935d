/** The events of an archive, each checked against its files and the event before it. */
import { hexHash, parseCanonical, requireKeys } from './canonical.js';
import { decode, readFiles } from './tar.js';

/**
 * @typedef {import('./tar.js').File} File
 * @typedef {{type: string, height: number, hash: string, documents: string[], offset: number}} Event
 *   offset: where the event's last file ends in the archive
 * @typedef {{parent?: string, height: number, type: string, payload?: string}} Written
 */

const NAME = /^([0-9a-f]{64})\.(data|event)\.json$/;
const DOCUMENTS = new Map(Object.entries({
  Setup: 4, Ballot: 1, EndBallots: 0, EncryptedTally: 2, PartialDecryption: 2, Result: 1,
}));
const UNSUPPORTED = ['Shuffle', 'EndShuffles'];

/**
 * Read all events; throws at the first thing that is not as it must be.
 * @param {Uint8Array} archive
 * @returns {Generator<Event>}
 */
export function* readEvents(archive) {
  const [first, ...files] = readFiles(archive);
  requireFirst(first);
  if (files.length && kindOf(files[files.length - 1]) !== 'event') throw new Error('archive.layout');
  /** @type {File[]} */
  let data = [];
  /** @type {string | undefined} */
  let parent;
  let height = 0;
  for (const file of files) {
    const kind = kindOf(file);
    if (hexHash(file.content) !== file.name.slice(0, 64)) throw new Error('archive.hash');
    if (kind === 'data') data.push(file);
    else {
      const event = readEvent(file, data, parent, height);
      yield event;
      [data, parent, height] = [[], event.hash, height + 1];
    }
  }
}

/** @param {File | undefined} file */
function requireFirst(file) {
  const about = file?.name === 'BELENIOS' ? parseCanonical(decode(file.content)) : null;
  requireKeys(about, ['version', 'timestamp']);
  if (about.version !== 1) throw new Error('archive.layout');
}

/** @param {File} file */
function kindOf({ name }) {
  const [, , kind] = name.match(NAME) ?? [];
  if (!kind) throw new Error('archive.layout');
  return kind;
}

/**
 * @param {File} file
 * @param {File[]} data
 * @param {string | undefined} parent
 * @param {number} height
 * @returns {Event}
 */
function readEvent(file, data, parent, height) {
  const written = parseEvent(decode(file.content));
  if (UNSUPPORTED.includes(written.type)) throw new Error('unsupported');
  const isLinked = written.parent === parent
    && written.height === height
    && DOCUMENTS.get(written.type) === data.length
    && written.payload === data.at(-1)?.name.slice(0, 64);
  if (!isLinked) throw new Error('archive.event');
  return {
    type: written.type,
    height,
    hash: file.name.slice(0, 64),
    documents: data.map(({ content }) => decode(content)),
    offset: file.content.byteOffset + file.content.byteLength,
  };
}

/** @param {string} text @returns {Written} */
function parseEvent(text) {
  try {
    const event = parseCanonical(text);
    requireKeys(event, ['?parent', 'height', 'type', '?payload']);
    return event;
  } catch {
    throw new Error('archive.event');
  }
}
