/** Getting a finished ballot to the server through bad Wi-Fi, always the same bytes. */

/**
 * @typedef {import('./request.js').Answer} Answer
 * @typedef {'sending' | 'late' | 'asking' | 'resting'} Stage
 *   late: no answer for ten seconds; asking: tried again by itself; resting: only by a tap
 * @typedef {{
 *   post: (signal: AbortSignal) => Promise<Answer>,
 *   show: (stage: Stage) => void,
 *   now: () => number,
 *   pause: (milliseconds: number, signal: AbortSignal) => Promise<void>,
 *   inFront: (signal: AbortSignal) => Promise<void>,
 * }} Surroundings
 */

const LATE_MS = 10_000;
const RETRY_MS = 5_000;
const PATIENCE_MS = 60_000;

/**
 * Send until the server has answered for good or a minute has passed.
 * @param {Surroundings} surroundings
 * @param {AbortSignal} signal stops everything: the member discards, sends again or leaves
 * @returns {Promise<Answer | null>} null: no answer, the ballot must be kept
 */
export async function deliver(surroundings, signal) {
  const { show, now, pause, inFront } = surroundings;
  show('sending');
  let answer = await attempt(surroundings, signal);
  let end = now() + PATIENCE_MS;
  while (isOpen(answer) && !signal.aborted) {
    const wait = (answer.retryAfter ?? RETRY_MS / 1000) * 1000;
    if (now() + wait > end) {
      show('resting');
      return null;
    }
    show('asking');
    await pause(wait, signal);
    const hiddenAt = now();
    await inFront(signal);
    end += now() - hiddenAt;
    if (!signal.aborted) answer = await attempt(surroundings, signal);
  }
  return signal.aborted ? null : answer;
}

/** @param {Surroundings} surroundings @param {AbortSignal} signal */
async function attempt({ post, show, pause }, signal) {
  const answered = new AbortController();
  pause(LATE_MS, answered.signal).then(() => {
    if (!answered.signal.aborted && !signal.aborted) show('late');
  });
  const answer = await post(signal);
  answered.abort();
  return answer;
}

/** Whether the ballot may or may not have arrived. @param {Answer} answer */
function isOpen({ status }) {
  return status === 0 || status === 429 || status >= 500;
}

/** @param {number} milliseconds @param {AbortSignal} signal @returns {Promise<void>} */
export function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

/** Wait until the page is in front again. @param {AbortSignal} signal @returns {Promise<void>} */
export function inFront(signal) {
  return new Promise((resolve) => {
    const look = () => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener('visibilitychange', look);
      signal.removeEventListener('abort', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', look);
    look();
  });
}
