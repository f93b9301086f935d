/**
 * What a new device shows beside the card, where the member wants more protection.
 *
 * What this script needs inside the state "protect":
 *   form[data-passphrase] with input[name=passphrase]   shown when the member has a passphrase
 *   button[data-passkey-proof]                          shown when the member has a passkey
 *   form[data-code] with input[name=code]               the voting code; only a proof leaves
 *   [data-proof-error]                                  shown after a wrong one
 */
import { get } from './authenticator.js';
import { exponentOf, parseCode, proveEnrolment } from './credential.js';
import { secretGroup } from './group/secret.js';

/**
 * @typedef {{passphrase: boolean, options: string | null, nonce: string, term: string,
 *   group: string}} Demand group: in which the code is proven
 * @typedef {(shown: object, code?: string) => void} Show
 */

/** @param {HTMLElement} page @param {string} selector */
function part(page, selector) {
  return /** @type {HTMLElement | null} */ (page.querySelector(selector));
}

/** Show or hide what says that it was wrong. @param {HTMLElement} page @param {boolean} isWrong */
export function markWrong(page, isWrong) {
  const error = part(page, '[data-proof-error]');
  if (error) error.hidden = !isWrong;
}

/** @param {HTMLElement} page @param {string} selector @param {(typed: string) => void} read */
function onSubmit(page, selector, read) {
  part(page, selector)?.addEventListener('submit', (event) => {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (
      /** @type {HTMLElement} */ (event.target).querySelector('input')
    );
    if (input.value) read(input.value);
  });
}

/**
 * Let the buttons of the state work; what is shown goes to `show`.
 * @param {HTMLElement} page
 * @param {() => Demand | null} demand
 * @param {Show} show
 */
export function listen(page, demand, show) {
  onSubmit(page, 'form[data-passphrase]', (passphrase) => show({ passphrase }));
  onSubmit(page, 'form[data-code]', (typed) => {
    const code = parseCode(typed);
    const asked = demand();
    if (code && asked) show({ nonce: asked.nonce, proof: proofOf(asked, code) }, code);
    else markWrong(page, true);
  });
  part(page, '[data-passkey-proof]')?.addEventListener('click', async () => {
    try {
      const found = await get(JSON.parse(demand()?.options ?? ''));
      show({ passkey: JSON.stringify(found) });
    } catch {
      // The device does not say whether nothing was there or the person said no.
      markWrong(page, true);
    }
  });
}

/** That the code is known. @param {Demand} demand @param {string} code */
function proofOf({ group: name, nonce, term }, code) {
  const group = secretGroup(name);
  return proveEnrolment(group, term, nonce, exponentOf(group, term, code));
}

/** Offer the ways that this member has. @param {HTMLElement} page @param {Demand} demand */
export function offer(page, { passphrase, options }) {
  const canAnswer = options !== null && 'PublicKeyCredential' in window;
  part(page, 'form[data-passphrase]')?.toggleAttribute('hidden', !passphrase);
  part(page, '[data-passkey-proof]')?.toggleAttribute('hidden', !canAnswer);
  markWrong(page, false);
}
