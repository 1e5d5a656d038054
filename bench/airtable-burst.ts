/**
 * A burst against Airtable's limit of five requests a second: how soon after the first post is the last row
 * complete, and what did it cost? The limit lets 50 rows a second in, and nobody can be faster.
 *
 *     node bench/airtable-burst.ts [--requests 300] [--rate 50]
 */
import { parseArgs } from 'node:util';
import { anAirtableDesk } from './support/airtable-desk.ts';
import { burst } from './support/burst.ts';
import { atMost, printFigures } from './support/figures.ts';

/** Rows that the limit lets in: five requests of ten. */
const ROWS_A_SECOND = 50;

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '300' }, rate: { type: 'string', default: '50' } },
});
const [total, perSecond] = [Number(values.requests), Number(values.rate)];
const floor = total / ROWS_A_SECOND;

const desk = await anAirtableDesk();
try {
  const goals = { seconds: Math.round(floor * 13) / 10, requests: 0.15 };
  const figures = await burst(desk, { total, perSecond, reads: 'list', makes: 'upsert', goals });
  const { mostInASecond } = desk.airtable.counters();
  printFigures(`${total} requests at ${perSecond}/s into Airtable, floor ${floor} s`, [
    ...figures,
    { what: 'requests within one second, at most', value: mostInASecond, unit: '', goal: atMost(5) },
  ]);
} finally {
  await desk.remove();
}
