/** The answers of one question: what can be ticked, how many are left, and when they are enough. */
import { element, paragraph } from './element.js';

/**
 * @typedef {import('./screen.js').Question} Question
 * @typedef {import('./screen.js').Booth} Booth
 * @typedef {{fewest: number, most: number}} Limits
 * @typedef {'choose' | 'too_few' | 'too_many'} Fault
 */

const BLANK = 'blank';

/** Whether more than one answer may be ticked. @param {Limits} question */
export function isMultiple({ most, fewest }) {
  return most > 1 || fewest < 1;
}

/** Whether none of them is ticked. @param {string[]} order @param {number[]} chosen */
export function isBlank(order, chosen) {
  return chosen.some((index) => order[index] === BLANK);
}

/**
 * What keeps these answers from being a ballot.
 * @param {Limits & {order: string[]}} question
 * @param {number[] | undefined} chosen
 * @returns {Fault | null}
 */
export function faultOf({ order, fewest, most }, chosen) {
  if (!chosen) return fewest === 0 ? null : 'choose';
  if (isBlank(order, chosen)) return null;
  if (chosen.length > most) return 'too_many';
  if (chosen.length >= fewest) return null;
  return chosen.length === 0 ? 'choose' : 'too_few';
}

/**
 * What is ticked after one more act: none of them excludes the others.
 * @param {Question} question
 * @param {number[]} chosen
 * @param {number} index
 */
export function toggled(question, chosen, index) {
  if (!isMultiple(question)) return [index];
  if (chosen.includes(index)) return chosen.filter((each) => each !== index);
  if (question.order[index] === BLANK) return [index];
  return [...chosen.filter((each) => question.order[each] !== BLANK), index].sort((a, b) => a - b);
}

/**
 * The rows of a question, and below them how many more can be ticked.
 * @param {Booth} booth
 * @param {Question} question
 * @param {(index: number) => void} choose
 * @param {boolean} isWrong
 */
export function answerRows(booth, question, choose, isWrong) {
  const rows = element('div', { class: 'rows choices-large' });
  const left = paragraph('', { id: 'left', role: 'status', class: 'soft' });
  const chosen = () => booth.choices.get(question.question) ?? [];
  const update = () => {
    rows.querySelectorAll('input').forEach((input, index) => {
      input.checked = chosen().includes(index);
    });
    left.textContent = isMultiple(question) ? leftLine(booth, question, chosen()) : '';
  };
  const act = (/** @type {number} */ index) => {
    choose(index);
    update();
  };
  rows.append(...question.order.map((_, index) => row(booth, question, index, act, isWrong)));
  update();
  return isMultiple(question) ? [rows, left] : [rows];
}

/**
 * @param {Booth} booth
 * @param {Question} question
 * @param {number} index
 * @param {(index: number) => void} act
 * @param {boolean} isWrong
 */
function row({ language }, question, index, act, isWrong) {
  const note = question.order[index] === 'abstain' ? question.explanation[language] : '';
  return element(
    'label', { class: 'choice' },
    element('input', {
      type: isMultiple(question) ? 'checkbox' : 'radio', name: 'answer', id: `answer-${index}`,
      autocomplete: 'off', 'aria-labelledby': `label-${index}`,
      'aria-describedby': note ? 'note' : null, 'aria-invalid': isWrong ? 'true' : null,
      change: () => act(index),
    }),
    element('span', { id: `label-${index}` }, question.options[language][index]),
    ...(note ? [element('small', { id: 'note' }, note)] : []),
  );
}

/** @param {Booth} booth @param {Question} question @param {number[]} chosen */
function leftLine({ say }, { order, most }, chosen) {
  if (isBlank(order, chosen)) return say('none_of_them');
  const left = most - chosen.length;
  if (left < 0) return say('over', { number: -left });
  return left === 0 ? say('none_left') : say('left', { number: left });
}

/** How many may be ticked, said before the answers. @param {Booth} booth
 * @param {Question} question */
export function limits({ say }, question) {
  const { fewest, most } = question;
  if (!isMultiple(question)) return [];
  if (fewest === most) return [paragraph(say('exactly', { most }))];
  return [paragraph(fewest > 1 ? say('from_to', { fewest, most }) : say('up_to', { most }))];
}

/** The words of what was ticked. @param {Booth} booth @param {Question} question */
export function chosenWords({ say, language, choices }, question) {
  const chosen = choices.get(question.question) ?? [];
  if (chosen.length === 0) return element('strong', {}, say('nothing_ticked'));
  const words = chosen.map((index) => question.options[language][index]);
  if (words.length === 1) return element('strong', {}, words[0]);
  return element('ul', { class: 'plain-list' },
    ...words.map((each) => element('li', {}, element('strong', {}, each))));
}
