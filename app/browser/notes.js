/**
 * Notes are kept while somebody types and when the page is left; the button does it without script.
 *
 * What this script needs of the page:
 *   form[data-notes][data-unsaved][data-failed] with a textarea, the hidden field `shown` and a
 *     [data-slot="saved"]; it answers JSON {"shown", "message"}, or {"message"} with a refusal
 */
const PAUSE_MS = 2000;
const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-notes]'));
const field = form?.querySelector('textarea');
const shown = /** @type {HTMLInputElement | null} */ (form?.querySelector('[name="shown"]') ?? null);
let kept = field?.value;
let timer = 0;
let isSending = false;

/** @param {string} sentence */
function say(sentence) {
  const line = form?.querySelector('[data-slot="saved"]');
  if (line && line.textContent !== sentence) line.textContent = sentence;
}

async function keep() {
  clearTimeout(timer);
  if (!form || !field || !shown || isSending || field.value === kept) return;
  isSending = true;
  const sent = field.value;
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      body: new FormData(form),
      headers: { Accept: 'application/json' },
      keepalive: true,
    });
    const answer = await response.json();
    if (response.ok) {
      kept = sent;
      shown.value = answer.shown;
    }
    say(answer.message);
  } catch {
    say(form.dataset.failed ?? '');
  }
  isSending = false;
}

field?.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(keep, PAUSE_MS);
  say(form?.dataset.unsaved ?? '');
});
document.addEventListener('visibilitychange', () => { if (document.hidden) keep(); });
window.addEventListener('pagehide', keep);
window.addEventListener('beforeunload', (event) => {
  if (field && field.value !== kept) {
    keep();
    event.preventDefault();
  }
});
form?.addEventListener('submit', () => { kept = field?.value; });
