/**
 * Everything at once: one call in ten to Airtable fails in one of its ways, the service is killed with -9
 * every few seconds, and people edit all the while. Then counts: is everything that was acknowledged one row,
 * does every edit stand, did every message go out once? Ends with 1 when anything is not as it was promised.
 *
 *     node bench/airtable-faults.ts [--tickets 2000] [--share 0.1] [--seed 1]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Fault } from '../simulators/airtable/index.ts';
import { createChance } from '../test/support/chance.ts';
import { aMailServer, type Arrived } from '../test/support/mail-server.ts';
import { beginServiceProcess } from '../test/support/service-process.ts';
import { JSON_TOKEN, startSenders } from '../test/support/stubborn-senders.ts';
import { ANSWER, createBusyPeople } from './support/busy-people.ts';
import { anAirtableDesk, TABLE } from './support/airtable-desk.ts';
import { exactly, printFigures } from './support/figures.ts';

/** Requests a second that come in, and edits a second that people make. */
const RATE = { requests: 25, edits: 1 };

/** Length of a life of the service, in milliseconds, from when it is ready. */
const LIFE = { shortest: 2000, longest: 7000 };

/** Lives after the last request has come in, while the base is still behind. */
const LIVES_AFTERWARDS = 10;

/** Longest wait for the rest of the work, in seconds: each 429 stops everything for 30 s. */
const PATIENCE = 3600;

const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '2000' },
    share: { type: 'string', default: '0.1' },
    seed: { type: 'string', default: '1' },
  },
});
const [total, share, seed] = [Number(values.tickets), Number(values.share), Number(values.seed)];
const chance = createChance(seed);

const FAULTS: readonly Fault[] = [
  { kind: 'bad-gateway' },
  { kind: 'bad-gateway', commits: true },
  { kind: 'unavailable', retryAfterSeconds: 1 },
  { kind: 'server-error', commits: true },
  { kind: 'gateway-timeout', commits: true },
  { kind: 'slow-headers', milliseconds: 3000 },
  { kind: 'stalled-body' },
  { kind: 'reset' },
  { kind: 'commit-then-drop' },
  { kind: 'rate-limited' },
];

const mail = await aMailServer();
const desk = await anAirtableDesk({
  faults: () => (chance() < share ? (FAULTS[Math.floor(chance() * FAULTS.length)] ?? null) : null),
});
const { airtable } = desk;
const given = {
  dataFolder: desk.dataFolder,
  configFolder: desk.configFolder,
  variables: { ...desk.variables, JSON_TOKEN, SMTP_URL: mail.url, MAIL_FROM: 'desk@example.com', LOG_LEVEL: 'warn' },
};
const senders = startSenders({ perSecond: RATE.requests, seed });
const people = createBusyPeople(airtable, { table: TABLE, perSecond: RATE.edits, seed });
const begun = performance.now();
const lives = { killed: 0 };
while (senders.told.size < total) await liveAndDie();
const service = await (await beginServiceProcess(given)).ready();
senders.to(service.address);
await senders.finish();
await service.kill();
for (let life = 0; life < LIVES_AFTERWARDS; life += 1) await liveAndDie();
people.stop();
const last = await (await beginServiceProcess(given)).ready();
await last.settled({ seconds: PATIENCE });
// What people did last is read by the next look at the base, and what we say to it written after that.
await last.stop();
const calm = await (await beginServiceProcess(given)).ready();
await sleep(70_000);
await calm.settled({ seconds: PATIENCE });
await calm.stop();
report();
await mail.close();
if (process.exitCode === 1) process.stdout.write(`The data folder is kept: ${desk.dataFolder}\n`);
else await desk.remove();
process.exit();

/** One life of the service, of random length. */
async function liveAndDie(): Promise<void> {
  const running = await (await beginServiceProcess(given)).ready();
  senders.to(running.address);
  await sleep(LIFE.shortest + chance() * (LIFE.longest - LIFE.shortest));
  await running.kill();
  senders.to(null);
  lives.killed += 1;
}

function report(): void {
  const rows = airtable.people.rows(TABLE);
  const violations = [...violationsOfRows(rows), ...people.violations(), ...violationsOfMail(mail.arrived)];
  const { requests, tooMany } = airtable.counters();
  const faults = airtable.requests().filter(({ fault }) => fault !== null).length;
  const repeats = mail.arrived.length - new Set(mail.arrived.map(({ messageId }) => messageId)).size;
  printFigures(`${senders.told.size} tickets, ${share * 100} % faults, killed ${lives.killed} times, seed ${seed}`, [
    { what: 'requests acknowledged', value: senders.told.size, unit: '' },
    { what: 'rows', value: rows.length, unit: '', goal: exactly(senders.told.size) },
    { what: 'edits by people', value: people.edits(), unit: '' },
    { what: 'calls', value: requests, unit: '' },
    { what: 'calls that failed on purpose', value: faults, unit: '' },
    { what: 'calls answered 429, on purpose or not', value: tooMany, unit: '' },
    { what: 'mails', value: mail.arrived.length, unit: '' },
    { what: 'mails repeated under the same Message-ID', value: repeats, unit: '' },
    { what: 'violations', value: violations.length, unit: '', goal: exactly(0) },
    { what: 'all of it took', value: (performance.now() - begun) / 1000, unit: 's' },
  ]);
  for (const violation of violations.slice(0, 50)) process.stdout.write(`${violation}\n`);
  process.exitCode = violations.length > 0 ? 1 : 0;
}

function violationsOfRows(rows: ReturnType<typeof airtable.people.rows>): string[] {
  const byMarker = Map.groupBy(rows, ({ fields }) => /\[\[([^\]]+)\]\]/.exec(String(fields['Description']))?.[1] ?? '');
  const byKey = Map.groupBy(rows, ({ fields }) => String(fields['Key']));
  const lost = [...senders.told.keys()].filter((marker) => !byMarker.has(marker));
  return [
    ...lost.map((marker) => `${marker} was acknowledged and is no row`),
    ...[...byMarker].filter(([, same]) => same.length > 1).map(([marker, { length }]) => `${marker} is ${length} rows`),
    ...[...byKey]
      .filter(([, same]) => same.length > 1)
      .map(([key, { length }]) => `the key ${key} is in ${length} rows`),
    ...rows.filter(({ fields }) => !fields['Owner']).map(({ id }) => `the row ${id} has no owner`),
  ];
}

/** The same message under two Message-IDs is sent twice; under one a mail program knows it for a repeat. */
function violationsOfMail(arrived: readonly Arrived[]): string[] {
  const acknowledged = arrived.filter(({ text }) => !text.includes(ANSWER));
  const byReceiver = Map.groupBy(acknowledged, ({ to }) => to);
  const doubled = [...byReceiver].filter(([, same]) => new Set(same.map(({ messageId }) => messageId)).size > 1);
  return [
    ...doubled.map(([to]) => `two different mails of one kind went to ${to}`),
    ...people.repliesNotSent(arrived.map(({ text }) => text)),
  ];
}
