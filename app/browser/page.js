/** Ready-made parts of a page that a script shows, fills and hides. */

/**
 * Show the one element with this `data-state` and hide its siblings in state.
 * @param {ParentNode} root
 * @param {string} state
 * @returns {HTMLElement | null} the element shown
 */
export function showState(root, state) {
  let shown = null;
  root.querySelectorAll('[data-state]').forEach((element) => {
    const part = /** @type {HTMLElement} */ (element);
    part.hidden = part.dataset.state !== state;
    if (!part.hidden) shown = part;
  });
  focusHeading(shown);
  return shown;
}

/** @param {HTMLElement | null} part */
function focusHeading(part) {
  const heading = /** @type {HTMLElement | null | undefined} */ (
    part?.querySelector('h1, h2, [data-focus]')
  );
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
}

/**
 * Write a text into every `data-slot` of this name.
 * @param {ParentNode} root
 * @param {string} name
 * @param {string} text
 */
export function fill(root, name, text) {
  root.querySelectorAll(`[data-slot="${name}"]`).forEach((slot) => {
    slot.textContent = text;
  });
}

/** The language part of this page's address: empty for German, otherwise such as "/en". */
export function languagePrefix() {
  return location.pathname.match(/^\/[a-z]{2}(?=\/)/)?.[0] ?? '';
}
