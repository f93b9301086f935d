/** The published vectors of the ballot protocol, read from tests/vectors. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const folder = new URL('../vectors/belenios/', import.meta.url);

/** @param {string} name */
export function archive(name) {
  return new Uint8Array(gunzipSync(readFileSync(new URL(name, folder))));
}

export const known = JSON.parse(new TextDecoder().decode(archive('kat.json.gz')));
export const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'));

/** An election document with one question under the key g^7. */
export function electionOf({ answers = ['yes', 'no', 'abstain'], min = 1, max = 1, blank } = {}) {
  return JSON.stringify({
    version: 1,
    description: '',
    name: 'Test',
    group: 'Ed25519',
    public_key: 'b1c563e32b47d52f87ce6468dd36ad41f0882b46f7abf23d12c4c4b59f4062b8',
    questions: [{ answers, ...(blank ? { blank } : {}), min, max, question: 'Frage' }],
    uuid: '11111111111111',
  });
}
