/**
 * What this phone keeps, in IndexedDB: voting codes (locked by a key that cannot be taken out),
 * finished ballots the server has not confirmed yet, and what is needed to find them on the board.
 */

/**
 * @typedef {{iv: Uint8Array<ArrayBuffer>, data: ArrayBuffer, wrapper: CryptoKey, point: string,
 *   member: string}} StoredKey
 * @typedef {{body: string, closes_at: string | null, round: string, member: string,
 *   over?: boolean}} Pending
 * @typedef {{receipt: string, trackers: Record<string, string>, heads: Record<string, string>,
 *   before?: Record<string, string>, until?: string, member?: string}} StoredReceipt by question;
 *   heads: the newest this phone has seen of each box, before: the one that was kept when the
 *   vote was cast, until the box is looked at; until: when the boxes are deleted; member: whose
 *   they are; receipt is '' and trackers is empty where this phone has seen boxes and not voted
 * @typedef {{iv: Uint8Array<ArrayBuffer>, data: ArrayBuffer, wrapper: CryptoKey, meeting: string,
 *   until: number}} StoredCountKey meeting: its number; until: when the key is deleted at the
 *   latest, in milliseconds since 1970
 * @typedef {{copy: string, attempt: number, parts?: string, key?: string}} StoredSeed a trustee's
 *   seed, locked by a passphrase, and the hashes of parts and key that were compared aloud
 * @typedef {{hash: string, head: string}} Opened the sum of an election that this phone opened
 * @typedef {'keys' | 'outbox' | 'receipts' | 'count_keys' | 'opened' | 'seeds'} Store
 */

const NAME = 'kiezvotum';
const VERSION = 3;
const STORES = ['keys', 'outbox', 'receipts', 'count_keys', 'opened', 'seeds'];

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open() {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const present = request.result.objectStoreNames;
    STORES.filter((name) => !present.contains(name))
      .forEach((name) => request.result.createObjectStore(name));
  };
  return answer(request);
}

/**
 * Run one transaction and resolve when it is on the disk.
 * @template T
 * @param {Store[]} stores
 * @param {IDBTransactionMode} mode
 * @param {(transaction: IDBTransaction) => IDBRequest<T> | void} work
 * @returns {Promise<T | undefined>}
 */
async function transact(stores, mode, work) {
  const database = await open();
  try {
    const transaction = database.transaction(stores, mode, { durability: 'strict' });
    const request = work(transaction);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => reject(transaction.error);
    });
    return request?.result;
  } finally {
    database.close();
  }
}

/** @param {Store} store @param {string} key @returns {Promise<any>} */
function read(store, key) {
  return transact([store], 'readonly', (transaction) => transaction.objectStore(store).get(key));
}

/** @param {Store} store @param {string} key @param {unknown} value */
async function write(store, key, value) {
  await transact([store], 'readwrite', (transaction) => {
    transaction.objectStore(store).put(value, key);
  });
}

/**
 * Go through all that a store holds.
 * @param {Store} store
 * @param {IDBTransactionMode} mode
 * @param {(cursor: IDBCursorWithValue) => void} work
 */
function eachOf(store, mode, work) {
  return transact([store], mode, (transaction) => {
    const request = transaction.objectStore(store).openCursor();
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return;
      work(cursor);
      cursor.continue();
    };
  });
}

/** A key that locks the voting code on this phone and never leaves it. */
export function makeWrapper() {
  const kind = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.generateKey(kind, false, ['encrypt', 'decrypt']);
}

/** Whether this browser can keep a key at all; some in-app browsers cannot. */
export async function canStore() {
  try {
    await write('keys', '', { wrapper: await makeWrapper() });
    await transact(['keys'], 'readwrite', (transaction) => {
      transaction.objectStore('keys').delete('');
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} term
 * @param {{code: string, point: string, member: string}} key
 */
export async function storeKey(term, { code, point, member }) {
  await write('keys', term, { ...await lock(code), point, member });
}

/** A text that only this phone can read. @param {string} secret */
async function lock(secret) {
  const wrapper = await makeWrapper();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(secret);
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, wrapper, plain), wrapper };
}

/** @param {string} term @returns {Promise<StoredKey | undefined>} */
export function findKey(term) {
  return read('keys', term);
}

/** Forget all that this browser keeps for anybody: it is the tablet in the hall. */
export async function forgetEverything() {
  sessionStorage.clear();
  localStorage.clear();
  await transact(/** @type {Store[]} */ (STORES), 'readwrite', (transaction) => {
    STORES.forEach((name) => transaction.objectStore(name).clear());
  }).catch(() => undefined);
}

/** Forget every key and receipt on this device; a ballot that waits to be sent stays. */
export async function forgetKeys() {
  await transact(['keys', 'receipts'], 'readwrite', (transaction) => {
    transaction.objectStore('keys').clear();
    transaction.objectStore('receipts').clear();
  });
}

/** The voting code of a stored key. @param {StoredKey} key */
export function unlockCode(key) {
  return unlock(key);
}

/** @param {{iv: Uint8Array<ArrayBuffer>, data: ArrayBuffer, wrapper: CryptoKey}} locked */
async function unlock({ iv, data, wrapper }) {
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, wrapper, data);
  return new TextDecoder().decode(plain);
}

/** @param {string} round @returns {Promise<Pending | undefined>} */
export function findPending(round) {
  return read('outbox', round);
}

/** @returns {Promise<Pending[]>} */
export async function allPending() {
  const found = await transact(['outbox'], 'readonly', (transaction) => (
    transaction.objectStore('outbox').getAll()
  ));
  return found ?? [];
}

/** @param {Pending} pending */
export function keepPending(pending) {
  return write('outbox', pending.round, pending);
}

/** @param {string} round */
export function dropPending(round) {
  return transact(['outbox'], 'readwrite', (transaction) => {
    transaction.objectStore('outbox').delete(round);
  });
}

/**
 * Keep the receipt and drop the ballot it confirms, both or neither.
 * @param {string} round
 * @param {StoredReceipt} receipt
 */
export function confirmPending(round, receipt) {
  return transact(['outbox', 'receipts'], 'readwrite', (transaction) => {
    const receipts = transaction.objectStore('receipts');
    const earlier = receipts.get(round);
    earlier.onsuccess = () => {
      const { heads, before, until, member } = earlier.result ?? {};
      const replaced = heads ? { before: before ?? heads, until, member } : {};
      receipts.put({ ...receipt, ...replaced }, round);
    };
    transaction.objectStore('outbox').delete(round);
  });
}

/** @param {string} round @returns {Promise<StoredReceipt | undefined>} */
export function findReceipt(round) {
  return read('receipts', round);
}

/** What this phone keeps of every round, without those whose boxes are deleted by now.
 * @param {number} now @returns {Promise<Map<string, StoredReceipt>>} */
export async function keptReceipts(now) {
  /** @type {Map<string, StoredReceipt>} */
  const found = new Map();
  await eachOf('receipts', 'readwrite', (cursor) => {
    const { until } = /** @type {StoredReceipt} */ (cursor.value);
    if (until && Date.parse(until) <= now) cursor.delete();
    else found.set(String(cursor.key), cursor.value);
  });
  return found;
}

/**
 * Keep boxes that were seen for the first time; what is kept already stays.
 * @param {Map<string, StoredReceipt>} seen by round
 */
export function keepSeen(seen) {
  return transact(['receipts'], 'readwrite', (transaction) => {
    const receipts = transaction.objectStore('receipts');
    seen.forEach((first, round) => {
      const present = receipts.get(round);
      present.onsuccess = () => {
        const heads = { ...first.heads, ...present.result?.heads };
        receipts.put({ ...first, ...present.result, heads }, round);
      };
    });
  });
}

/**
 * Keep what was seen since; a receipt that was replaced or forgotten meanwhile does not come back.
 * @param {string} round
 * @param {StoredReceipt} receipt
 */
export function keepReceipt(round, receipt) {
  return transact(['receipts'], 'readwrite', (transaction) => {
    const receipts = transaction.objectStore('receipts');
    const present = receipts.get(round);
    present.onsuccess = () => {
      if (present.result?.receipt === receipt.receipt) receipts.put(receipt, round);
    };
  });
}

/**
 * @param {string} publicKey
 * @param {bigint} exponent
 * @param {{meeting: string, until: number}} use
 */
export async function storeCountKey(publicKey, exponent, use) {
  await write('count_keys', publicKey, { ...await lock(exponent.toString()), ...use });
}

/** The meetings whose count keys are on this phone, each once. @returns {Promise<string[]>} */
export async function countMeetings() {
  const found = await transact(['count_keys'], 'readonly', (transaction) => (
    transaction.objectStore('count_keys').getAll()
  ));
  return [...new Set((found ?? []).map(({ meeting }) => meeting))];
}

/** The exponent of a count key; null where it is not on this phone.
 * @param {string} publicKey @returns {Promise<bigint | null>} */
export async function findCountKey(publicKey) {
  const stored = /** @type {StoredCountKey | undefined} */ (await read('count_keys', publicKey));
  return stored ? BigInt(await unlock(stored)) : null;
}

/** Delete the count keys of these meetings, and those whose time is up.
 * @param {number} now @param {string[]} [over] */
export async function forgetCountKeys(now, over = []) {
  await eachOf('count_keys', 'readwrite', (cursor) => {
    const { meeting, until } = /** @type {StoredCountKey} */ (cursor.value);
    if (until <= now || over.includes(meeting)) cursor.delete();
  });
}

/** What this phone has opened, by election. @returns {Promise<Map<string, Opened>>} */
export async function allOpened() {
  /** @type {Map<string, Opened>} */
  const found = new Map();
  await eachOf('opened', 'readonly', (cursor) => {
    found.set(String(cursor.key), cursor.value);
  });
  return found;
}

/** @param {string} election @param {Opened} opened */
export function keepOpened(election, opened) {
  return write('opened', election, opened);
}

/** A trustee's locked seed, by commission. @param {string} commission
 * @returns {Promise<StoredSeed | undefined>} */
export function findSeed(commission) {
  return read('seeds', commission);
}

/** @param {string} commission @param {StoredSeed} seed */
export function keepSeed(commission, seed) {
  return write('seeds', commission, seed);
}
