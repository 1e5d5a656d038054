import { isAcknowledged } from '../../test/support/post.ts';
import { until } from '../../test/support/until.ts';
import { type BaseDesk, haveEverybodyWork, isFilled, type SimulatedBase, TABLE } from './base-desk.ts';
import { atMost, below, exactly, type Figure, median, type Goal } from './figures.ts';
import { paymentPost, postAtRate } from './load.ts';

/** Columns without which a row is of no use to anybody. */
const COMPLETE = ['Category', 'Owner', 'First response due', 'Resolution due'];

/** Longest wait for the last row, in seconds, besides what is hoped for. */
const PATIENCE = 300;

/** A burst, and what is hoped for. */
export interface Burst {
  total: number;
  perSecond: number;
  /** The base's words for a request that reads rows, and for one that makes them. */
  reads: string;
  makes: string;
  /** Seconds until the last row is complete, and requests a ticket. */
  goals: { seconds: number; requests: number };
}

/** Posts a burst at a desk that has been at work, and says when its last row was complete and what it cost. */
export async function burst(desk: BaseDesk, given: Burst): Promise<readonly Figure[]> {
  const { base } = desk;
  const { total, perSecond, goals } = given;
  await haveEverybodyWork(desk);
  const service = await desk.start();
  try {
    // It has read its base, and knows the columns.
    await until('the base was read', () => base.counters().byKind[given.reads] !== undefined, { seconds: 60 });
    await service.settled();
    base.clearLog();
    const [begun, begunAt] = [performance.now(), Date.now()];
    const done = until('every row is complete', () => completeRows(base) >= total, {
      seconds: goals.seconds + PATIENCE,
    });
    const make = (n: number) => paymentPost(`burst-${n}`);
    const answers = await postAtRate(service.address, { perSecond, seconds: total / perSecond, make });
    await done;
    const seconds = (performance.now() - begun) / 1000;
    // Requests whose answers are on their way count, too.
    await service.settled();
    const { requests, byKind, tooMany } = base.counters();
    return [
      { what: 'acknowledged', value: answers.filter(isAcknowledged).length, unit: '', goal: exactly(total) },
      { what: 'last row complete after', value: seconds, unit: 's', goal: below(goals.seconds) },
      { what: 'requests for a ticket', value: requests / total, unit: '', goal: atMost(goals.requests) },
      count('answered 429', tooMany, exactly(0)),
      count('rows', base.people.rows(TABLE).length, exactly(total)),
      ...making(base, given.makes, begunAt),
      ...Object.entries(byKind).map(([kind, value = 0]) => count(`requests: ${kind}`, value)),
    ];
  } finally {
    await service.kill();
  }
}

function completeRows({ people }: SimulatedBase): number {
  return people.rows(TABLE).filter(({ fields }) => COMPLETE.every((title) => isFilled(fields[title]))).length;
}

/** Where the time went: before the first row was made, or between two requests. */
function making(base: SimulatedBase, makes: string, begunAt: number): readonly Figure[] {
  const starts = base.requests().flatMap(({ kind, at }) => (kind === makes ? [at] : []));
  starts.sort((one, other) => one - other);
  const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? at));
  return [
    { what: 'first made after', value: (starts[0] ?? Number.NaN) - begunAt, unit: 'ms' },
    { what: 'last made after', value: (starts.at(-1) ?? Number.NaN) - begunAt, unit: 'ms' },
    { what: 'between two, median', value: median(gaps), unit: 'ms' },
    { what: 'between two, at most', value: Math.max(...gaps), unit: 'ms' },
  ];
}

function count(what: string, value: number, goal?: Goal): Figure {
  return { what, value, unit: '', ...(goal !== undefined && { goal }) };
}
