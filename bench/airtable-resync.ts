/**
 * Our database is lost, and the base has everything: how long until every ticket is back, against the rate at
 * which Airtable can be read at all; is anything said again; and what do polls cost with so many open tickets?
 *
 *     node bench/airtable-resync.ts [--rows 50000]
 */
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ulid } from 'ulid';
import type { ServiceProcess } from '../test/support/service-process.ts';
import { until } from '../test/support/until.ts';
import { anAirtableDesk } from './support/airtable-desk.ts';
import { TABLE } from './support/base-desk.ts';
import { atMost, below, exactly, printFigures } from './support/figures.ts';
import { paymentPost, postAtRate } from './support/load.ts';

/** Rows to a page, and pages a second: what we let ourselves read at most (docs/airtable.md). */
const READ_LIMIT = 100 * 4;

/** Seconds for which polls are watched afterwards. */
const WATCHED = 60;

/** Seconds after which nothing counts as changed just now. */
const SETTLED = 15;

/** Longest wait, in seconds. */
const PATIENCE = 1200;

const { values } = parseArgs({ options: { rows: { type: 'string', default: '50000' } } });
const total = Number(values.rows);

// A page of so many rows takes the simulator itself long enough.
const desk = await anAirtableDesk({ latencyMs: 50, recordsPerBase: total + 10 });
const { airtable } = desk;
try {
  await fillBase();
  // A row that changed in the last seconds before a reading is read once more after it.
  await sleep(SETTLED * 1000);
  airtable.clearLog();
  const begun = performance.now();
  const service = await desk.start();
  await until('every ticket is back', async () => (await ticketsOf(service)) >= total, { seconds: PATIENCE });
  const seconds = (performance.now() - begun) / 1000;
  await service.settled({ seconds: PATIENCE });
  const reading = airtable.counters();
  airtable.clearLog();
  await sleep(WATCHED * 1000);
  const watching = airtable.counters();
  const { outbox } = await service.api<{ outbox: { waiting: number } }>('/api/status');
  printFigures(`${total.toLocaleString('en')} tickets from the base into an empty database`, [
    { what: 'the limit alone takes', value: total / READ_LIMIT, unit: 's' },
    { what: 'every ticket back after', value: seconds, unit: 's', goal: below(Math.round((total / READ_LIMIT) * 1.3)) },
    { what: 'requests', value: reading.requests, unit: '', goal: atMost(total / 100 + 10) },
    { what: 'rows written', value: reading.recordsWritten, unit: '', goal: exactly(0) },
    { what: 'messages on their way', value: outbox.waiting, unit: '', goal: exactly(0) },
    { what: `requests in ${WATCHED} s with nothing changed`, value: watching.requests, unit: '', goal: atMost(7) },
    { what: 'rows written meanwhile', value: watching.recordsWritten, unit: '', goal: exactly(0) },
    { what: 'memory peak', value: await service.peakMegabytes(), unit: 'MB' },
  ]);
  await service.kill();
} finally {
  await desk.remove();
}

/** One ticket as the service makes it, and copies that differ in what tells tickets apart. */
async function fillBase(): Promise<void> {
  const service = await desk.start();
  await postAtRate(service.address, { perSecond: 1, seconds: 1, make: () => paymentPost('first') });
  await until('the first row', () => airtable.people.rows(TABLE).length > 0, { seconds: 60 });
  await service.settled();
  await service.stop();
  await rm(desk.dataFolder, { recursive: true });
  const [first] = airtable.people.rows(TABLE);
  const { Key: key, Number: number, 'Tabledesk data': memory, ...fields } = first?.fields ?? {};
  for (let n = 1; n < total; n += 1) {
    const [ownKey, ownNumber] = [ulid(), Number(number) + n];
    airtable.people.paste(TABLE, {
      ...fields,
      Key: ownKey,
      Number: ownNumber,
      'Tabledesk data': String(memory)
        .replaceAll(String(key), ownKey)
        .replace(`"number":${number}`, `"number":${ownNumber}`),
    });
  }
}

async function ticketsOf(service: ServiceProcess): Promise<number> {
  return (await service.api<{ tickets: { open: number } }>('/api/status')).tickets.open;
}
