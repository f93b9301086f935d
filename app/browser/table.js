/**
 * The table of a jury evening: what is typed is kept at once, the remainder follows each cell, and
 * what another desk writes appears here without touching what is being typed. Without script the
 * button "Neu rechnen" does the same.
 *
 * What this script needs of the page:
 *   form[data-table="<address that keeps>"][data-pulse="<address that tells>"][data-lost="<words>"]
 *     with [data-remainder] boxes and [data-slot="left"|"sum"|"asked"|"lost"]
 *   [data-row="p7"] with controls p7-cents, p7-conditions …, a hidden p7-seen and
 *     [data-slot="problem"|"conditions"]
 */
import { control, isClean, put, read, remember } from './table_field.js';

const PAUSE_MS = 250;
const EVERY_MS = 2000;
const form = /** @type {HTMLFormElement} */ (document.querySelector('[data-table]'));
let tag = '';
let pause = 0;
let unsent = 0;
let sending = Promise.resolve();
let isLeaving = false;

/** @param {string} address @param {RequestInit} [more] */
async function ask(address, more = {}) {
  const headers = { Accept: 'application/json', ...(tag && !more.body ? { 'If-None-Match': tag } : {}) };
  const response = await fetch(address, { cache: 'no-store', ...more, headers });
  if (response.status === 304) return null;
  if (!response.ok) throw new Error('table');
  if (!more.body) tag = response.headers.get('ETag') ?? '';
  return response.json();
}

async function keep() {
  const [sent, body] = [unsent, new FormData(form)];
  try {
    show(await ask(form.dataset.table ?? '', { method: 'POST', body }), body);
    if (sent === unsent) unsent = 0;
    tell('');
  } catch {
    tell(form.dataset.lost ?? '');
  }
}

async function follow() {
  if (!document.hidden && !unsent && !isLeaving) {
    const found = await ask(form.dataset.pulse ?? '').catch(() => null);
    if (found && !unsent) show(found, null);
  }
  setTimeout(follow, EVERY_MS);
}

/** @param {any} told @param {FormData | null} sent what this desk had sent, if it did */
function show(told, sent) {
  if (isLeaving) return;
  const places = [...form.querySelectorAll('[data-row]')];
  const here = new Set(places.map((each) => /** @type {HTMLElement} */ (each).dataset.row));
  const rows = told.rows.filter((/** @type {any} */ row) => here.has(row.prefix));
  if (!sent && (rows.length !== told.rows.length || rows.length !== here.size)) {
    location.reload();
    return;
  }
  for (const row of rows) showRow(row, sent);
  for (const name of ['left', 'sum', 'asked']) fillAll(name, told[name]);
  for (const box of form.querySelectorAll('[data-remainder]')) {
    box.classList.toggle('bad', told.is_short);
    box.classList.toggle('good', !told.is_short);
  }
}

/** @param {any} row @param {FormData | null} sent */
function showRow(row, sent) {
  const place = /** @type {HTMLElement} */ (form.querySelector(`[data-row="${row.prefix}"]`));
  const hidden = control(form, `${row.prefix}-seen`);
  const [before, after] = [JSON.parse(hidden.value), JSON.parse(row.seen)];
  for (const [name, value] of Object.entries(row.fields)) {
    const full = `${row.prefix}-${name}`;
    const key = name.startsWith('own_') ? 'own_condition' : name;
    const isAsSent = sent !== null && read(form, full) === read(sent, full);
    if (!row.problem && (isAsSent || isClean(form, full))) {
      put(form, full, value);
      remember(form, full, value);
    } else if (!sent) {
      after[key] = before[key];
    }
  }
  hidden.value = JSON.stringify(after);
  if (sent) showProblem(place, row.problem);
  const conditions = place.querySelector('[data-slot="conditions"]');
  if (conditions) conditions.textContent = row.conditions;
}

/** @param {HTMLElement} place @param {string} problem */
function showProblem(place, problem) {
  const shown = /** @type {HTMLElement} */ (place.querySelector('[data-slot="problem"]'));
  // Writing the same words again would make a screen reader repeat them.
  if (shown.textContent !== problem) shown.textContent = problem;
  shown.hidden = !problem;
  place.querySelector('.sum')?.setAttribute('aria-invalid', String(Boolean(problem)));
}

/** @param {string} name @param {string} words */
function fillAll(name, words) {
  for (const slot of form.querySelectorAll(`[data-slot="${name}"]`)) {
    if (slot.textContent !== words) slot.textContent = words;
  }
}

/** @param {string} words */
function tell(words) {
  const lost = /** @type {HTMLElement} */ (form.querySelector('[data-slot="lost"]'));
  lost.textContent = words;
  lost.hidden = !words;
}

function typed() {
  unsent += 1;
  clearTimeout(pause);
  pause = setTimeout(() => { sending = sending.then(keep); }, PAUSE_MS);
}

/** Enter and the arrows go from sum to sum. @param {KeyboardEvent} event */
function step(event) {
  const sums = /** @type {HTMLElement[]} */ ([...form.querySelectorAll('.sum')]);
  const at = sums.indexOf(/** @type {HTMLElement} */ (event.target));
  const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (at < 0 || by === undefined) return;
  event.preventDefault();
  const next = /** @type {HTMLInputElement | undefined} */ (sums[at + by]);
  next?.focus();
  next?.select();
}

form.addEventListener('input', typed);
// A new page is on its way; what is told meanwhile must not call this one back.
form.addEventListener('submit', () => { isLeaving = true; clearTimeout(pause); });
addEventListener('pageshow', () => { isLeaving = false; });
form.addEventListener('keydown', step);
setTimeout(follow, EVERY_MS);
