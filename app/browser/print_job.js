/**
 * One print job: the secrets are made here, drawn here and leave with the page. The server gets
 * one verifier a card, and no card is shown before it has them.
 *
 * What this module needs of the page:
 *   <meta name="csrf" content="…">
 *   [data-cards]                   root of everything below; with data-print-at-once the dialog
 *                                  opens by itself as soon as the cards are ready
 *   [data-state="select|working|ready|failed"]    one shown at a time; select holds the form with
 *     its radios name=layout; working has data-sentence with {done} and {all}; failed holds
 *     [data-slot="reason"]; ready holds [data-sheet], button[data-print] and [data-partly]
 *   button[data-back]              leads back to the form from any state
 */
import { fillSheet } from './card_sheet.js';
import { fill, showState } from './page.js';
import { pageToken, postJson } from './request.js';
import { makeSecret, verifierOf } from './secret.js';

/**
 * @typedef {{language: string, label: string, slots: Record<string, string>}} Draft
 * @typedef {import('./card_sheet.js').Card} Card
 * @typedef {import('./request.js').Answer} Answer
 */

const MOST_AT_ONCE = 100;
const ATTEMPTS = 3;
const RETRY_MS = 1500;

const root = /** @type {HTMLElement} */ (document.querySelector('[data-cards]'));
const sheet = /** @type {HTMLElement} */ (root.querySelector('[data-sheet]'));

/** @param {string} state */
export function show(state) {
  showState(root, state);
}

/** @param {string} name @param {string} text */
export function write(name, text) {
  fill(root, name, text);
}

/**
 * Make, register and draw a card for each draft.
 * @template {Draft} D
 * @param {HTMLFormElement} form names the address in data-action and the layout
 * @param {D[]} drafts
 * @param {(cards: (D & Card)[], verifiers: string[]) => object} wording what the server is sent
 * @param {(cards: (D & Card)[], answer: any) => void} [learn] reads what the server answered
 */
export async function print(form, drafts, wording, learn) {
  const cards = drafts.map((draft) => ({ ...draft, secret: makeSecret() }));
  const layout = new FormData(form).get('layout') === 'one' ? 'one' : 'four';
  tell(0, cards.length);
  show('working');
  /** @type {(D & Card)[]} */
  const ready = [];
  let reason = '';
  for (let at = 0; at < cards.length; at += MOST_AT_ONCE) {
    const some = cards.slice(at, at + MOST_AT_ONCE);
    const verifiers = await Promise.all(some.map(({ secret }) => verifierOf(secret)));
    const answer = await post(form.dataset.action ?? '', wording(some, verifiers));
    if (answer.status !== 201) {
      reason = answer.data?.message ?? '';
      break;
    }
    learn?.(some, answer.data);
    ready.push(...some);
  }
  await fillSheet(sheet, ready, layout, (done) => tell(done, cards.length));
  cards.forEach(({ secret }) => secret.fill(0));
  finish(ready.length, cards.length, reason);
}

/**
 * The same verifiers again when no answer came, which changes nothing if they had arrived.
 * @param {string} address
 * @param {object} content
 * @returns {Promise<Answer>}
 */
async function post(address, content) {
  let answer = await postJson(address, content, pageToken());
  for (let attempt = 1; answer.status === 0 && attempt < ATTEMPTS; attempt += 1) {
    await new Promise((resolve) => { setTimeout(resolve, RETRY_MS); });
    answer = await postJson(address, content, pageToken());
  }
  return answer;
}

/** @param {number} ready @param {number} all @param {string} reason */
function finish(ready, all, reason) {
  const partly = /** @type {HTMLElement} */ (root.querySelector('[data-partly]'));
  partly.hidden = ready === all;
  write('reason', reason);
  show(ready > 0 ? 'ready' : 'failed');
  if (ready > 0 && 'printAtOnce' in root.dataset) requestAnimationFrame(() => window.print());
}

/** @param {number} done @param {number} all */
function tell(done, all) {
  const line = /** @type {HTMLElement} */ (root.querySelector('[data-state="working"]'));
  const sentence = line.dataset.sentence ?? '';
  line.textContent = sentence.replace('{done}', String(done)).replace('{all}', String(all));
}

root.querySelectorAll('[data-back]').forEach((button) => {
  button.addEventListener('click', () => show('select'));
});
root.querySelector('[data-print]')?.addEventListener('click', () => window.print());
addEventListener('pagehide', () => sheet.replaceChildren());
