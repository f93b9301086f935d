/** The booth on the tablet in the hall: it empties itself when nobody touches it. */
import { button, element, paragraph } from './element.js';
import { forgetEverything } from './keystore.js';
import { postJson } from './request.js';
import { watchIdle } from './tablet_idle.js';

/**
 * @param {import('./screen.js').Booth} booth
 * @param {() => void} forget what was chosen
 */
export function watchTablet(booth, forget) {
  /** @type {HTMLElement | null} */
  let notice = null;
  const calm = () => {
    notice?.remove();
    notice = null;
  };
  const leave = async () => {
    forget();
    await forgetEverything();
    await postJson('/tablet/leave', {}, booth.state.csrf);
    location.replace('/tablet/');
  };
  const warn = (/** @type {number} */ seconds) => {
    if (notice) {
      /** @type {Element} */ (notice.children[1]).textContent = String(seconds);
      return;
    }
    notice = element('div', { class: 'notice warm tablet-idle' },
      paragraph(booth.say('idle', { seconds }), { role: 'alert' }),
      paragraph(String(seconds), { 'aria-hidden': 'true' }),
      button(booth.say('stay'), () => watch.stay()));
    document.body.append(notice);
    notice.querySelector('button')?.focus();
  };
  const watch = watchIdle({ warn, calm, leave });
}
