import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeIdleWatch } from '../../app/browser/tablet_idle.js';

/** A watch whose clock the test moves; what it did is in `said`. */
function watched() {
  let time = 0;
  /** @type {string[]} */
  const said = [];
  const watch = makeIdleWatch({
    warn: (seconds) => said.push(`warn ${seconds}`),
    calm: () => said.push('calm'),
    leave: () => said.push('leave'),
    now: () => time,
  });
  const wait = (/** @type {number} */ seconds) => {
    time += seconds * 1000;
    watch.tick();
  };
  return { ...watch, said, wait };
}

test('the last twenty of sixty seconds are counted down, then everything goes once', () => {
  const { said, wait } = watched();
  wait(39);
  assert.deepEqual(said, []);
  wait(1);
  wait(10);
  assert.deepEqual(said, ['warn 20', 'warn 10']);
  wait(10);
  wait(10);
  assert.deepEqual(said, ['warn 20', 'warn 10', 'leave']);
});

test('a touch starts the minute anew, but during the warning only the button does', () => {
  const { said, wait, touch, stay } = watched();
  wait(30);
  touch();
  wait(30);
  assert.deepEqual(said, []);
  wait(15);
  touch();
  wait(5);
  assert.deepEqual(said, ['warn 15', 'warn 10']);
  stay();
  wait(39);
  assert.deepEqual(said, ['warn 15', 'warn 10', 'calm']);
});
