/**
 * The page a card opens (/karte) and the page of a sign-in link (/anmelden/<token>).
 *
 * What this script needs of the page:
 *   <meta name="csrf" content="…">
 *   [data-card]                    root of everything below
 *   [data-state="…"]               inside the root, one shown at a time by `hidden`:
 *     opening    shown while the card is looked up
 *     nocard     no card in the address: holds form[data-words], which works without script too
 *     confirm    "Sind Sie das?"; holds button[data-yes] and button[data-no]
 *     declined   after "Nein"
 *     protect    what a new device must show too; see protection.js
 *     working    the key is being made or fetched (role=status)
 *     done       holds [data-key="made|restored|kept"], one shown; goes on by itself
 *     unknown revoked throttled offline setback device nokey    what went wrong, one sentence each;
 *                offline and throttled hold button[data-again], device and nokey a[data-continue]
 *   [data-slot="area|body|role|valid_until|seconds"]    text slots, anywhere in the root
 *   [data-other]                   shown when somebody else is signed in on this phone
 *   a[data-continue]               href is set to the next page
 *   form[data-words] with input[name=words]; [data-words-error] is shown for words of no card
 * The page of a sign-in link holds form[data-sign-in] instead of nocard and confirm, in the state
 * "link". Without a card in the address, or without script, both forms work untouched. The page
 * after "done" may hold <p data-key-line="made|restored" hidden>, which banner.js shows once.
 */
import { NoKey, haveKey } from './enrolment.js';
import { fill, languagePrefix, showState } from './page.js';
import { listen, markWrong, offer } from './protection.js';
import { pageToken, postJson } from './request.js';
import { parseSecret, signinKey } from './secret.js';

/**
 * @typedef {import('./request.js').Answer} Answer
 * @typedef {import('./secret.js').Secret} Secret
 */

const READING_MS = 1500;
const NOT_SHOWN = ['proof_needed', 'proof_wrong', 'passkey_refused', 'key_proof_broken'];
const FAILURES = new Map([[410, 'revoked'], [422, 'unknown'], [429, 'throttled']]);
const page = /** @type {HTMLElement} */ (document.querySelector('[data-card]'));
const address = `${languagePrefix()}/karte`;

let token = pageToken();
/** @type {Secret | null} */
let card = null;
/** @type {import('./protection.js').Demand | null} */
let demand = null;
/** @type {() => void} */
let again = start;

/** The card's text, taken out of the address before anything else happens. */
function takeCard() {
  const text = location.hash.slice(1);
  if (text) history.replaceState(null, '', location.pathname + location.search);
  return text;
}

/**
 * Post to the card's part of the server, with a new token when the page has grown too old.
 * @param {string} path
 * @param {object} content
 */
async function post(path, content) {
  const answer = await postJson(`${address}/${path}`, content, token);
  if (answer.code !== 'form_too_old') return answer;
  await renewToken();
  return postJson(`${address}/${path}`, content, token);
}

/** A session's token is written into its pages only. */
async function renewToken() {
  const response = await fetch(address, { cache: 'no-store' });
  token = (await response.text()).match(/<meta name="csrf" content="([^"]+)"/)?.[1] ?? token;
}

/** @param {Answer} answer */
function showFailure({ status, code, retryAfter }) {
  fill(page, 'seconds', String(retryAfter ?? 60));
  const isSetBack = code === 'set_back';
  showState(page, isSetBack ? 'setback' : FAILURES.get(status) ?? 'offline');
}

/** Look up whose card this is and ask. */
async function check() {
  if (!card) return;
  again = check;
  showState(page, 'opening');
  const answer = await post('check', { signin: await signinKey(card) });
  if (answer.status !== 200) {
    showFailure(answer);
    return;
  }
  for (const name of ['area', 'body', 'role', 'valid_until']) fill(page, name, answer.data[name]);
  show('[data-other]', () => answer.data.signed_in_as_other);
  demand = answer.data.protection;
  showState(page, 'confirm');
}

/** @param {string} selector @param {(part: HTMLElement) => boolean} isShown */
function show(selector, isShown) {
  page.querySelectorAll(selector).forEach((element) => {
    const part = /** @type {HTMLElement} */ (element);
    part.hidden = !isShown(part);
  });
}

/** "Ja, das bin ich". */
async function signIn() {
  if (!demand) {
    await enter({});
    return;
  }
  again = signIn;
  offer(page, demand);
  showState(page, 'protect');
}

/** @param {object} shown beside the card @param {string} [code] the voting code, where typed */
async function enter(shown, code) {
  if (!card) return;
  again = signIn;
  showState(page, 'working');
  const answer = await post('sign-in', { signin: await signinKey(card), ...shown });
  if (answer.status === 200) await finish(answer.data, inLanguage(answer.data.next), code);
  else if (demand && NOT_SHOWN.includes(answer.code ?? '')) showWrong();
  else showFailure(answer);
}

function showWrong() {
  showState(page, 'protect');
  markWrong(page, true);
}

/** @param {string} path */
function inLanguage(path) {
  const prefix = languagePrefix();
  return path.startsWith(`${prefix}/`) ? path : prefix + path;
}

/**
 * @param {import('./enrolment.js').Entrance} entrance
 * @param {string} next
 * @param {string | null} [code]
 */
async function finish(entrance, next, code = null) {
  token = entrance.csrf;
  page.querySelectorAll('a[data-continue]').forEach((link) => link.setAttribute('href', next));
  try {
    const line = await haveKey(/** @type {Secret} */ (card), entrance, post, code);
    forget();
    leaveLine(line);
    show('[data-key]', (part) => part.dataset.key === line);
    showState(page, 'done');
    setTimeout(() => location.assign(next), READING_MS);
  } catch (failure) {
    showNoKey(failure);
  }
}

/** @param {unknown} failure anything but NoKey is a store that broke */
function showNoKey(failure) {
  if (!(failure instanceof NoKey)) showState(page, 'device');
  else if (failure.answer) showFailure(failure.answer);
  else showState(page, failure.reason === 'copy' ? 'nokey' : 'device');
}

/** The next page says it once more. @param {string} line */
function leaveLine(line) {
  if (line !== 'kept') sessionStorage.setItem('key-line', line);
}

function forget() {
  card?.fill(0);
  card = null;
}

/** The words typed instead of scanned stay in this browser. @param {SubmitEvent} event */
function readWords(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem('words'));
  event.preventDefault();
  card = parseSecret(input.value);
  input.setAttribute('aria-invalid', String(!card));
  show('[data-words-error]', () => !card);
  if (!card) {
    input.focus();
    return;
  }
  input.value = '';
  check();
}

/**
 * Sign in by the link, then fetch the key by the card that came with it.
 * @param {HTMLFormElement} form
 */
async function followLink(form) {
  again = () => followLink(form);
  showState(page, 'working');
  try {
    const target = await submit(form);
    if (!target) {
      location.reload();
      return;
    }
    await renewToken();
    const signin = await signinKey(/** @type {Secret} */ (card));
    const answer = await post('copy', { signin });
    if (answer.status === 200) await finish(answer.data, target);
    else location.assign(target);
  } catch {
    showState(page, 'offline');
  }
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<string | null>} where the form leads; null when the link is used up
 */
async function submit(form) {
  const response = await fetch(form.action, { method: 'POST', body: new FormData(form) });
  return response.redirected ? response.url : null;
}

/** @param {string} text */
function startLink(text) {
  card = parseSecret(text);
  const form = /** @type {HTMLFormElement} */ (page.querySelector('form[data-sign-in]'));
  form.addEventListener('submit', (event) => {
    if (!card) return;
    event.preventDefault();
    followLink(form);
  });
}

function start() {
  const text = takeCard();
  if (page.querySelector('form[data-sign-in]')) {
    startLink(text);
    return;
  }
  card = text ? parseSecret(text) : null;
  if (card) check();
  else showState(page, text ? 'unknown' : 'nocard');
}

listen(page, () => demand, enter);
page.querySelector('[data-yes]')?.addEventListener('click', signIn);
page.querySelector('[data-no]')?.addEventListener('click', () => {
  forget();
  showState(page, 'declined');
});
page.querySelectorAll('[data-again]').forEach((button) => {
  button.addEventListener('click', () => again());
});
page.querySelector('form[data-words]')?.addEventListener('submit', (event) => {
  readWords(/** @type {SubmitEvent} */ (event));
});
addEventListener('hashchange', () => { if (location.hash) start(); });
addEventListener('pagehide', forget);
start();
