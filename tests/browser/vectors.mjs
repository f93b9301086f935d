/** The published vectors of the ballot protocol, read from tests/vectors. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { secretGroup } from '../../app/browser/group/secret.js';

const folder = new URL('../vectors/belenios/', import.meta.url);

/** @param {string} name */
export function archive(name) {
  return new Uint8Array(gunzipSync(readFileSync(new URL(name, folder))));
}

export const known = JSON.parse(new TextDecoder().decode(archive('kat.json.gz')));
export const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'));

/** An election document with one question under the key g^7. */
export function electionOf({
  answers = ['yes', 'no', 'abstain'], min = 1, max = 1, blank, group = secretGroup('Ed25519'),
} = {}) {
  return JSON.stringify({
    version: 1,
    description: '',
    name: 'Test',
    group: group.name,
    public_key: group.text(group.generatorPower(7n)),
    questions: [{ answers, ...(blank ? { blank } : {}), min, max, question: 'Frage' }],
    uuid: '11111111111111',
  });
}
