/**
 * The member's voting code on the page "Notfall-Code": shown to be kept, or pasted in.
 *
 * What this script needs of the page:
 *   [data-voting-code][data-group][data-term][data-point][data-member]   one for each body, with
 *     [data-state="scriptless"]   shown until then
 *     [data-state="here"]      the key is on this device: [data-slot=code], [data-qr][data-label],
 *                              button[data-print], a[data-save][data-text] (a file with the code)
 *     [data-state="missing"]   it is not: form with input[name=code], [data-code-error]
 *     [data-state="stored"]    it is here now
 */
import { parseCode } from './credential.js';
import { drawCode } from './drawing.js';
import { opens } from './enrolment.js';
import { findKey, storeKey, unlockCode } from './keystore.js';
import { fill, showState } from './page.js';

/** @param {HTMLElement} root @param {string} selector */
function part(root, selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector));
}

/** @param {HTMLElement} root */
async function ownCode({ dataset }) {
  const stored = await findKey(dataset.term ?? '').catch(() => undefined);
  const isOwn = stored?.point === dataset.point && stored?.member === dataset.member;
  return stored && isOwn ? unlockCode(stored) : null;
}

/** @param {HTMLElement} root @param {string} code */
function write(root, code) {
  fill(root, 'code', code);
  const place = part(root, '[data-qr]');
  const picture = drawCode(code);
  picture.setAttribute('aria-label', place.dataset.label ?? '');
  place.replaceChildren(picture);
  const save = /** @type {HTMLAnchorElement} */ (part(root, 'a[data-save]'));
  save.href = URL.createObjectURL(new Blob([`${save.dataset.text}\n${code}\n`]));
}

/** @param {HTMLElement} root */
async function open(root) {
  const code = await ownCode(root);
  if (code) write(root, code);
  showState(root, code ? 'here' : 'missing');
}

/** What was typed stays in this browser. @param {HTMLElement} root @param {string} typed */
async function paste(root, typed) {
  const { group = '', term = '', point = '', member = '' } = root.dataset;
  const code = parseCode(typed);
  const isRight = code !== null && opens(code, group, term, point);
  part(root, '[data-code-error]').hidden = isRight;
  if (!isRight) {
    part(root, 'input[name=code]').focus();
    return;
  }
  await storeKey(term, { code, point, member });
  showState(root, 'stored');
}

/** @param {HTMLElement} root */
function prepare(root) {
  part(root, 'form').addEventListener('submit', (event) => {
    event.preventDefault();
    paste(root, /** @type {HTMLInputElement} */ (part(root, 'input[name=code]')).value);
  });
  part(root, '[data-print]').addEventListener('click', () => print());
  open(root);
}

document.querySelectorAll('[data-voting-code]').forEach((root) => {
  prepare(/** @type {HTMLElement} */ (root));
});
