/** The files of an archive, read in its one lawful layout (old tar, no end blocks). */

/** @typedef {{name: string, content: Uint8Array}} File */

const BLOCK = 512;
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Read all files; throws when a byte of the layout differs from the one form.
 * @param {Uint8Array} archive
 * @returns {File[]}
 */
export function readFiles(archive) {
  const files = [];
  let time = '';
  for (let offset = 0; offset < archive.length;) {
    const header = archive.subarray(offset, offset + BLOCK);
    const name = text(header, 0, 100);
    const size = octal(header, 124);
    time ||= text(header, 136, 12);
    requireSame(header, writeHeader(name, size, time));
    const content = archive.subarray(offset + BLOCK, offset + BLOCK + size);
    const end = offset + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    requirePadding(archive.subarray(offset + BLOCK + size, end), end - offset - BLOCK - size);
    files.push({ name, content });
    offset = end;
  }
  return files;
}

/** @param {Uint8Array} header @param {number} start @param {number} length */
function text(header, start, length) {
  return String.fromCharCode(...header.subarray(start, start + length)).replace(/\0.*$/s, '');
}

/** @param {Uint8Array} header @param {number} start */
function octal(header, start) {
  const digits = text(header, start, 12);
  if (!/^[0-7]{11}$/.test(digits)) throw new Error('archive.layout');
  return Number.parseInt(digits, 8);
}

/** @param {string} name @param {number} size @param {string} time */
function writeHeader(name, size, time) {
  const header = new Uint8Array(BLOCK);
  const put = (/** @type {string} */ value, /** @type {number} */ start) => {
    header.set([...value].map((character) => character.charCodeAt(0)), start);
  };
  const fields = /** @type {[string, number][]} */ ([
    [name, 0], ['0000644', 100], ['0000000', 108], ['0000000', 116],
    [size.toString(8).padStart(11, '0'), 124], [time, 136], [' '.repeat(8), 148], ['0', 156],
  ]);
  fields.forEach(([value, start]) => put(value, start));
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** @param {Uint8Array} found @param {Uint8Array} lawful */
function requireSame(found, lawful) {
  if (found.length !== lawful.length || found.some((byte, index) => byte !== lawful[index])) {
    throw new Error('archive.layout');
  }
}

/** @param {Uint8Array} padding @param {number} length */
function requirePadding(padding, length) {
  if (padding.length !== length || padding.some((byte) => byte !== 0)) {
    throw new Error('archive.layout');
  }
}

/** @param {Uint8Array} content */
export function decode(content) {
  return decoder.decode(content);
}
