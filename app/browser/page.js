/** Ready-made parts of a page that a script shows, fills and hides. */

/** How the checker names what it refuses: subject and fault. */
const CHECK_CODE = /^[a-z]+\.[a-z_]+$/;

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

/**
 * Show the one sentence for this reason. The sentence for "*" is said of what a check of a box has
 * found, the one for "" of everything that nobody foresaw.
 * @param {ParentNode} root with [data-reason="<codes>"]
 * @param {unknown} error
 */
export function showReason(root, error) {
  const code = reasonOf(error);
  const sentences = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[data-reason]')]);
  const withCode = (/** @type {string} */ wanted) => (
    sentences.find(({ dataset }) => dataset.reason?.split(' ').includes(wanted))
  );
  const known = withCode(code) ?? withCode(CHECK_CODE.test(code) ? '*' : '');
  sentences.forEach((each) => { each.hidden = each !== known; });
  fill(root, 'reason', code);
}

/** @param {unknown} error */
function reasonOf(error) {
  if (error instanceof DOMException) return 'count.storage';
  return error instanceof Error ? error.message : '';
}

/** The language part of this page's address: empty for German, otherwise such as "/en". */
export function languagePrefix() {
  return location.pathname.match(/^\/[a-z]{2}(?=\/)/)?.[0] ?? '';
}

/** Keep the screen on while this page is in front. */
export function stayAwake() {
  const ask = () => {
    if (document.visibilityState !== 'visible') return;
    navigator.wakeLock?.request('screen').catch(() => undefined);
  };
  document.addEventListener('visibilitychange', ask);
  ask();
}
