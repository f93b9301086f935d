/** What stands on the booth's page right now, and how it changes. */
import { endScreen } from './screen.js';

/**
 * @typedef {import('./screen.js').Booth} Booth
 * @typedef {() => Node[]} Draw
 * @typedef {{booth: Booth, phase: () => string, render: () => void,
 *   show: (phase: string, draw: Draw) => void, end: (heading: string, lines?: string[]) => void,
 *   enterCasting: () => void,
 *   progress: (key: string, facts?: Record<string, string | number>) => void}} Stage
 */

const RIGHT_TO_LEFT = ['ar'];

/**
 * @param {HTMLElement} main
 * @param {Booth} booth
 * @returns {Stage}
 */
export function makeStage(main, booth) {
  let phase = 'opening';
  /** @type {Draw | null} */
  let draw = null;
  let progressLine = () => '';
  const render = () => {
    if (!draw || phase === 'casting') return;
    setLanguage(booth);
    main.replaceChildren(...draw());
    writeProgress(main, progressLine());
    present(main, booth);
  };
  const show = (/** @type {string} */ name, /** @type {Draw} */ drawing) => {
    phase = name;
    draw = drawing;
    progressLine = () => '';
    render();
  };
  return {
    booth,
    phase: () => phase,
    render,
    show,
    end: (heading, lines = []) => show('end', () => endScreen(booth, heading, lines)),
    enterCasting: () => {
      phase = 'casting';
      keepButton(main, booth.say('sending'));
    },
    progress: (key, facts) => {
      progressLine = () => booth.say(key, facts);
      writeProgress(main, progressLine());
    },
  };
}

/** The button stays where it is and says what happens. @param {HTMLElement} main
 * @param {string} text */
function keepButton(main, text) {
  const button = /** @type {HTMLElement} */ (main.querySelector('#cast'));
  button.setAttribute('aria-disabled', 'true');
  /** @type {Element} */ (button.firstElementChild).textContent = text;
}

/** Written only when it says something new, so that it is read out once. @param {HTMLElement} main
 * @param {string} text */
function writeProgress(main, text) {
  const line = main.querySelector('#progress');
  if (line && line.textContent !== text) line.textContent = text;
}

/** @param {Booth} booth */
function setLanguage({ language, say }) {
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr';
  const skip = /** @type {HTMLElement} */ (document.querySelector('[data-skip]'));
  skip.textContent = say('skip');
  skip.hidden = false;
}

/** Title the page and move the reader to what is new on it. @param {HTMLElement} main
 * @param {Booth} booth */
function present(main, { say, state, language }) {
  const heading = /** @type {HTMLElement} */ (main.querySelector('h1'));
  const summary = /** @type {HTMLElement | null} */ (main.querySelector('[data-summary]'));
  const title = `${heading.textContent} · ${state.title[language]}`;
  document.title = summary ? `${say('error')}: ${title}` : title;
  scrollTo(0, 0);
  (summary ?? heading).focus();
}
