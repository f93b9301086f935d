/** Requests to our own server that expect JSON. */

/**
 * @typedef {{status: number, data: any, code: string | null, retryAfter: number | null}} Answer
 *   status 0: no answer (offline, cut, or too slow)
 */

const TIMEOUT_MS = 30_000;
const JSON_ONLY = { Accept: 'application/json' };
const SILENCE = { status: 0, data: null, code: 'offline', retryAfter: null };

/**
 * Ask for JSON. Never throws: no answer is an answer with status 0.
 * @param {string} url
 * @param {AbortSignal} [signal]
 * @returns {Promise<Answer>}
 */
export function getJson(url, signal) {
  return ask(url, { method: 'GET', cache: 'no-store', headers: JSON_ONLY }, signal);
}

/**
 * Post JSON with the token that shows that the page is ours.
 * @param {string} url
 * @param {unknown} content text is sent as it is, anything else is written as JSON
 * @param {string} csrf
 * @param {AbortSignal} [signal]
 * @returns {Promise<Answer>}
 */
export function postJson(url, content, csrf, signal) {
  const body = typeof content === 'string' ? content : JSON.stringify(content);
  const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf, ...JSON_ONLY };
  return ask(url, { method: 'POST', body, headers }, signal);
}

/** The bytes at an address; null without an answer or where there is none for us.
 * @param {string} url @returns {Promise<Uint8Array | null>} */
export async function getBytes(url) {
  try {
    const response = await fetch(url, { cache: 'no-store' });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** @param {string} url @param {RequestInit} options @param {AbortSignal} [signal] */
async function ask(url, options, signal) {
  const limits = [AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])];
  const control = new AbortController();
  const stop = () => control.abort();
  limits.forEach((limit) => limit.addEventListener('abort', stop));
  if (signal?.aborted) stop();
  try {
    const response = await fetch(url, {
      ...options, credentials: 'same-origin', redirect: 'error', signal: control.signal,
    });
    return await readAnswer(response);
  } catch {
    return SILENCE;
  } finally {
    limits.forEach((limit) => limit.removeEventListener('abort', stop));
  }
}

/** @param {Response} response @returns {Promise<Answer>} */
async function readAnswer(response) {
  const text = await response.text();
  const data = parse(text);
  const wait = Number(response.headers.get('Retry-After') ?? data?.retry_after ?? NaN);
  return {
    status: response.status,
    data,
    code: response.ok ? null : data?.error ?? null,
    retryAfter: Number.isFinite(wait) && wait > 0 ? wait : null,
  };
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The token a page carries for its scripts. */
export function pageToken() {
  return document.querySelector('meta[name="csrf"]')?.getAttribute('content') ?? '';
}
