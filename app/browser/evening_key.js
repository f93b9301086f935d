/** A key that counts in the evening, as its meeting has it: asked for, or no longer needed. */
import { countMeetings, forgetCountKeys } from './keystore.js';
import { languagePrefix } from './page.js';
import { getJson } from './request.js';

/**
 * @typedef {import('./release.js').Waiting} Waiting
 * @typedef {{meeting: number, group: string, own: string | null, is_over: boolean, may_count: boolean,
 *   there: number, most: number, rounds: Waiting[]}} State
 */

/** Whether a part of this member is missing. @param {State} state */
export function isAsked({ rounds }) {
  return rounds.some(({ released }) => !released);
}

/** Whether the key may go: the meeting is over and nothing waits. @param {State} state */
export function isSpent(state) {
  return state.is_over && !isAsked(state);
}

/** The page on which a member counts at a meeting. @param {string} meeting its number */
function placeOf(meeting) {
  return `${languagePrefix()}/commission/meetings/${meeting}`;
}

/**
 * Delete the keys on this phone that no meeting needs any more.
 * @returns {Promise<{kept: number, asked: string | null}>} for how many meetings keys are still
 *   here, and the page where one of them is asked for
 */
export async function tidyCountKeys() {
  const meetings = await countMeetings();
  const answers = await Promise.all(meetings.map((meeting) => getJson(`${placeOf(meeting)}/state`)));
  const states = answers.flatMap(({ status, data }) => (status === 200 && data ? [data] : []));
  const spent = states.filter(isSpent).map(({ meeting }) => String(meeting));
  if (meetings.length) await forgetCountKeys(Date.now(), spent);
  const asked = states.find(isAsked);
  return {
    kept: meetings.length - spent.length,
    asked: asked ? placeOf(String(asked.meeting)) : null,
  };
}
