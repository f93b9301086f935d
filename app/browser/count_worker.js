/** Checks one box after the other beside the page, which keeps the key to itself. */
import { checkBox } from './box.js';

/** @param {MessageEvent<{box: import('./box.js').Box, expected: import('./box.js').Expected}>} sent */
onmessage = async ({ data: { box, expected } }) => {
  try {
    const checked = await checkBox(box, expected, (done, all) => postMessage({ share: done / all }));
    postMessage({ checked });
  } catch (error) {
    postMessage({ reason: error instanceof Error ? error.message : '' });
  }
};
