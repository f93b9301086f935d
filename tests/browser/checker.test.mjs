import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verify } from '../../app/browser/checker/verify.js';
import { archive, manifest } from './vectors.mjs';

const OK = 'ed_yna_multi/ok.bel.gz';
const STRONG = 'ed_yna_multi/strong_ok.strong.json.gz';

/** @param {string} name */
function text(name) {
  return new TextDecoder().decode(archive(name));
}

/** The verdict, its class and what was counted, as the manifest names them. */
async function judge({ file, strong }, archiveOnly) {
  const found = await verify(archive(file), strong ? text(strong) : null, { archiveOnly });
  return found.verdict === 'refused'
    ? { verdict: 'reject', reason: found.reason }
    : { verdict: 'accept', stage: found.stage, result: found.result };
}

for (const entry of manifest.entries) {
  test(`${entry.file} (${entry.variant})`, async () => {
    const whole = await judge(entry, false);
    assert.equal(whole.verdict, entry.expect);
    assert.equal(whole.reason ?? null, entry.reason);
    if (whole.stage) assert.equal(whole.stage, entry.stage);
    if (whole.result && entry.result) assert.deepEqual(whole.result, entry.result);
    if (entry.expect === entry.expect_archive) return;
    const alone = await judge(entry, true);
    assert.equal(alone.verdict, entry.expect_archive);
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
  for (let at = 0; at < strong.length; at += 1201) {
    const changed = `${strong.slice(0, at)}${strong[at] === '1' ? '2' : '1'}${strong.slice(at + 1)}`;
    const { verdict } = await verify(bytes, changed);
    assert.equal(verdict, 'refused', `character ${at}`);
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
