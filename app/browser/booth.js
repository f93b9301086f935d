/** The booth: asks one question a screen, encrypts on this phone, casts all answers together. */
import { faultOf, toggled } from './answer.js';
import { encryptAnswers, openKey } from './casting.js';
import { watchClosing } from './closing.js';
import { findKey, findPending, keepPending } from './keystore.js';
import { addressed, showLanguages, showOpening } from './opening.js';
import { requireAnnounced } from './question.js';
import { getJson } from './request.js';
import { checkScreen, noKeyScreen, ownQuestions, questionScreen } from './screen.js';
import { makeSender } from './sending.js';
import { makeStage } from './stage.js';
import { watchTablet } from './tablet_booth.js';

/**
 * @typedef {import('./screen.js').State} State
 * @typedef {import('./screen.js').Booth} Booth
 * @typedef {{index: number, fault?: import('./answer.js').Fault, isChange?: boolean}} Position
 *   isChange: came from the check page and goes back there
 */

const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const address = addressed();
const round = address.round ?? '';
const stateAddress = `/booth/${round}/state`;

/** @type {Booth} */
const booth = {
  state: /** @type {State} */ (/** @type {unknown} */ (null)),
  language: address.language,
  choices: new Map(),
  say: (key, facts = {}) => fillIn(booth.state.words[booth.language][key], facts),
};
const stage = makeStage(main, booth);
const sender = makeSender(stage, () => enter());
/** @type {Position} */
let position = { index: 0 };

const acts = {
  choose: (/** @type {number} */ answer) => {
    const question = ownQuestions(booth.state)[position.index];
    const chosen = booth.choices.get(question.question) ?? [];
    booth.choices.set(question.question, toggled(question, chosen, answer));
  },
  go,
  back: () => history.back(),
  change: (/** @type {number} */ index) => move({ index, isChange: true }),
  cast,
};

/** @param {string} text @param {Record<string, string | number>} facts */
function fillIn(text, facts) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => String(facts[name]));
}

/** Fetch the round, then show where the member stands in it. */
async function start() {
  showOpening(booth.language, 'loading');
  const status = await load();
  if (status === 200) await place();
  else if (status === 401) showOpening(booth.language, 'signed_out');
  else showOpening(booth.language, status === 0 || status >= 500 ? 'offline' : 'unknown');
}

async function load() {
  if (!round) return 404;
  const answer = await getJson(stateAddress);
  if (answer.status !== 200) return answer.status;
  booth.state = answer.data;
  if (!booth.state.languages.includes(booth.language)) booth.language = 'de';
  showLanguages(booth, switchLanguage);
  return 200;
}

/** @param {string} language */
function switchLanguage(language) {
  booth.language = language;
  history.replaceState(history.state, '', `#${round}/${language}`);
  showLanguages(booth, switchLanguage);
  stage.render();
}

/** A ballot that still waits comes first. */
async function place() {
  const { state, member } = booth.state;
  watchClosing(stage, stateAddress);
  if (booth.state.tablet) watchTablet(booth, forget);
  try {
    const pending = await findPending(round);
    if (pending?.member !== member) await enter();
    else if (state === 'open') sender.rest(pending);
    else if (pending.over) stage.end('lost', ['tell_team']);
    else await sender.send(pending);
  } catch {
    stage.end('device');
  }
}

async function enter() {
  const { state } = booth;
  const own = ownQuestions(state);
  if (state.state !== 'open') stage.end(state.state === 'announced' ? 'not_open' : 'closed');
  else if (!areAnnounced(state)) stage.end('digest', ['tell_team']);
  else if (own.length === 0) stage.end('nothing', reasons(state));
  else if (!await hasKeyFor(own)) stage.show('end', () => noKeyScreen(booth));
  else {
    history.replaceState({ screen: 0 }, '');
    ask({ index: 0 });
  }
}

/** Whether the key on this phone is the one on these rolls. @param {State['questions']} own */
async function hasKeyFor(own) {
  const { state } = booth;
  const key = await findKey(state.term);
  if (key?.member !== state.member) return false;
  const { point } = await openKey(key, state);
  return own.every((question) => question.point === point);
}

/** @param {State} state */
function areAnnounced({ group, questions }) {
  try {
    questions.forEach((question) => requireAnnounced({ round, group }, question));
    return questions.length > 0;
  } catch {
    return false;
  }
}

/** @param {State} state */
function reasons({ questions }) {
  return [...new Set(questions.map(({ reason }) => `reason_${reason ?? 'not_on_roll'}`))];
}

/** @param {Position} next */
function ask(next) {
  position = next;
  const isCheck = next.index >= ownQuestions(booth.state).length;
  stage.show('choosing', () => (isCheck
    ? checkScreen(booth, acts) : questionScreen(booth, acts, next.index, next.fault ?? null)));
}

/** The history knows which screen it was, never what was chosen. @param {Position} next */
function move(next) {
  history.pushState({ screen: next.index }, '');
  ask(next);
}

function go() {
  const questions = ownQuestions(booth.state);
  const question = questions[position.index];
  const fault = faultOf(question, booth.choices.get(question.question));
  if (fault) ask({ ...position, fault });
  else move({ index: position.isChange ? questions.length : position.index + 1 });
}

/** "Jetzt geheim abstimmen": encrypt, keep, send. A second tap finds the phase changed. */
async function cast() {
  if (stage.phase() !== 'choosing') return;
  const { state, choices } = booth;
  stage.enterCasting();
  const questions = ownQuestions(state);
  try {
    const key = /** @type {import('./keystore.js').StoredKey} */ (await findKey(state.term));
    const body = await encryptAnswers(key, state, questions, choices, (number) => {
      stage.progress('question_of', { number, total: questions.length });
    });
    const { closes_at, member } = state;
    const pending = { body, closes_at, round, member };
    await keepPending(pending);
    choices.clear();
    await sender.send(pending);
  } catch {
    stage.end('device');
  }
}

function forget() {
  sender.stop();
  booth.choices.clear();
  main.replaceChildren();
}

addEventListener('popstate', (event) => {
  if (addressed().round !== address.round) location.reload();
  else if (stage.phase() === 'choosing') ask({ index: event.state?.screen ?? 0 });
});
addEventListener('pagehide', forget);
addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
// The fragment names the round, so the way to the content must not change it.
document.querySelector('[data-skip]')?.addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
document.querySelectorAll('[data-retry]').forEach((part) => part.addEventListener('click', start));
start();
