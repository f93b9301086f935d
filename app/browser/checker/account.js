/** What was checked of one archive, in figures that can be sent and shown. */
import { verify } from './verify.js';

/**
 * @typedef {import('./verify.js').Accepted} Accepted
 * @typedef {import('./setup.js').Question} Question
 * @typedef {'chain' | 'setup' | 'roll' | 'ballots' | 'sum' | 'opened' | 'bound' | 'result'} Check
 * @typedef {{question: string, answers: string[], blank: boolean, counts: number[] | null}} Counted
 * @typedef {{verdict: 'right' | 'early', uuid: string, group: string, ballots: number,
 *   counted: number, checks: [Check, number][], questions: Counted[]}} Right
 * @typedef {{verdict: 'wrong', reason: string, height: number | null}} Wrong
 * @typedef {Right | Wrong} Account
 */

/**
 * @param {Uint8Array} archive
 * @param {string | null} strong
 * @param {(share: number) => unknown} tell is awaited; share: how much is done, from 0 to 1
 * @returns {Promise<Account>}
 */
export async function recount(archive, strong, tell) {
  let events = 0;
  const found = await verify(archive, strong, {
    onEvent: (done, all) => {
      events += 1;
      return tell(done / all);
    },
  });
  if (found.verdict === 'refused') return { ...found, verdict: 'wrong' };
  return describe(found, events);
}

/** @param {Accepted} found @param {number} events @returns {Right} */
function describe({ board, ballots, counted, result }, events) {
  const { election, roll, trustees } = board.setup;
  const parts = board.partials.size;
  /** @type {[Check, number | null][]} */
  const checks = [
    ['chain', events],
    ['setup', trustees.owners.size],
    ['roll', roll.size],
    ['ballots', ballots],
    ['sum', board.tally && counted],
    ['opened', parts || null],
    ['bound', parts || null],
    ['result', result && result.flat().length],
  ];
  return {
    verdict: result ? 'right' : 'early',
    uuid: election.uuid,
    group: election.group.name,
    ballots,
    counted,
    checks: /** @type {[Check, number][]} */ (checks.filter(([, number]) => number !== null)),
    questions: election.questions.map(({ question, answers, blank }, at) => (
      { question, answers, blank: Boolean(blank), counts: result?.[at] ?? null }
    )),
  };
}
