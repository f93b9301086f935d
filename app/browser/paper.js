/**
 * The page on which one of two persons enters papers: makes or takes over the secret of the numbers,
 * then makes the ballot of each paper. The other one does the same on another screen.
 *
 * What this script needs of the page:
 *   <meta name="csrf" content="…">
 *   [data-paper="<round id>"][data-state-address][data-most][data-states="<JSON: words>"] with
 *     [data-state="make|join|waiting|ready|entering|over|foreign"], one shown at a time:
 *       make holds form[data-make] with input[name=reason] and [data-late], shown where nobody
 *       came in time; join holds form[data-join] with input[name=code] and
 *       [data-before], shown before the opening, with another form[data-make];
 *       waiting holds [data-slot=code]; entering holds [data-questions] and
 *       template[data-question]
 *     [data-slot=message]     what became of the last entry (role=status)
 *   [data-messages="<JSON: sentences>"]
 */
import { faultOf, isBlank, isMultiple } from './answer.js';
import { makeCode, parseCode } from './credential.js';
import { element } from './element.js';
import { secretGroup } from './group/secret.js';
import { findKey, storeKey, unlockCode } from './keystore.js';
import { fill, showState } from './page.js';
import { makePaperBallot, paperPoint, provePossession } from './paper_ballot.js';
import { valuesOf } from './question.js';
import { getJson, pageToken, postJson } from './request.js';

/**
 * @typedef {{number: number, point: string, state: string}} Paper
 * @typedef {{question: string, title: string, wording: string, options: string[],
 *   order: string[], fewest: number, most: number, election: string, papers: Paper[]}} Question
 * @typedef {{round: string, group: string, state: string, person: string, place: number | null,
 *   has_second: boolean, is_late: boolean, points: string[], questions: Question[]}} State
 */

const EVERY_MS = 3000;
const OPEN = ['open', 'other', 'unequal'];
const root = /** @type {HTMLElement} */ (document.querySelector('[data-paper]'));
const address = (root.dataset.stateAddress ?? '').replace(/\/state$/, '');
const round = root.dataset.paper ?? '';
const words = JSON.parse(root.dataset.states ?? '{}');
const messages = JSON.parse(
  /** @type {HTMLElement} */ (document.querySelector('[data-messages]')).dataset.messages ?? '{}',
);
/** @type {State} */
let state;
let shown = '';
let drawn = '';

/** @param {string} text */
function say(text) {
  const line = /** @type {HTMLElement} */ (root.querySelector('[data-slot=message]'));
  line.hidden = !text;
  line.className = 'notice still';
  if (line.textContent !== text) line.textContent = text;
}

/** @param {string} path @param {object} content */
async function post(path, content) {
  const answer = await postJson(`${address}/${path}`, content, pageToken());
  if (answer.status >= 300 || answer.status === 0) say(answer.data?.message ?? messages.offline);
  return answer;
}

/** The secret as this browser keeps it, if it belongs to these numbers. */
async function ownCode() {
  const key = await findKey(`${round}-paper`).catch(() => undefined);
  const isOwn = key && key.point === state.points[0] && key.member === state.person;
  return isOwn ? unlockCode(key) : null;
}

/** The public point of a number. @param {number} number @param {string} code */
function pointOf(number, code) {
  return paperPoint(secretGroup(state.group), round, number, code);
}

/** @param {string} code */
function keep(code) {
  const point = pointOf(1, code);
  return storeKey(`${round}-paper`, { code, point, member: state.person });
}

/** @param {string} part */
function show(part) {
  if (part !== shown) showState(root, part);
  shown = part;
}

async function refresh() {
  const answer = await getJson(`${address}/state`);
  if (answer.status !== 200) return;
  state = answer.data;
  await place();
}

/** Show what this person can do now. */
async function place() {
  const isBefore = ['draft', 'announced'].includes(state.state);
  const code = await ownCode();
  root.querySelectorAll('[data-before]').forEach((part) => {
    /** @type {HTMLElement} */ (part).hidden = !isBefore;
  });
  root.querySelectorAll('[data-late]').forEach((part) => {
    /** @type {HTMLElement} */ (part).hidden = !state.is_late;
  });
  if (state.points.length === 0 || state.is_late) show(isBefore ? 'make' : 'over');
  else if (!code) show(state.place || !state.has_second ? 'join' : 'over');
  else if (!state.has_second) {
    fill(root, 'code', code);
    show('waiting');
  } else if (isBefore) show('ready');
  else if (state.state !== 'open') show('over');
  else if (!areOurs(code)) show('foreign');
  else draw(code);
}

/** Whether every number on the rolls was made from our secret. @param {string} code */
function areOurs(code) {
  const papers = state.questions.flatMap((question) => question.papers);
  const points = new Map(papers.map(({ number }) => [number, '']));
  points.forEach((_, number) => points.set(number, pointOf(number, code)));
  return papers.every(({ number, point }) => points.get(number) === point);
}

/** @param {string} reason */
async function make(reason) {
  const code = makeCode();
  const most = Number(root.dataset.most);
  const points = Array.from({ length: most }, (_, at) => pointOf(at + 1, code));
  await keep(code);
  const proof = provePossession(secretGroup(state.group), round, state.person, code);
  const { status } = await post('numbers', { points, proof, reason });
  if (status === 201) await refresh();
}

/** @param {HTMLInputElement} input */
async function join(input) {
  const code = parseCode(input.value);
  const isRight = code !== null
    && state.points.every((point, at) => point === pointOf(at + 1, code));
  say(isRight ? '' : messages.code);
  if (!code || !isRight) {
    input.focus();
    return;
  }
  const isKnown = state.place !== null;
  const proof = provePossession(secretGroup(state.group), round, state.person, code);
  if (!isKnown && (await post('join', { proof })).status !== 200) return;
  await keep(code);
  input.value = '';
  await refresh();
}

/** Draw the questions anew when a paper has moved on; what is being filled in stays otherwise.
 * @param {string} code */
function draw(code) {
  const mark = JSON.stringify(state.questions.map(({ papers }) => papers));
  if (mark !== drawn) {
    const place_ = /** @type {HTMLElement} */ (root.querySelector('[data-questions]'));
    place_.replaceChildren(...state.questions.map((question) => drawQuestion(question, code)));
  }
  drawn = mark;
  show('entering');
}

/** @param {Question} question @param {string} code */
function drawQuestion(question, code) {
  const template = /** @type {HTMLTemplateElement} */ (
    root.querySelector('template[data-question]')
  );
  const made = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  fill(made, 'title', question.title);
  fill(made, 'wording', question.wording);
  const form = /** @type {HTMLFormElement} */ (made.querySelector('form'));
  const open = question.papers.filter(({ state: standing }) => OPEN.includes(standing));
  form.hidden = open.length === 0;
  form.querySelector('select')?.append(
    ...open.map(({ number }) => element('option', { value: String(number) }, String(number))),
  );
  form.querySelector('[data-options]')?.append(
    ...question.options.map((option, index) => drawOption(question, option, index)),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    enter(question, form, code);
  });
  const list = /** @type {HTMLElement} */ (made.querySelector('[data-papers]'));
  list.append(...question.papers.map((paper) => element('li', {}, line(list, paper))));
  return made;
}

/** @param {HTMLElement} list @param {Paper} paper */
function line({ dataset }, { number, state: standing }) {
  const sentence = dataset.label ?? '';
  return sentence.replace('{number}', String(number)).replace('{state}', words[standing]);
}

/** @param {Question} question @param {string} option @param {number} index */
function drawOption(question, option, index) {
  const id = `${question.question}-${index}`;
  const type = isMultiple(question) ? 'checkbox' : 'radio';
  const input = element('input', { type, id, name: 'answer', value: String(index) });
  const label = element('label', { class: 'choice', for: id });
  label.append(input, element('span', {}, option));
  return label;
}

/** @param {Question} question @param {HTMLFormElement} form @param {string} code */
async function enter(asked, form, code) {
  const { question, order, election } = asked;
  const content = new FormData(form);
  const number = content.get('number');
  const chosen = content.getAll('answer').map(Number);
  if (!number || faultOf(asked, chosen) || (isBlank(order, chosen) && chosen.length > 1)) {
    say(messages.choose);
    return;
  }
  const values = valuesOf(order, chosen);
  const paper = { round, code, number: Number(number), election, values };
  form.reset();
  const ballot = makePaperBallot(paper);
  const answer = await post('enter', { question, number: paper.number, ballot });
  if (answer.status === 200) say(messages[answer.data.entered]);
  drawn = '';
  await refresh();
}

root.querySelectorAll('[data-make]').forEach((part) => part.addEventListener('submit', (event) => {
  event.preventDefault();
  make(String(new FormData(/** @type {HTMLFormElement} */ (part)).get('reason')));
}));
root.querySelector('[data-join]')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  join(/** @type {HTMLInputElement} */ (form.elements.namedItem('code')));
});
setInterval(() => { if (!document.hidden) refresh(); }, EVERY_MS);
addEventListener('pagehide', () => root.querySelector('[data-questions]')?.replaceChildren());
addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
refresh();
