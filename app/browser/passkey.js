/**
 * Making and using a passkey. The answer of the device goes into a hidden field of an ordinary form
 * that is then sent; nothing is asked of the server by script.
 *
 * What this script needs of the page: a form[data-passkey="create" | "get"] with the options as JSON
 * in [data-options], an input[data-answer], a button[data-start] (hidden until passkeys are there)
 * and a [data-failed] that is shown when the device gave none.
 */

import { create, get } from './authenticator.js';

/** @param {HTMLFormElement} form */
async function ask(form) {
  const failed = /** @type {HTMLElement} */ (form.querySelector('[data-failed]'));
  const answer = /** @type {HTMLInputElement} */ (form.querySelector('[data-answer]'));
  failed.hidden = true;
  try {
    const options = JSON.parse(form.dataset.options ?? '');
    const found = await (form.dataset.passkey === 'create' ? create(options) : get(options));
    answer.value = JSON.stringify(found);
  } catch {
    // The device does not say whether nothing was there or the person said no.
    failed.hidden = false;
    return;
  }
  form.submit();
}

/** @param {HTMLFormElement} form */
function prepare(form) {
  const start = /** @type {HTMLElement} */ (form.querySelector('[data-start]'));
  start.hidden = false;
  start.addEventListener('click', () => { if (form.reportValidity()) ask(form); });
  form.addEventListener('submit', (event) => {
    if (event.submitter?.hasAttribute('data-start')) event.preventDefault();
  });
}

if (window.PublicKeyCredential) {
  document.querySelectorAll('form[data-passkey]').forEach((form) => {
    prepare(/** @type {HTMLFormElement} */ (form));
  });
}
