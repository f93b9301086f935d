/**
 * Printing cards at the desk: the secrets are made here, drawn here and leave with the page. The
 * server gets one verifier a card.
 *
 * What this script needs of the page:
 *   <meta name="csrf" content="…">
 *   form[data-print-cards][data-action="<where to register>"][data-address="<PUBLIC_URL>/karte"]
 *     with a check box input[data-member="<id>"] for each member, with data-name, data-body,
 *     data-role and data-valid-until; submitting it prints the ticked ones
 *   [data-cards]                   root of everything below
 *   [data-state="select|nobody|working|ready|failed"]    one shown at a time; select holds the
 *     form, ready holds [data-sheet] and button[data-print], failed and nobody button[data-back]
 *   template[data-card-template] with [data-slot="name|body|role|valid_until"], [data-slot="words"]
 *     and [data-qr]
 */
import { encode } from 'uqr';
import { fill, showState } from './page.js';
import { pageToken, postJson } from './request.js';
import { makeSecret, secretText, verifierOf } from './secret.js';

/** @typedef {{box: HTMLInputElement, secret: import('./secret.js').Secret}} Card */

const SVG = 'http://www.w3.org/2000/svg';
const QUIET_ZONE = 4;
const PER_SHEET = 4;
const ATTEMPTS = 3;
const RETRY_MS = 1500;
const root = /** @type {HTMLElement} */ (document.querySelector('[data-cards]'));
const form = /** @type {HTMLFormElement} */ (root.querySelector('[data-print-cards]'));
const sheet = /** @type {HTMLElement} */ (root.querySelector('[data-sheet]'));
const template = /** @type {HTMLTemplateElement} */ (
  document.querySelector('[data-card-template]')
);

/** The code as one path of squares, dark on whatever lies behind. @param {string} text */
function drawCode(text) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const picture = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (
    isDark ? [`M${x} ${y}h1v1h-1z`] : []
  )));
  picture.setAttribute('viewBox', `0 0 ${size} ${size}`);
  picture.setAttribute('role', 'img');
  picture.setAttribute('shape-rendering', 'crispEdges');
  path.setAttribute('d', squares.join(''));
  picture.append(path);
  return picture;
}

/** @param {Card} card */
function drawCard({ box, secret }) {
  const part = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const { name = '', body = '', role = '', validUntil = '' } = box.dataset;
  const text = secretText(secret);
  fill(part, 'name', name);
  fill(part, 'body', body);
  fill(part, 'role', role);
  fill(part, 'valid_until', validUntil);
  fill(part, 'words', text.replaceAll('-', ' '));
  const picture = drawCode(`${form.dataset.address}#${text}`);
  picture.setAttribute('aria-label', name);
  part.querySelector('[data-qr]')?.append(picture);
  return part;
}

/** @returns {Card[]} */
function makeCards() {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (
    form.querySelectorAll('input[data-member]:checked')
  );
  return [...boxes].map((box) => ({ box, secret: makeSecret() }));
}

/**
 * Tell the server the verifiers; the same ones again when no answer came, which changes nothing
 * if they had arrived.
 * @param {Card[]} cards
 * @returns {Promise<boolean>} whether the cards are valid now
 */
async function register(cards) {
  const verifiers = await Promise.all(cards.map(async ({ box, secret }) => (
    { member: Number(box.dataset.member), verifier: await verifierOf(secret) }
  )));
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { status } = await postJson(form.dataset.action ?? '', { cards: verifiers }, pageToken());
    if (status !== 0) return status === 201;
    await new Promise((resolve) => { setTimeout(resolve, RETRY_MS); });
  }
  return false;
}

/** Four cards a page. @param {Card[]} cards */
function fillSheet(cards) {
  const pages = Array.from({ length: Math.ceil(cards.length / PER_SHEET) }, (_, index) => {
    const page = document.createElement('div');
    page.className = 'card-page';
    page.append(...cards.slice(index * PER_SHEET, (index + 1) * PER_SHEET).map(drawCard));
    return page;
  });
  sheet.replaceChildren(...pages);
}

async function print() {
  const cards = makeCards();
  if (cards.length === 0) {
    showState(root, 'nobody');
    return;
  }
  showState(root, 'working');
  const isValid = await register(cards);
  if (isValid) fillSheet(cards);
  cards.forEach(({ secret }) => secret.fill(0));
  showState(root, isValid ? 'ready' : 'failed');
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  print();
});
root.querySelectorAll('[data-back]').forEach((button) => {
  button.addEventListener('click', () => showState(root, 'select'));
});
root.querySelector('[data-print]')?.addEventListener('click', () => window.print());
addEventListener('pagehide', () => sheet.replaceChildren());
