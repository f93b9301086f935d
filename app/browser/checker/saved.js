/** The checker away from its site: files are chosen, nothing is sent, the words stand in here. */
import { button, element, paragraph } from '../element.js';
import { recount } from './account.js';
import { draw, verdictOf } from './verdict.js';
import { say } from './words.js';

/** @typedef {import('./account.js').Account} Account */

const SLICE_MS = 40;
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
let language = navigator.language.startsWith('de') ? 'de' : 'en';
/** @type {Account | null} */
let account = null;
const box = /** @type {HTMLInputElement} */ (element('input', { id: 'box', type: 'file', accept: '.bel' }));
const strong = /** @type {HTMLInputElement} */ (
  element('input', { id: 'strong', type: 'file', accept: '.json' })
);
const progress = /** @type {HTMLProgressElement} */ (element('progress', { max: 1, value: 0 }));
const verdict = element('div', { tabindex: -1, role: 'status' });

/** @param {string} id @param {HTMLElement} input */
function field(id, input) {
  return element('div', {}, element('label', { for: id }, say(language, `file_${id}`)), input);
}

function render() {
  document.documentElement.lang = language;
  document.title = `Kiezvotum: ${say(language, 'title')}`;
  progress.setAttribute('aria-label', say(language, 'progress'));
  verdict.className = account ? `verdict ${verdictOf([account])}` : '';
  verdict.replaceChildren(...(account ? draw([account], language) : []));
  main.replaceChildren(
    element('p', {}, button(say(language, 'other_language'), turn, { class: '', lang: other() })),
    element('h1', {}, say(language, 'title')),
    paragraph(say(language, 'about')),
    element('p', {}, field('box', box)),
    field('strong', strong),
    element('p', {}, button(say(language, 'start'), start, { class: 'main' })),
    progress,
    verdict,
  );
}

function other() {
  return language === 'de' ? 'en' : 'de';
}

function turn() {
  language = other();
  render();
}

/** A pause between two ballots, so that the page stays alive. */
function makePauses() {
  let last = performance.now();
  return async (/** @type {number} */ share) => {
    progress.value = share;
    if (performance.now() - last < SLICE_MS) return;
    await new Promise((resolve) => { setTimeout(resolve); });
    last = performance.now();
  };
}

async function start() {
  const [chosen] = box.files ?? [];
  if (!chosen) {
    verdict.replaceChildren(paragraph(say(language, 'choose')));
    box.focus();
    return;
  }
  account = null;
  render();
  const archive = new Uint8Array(await chosen.arrayBuffer());
  const beside = await strong.files?.[0]?.text() ?? null;
  account = await recount(archive, beside, makePauses());
  progress.value = 1;
  render();
  verdict.focus();
}

render();
