/** How long the round is still open, by the server's clock. */
import { element } from './element.js';
import { getJson } from './request.js';

/** @typedef {import('./screen.js').State} State */

const POLL_MS = 10_000;
const TICK_MS = 1_000;

/** @param {State} state @returns {number} how far the server's clock is ahead, milliseconds */
function ahead(state) {
  return Date.parse(state.server_now) - Date.now();
}

/** @param {string | null} moment @param {string} language */
export function clockTime(moment, language) {
  if (!moment) return '';
  const locale = language === 'en' ? 'en-GB' : language;
  const day = new Intl.DateTimeFormat(locale, {
    dateStyle: 'full', timeStyle: 'short', timeZone: 'Europe/Berlin',
  });
  return day.format(new Date(moment));
}

/**
 * Watch for the last call and the close while the page is in front and the member chooses.
 * @param {import('./stage.js').Stage} stage
 * @param {string} address of the round's state
 */
export function watchClosing(stage, address) {
  const { booth } = stage;
  let difference = ahead(booth.state);
  const isWatching = () => !document.hidden && stage.phase() === 'choosing';
  setInterval(async () => {
    if (!isWatching()) return;
    const answer = await getJson(address);
    if (answer.status !== 200 || stage.phase() !== 'choosing') return;
    const { state, csrf, closes_at, last_call, server_now } = answer.data;
    Object.assign(booth.state, { state, csrf, closes_at, last_call, server_now });
    difference = ahead(booth.state);
    if (state !== 'open') stage.end(booth.state.voted.receipt ? 'closed' : 'lost');
  }, POLL_MS);
  setInterval(() => showLastCall(stage, difference), TICK_MS);
}

/** @param {import('./stage.js').Stage} stage @param {number} difference */
function showLastCall({ booth, phase }, difference) {
  const line = /** @type {HTMLElement} */ (document.querySelector('[data-last-call]'));
  const { last_call: isCalled, closes_at: end } = booth.state;
  const isShown = isCalled && end !== null && phase() === 'choosing';
  line.hidden = !isShown;
  if (!isShown) {
    line.replaceChildren();
    return;
  }
  const seconds = Math.max(0, Math.round((Date.parse(end) - Date.now() - difference) / 1000));
  const left = booth.say('seconds_left', { seconds });
  if (line.lastChild) line.lastChild.textContent = left;
  else announce(line, booth.say('last_call'), left);
}

/** The sentence is read out once; the seconds beside it change silently. @param {HTMLElement} line
 * @param {string} sentence @param {string} left */
function announce(line, sentence, left) {
  const status = element('p', { role: 'status' });
  line.append(status, element('p', { 'aria-hidden': 'true' }, left));
  status.textContent = sentence;
}
