import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkBoard, classOf, judge, verify } from '../../app/browser/checker/verify.js';
import { archive, manifest } from './vectors.mjs';

const OK = 'ed_yna_multi/ok.bel.gz';
const STRONG = 'ed_yna_multi/strong_ok.strong.json.gz';
/** Large boxes in whole numbers that are checked to their end; `make drill` does these too. */
const SLOW = /^yna_multi\/(ok|ok_open|wrong|replay|chain)|^approval\/(ok_open|wrong)/;
const entries = manifest.entries.filter(({ file }) => process.env.ALL_VECTORS || !SLOW.test(file));

/** @param {string} name */
function text(name) {
  return new TextDecoder().decode(archive(name));
}

/** Each archive is checked once, whatever documents stand beside it. */
const boards = new Map();

/** @param {string} file */
function boardOf(file) {
  if (!boards.has(file)) boards.set(file, checkBoard(archive(file)));
  return boards.get(file);
}

/** The verdict, its class and what was counted, as the manifest names them. */
async function decide({ file, strong }, archiveOnly) {
  try {
    const { stage, result } = judge(await boardOf(file), strong ? text(strong) : null, archiveOnly);
    return { verdict: 'accept', stage, result };
  } catch (error) {
    return { verdict: 'reject', reason: classOf(error) };
  }
}

for (const entry of entries) {
  test(`${entry.file} (${entry.variant})`, async () => {
    const whole = await decide(entry, false);
    assert.equal(whole.verdict, entry.expect);
    assert.equal(whole.reason ?? null, entry.reason);
    if (whole.stage) assert.equal(whole.stage, entry.stage);
    if (whole.result && entry.result) assert.deepEqual(whole.result, entry.result);
    const alone = await decide(entry, true);
    assert.equal(alone.verdict, entry.expect_archive);
    assert.equal(alone.reason ?? null, entry.reason_archive);
  });
}

test('a changed byte is noticed wherever it is, in the archive and beside it', async () => {
  const bytes = archive(OK);
  for (let at = 0; at < bytes.length; at += 12007) {
    const changed = bytes.slice();
    changed[at] ^= 1;
    const { verdict } = await verify(changed, text(STRONG));
    assert.equal(verdict, 'refused', `byte ${at}`);
  }
  const strong = text(STRONG);
  const board = await boardOf(OK);
  for (let at = 0; at < strong.length; at += 1201) {
    const changed = `${strong.slice(0, at)}${strong[at] === '1' ? '2' : '1'}${strong.slice(at + 1)}`;
    assert.throws(() => judge(board, changed), (fault) => classOf(fault) !== '', `character ${at}`);
  }
});

test('progress is told after each event, up to the end of the archive', async () => {
  const told = [];
  const bytes = archive(OK);
  await verify(bytes, text(STRONG), { onEvent: (done, all) => told.push([done, all]) });
  assert.ok(told.length > 5);
  assert.ok(told.every(([done, all], at) => all === bytes.length && done > (told[at - 1]?.[0] ?? 0)));
  assert.ok(bytes.length - told.at(-1)[0] < 512);
});
