import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkMark, digestOf, requireAnnounced, valuesOf } from '../../app/browser/question.js';
import { electionOf } from './vectors.mjs';

const ROUND = '22222222222222';
const ABOUT = { round: ROUND, group: 'Ed25519' };

function announced() {
  const shown = {
    wording: { en: 'Should “Hof” get €1,480?', de: 'Soll „Hof“ 1.480 € bekommen?' },
    options: { de: ['Ja', 'Nein', 'Enthaltung'], en: ['Yes', 'No', 'Abstain'] },
    order: ['yes', 'no', 'abstain'],
    fewest: 1,
    most: 1,
  };
  const question = { ...shown, question: '11111111111111', amount_cents: 148000 };
  const digest = digestOf(shown);
  const election = JSON.parse(electionOf());
  election.questions[0].question = shown.wording.de;
  election.description = JSON.stringify({
    kv: 1, round: ROUND, question: question.question, digest, rules: 'r', amount_cents: 148000,
  });
  return { ...question, digest, election: JSON.stringify(election) };
}

test('what was announced is accepted', () => {
  requireAnnounced(ABOUT, announced());
});

test('an election in another group than the round is refused', () => {
  const other = { ...ABOUT, group: 'BELENIOS-2048' };
  assert.throws(() => requireAnnounced(other, announced()), /question\.digest/);
  const question = announced();
  question.election = question.election.replace('"group":"Ed25519"', '"group":"BELENIOS-2048"');
  requireAnnounced(other, question);
});

test('the digest does not depend on the order of the languages', () => {
  const { wording, options, order } = announced();
  const turned = { wording: { de: wording.de, en: wording.en }, options, order };
  assert.equal(digestOf(turned), digestOf({ wording, options, order }));
});

test('the check mark is the first sixteen digits in four groups', () => {
  assert.equal(checkMark('0123456789abcdef'.repeat(4)), '0123 4567 89ab cdef');
});

const CHANGES = {
  'wording of the language shown': (q) => { q.wording.de += ' '; },
  'wording of a language not shown': (q) => { q.wording.en = q.wording.en.replace('1,480', '1,481'); },
  'an option': (q) => { q.options.en[2] = 'Abstein'; },
  'options exchanged': (q) => { q.options.de.reverse(); },
  'the order': (q) => { q.order.reverse(); },
  'a language left out': (q) => { delete q.wording.en; delete q.options.en; },
  'a language added': (q) => { q.wording.tr = 'Soru'; q.options.tr = ['E', 'H', 'Ç']; },
  'the served digest': (q) => { q.digest = 'f'.repeat(64); },
  'the question id': (q) => { q.question = '33333333333333'; },
  'the amount': (q) => { q.amount_cents = 1; },
  'a vote shown as a poll': (q) => { q.is_poll = true; },
  'the election text': (q) => { q.election = q.election.replace('1.480', '1.481'); },
  'blanks in the election': (q) => { q.election = q.election.replace('{"version"', '{ "version"'); },
  'a doubled field': (q) => { q.election = q.election.replace('"name":', '"name":"a","name":'); },
  'the group': (q) => { q.election = q.election.replace('Ed25519', 'BELENIOS-2048'); },
  'answers in the election': (q) => { q.election = q.election.replace('"yes","no"', '"no","yes"'); },
  'two answers shown as allowed': (q) => { q.most = 2; },
  'no answer shown as enough': (q) => { q.fewest = 0; },
  'none of them shown as an answer': (q) => { q.order[2] = 'blank'; },
  'two answers allowed': (q) => { q.election = q.election.replace('"max":1', '"max":2'); },
  'decomposed letters': (q) => { q.wording.de = q.wording.de.replace('ä', 'ä').concat('ä'); },
};

for (const [name, change] of Object.entries(CHANGES)) {
  test(`refused: ${name}`, () => {
    const question = announced();
    change(question);
    assert.throws(() => requireAnnounced(ABOUT, question));
  });
}

test('own options are accepted with as many ticks as the election says', () => {
  const question = announced();
  const election = JSON.parse(question.election);
  const order = ['option-1', 'option-2', 'blank'];
  const digest = digestOf({ ...question, order });
  const description = JSON.stringify({ ...JSON.parse(election.description), digest });
  const asked = { ...election.questions[0], answers: order.slice(0, 2) };
  const { min, question: wording } = asked;
  const questions = [{ answers: asked.answers, blank: true, min, max: 2, question: wording }];
  const changed = JSON.stringify({ ...election, description, questions });
  const choice = { ...question, order, digest, most: 2, election: changed };
  requireAnnounced(ABOUT, choice);
  assert.throws(() => requireAnnounced(ABOUT, { ...choice, most: 1 }), /question\.digest/);
});

test('a blank stands last on screen and first on the ballot', () => {
  const order = ['option-1', 'option-2', 'blank'];
  assert.deepEqual(valuesOf(order, [2]), [1, 0, 0]);
  assert.deepEqual(valuesOf(order, [0, 1]), [0, 1, 1]);
  assert.deepEqual(valuesOf(['yes', 'no', 'abstain'], [2]), [0, 0, 1]);
});

test('a poll is accepted as a poll and never as a vote', () => {
  const question = announced();
  const election = JSON.parse(question.election);
  const description = JSON.parse(election.description);
  election.description = JSON.stringify({ ...description, poll: true });
  const poll = { ...question, election: JSON.stringify(election), is_poll: true };
  requireAnnounced(ABOUT, poll);
  assert.throws(() => requireAnnounced(ABOUT, { ...poll, is_poll: false }), /question\.digest/);
});

test('refused: another round', () => {
  assert.throws(() => requireAnnounced({ ...ABOUT, round: '44444444444444' }, announced()), /question\.digest/);
});

test('refused: a consistent question in letters that are not composed', () => {
  const question = announced();
  question.wording.en = 'a\u0308';
  question.digest = digestOf(question);
  const election = JSON.parse(question.election);
  const description = JSON.parse(election.description);
  election.description = JSON.stringify({ ...description, digest: question.digest });
  question.election = JSON.stringify(election);
  assert.throws(() => requireAnnounced(ABOUT, question), /question\.digest/);
});
