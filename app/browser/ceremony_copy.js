/** The safety copy of a trustee's seed on the page: a file and a printed sheet, and back again. */
import { drawCode } from './drawing.js';
import { fill } from './page.js';
import { findCopy } from './seed.js';

const GROUPS = /.{1,7}/g;

/**
 * Offer the copy as a file and as a sheet with its QR code, which leads back to this page.
 * @param {HTMLElement} root
 * @param {string} copy
 */
export function offerCopy(root, copy) {
  const place = /** @type {HTMLElement} */ (root.querySelector('[data-qr]'));
  const save = /** @type {HTMLAnchorElement} */ (root.querySelector('a[data-save]'));
  const picture = drawCode(`${location.origin}${location.pathname}#${copy}`);
  picture.setAttribute('aria-label', place.dataset.label ?? '');
  place.replaceChildren(picture);
  fill(root, 'copy', (copy.match(GROUPS) ?? []).join(' '));
  if (save.dataset.of === copy) return;
  save.dataset.of = copy;
  save.href = URL.createObjectURL(new Blob([`${save.dataset.text}\n${copy}\n`]));
}

/** The copy that was chosen as a file or typed. @param {HTMLFormElement} form
 * @returns {Promise<string | null>} */
export async function readCopy(form) {
  const file = /** @type {HTMLInputElement} */ (form.elements.namedItem('file')).files?.[0];
  const typed = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem('copy')).value;
  return findCopy(file ? await file.text() : typed);
}

/** Put the copy of a scanned sheet into the fields and the way to the count, and out of the address.
 * @param {HTMLElement} root */
export function takeScanned(root) {
  const copy = findCopy(location.hash);
  if (!copy) return;
  history.replaceState(null, '', location.pathname);
  root.querySelectorAll('textarea[name=copy]').forEach((field) => {
    /** @type {HTMLTextAreaElement} */ (field).value = copy;
  });
  root.querySelectorAll('a[data-to-count]').forEach((link) => {
    /** @type {HTMLAnchorElement} */ (link).hash = copy;
  });
}
