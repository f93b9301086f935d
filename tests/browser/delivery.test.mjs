import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deliver } from '../../app/browser/delivery.js';

const SILENCE = { status: 0, data: null, code: 'offline', retryAfter: null };
const RECEIPT = { status: 200, data: { receipt: 'r' }, code: null, retryAfter: null };

/** A world with its own clock: pauses pass at once, answers come from a list. */
function worldOf(answers, { hidden = 0, lasting = 0 } = {}) {
  const world = { time: 0, sent: [], stages: [], hidden };
  const moments = [];
  const advance = (to) => {
    world.time = to;
    moments.filter(({ at }) => at <= to).forEach(({ resolve }) => resolve());
  };
  world.surroundings = {
    now: () => world.time,
    show: (stage) => world.stages.push(stage),
    pause: (milliseconds, signal) => new Promise((resolve) => {
      const at = world.time + milliseconds;
      if (milliseconds === 10_000 && lasting) moments.push({ at, resolve });
      else if (signal.aborted) resolve();
      else if (milliseconds !== 10_000) { advance(at); resolve(); }
    }),
    inFront: async () => { world.time += world.hidden; world.hidden = 0; },
    post: async () => {
      world.sent.push(world.time);
      advance(world.time + lasting);
      await new Promise((resolve) => { setImmediate(resolve); });
      return answers.shift() ?? SILENCE;
    },
  };
  return world;
}

const run = (world, signal = new AbortController().signal) => deliver(world.surroundings, signal);

test('an answer at once is the answer', async () => {
  const world = worldOf([RECEIPT]);
  assert.equal(await run(world), RECEIPT);
  assert.deepEqual(world.stages, ['sending']);
});

test('silence: every five seconds for a minute, then only by a tap', async () => {
  const world = worldOf([]);
  assert.equal(await run(world), null);
  assert.deepEqual(world.sent, Array.from({ length: 13 }, (_, index) => index * 5000));
  assert.equal(world.stages.at(-1), 'resting');
});

test('the answer to a later attempt counts', async () => {
  const world = worldOf([SILENCE, SILENCE, RECEIPT]);
  assert.equal(await run(world), RECEIPT);
  assert.deepEqual(world.stages, ['sending', 'asking', 'asking']);
});

test('the server says how long to wait', async () => {
  const busy = { status: 503, data: null, code: 'busy', retryAfter: 17 };
  const world = worldOf([busy, RECEIPT]);
  await run(world);
  assert.deepEqual(world.sent, [0, 17_000]);
  const long = worldOf([{ ...busy, status: 429, retryAfter: 600 }]);
  assert.equal(await run(long), null);
  assert.deepEqual(long.stages, ['sending', 'resting']);
});

test('time behind other pages does not count, and nothing is sent there', async () => {
  const world = worldOf([], { hidden: 3_600_000 });
  await run(world);
  assert.equal(world.sent.length, 13);
  assert.ok(world.sent[1] >= 3_600_000);
});

test('no answer for ten seconds is told while the attempt goes on', async () => {
  const world = worldOf([RECEIPT], { lasting: 12_000 });
  assert.equal(await run(world), RECEIPT);
  assert.deepEqual(world.stages, ['sending', 'late']);
});

test('a refusal is an answer', async () => {
  for (const status of [400, 401, 403, 404, 409, 413]) {
    const refusal = { status, data: null, code: 'closed', retryAfter: null };
    const world = worldOf([refusal]);
    assert.equal(await run(world), refusal);
    assert.equal(world.sent.length, 1);
  }
});

test('discarding stops everything', async () => {
  const control = new AbortController();
  const world = worldOf([]);
  const { post } = world.surroundings;
  world.surroundings.post = async (signal) => {
    if (world.sent.length === 2) control.abort();
    return post(signal);
  };
  assert.equal(await run(world, control.signal), null);
  assert.equal(world.sent.length, 3);
  assert.notEqual(world.stages.at(-1), 'resting');
});
