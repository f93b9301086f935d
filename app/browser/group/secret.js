/** The groups as whoever holds a secret computes in them; checking has faster ways. */
import { ED25519 } from './ed25519.js';
import { BELENIOS_2048 } from './modp.js';

const GROUPS = new Map([ED25519, BELENIOS_2048].map((group) => [group.name, group]));

/** @param {string} name @returns {import('./group.js').Group} */
export function secretGroup(name) {
  const group = GROUPS.get(name);
  if (!group) throw new Error('unsupported');
  return group;
}
