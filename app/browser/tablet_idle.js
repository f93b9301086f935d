/** The tablet in the hall empties itself when nobody has touched it for a minute. */

const IDLE_MS = 60_000;
const WARNING_MS = 20_000;
const TICK_MS = 1000;
const TOUCHES = ['pointerdown', 'keydown', 'scroll'];

/**
 * Count down the last seconds; while they are said only `stay` keeps the page.
 * @param {{warn: (seconds: number) => void, calm: () => void, leave: () => void,
 *   now?: () => number}} acts
 * @returns {{tick: () => void, stay: () => void, touch: () => void}}
 */
export function makeIdleWatch({ warn, calm, leave, now = () => Date.now() }) {
  let touched = now();
  let isWarning = false;
  let isOver = false;
  const stay = () => {
    touched = now();
    if (isWarning) calm();
    isWarning = false;
  };
  const tick = () => {
    const left = IDLE_MS - (now() - touched);
    if (isOver || left > WARNING_MS) return;
    isWarning = true;
    isOver = left <= 0;
    if (isOver) leave();
    else warn(Math.ceil(left / 1000));
  };
  return { tick, stay, touch: () => { if (!isWarning) touched = now(); } };
}

/** @param {Parameters<typeof makeIdleWatch>[0]} acts */
export function watchIdle(acts) {
  const watch = makeIdleWatch(acts);
  TOUCHES.forEach((name) => addEventListener(name, watch.touch, { passive: true }));
  setInterval(watch.tick, TICK_MS);
  return watch;
}
