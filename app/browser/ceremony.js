/**
 * The page of a trustee: three acts that make a key together with two others, and its rehearsal.
 *
 * What this script needs of the page:
 *   [data-ceremony="<address of the page>"][data-commission="<id>"]
 *   [data-state="make|save|wait|compare_parts|exchange|finish|compare_key|rehearse|done|lost|
 *     ended|unlock|working|failed|silent|signed_out"]     one shown at a time
 *   form[data-make] and form[data-unlock], form[data-rehearse] with passphrase, copy and file
 *   button[data-act="certify|exchange|finish"], button[data-same], button[data-other="parts|key"],
 *   button[data-again], button[data-print], [data-people], [data-fault], [data-lost],
 *   [data-reason="<codes>"] in "failed", [data-slot=...]
 */
import { offerCopy, readCopy, takeScanned } from './ceremony_copy.js';
import { spoken, stageOf } from './ceremony_stage.js';
import {
  Misfit, checkCertificates, checkKey, gatherExponent, isOf, makeCertificate, makePolynomial,
  makeVerificationKey, nameOf, rehearse,
} from './dkg.js';
import { findSeed, keepSeed } from './keystore.js';
import { fill, showReason, showState, stayAwake } from './page.js';
import { getJson, pageToken, postJson } from './request.js';
import { lockSeed, makeSeed, openSeed } from './seed.js';
import { placeWithout } from './silence.js';

/** @typedef {import('./ceremony_stage.js').State} State */

const PAUSE_MS = 2000;
const FEWEST = 12;
const root = /** @type {HTMLElement} */ (document.querySelector('[data-ceremony]'));
const { ceremony: address = '', commission = '' } = root.dataset;
const progress = /** @type {HTMLProgressElement} */ (root.querySelector('progress'));
let shown = '';
let seed = '';
let isBusy = false;
/** @type {State} */
let state;
/** What the page goes on with once the seed is open. */
let pending = '';

/** @param {string} name */
function show(name) {
  if (name !== shown) showState(root, name);
  shown = name;
}

/** @returns {Promise<import('./keystore.js').StoredSeed>} */
async function kept() {
  const found = await findSeed(commission);
  return found?.attempt === state.attempt ? found : { copy: '', attempt: state.attempt };
}

/** @param {Partial<import('./keystore.js').StoredSeed>} more */
async function keep(more) {
  await keepSeed(commission, { ...await kept(), ...more });
}

async function place() {
  const own = await kept();
  const name = stageOf(state, own);
  if (name === 'save') offerCopy(root, own.copy);
  if (name === 'compare_parts') {
    checkCertificates(state.group, state.certificates);
    fill(root, 'digits', spoken(nameOf(state.certificates)));
  }
  if (name === 'compare_key') {
    fill(root, 'digits', spoken(checkKey(state.group, state.document, state.certificates)));
  }
  show(name);
}

function fillPeople() {
  const list = /** @type {HTMLElement} */ (root.querySelector('[data-people]'));
  list.replaceChildren(...state.people.map(({ name, step }) => {
    const line = document.createElement('li');
    const who = document.createElement('bdi');
    who.textContent = name;
    line.append(who, ` ${step}`);
    return line;
  }));
  const fault = /** @type {HTMLElement} */ (root.querySelector('[data-fault]'));
  fault.hidden = !state.fault;
  fill(root, 'fault', state.fault);
  const lost = /** @type {HTMLElement} */ (root.querySelector('[data-lost]'));
  lost.hidden = !['gathering', 'keyed'].includes(state.state);
}

async function refresh() {
  const { status, data } = await getJson(`${address}/state`);
  if (status !== 200) return isBusy ? undefined : show(placeWithout(status, shown));
  if (state && state.attempt !== data.attempt) [seed, shown] = ['', ''];
  state = data;
  fillPeople();
  if (!isBusy && shown !== 'unlock' && shown !== 'failed') await place();
}

/** @param {string} path @param {string} content */
async function send(path, content) {
  const sent = { attempt: state.attempt, document: content };
  const { status, code } = await postJson(`${address}/${path}`, sent, pageToken());
  // The proof is ten minutes old: the page asks for another one and comes back.
  if (code === 'confirm_again') return location.reload();
  // Somebody else was faster: the state tells what is next.
  if (status !== 200 && status !== 409) throw new Error(`ceremony.answer_${status}`);
}

/** @param {unknown} error */
function fail(error) {
  showReason(root, error);
  show('failed');
}

/** Do one thing at a time, then show what is next. @param {() => Promise<void>} work */
async function act(work) {
  if (isBusy) return;
  isBusy = true;
  try {
    await work();
    shown = shown === 'unlock' ? shown : 'working';
  } catch (error) {
    fail(error);
  } finally {
    isBusy = false;
  }
  await follow(false);
}

/** @param {HTMLFormElement} form */
function passphraseOf(form) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem('passphrase')).value;
}

/** @param {HTMLFormElement} form @param {string} problem */
function complain(form, problem) {
  form.querySelectorAll('[data-problem]').forEach((each) => {
    const line = /** @type {HTMLElement} */ (each);
    line.hidden = line.dataset.problem !== problem;
  });
}

/** @param {number} share */
function advance(share) {
  progress.value = share;
}

/** @param {HTMLFormElement} form */
async function make(form) {
  const passphrase = passphraseOf(form);
  const again = /** @type {HTMLInputElement} */ (form.elements.namedItem('again')).value;
  const problem = passphrase.length < FEWEST ? 'short' : passphrase !== again && 'differs';
  complain(form, problem || '');
  if (problem) return;
  show('working');
  seed = makeSeed();
  const copy = await lockSeed(seed, passphrase, advance);
  await keepSeed(commission, { copy, attempt: state.attempt });
  form.reset();
}

/** The seed of this attempt, out of a copy; null where copy or passphrase are other ones.
 * @param {HTMLFormElement} form @param {string} copy */
async function restored(form, copy) {
  show('working');
  const found = await openSeed(copy, passphraseOf(form), advance);
  return found && (!state.certificate || isOf(state.certificate, found)) ? found : null;
}

/** @param {HTMLFormElement} form */
async function unlock(form) {
  // Before the first act only the copy made here counts: an older one is of another attempt.
  const copy = (state.certificate && await readCopy(form)) || (await kept()).copy;
  const found = await restored(form, copy);
  complain(form, found ? '' : 'wrong');
  if (!found) return show('unlock');
  seed = found;
  await keep({ copy });
  form.reset();
  shown = '';
  await acts[pending]();
}

/** @param {HTMLFormElement} form */
async function rehearseWith(form) {
  const copy = await readCopy(form);
  const found = copy && await restored(form, copy);
  complain(form, found ? '' : 'wrong');
  if (!found) return show('rehearse');
  const own = ownOf(found);
  const exponent = await gatherExponent(own, state.certificates, state.posted);
  await send('rehearsal', rehearse(state.group, state.document, state.position, exponent));
  form.reset();
}

/** What the acts are done with. @param {string} opened the seed @returns {import('./dkg.js').Own} */
function ownOf(opened) {
  return { group: state.group, seed: opened, index: state.position };
}

/** @type {Record<string, () => Promise<void>>} */
const acts = {
  async certify() {
    await send('certificate', makeCertificate(ownOf(seed)));
  },
  async exchange() {
    await send('parts', await makePolynomial(ownOf(seed), state.certificates));
  },
  async finish() {
    const own = ownOf(seed);
    try {
      const exponent = await gatherExponent(own, state.certificates, state.posted);
      await send('verification', makeVerificationKey(own, exponent));
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      await send('again', String(error.sender));
    }
  },
};

/** @param {string} name */
async function start(name) {
  if (seed) return acts[name]();
  pending = name;
  show('unlock');
}

async function same() {
  if (state.state === 'keyed') {
    await keep({ key: checkKey(state.group, state.document, state.certificates) });
    return send('compared', 'key');
  }
  await keep({ parts: nameOf(state.certificates) });
  return send('compared', 'parts');
}

async function follow(goesOn = true) {
  try {
    if (document.visibilityState === 'visible') await refresh();
  } catch (error) {
    fail(error);
  }
  if (goesOn) setTimeout(follow, PAUSE_MS);
}

/** @param {string} selector @param {(element: HTMLElement) => Promise<void>} work */
function onClick(selector, work) {
  root.querySelectorAll(selector).forEach((element) => {
    const button = /** @type {HTMLElement} */ (element);
    button.addEventListener('click', () => act(() => work(button)));
  });
}

/** @param {string} name @param {(form: HTMLFormElement) => Promise<void>} work */
function onSubmit(name, work) {
  const form = /** @type {HTMLFormElement} */ (root.querySelector(`form[data-${name}]`));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    act(() => work(form));
  });
}

onSubmit('make', make);
onSubmit('unlock', unlock);
onSubmit('rehearse', rehearseWith);
onClick('[data-act]', ({ dataset }) => start(dataset.act ?? ''));
onClick('[data-same]', same);
onClick('[data-other]', ({ dataset }) => send('again', dataset.other ?? ''));
onClick('[data-again]', () => send('again', 'asked'));
root.querySelector('[data-print]')?.addEventListener('click', () => print());
addEventListener('pagehide', () => { seed = ''; });
takeScanned(root);
stayAwake();
follow();
