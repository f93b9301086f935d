/**
 * Printing cards for members: for the one of the page, or for those who are ticked.
 *
 * What this script needs of the page, beside what print_job.js and card_sheet.js do:
 *   form[data-print-cards][data-action="<where to register>"] with an input[data-member="<id>"]
 *     for each member: data-name, data-role, data-language, and data-shown, the valid card that
 *     the page was made with; check boxes that are not ticked get no card
 *     with data-print-now a second person has just agreed, and printing begins by itself
 *   [data-count][data-sentence]    says how many {chosen} and {replaced} there are
 *   [data-state="nobody"]          shown when nobody is ticked
 *   [data-state="confirm"]         asks before valid cards die; holds [data-slot="replaced"] and
 *                                  button[data-go]; a page without it has said so already
 */
import { print, show, write } from './print_job.js';

const form = /** @type {HTMLFormElement} */ (document.querySelector('[data-print-cards]'));
const count = /** @type {HTMLElement | null} */ (form.querySelector('[data-count]'));

function chosen() {
  const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (
    form.querySelectorAll('input[data-member]')
  );
  return [...inputs].filter((input) => input.type !== 'checkbox' || input.checked);
}

/** Those of the chosen whose valid card the new one ends. */
function replaced() {
  return chosen().filter((input) => input.dataset.shown);
}

/** @param {HTMLInputElement} input */
function draft({ dataset: { member, name = '', role = '', language = '', shown } }) {
  return {
    language,
    label: name,
    slots: { name, role },
    member: Number(member),
    shown: shown ? Number(shown) : null,
  };
}

function start() {
  print(form, chosen().map(draft), (cards, verifiers) => ({
    cards: cards.map(({ member, shown }, index) => (
      { member, verifier: verifiers[index], shown }
    )),
  }));
}

function ask() {
  const losing = replaced();
  if (chosen().length === 0) {
    show('nobody');
  } else if (losing.length > 0 && document.querySelector('[data-state="confirm"]')) {
    write('replaced', losing.map(({ dataset }) => dataset.name).join(', '));
    show('confirm');
  } else {
    start();
  }
}

function tellCount() {
  if (!count) return;
  count.textContent = (count.dataset.sentence ?? '')
    .replace('{chosen}', String(chosen().length))
    .replace('{replaced}', String(replaced().length));
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  ask();
});
form.addEventListener('change', tellCount);
document.querySelector('[data-go]')?.addEventListener('click', start);
addEventListener('pageshow', tellCount);
if ('printNow' in form.dataset) start();
