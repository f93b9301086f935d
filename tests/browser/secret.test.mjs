import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  makeSecret, parseSecret, secretText, signinKey, unwrapCode, verifierOf, wrapCode,
} from '../../app/browser/secret.js';

const SECRET = Uint8Array.from([127, 0, 0, 1, 63, 84, 220, 193, 63, 118, 7, 35, 140, 98, 193, 141]);
const TEXT = 'lusab-babad-gutih-tugad-gutuk-bisog-mudof-sakat';
const CODE = '7Kq2Xv-Tn4RbM-zLw8sY-cHdAf4';

test('the words of known addresses', () => {
  assert.equal(secretText(SECRET), TEXT);
  assert.deepEqual(parseSecret(TEXT), SECRET);
});

test('any secret comes back from its words', () => {
  for (let round = 0; round < 200; round += 1) {
    const secret = makeSecret();
    assert.match(secretText(secret), /^[a-z]{5}(?:-[a-z]{5}){7}$/);
    assert.deepEqual(parseSecret(secretText(secret)), secret);
  }
});

test('typed words: capitals, blanks, lines and dashes do not matter', () => {
  const typed = ['  ', TEXT.toUpperCase().replaceAll('-', '  '), '\n'].join('');
  assert.deepEqual(parseSecret(typed), SECRET);
  assert.deepEqual(parseSecret(TEXT.replaceAll('-', '\u2013')), SECRET);
  assert.deepEqual(parseSecret(TEXT.replaceAll('-', ' - ')), SECRET);
});

test('other texts are no card', () => {
  for (const text of ['', 'lusab', `${TEXT}-lusab`, TEXT.replace('lusab', 'lusac'), '%E0%A4%A']) {
    assert.equal(parseSecret(text), null, text);
  }
});

test('the keys of a card, as other programs derive them', async () => {
  assert.equal(
    await signinKey(SECRET), 'd432c23de58e6d6e7f7b22afeea71a667b90dbfdcb7592a9eec5b8b9b163dfa5',
  );
  assert.equal(await verifierOf(SECRET), '793e73c88a8099c07a73e1a204138ad2d53d759755d4e450f172015c0389009c');
});

test('the copy opens with the card and the term it was made with', async () => {
  const wrapped = await wrapCode(SECRET, 'rat-2026', CODE);
  assert.match(wrapped, /^[A-Za-z0-9_-]{74}$/);
  assert.equal(await unwrapCode(SECRET, 'rat-2026', wrapped), CODE);
  assert.notEqual(await wrapCode(SECRET, 'rat-2026', CODE), wrapped);
});

test('the copy stays shut for another card, another term, or when altered', async () => {
  const wrapped = await wrapCode(SECRET, 'rat-2026', CODE);
  const other = wrapped.slice(0, 40) + (wrapped[40] === 'A' ? 'B' : 'A') + wrapped.slice(41);
  await assert.rejects(unwrapCode(makeSecret(), 'rat-2026', wrapped));
  await assert.rejects(unwrapCode(SECRET, 'rat-2027', wrapped));
  await assert.rejects(unwrapCode(SECRET, 'rat-2026', other));
});
