/**
 * Whole ticket lives on a simulated Airtable under steady load: created and acknowledged, answered by a
 * person, warned of, resolved and closed by a person. What does a ticket cost in requests, and how soon do
 * people see that they were understood?
 *
 *     node bench/airtable-life.ts [--rate 4] [--seconds 120]
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isAcknowledged } from '../test/support/post.ts';
import { until } from '../test/support/until.ts';
import { anAirtableDesk, TABLE } from './support/airtable-desk.ts';
import { atMost, exactly, median, printFigures, quantile } from './support/figures.ts';
import { paymentPost, postAtRate } from './support/load.ts';

/** When people do what to a row, in seconds since it appeared. The warning comes at 45 s. */
const ANSWERED_AFTER = 10;
const RESOLVED_AFTER = 55;
const CLOSED_AFTER = 70;

/** How a warning is told in a row, as in "45 minutes of 1 hour are used". */
const WARNED = 'are used';

/** Longest wait for the last one, in seconds. */
const PATIENCE = 300;

/** Resolution within a minute around the clock, so that a life fits into one. */
const SLA = `policies:
  - name: Quick
    why: A life that fits into a minute shows every step of it.
    owner: bench
    calendar: always
    warnAt: 75%
    targets:
      first_reply: { critical: 30m, high: 30m, medium: 30m, low: 30m }
      total_resolution: { critical: 1m, high: 1m, medium: 1m, low: 1m }
`;

const { values } = parseArgs({
  options: { rate: { type: 'string', default: '4' }, seconds: { type: 'string', default: '120' } },
});
const [perSecond, seconds] = [Number(values.rate), Number(values.seconds)];
const total = perSecond * seconds;

/** A row, and what people have done to it so far. */
interface Life {
  bornAt: number;
  step: 'new' | 'answered' | 'resolved' | 'closed';
  answeredAt: number;
  /** Until the cells of the answer were empty again, in milliseconds. */
  understoodAfter: number | null;
}

const desk = await anAirtableDesk();
const { airtable } = desk;
await writeFile(join(desk.configFolder, 'sla.yaml'), SLA);
// Everybody works, whatever day it is: out of hours the base is asked less often.
const people = join(desk.configFolder, 'people.yaml');
await writeFile(people, (await readFile(people, 'utf8')).replace(/hours:\s+Mon-Fri: .*/, 'hours: always'));
const service = await desk.start();
const lives = new Map<string, Life>();
try {
  await service.settled();
  airtable.clearLog();
  const make = (n: number) => paymentPost(`life-${n}`);
  const sending = postAtRate(service.address, { perSecond, seconds, make });
  const living = until('every ticket is closed', actAsPeople, { seconds: seconds + PATIENCE });
  const answers = await sending;
  await living;
  await until('every row tells its whole life', () => wholeRows() >= total, { seconds: PATIENCE });
  await service.settled({ seconds: PATIENCE });
  report(answers.filter(isAcknowledged).length);
} finally {
  await service.kill();
  await desk.remove();
}

/** Does what is due. True when everything was done. */
function actAsPeople(): boolean {
  const now = performance.now();
  const ana = airtable.people.as('Ana Torres');
  for (const { id, fields } of airtable.people.rows(TABLE)) {
    const life = lives.get(id) ?? { bornAt: now, step: 'new', answeredAt: 0, understoodAfter: null };
    lives.set(id, life);
    const age = (now - life.bornAt) / 1000;
    if (life.step === 'answered' && life.understoodAfter === null && fields['Send'] === undefined) {
      life.understoodAfter = now - life.answeredAt;
    }
    if (life.step === 'new' && age >= ANSWERED_AFTER) {
      ana.edit(TABLE, id, { Reply: 'We are looking into it.', Send: true });
      Object.assign(life, { step: 'answered', answeredAt: now });
    } else if (life.step === 'answered' && age >= RESOLVED_AFTER) {
      ana.edit(TABLE, id, { Status: 'Resolved' });
      life.step = 'resolved';
    } else if (life.step === 'resolved' && age >= CLOSED_AFTER) {
      ana.edit(TABLE, id, { Status: 'Closed' });
      life.step = 'closed';
    }
  }
  return lives.size >= total && [...lives.values()].every(({ step }) => step === 'closed');
}

/** Rows that know when they were answered and closed. */
function wholeRows(): number {
  const told = ['First responded at', 'Closed at'];
  const rows = airtable.people.rows(TABLE).filter(({ fields }) => fields['Status'] === 'Closed');
  return rows.filter(({ fields }) => told.every((title) => fields[title] !== undefined)).length;
}

function report(acknowledged: number): void {
  const { requests, byKind, tooMany, mostInASecond, recordsWritten } = airtable.counters();
  const rows = airtable.people.rows(TABLE);
  const waits = [...lives.values()].flatMap(({ understoodAfter }) => understoodAfter ?? []);
  const warned = rows.filter(({ fields }) => String(fields['Activity']).includes(WARNED)).length;
  printFigures(`${total} whole ticket lives at ${perSecond}/s on Airtable`, [
    { what: 'acknowledged', value: acknowledged, unit: '', goal: exactly(total) },
    { what: 'rows', value: rows.length, unit: '', goal: exactly(total) },
    { what: 'rows that tell the whole life', value: wholeRows(), unit: '', goal: exactly(total) },
    { what: 'rows that tell of a warning', value: warned, unit: '', goal: exactly(total) },
    { what: 'requests for a ticket', value: requests / total, unit: '', goal: atMost(0.7) },
    { what: 'rows written for a ticket', value: recordsWritten / total, unit: '' },
    { what: 'answered 429', value: tooMany, unit: '', goal: exactly(0) },
    { what: 'requests within one second, at most', value: mostInASecond, unit: '', goal: atMost(5) },
    { what: 'an answer taken after, p50', value: median(waits) / 1000, unit: 's' },
    { what: 'an answer taken after, p99', value: quantile(waits, 0.99) / 1000, unit: 's' },
    ...Object.entries(byKind).map(([kind, value]) => ({ what: `requests: ${kind}`, value, unit: '' })),
  ]);
}
