/**
 * Cards drawn on sheets of A4, a few at a time so that the page stays alive.
 *
 * What this module needs of the page:
 *   template[data-card-template="<language>"][data-address="<where its words are typed>"] with
 *     [data-slot="words"], [data-qr] and the slots of its drafts; one for "de" at least
 */
import { drawCode, drawing } from './drawing.js';
import { fill } from './page.js';
import { secretText } from './secret.js';

/**
 * @typedef {{
 *   language: string, label: string, slots: Record<string, string>,
 *   secret: import('./secret.js').Secret,
 * }} Card
 *   `label` names the code for those who cannot see it
 */

const CARDS_BETWEEN_PAUSES = 8;
/** @type {Record<string, number>} */
const PER_SHEET = { four: 4, one: 1 };
// Where a sheet of 210 × 296 mm is cut: at the middle of each edge, and a cross in the middle.
const CUTS = 'M105 4v8M105 284v8M4 148h8M198 148h8M101 148h8M105 144v8';

/** @param {string} language */
function templateOf(language) {
  const found = document.querySelector(`template[data-card-template="${language}"]`)
    ?? document.querySelector('template[data-card-template="de"]');
  return /** @type {HTMLTemplateElement} */ (found);
}

/** @param {Card} card */
function drawCard({ language, label, slots, secret }) {
  const template = templateOf(language);
  const part = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const text = secretText(secret);
  Object.entries(slots).forEach(([name, value]) => fill(part, name, value));
  fill(part, 'words', text.replaceAll('-', ' '));
  const picture = drawCode(`${template.dataset.address}#${text}`);
  picture.setAttribute('aria-label', label);
  part.querySelector('[data-qr]')?.append(picture);
  return part;
}

/** An empty sheet; one that is cut shows where. @param {string} layout */
function drawPage(layout) {
  const page = document.createElement('div');
  page.className = 'card-page';
  if (PER_SHEET[layout] > 1) {
    const marks = drawing('svg', {
      class: 'crop-marks', viewBox: '0 0 210 296', 'aria-hidden': 'true',
    });
    marks.append(drawing('path', { d: CUTS }));
    page.append(marks);
  }
  return page;
}

function pause() {
  return new Promise((resolve) => { setTimeout(resolve); });
}

/**
 * Put these cards on the sheet and nothing else.
 * @param {HTMLElement} sheet
 * @param {Card[]} cards
 * @param {string} layout "four" or "one" card on a page
 * @param {(done: number) => void} tell is called now and then with the number of drawn cards
 */
export async function fillSheet(sheet, cards, layout, tell) {
  sheet.replaceChildren();
  sheet.dataset.layout = layout;
  for (const [index, card] of cards.entries()) {
    if (index % PER_SHEET[layout] === 0) sheet.append(drawPage(layout));
    sheet.lastElementChild?.append(drawCard(card));
    if (index % CARDS_BETWEEN_PAUSES === 0) {
      tell(index);
      await pause();
    }
  }
}
