/** One sentence about all archives, a tick for each check, and the counts. */
import { element, paragraph } from '../element.js';
import { say, sayAnswer, sayFault } from './words.js';

/**
 * @typedef {import('./account.js').Account} Account
 * @typedef {import('./account.js').Right} Right
 * @typedef {import('./account.js').Check} Check
 * @typedef {import('./account.js').Counted} Counted
 * @typedef {'right' | 'early' | 'wrong'} Verdict
 * @typedef {{question: string, language: string, answers: string[]}} Words what voters read, in one
 *   of their languages, the blank last; the archive has one language, and numbers for own answers
 */

/** @param {Account[]} accounts @returns {Verdict} */
export function verdictOf(accounts) {
  const given = accounts.map(({ verdict }) => verdict);
  if (given.includes('wrong')) return 'wrong';
  return given.includes('early') ? 'early' : 'right';
}

/**
 * @param {Account[]} accounts
 * @param {string} language
 * @param {(Words | undefined)[]} [words] of each archive
 * @returns {Node[]}
 */
export function draw(accounts, language, words = []) {
  const verdict = verdictOf(accounts);
  const heading = element('p', { 'data-focus': true }, element('strong', {}, say(language, verdict)));
  if (verdict === 'wrong') return [heading, ...drawFaults(accounts, language)];
  const rights = /** @type {Right[]} */ (accounts);
  const [ballots, counted] = [sumOf(rights, 'ballots'), sumOf(rights, 'counted')];
  return [
    heading,
    paragraph(say(language, `${verdict}_sentence`, { ballots, counted })),
    element('ul', { class: 'ticks' }, ...drawChecks(rights, language)),
    ...rights.flatMap(({ questions }, at) => (
      questions.map((each) => drawCounts(each, language, words[at]))
    )),
  ];
}

/** @param {Right[]} rights @param {'ballots' | 'counted'} figure */
function sumOf(rights, figure) {
  return rights.reduce((sum, right) => sum + right[figure], 0);
}

/** @param {Account[]} accounts @param {string} language */
function drawFaults(accounts, language) {
  return accounts.flatMap((account) => (account.verdict !== 'wrong' ? [] : [
    paragraph(`${say(language, 'wrong_sentence')} ${sayFault(language, account.reason)}`),
    element('p', {}, element('code', {}, account.reason)),
  ]));
}

/** Each check once, with the figures of all archives together.
 * @param {Right[]} rights @param {string} language */
function drawChecks(rights, language) {
  /** @type {Map<Check, number>} */
  const numbers = new Map();
  for (const [check, number] of rights.flatMap(({ checks }) => checks)) {
    numbers.set(check, (numbers.get(check) ?? 0) + number);
  }
  return [...numbers].map(([check, number]) => (
    element('li', { 'data-check': check }, say(language, check, { number }))
  ));
}

/** @param {Counted} counted @param {string} language @param {Words} [words] */
function drawCounts({ question, answers, blank, counts }, language, words) {
  const names = words?.answers ?? answers.map((answer) => sayAnswer(language, answer));
  if (blank && !words) names.push(say(language, 'blank'));
  const figures = blank && counts ? [...counts.slice(1), counts[0]] : counts ?? [];
  const lines = figures.map((count, at) => (
    element('li', {}, element('bdi', {}, names[at]), ' ', element('strong', {}, String(count)))
  ));
  return element(
    'div', { class: 'counts' },
    element('p', {}, element('bdi', { lang: words?.language }, words?.question ?? question)),
    element('ul', { class: 'bullets' }, ...lines),
  );
}
