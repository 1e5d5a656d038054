/**
 * A burst against Airtable's limit of five requests a second: how soon after the first post is the last row
 * complete, and what did it cost? The limit lets 50 rows a second in, and nobody can be faster.
 *
 *     node bench/airtable-burst.ts [--requests 300] [--rate 50]
 */
import { parseArgs } from 'node:util';
import { isAcknowledged } from '../test/support/post.ts';
import { until } from '../test/support/until.ts';
import { anAirtableDesk, TABLE } from './support/airtable-desk.ts';
import { atMost, below, exactly, type Figure, median, printFigures } from './support/figures.ts';
import { paymentPost, postAtRate } from './support/load.ts';

/** Rows that the limit lets in: five requests of ten. */
const ROWS_A_SECOND = 50;

/** Columns without which a row is of no use to anybody. */
const COMPLETE = ['Category', 'Owner', 'First response due', 'Resolution due'];

/** Longest wait for the last row, in seconds. */
const PATIENCE = 300;

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '300' }, rate: { type: 'string', default: '50' } },
});
const [total, perSecond] = [Number(values.requests), Number(values.rate)];
const floor = total / ROWS_A_SECOND;

const desk = await anAirtableDesk();
const { airtable } = desk;
const service = await desk.start();
try {
  // A desk that has been at work: it has read its base, and knows the columns.
  await until('the base was read', () => airtable.counters().byKind['list'] !== undefined, { seconds: 60 });
  await service.settled();
  airtable.clearLog();
  const [begun, begunAt] = [performance.now(), Date.now()];
  const done = until('every row is complete', async () => completeRows() >= total, { seconds: PATIENCE });
  const make = (n: number) => paymentPost(`burst-${n}`);
  const answers = await postAtRate(service.address, { perSecond, seconds: total / perSecond, make });
  await done;
  const seconds = (performance.now() - begun) / 1000;
  const { requests, byKind, tooMany, mostInASecond } = airtable.counters();
  printFigures(`${total} requests at ${perSecond}/s into Airtable, floor ${floor} s`, [
    { what: 'acknowledged', value: answers.filter(isAcknowledged).length, unit: '', goal: exactly(total) },
    { what: 'last row complete after', value: seconds, unit: 's', goal: below(Math.round(floor * 13) / 10) },
    { what: 'requests for a ticket', value: requests / total, unit: '', goal: atMost(0.15) },
    { what: 'answered 429', value: tooMany, unit: '', goal: exactly(0) },
    { what: 'requests within one second, at most', value: mostInASecond, unit: '', goal: atMost(5) },
    { what: 'rows', value: airtable.people.rows(TABLE).length, unit: '', goal: exactly(total) },
    ...writing(begunAt),
    ...Object.entries(byKind).map(([kind, value]) => ({ what: `requests: ${kind}`, value, unit: '' })),
  ]);
} finally {
  await service.kill();
  await desk.remove();
}

/** Where the time went: before the first write, or between two. */
function writing(begunAt: number): readonly Figure[] {
  const starts = airtable.requests().flatMap(({ kind, at }) => (kind === 'upsert' ? [at] : []));
  const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? at));
  return [
    { what: 'first write after', value: (starts[0] ?? Number.NaN) - begunAt, unit: 'ms' },
    { what: 'last write after', value: (starts.at(-1) ?? Number.NaN) - begunAt, unit: 'ms' },
    { what: 'between two writes, median', value: median(gaps), unit: 'ms' },
    { what: 'between two writes, at most', value: Math.max(...gaps), unit: 'ms' },
  ];
}

function completeRows(): number {
  const rows = airtable.people.rows(TABLE);
  return rows.filter(({ fields }) => COMPLETE.every((title) => fields[title] !== undefined)).length;
}
