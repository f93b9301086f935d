/**
 * Printing spare cards in advance. The server numbers them when it stores their verifiers.
 *
 * What this script needs of the page, beside what print_job.js and card_sheet.js do:
 *   form[data-print-spares][data-action="<where to register>"][data-label="<spare card>"] with an
 *     input name=number
 */
import { print } from './print_job.js';

const form = /** @type {HTMLFormElement} */ (document.querySelector('[data-print-spares]'));

function drafts() {
  const length = Number(new FormData(form).get('number'));
  return Array.from({ length }, () => (
    { language: 'de', label: '', slots: /** @type {Record<string, string>} */ ({}) }
  ));
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  print(form, drafts(), (_cards, verifiers) => ({ verifiers }), (cards, { numbers }) => {
    cards.forEach((card, index) => {
      card.slots.number = String(numbers[index]);
      card.label = `${form.dataset.label} ${numbers[index]}`;
    });
  });
});
