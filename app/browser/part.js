/**
 * A part of a desk page that follows what other devices do, while the rest of the page, and what is
 * being typed there, stays.
 *
 * What this script needs of the page:
 *   [data-part="<address of the part>"]; its buttons name their form, which stands outside
 */
const EVERY_MS = 2000;
const SLOWER_MS = 10_000;
const part = /** @type {HTMLElement} */ (document.querySelector('[data-part]'));
let tag = '';

async function ask() {
  const headers = tag ? { 'If-None-Match': tag } : {};
  const response = await fetch(part.dataset.part ?? '', { cache: 'no-store', headers });
  if (response.status === 304) return;
  if (!response.ok) throw new Error('part');
  show(await response.text());
  tag = response.headers.get('ETag') ?? '';
}

/** @param {string} html */
function show(html) {
  const fresh = new DOMParser().parseFromString(html, 'text/html').body;
  if (part.innerHTML.trim() === fresh.innerHTML.trim()) return;
  const focused = part.contains(document.activeElement) ? document.activeElement?.id : '';
  part.replaceChildren(...fresh.childNodes);
  if (focused) document.getElementById(focused)?.focus();
}

async function follow() {
  let pause = EVERY_MS;
  if (!document.hidden) await ask().catch(() => { pause = SLOWER_MS; });
  setTimeout(follow, pause);
}

setTimeout(follow, EVERY_MS);
