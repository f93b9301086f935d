/** The screens of the booth, each a list of nodes made from what the booth knows. */
import { answerRows, chosenWords, limits } from './answer.js';
import { button, element, linkButton, paragraph } from './element.js';
import { checkMark } from './question.js';

/**
 * @typedef {{question: string, wording: Record<string, string>, options: Record<string, string[]>,
 *   order: string[], fewest: number, most: number,
 *   explanation: Record<string, string>, digest: string, election: string,
 *   amount_cents: number | null, is_poll: boolean, is_practice: boolean,
 *   point: string | null, may_vote: boolean, reason: string | null}} Question
 * @typedef {{round: string, state: string, title: Record<string, string>, group: string,
 *   term: string,
 *   member: string, csrf: string, server_now: string, closes_at: string | null,
 *   last_call: boolean, small_body: boolean, trust: string, languages: string[],
 *   words: Record<string, Record<string, string>>, questions: Question[],
 *   voted: {receipt: string | null}}} State
 * @typedef {{state: State, language: string, choices: Map<string, number[]>,
 *   say: (key: string, facts?: Record<string, string | number>) => string}} Booth
 * @typedef {{choose: (index: number) => void, go: () => void, back: () => void,
 *   change: (index: number) => void, cast: () => void}} Acts
 */

/** The questions this member votes on. @param {State} state */
export function ownQuestions(state) {
  return state.questions.filter((question) => question.may_vote);
}

/**
 * One question with its answers, nothing chosen beforehand.
 * @param {Booth} booth
 * @param {Acts} acts
 * @param {number} index
 * @param {import('./answer.js').Fault | null} fault why the member could not go on
 */
export function questionScreen(booth, acts, index, fault) {
  const { say, state, language } = booth;
  const questions = ownQuestions(state);
  const question = questions[index];
  const position = say('question_of', { number: index + 1, total: questions.length });
  const wrong = fault ? say(fault, { fewest: question.fewest, most: question.most }) : '';
  const group = element(
    'fieldset',
    { class: 'kern-fieldset flow', 'aria-describedby': fault ? 'missing' : null },
    element(
      'legend', { class: 'kern-label' },
      element('h1', { tabindex: -1 }, ...readable(question.wording[language])),
    ),
    ...limits(booth, question),
    ...(fault ? [paragraph(wrong, { id: 'missing', class: 'kern-error' })] : []),
    ...answerRows(booth, question, acts.choose, fault !== null),
  );
  return [
    ...(fault ? [faultSummary(say(fault === 'too_many' ? 'error' : 'missing'), wrong)] : []),
    backLink(booth, acts, index),
    ...kindNotice(booth),
    ...(index === 0 && state.voted.receipt ? [notice(say('voted_before'), 'cool')] : []),
    paragraph(position, { class: 'kicker' }),
    group,
    element('div', { class: 'actions' }, button(say('continue'), acts.go)),
    markDetails(booth, question),
  ];
}

/** The same text; numbers with hyphens stay in one piece, in any direction. @param {string} text */
function readable(text) {
  return text.split(/([A-Z]-\d{4}-\d+)/).map((part, index) => (
    index % 2 ? element('bdi', { class: 'number' }, part) : part
  ));
}

/** @param {string} heading @param {string} wrong */
function faultSummary(heading, wrong) {
  return element(
    'div', { class: 'notice bad', tabindex: -1, 'data-summary': true },
    element('h2', {}, heading),
    element('ul', {}, element('li', {}, element('a', { href: '#answer-0', click: focusFirst },
      wrong))),
  );
}

/** The fragment names the round, so the link must not change it. @param {Event} event */
function focusFirst(event) {
  event.preventDefault();
  document.getElementById('answer-0')?.focus();
}

/** @param {Booth} booth @param {Acts} acts @param {number} index */
function backLink({ say, state, language }, acts, index) {
  const properties = index === 0
    ? { href: roundAddress(state.round, language) }
    : { href: location.hash, click: stay(acts.back) };
  return element('a', { class: 'back', ...properties }, say('back'));
}

/** @param {() => void} act */
function stay(act) {
  return (/** @type {Event} */ event) => {
    event.preventDefault();
    act();
  };
}

/** The page before the booth. @param {string} round @param {string} language */
function roundAddress(round, language) {
  return `${prefixOf(language)}/booth/${round}/questions`;
}

/** @param {string} language */
export function prefixOf(language) {
  return language === 'de' ? '' : `/${language}`;
}

/** @param {Booth} booth @param {Question} question */
function markDetails({ say }, question) {
  return element(
    'details', {},
    element('summary', {}, say('mark')),
    paragraph(checkMark(question.digest), { class: 'check-mark' }),
    paragraph(say('mark_note'), { class: 'soft' }),
  );
}

/** Whether this round decides nothing; the elections say the same. @param {State} state */
function isPoll({ questions }) {
  return questions.some((question) => question.is_poll);
}

/** Whether this round is only for practice. @param {State} state */
function isPractice({ questions }) {
  return questions.some((question) => question.is_practice);
}

/** What sets a round apart that decides nothing. @param {Booth} booth */
function kindNotice({ say, state }) {
  if (isPractice(state)) return [notice(say('practice'), 'practice')];
  return isPoll(state) ? [notice(say('poll'), 'poll')] : [];
}

/** The word on the button that casts. @param {State} state */
function castWord(state) {
  if (isPractice(state)) return 'cast_practice';
  return isPoll(state) ? 'cast_poll' : 'cast';
}

/** @param {string} text @param {string} tone */
function notice(text, tone) {
  return element('div', { class: `notice ${tone}` }, paragraph(text));
}

/** Every answer once more, and the one button. @param {Booth} booth @param {Acts} acts */
export function checkScreen(booth, acts) {
  const { say, state } = booth;
  return [
    backLink(booth, acts, -1),
    ...kindNotice(booth),
    element('h1', { tabindex: -1 }, say('check')),
    element('dl', { class: 'facts' }, ...answerList(booth, acts)),
    notice(say('not_cast'), 'warm'),
    element('div', { class: 'actions' }, button(say(castWord(state)), acts.cast, { id: 'cast' })),
    paragraph('', { id: 'progress', role: 'status', class: 'soft' }),
    element('ul', { class: 'plain-list' }, ...promises(state).map((key) => (
      element('li', {}, element(key === 'office' ? 'strong' : 'span', {}, say(key)))
    ))),
  ];
}

/** What is said beside the promise of secrecy, from what this round is. @param {State} state */
export function promises({ trust, small_body: isSmall }) {
  return [
    'secret', trust, 'watched', ...(isSmall ? ['unanimous'] : []),
    'again_until_end',
  ];
}

/** @param {Booth} booth @param {Acts} acts */
function answerList(booth, acts) {
  const { say, state, language } = booth;
  let index = -1;
  return state.questions.map((question) => {
    const wording = question.wording[language];
    const term = element('dt', {}, ...readable(wording));
    if (!question.may_vote) {
      return element('div', {}, term, element('dd', {}, say(`reason_${question.reason}`)));
    }
    index += 1;
    const own = index;
    const change = element(
      'button',
      { type: 'button', class: 'kern-btn kern-btn--secondary', click: () => acts.change(own) },
      element('span', { class: 'kern-label' }, say('change'),
        element('span', { class: 'hidden-visually' }, `: ${wording}`)),
    );
    return element('div', {}, term, element('dd', {}, chosenWords(booth, question)),
      element('dd', { class: 'change' }, change));
  });
}

/**
 * The ballot is finished and kept on this phone, the server has not confirmed it.
 * @param {Booth} booth
 * @param {{again: () => void, discard: () => void}} acts
 * @param {string} closing when the round ends, empty when that is open
 */
export function waitingScreen({ say }, acts, closing) {
  return [
    element('h1', { tabindex: -1 }, say('waiting')),
    ...(closing ? [paragraph(closing)] : []),
    paragraph('', { id: 'progress', role: 'status' }),
    element('div', { class: 'actions' }, button(say('send_again'), acts.again),
      button(say('discard'), acts.discard, { class: 'kern-btn--secondary' })),
  ];
}

/**
 * One sentence as heading, others below it, and ways on.
 * @param {Booth} booth
 * @param {{heading: string, lines?: string[], actions?: Node[]}} message keys of sentences
 */
export function messageScreen({ say }, { heading, lines = [], actions = [] }) {
  return [
    element('h1', { tabindex: -1 }, say(heading)),
    ...lines.map((line) => paragraph(say(line))),
    ...(actions.length ? [element('div', { class: 'actions' }, ...actions)] : []),
  ];
}

/** The way back to the round's page. @param {Booth} booth */
export function roundButton({ state, language, say }) {
  return linkButton(say('to_round'), roundAddress(state.round, language));
}

/** The way to the card's words. @param {Booth} booth */
export function wordsButton({ language, say }) {
  return linkButton(say('type_words'), `${prefixOf(language)}/karte`);
}

/**
 * A message that leads back to the round.
 * @param {Booth} booth
 * @param {string} heading
 * @param {string[]} lines
 */
export function endScreen(booth, heading, lines = []) {
  const actions = [roundButton(booth), ...(lines.includes('tell_team') ? [reportButton(booth)] : [])];
  return messageScreen(booth, { heading, lines, actions });
}

/** @param {Booth} booth */
function reportButton({ say, state, language }) {
  return linkButton(say('report'), `${prefixOf(language)}/abstimmung/${state.round}/melden`);
}

/** @param {Booth} booth */
export function noKeyScreen(booth) {
  const paste = linkButton(booth.say('paste_code'), `${prefixOf(booth.language)}/account/code`);
  const actions = [wordsButton(booth), paste];
  return messageScreen(booth, { heading: 'no_key', lines: ['scan'], actions });
}
