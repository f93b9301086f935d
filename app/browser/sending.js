/** The way of a finished ballot from this phone to its receipt, in every state of the Wi-Fi. */
import { readReceipt } from './casting.js';
import { clockTime } from './closing.js';
import { deliver, inFront, pause } from './delivery.js';
import { button } from './element.js';
import { confirmPending, dropPending, keepPending } from './keystore.js';
import { getJson, postJson } from './request.js';
import { messageScreen, prefixOf, roundButton, waitingScreen, wordsButton } from './screen.js';

/**
 * @typedef {import('./keystore.js').Pending} Pending
 * @typedef {import('./request.js').Answer} Answer
 * @typedef {import('./stage.js').Stage} Stage
 * @typedef {{send: (pending: Pending) => Promise<void>, rest: (pending: Pending) => void,
 *   stop: () => void}} Sender
 */

/** Refusals after which nothing is left to send; the rest is told in one general sentence. */
const FINAL = ['superseded', 'not_entitled', 'not_open'];

/**
 * @param {Stage} stage
 * @param {() => void} startAnew
 * @returns {Sender}
 */
export function makeSender(stage, startAnew) {
  let sending = new AbortController();
  const stop = () => sending.abort();
  const restart = () => {
    stop();
    sending = new AbortController();
    return sending.signal;
  };
  const send = async (/** @type {Pending} */ pending) => {
    const signal = restart();
    const answer = await deliver({
      post: (limit) => post(stage, pending, limit),
      show: (step) => showStep(step, pending),
      now: () => performance.now(),
      pause,
      inFront,
    }, signal);
    if (answer && !signal.aborted) await settle(stage, pending, answer);
  };
  const discard = async (/** @type {Pending} */ pending) => {
    stop();
    await dropPending(pending.round);
    stage.show('end', () => discardedScreen(stage, startAnew));
  };
  const showStep = (/** @type {string} */ step, /** @type {Pending} */ pending) => {
    if (step === 'sending' && stage.phase() === 'casting') {
      stage.progress('sending');
      return;
    }
    if (stage.phase() !== 'waiting') wait(pending);
    stage.progress(step === 'resting' ? 'resting' : 'asking');
  };
  const wait = (/** @type {Pending} */ pending) => {
    const acts = { again: () => send(pending), discard: () => discard(pending) };
    stage.show('waiting', () => waitingScreen(stage.booth, acts, closing(stage, pending)));
  };
  return { send, rest: (pending) => showStep('resting', pending), stop };
}

/** @param {Stage} stage @param {Pending} pending */
function closing({ booth }, { closes_at: end }) {
  return end ? booth.say('open_until', { time: clockTime(end, booth.language) }) : '';
}

/**
 * Post the same bytes every time, with a new token when this one has grown too old.
 * @param {Stage} stage
 * @param {Pending} pending
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
async function post({ booth }, { round, body }, signal) {
  const address = `/booth/${round}/ballots`;
  const answer = await postJson(address, body, booth.state.csrf, signal);
  if (answer.code !== 'form_too_old') return answer;
  const fresh = await getJson(`/booth/${round}/state`, signal);
  if (fresh.status !== 200) return fresh;
  booth.state.csrf = fresh.data.csrf;
  return postJson(address, body, booth.state.csrf, signal);
}

/** The server has answered for good. @param {Stage} stage @param {Pending} pending
 * @param {Answer} answer */
async function settle(stage, pending, { status, code, data }) {
  if (status === 200) await take(stage, pending, data);
  else if (status === 401) stage.show('end', () => signedOutScreen(stage));
  else if (code === 'closed') {
    await keepPending({ ...pending, over: true });
    stage.end('lost', ['tell_team']);
  } else {
    await dropPending(pending.round);
    stage.end(FINAL.includes(code ?? '') ? /** @type {string} */ (code) : 'refused', ['tell_team']);
  }
}

/** Keep the receipt and go to its page. @param {Stage} stage @param {Pending} pending
 * @param {unknown} receipt */
async function take(stage, pending, receipt) {
  try {
    const stored = readReceipt(pending.body, receipt);
    await confirmPending(pending.round, stored);
    location.assign(`${prefixOf(stage.booth.language)}/beleg/${stored.receipt}`);
  } catch {
    stage.end('receipt_foreign', ['tell_team']);
  }
}

/** @param {Stage} stage */
function signedOutScreen({ booth }) {
  const actions = [wordsButton(booth)];
  return messageScreen(booth, { heading: 'signed_out', lines: ['still_here'], actions });
}

/** @param {Stage} stage @param {() => void} startAnew */
function discardedScreen({ booth }, startAnew) {
  const actions = [button(booth.say('vote_anew'), startAnew), roundButton(booth)];
  return messageScreen(booth, { heading: 'discarded', lines: ['discarded_note'], actions });
}
