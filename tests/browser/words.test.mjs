import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recount } from '../../app/browser/checker/account.js';
import { WORDS, say, sayAnswer, sayFault } from '../../app/browser/checker/words.js';
import { archive, manifest } from './vectors.mjs';

const OK = 'ed_threshold_2of3/ok.bel.gz';
const STRONG = 'ed_threshold_2of3/strong_ok.strong.json.gz';
const CHECKS = ['chain', 'setup', 'roll', 'ballots', 'sum', 'opened', 'bound', 'result'];
const never = () => undefined;

/** @param {string} text */
const places = (text) => text.match(/\{\w+\}/g) ?? [];

test('both languages have the same words with the same figures in them', () => {
  assert.deepEqual(Object.keys(WORDS.en), Object.keys(WORDS.de));
  for (const [word, text] of Object.entries(WORDS.de)) {
    assert.deepEqual(places(WORDS.en[word]).sort(), places(text).sort(), word);
  }
});

test('each class of faults is explained', () => {
  const reasons = manifest.entries.flatMap(({ reason }) => reason ?? []);
  assert.ok(reasons.length > 20);
  for (const reason of reasons) assert.notEqual(sayFault('de', reason), WORDS.de.wrong, reason);
  assert.equal(sayFault('de', 'valueOf'), WORDS.de.wrong);
});

test('an answer that is no word of ours stays as it is', () => {
  assert.equal(sayAnswer('en', 'abstain'), 'Abstention');
  assert.equal(sayAnswer('en', 'title'), 'title');
  assert.equal(sayAnswer('de', 'option-12'), 'Antwort 12');
});

test('an account names each check that was made, and no other', async () => {
  const strong = new TextDecoder().decode(archive(STRONG));
  const whole = await recount(archive(OK), strong, never);
  assert.equal(whole.verdict, 'right');
  assert.deepEqual(whole.checks.map(([check]) => check), CHECKS);
  assert.deepEqual(whole.questions.map(({ counts }) => counts.length > 1), [true]);
  for (const [check, number] of whole.checks) {
    assert.ok(number > 0, check);
    assert.match(say('de', check, { number }), new RegExp(String(number)));
  }
  const open = await recount(archive('ed_threshold_2of3/ok_open.bel.gz'), null, never);
  assert.equal(open.verdict, 'early');
  assert.deepEqual(open.checks.map(([check]) => check), CHECKS.slice(0, 4));
  assert.deepEqual(open.questions.map(({ counts }) => counts), [null]);
  const wrong = await recount(archive('ed_threshold_2of3/overvote.bel.gz'), strong, never);
  assert.equal(wrong.verdict, 'wrong');
  assert.match(wrong.reason, /^ballot\./);
});
