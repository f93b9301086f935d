import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOf, isMultiple, toggled } from '../../app/browser/answer.js';

const TWO_OF_THREE = { order: ['option-1', 'option-2', 'option-3', 'blank'], fewest: 1, most: 2 };
const ONE = { order: ['yes', 'no', 'abstain'], fewest: 1, most: 1 };

test('one answer replaces another', () => {
  assert.equal(isMultiple(ONE), false);
  assert.deepEqual(toggled(ONE, [0], 2), [2]);
});

test('ticks are set and taken back', () => {
  assert.equal(isMultiple(TWO_OF_THREE), true);
  assert.deepEqual(toggled(TWO_OF_THREE, [2], 0), [0, 2]);
  assert.deepEqual(toggled(TWO_OF_THREE, [0, 2], 0), [2]);
});

test('none of them excludes all others, both ways', () => {
  assert.deepEqual(toggled(TWO_OF_THREE, [0, 1], 3), [3]);
  assert.deepEqual(toggled(TWO_OF_THREE, [3], 1), [1]);
});

test('only a possible ballot goes on', () => {
  assert.equal(faultOf(TWO_OF_THREE, undefined), 'choose');
  assert.equal(faultOf(TWO_OF_THREE, []), 'choose');
  assert.equal(faultOf(TWO_OF_THREE, [0]), null);
  assert.equal(faultOf(TWO_OF_THREE, [0, 1]), null);
  assert.equal(faultOf(TWO_OF_THREE, [0, 1, 2]), 'too_many');
  assert.equal(faultOf(TWO_OF_THREE, [3]), null);
  assert.equal(faultOf({ ...TWO_OF_THREE, fewest: 2 }, [1]), 'too_few');
  assert.equal(faultOf({ ...TWO_OF_THREE, fewest: 0 }, undefined), null);
});
