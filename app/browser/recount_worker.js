/** Checks one archive after the other beside the page, which stays alive meanwhile. */
import { recount } from './checker/account.js';

/** @param {MessageEvent<{archive: Uint8Array, strong: string | null}>} message */
onmessage = async ({ data: { archive, strong } }) => {
  const account = await recount(archive, strong, (share) => postMessage({ share }));
  postMessage({ account });
};
