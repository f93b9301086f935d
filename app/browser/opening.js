/**
 * The booth's document before the round is known: which round and language its address names, and
 * the few lines that stand in the document itself.
 */
import { element } from './element.js';

const ADDRESS = /^#([1-9A-HJ-NP-Za-km-z]{14,40})(?:\/([a-z]{2}))?$/;

/** @returns {{round: string | null, language: string}} */
export function addressed() {
  const [, round = null, language = 'de'] = location.hash.match(ADDRESS) ?? [];
  return { round, language };
}

/**
 * Show one line of the document in one language.
 * @param {string} language
 * @param {'loading' | 'offline' | 'signed_out' | 'unknown'} line
 */
export function showOpening(language, line) {
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-opening]')]);
  const own = all.find((part) => part.lang === language) ?? all[0];
  all.forEach((part) => { part.hidden = part !== own; });
  document.documentElement.lang = own.lang;
  own.querySelectorAll('[data-line]').forEach((element) => {
    const part = /** @type {HTMLElement} */ (element);
    part.hidden = part.dataset.line !== line;
  });
}

/**
 * Links to the same screen in the other languages; no choice enters the address.
 * @param {import('./screen.js').Booth} booth
 * @param {(language: string) => void} choose
 */
export function showLanguages({ state, language: current, say }, choose) {
  const list = /** @type {HTMLElement} */ (document.querySelector('[data-languages]'));
  list.setAttribute('aria-label', say('languages'));
  list.replaceChildren(...state.languages.map((language) => {
    const click = (/** @type {Event} */ event) => {
      event.preventDefault();
      choose(language);
    };
    return element('li', {}, element('a', {
      href: `#${state.round}/${language}`, lang: language, hreflang: language, click,
      'aria-current': language === current ? 'true' : null,
    }, nameOf(language)));
  }));
}

/** A language in its own words. @param {string} language */
function nameOf(language) {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}
