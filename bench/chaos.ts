/**
 * Real processes through every fault, drawn from a seed: services killed and started again, PostgreSQL stopped, cut
 * off and without disk, calls to the base, mail and model failing in each of their ways, a broken config and clocks
 * that jump; while requests come in over several channels and people edit. Then all faults end, the desk gets quiet,
 * and a checker that shares no code with it compares what each side saw. Ends with 1 on any violation.
 *
 *     node bench/chaos.ts [--seed 1] [--minutes 2] [--instances 2] [--rate 3] [--embedded]
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { aMailServer } from '../test/support/mail-server.ts';
import type { ServiceProcess } from '../test/support/service-process.ts';
import { startSenders } from '../test/support/stubborn-senders.ts';
import { violationsOf } from '../test/support/chaos-check.ts';
import { anAirtableDesk } from './support/airtable-desk.ts';
import { createBusyPeople } from './support/busy-people.ts';
import { anEmbeddedDatabase, aServerDatabase } from './support/chaos/database.ts';
import { type Struck, strike, createBaseMood } from './support/chaos/faults.ts';
import { startFleet } from './support/chaos/fleet.ts';
import { aChaosModel } from './support/chaos/model.ts';
import { CHAOS_CHOICES, chaosConfig, chaosSecrets } from './support/chaos/desk.ts';
import { readRecord } from './support/chaos/record.ts';
import { chaosRequest } from './support/chaos/requests.ts';
import { exactly, printFigures } from './support/figures.ts';

/** Edits a second that people make. */
const EDITS = 1;

/** Longest wait for the rest of the work, and until the last edits were looked at, in seconds. */
const PATIENCE = 1200;
const CALM = 75;

/**
 * After the faults all clocks are set ahead, past the next wait of what failed, as a mail that failed twice waits for five
 * minutes: first by so much, and by more where that does not bring the desk to rest within a minute.
 */
const AHEAD_MINUTES = [6, 45];

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '2' },
    instances: { type: 'string', default: '2' },
    rate: { type: 'string', default: '3' },
    embedded: { type: 'boolean', default: false },
  },
});
const [seed, minutes, perSecond] = [Number(values.seed), Number(values.minutes), Number(values.rate)];
const instances = values.embedded ? 1 : Number(values.instances);

const begun = performance.now();
const base = createBaseMood(seed);
const desk = await anAirtableDesk({ faults: base.next });
await chaosConfig(desk);
const folder = join(desk.dataFolder, '..');
const database = values.embedded ? await anEmbeddedDatabase(desk.dataFolder) : await aServerDatabase();
const [mail, model] = [await aMailServer(), await aChaosModel()];
const fleet = await startFleet(instances, {
  configFolder: desk.configFolder,
  folders: (which) => (values.embedded ? desk.dataFolder : join(folder, `service-${which}`)),
  variables: {
    ...desk.variables,
    ...chaosSecrets({ mail: mail.url, model: model.address }),
    ...(database.url !== null && { DATABASE_URL: database.url }),
  },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // The package that runs PostgreSQL would end us as soon as its server has stopped, and leave the services behind.
  process.removeAllListeners(signal);
  process.once(signal, () => void breakOff());
}
await fleet.allReady();
const senders = startSenders({ perSecond, seed, make: chaosRequest });
const people = createBusyPeople(desk.base, { perSecond: EDITS, seed, choices: CHAOS_CHOICES });
senders.to(fleet.address);
const { configFolder } = desk;
const struck = await strike(
  { fleet, database, mail, model, base, configFolder },
  { seed, milliseconds: minutes * 60_000 },
);
say(`Seed ${seed}: ${struck.length} faults.`);
for (const each of struck) say(told(each));
await fleet.allReady();
await senders.finish();
people.stop();
const [service] = await fleet.allReady();
if (service === undefined) throw new Error('No service is left.');
say('All faults are over; waiting for the rest.');
await comeToRest(service);
// What people did last is read by the next look at the base, and what we say to it written after that.
await pause(CALM * 1000);
await service.settled({ seconds: PATIENCE });
const record = await readRecord({ service, base: desk.airtable, mail, told: senders.told, people });
const recordFile = join(folder, 'record.json');
await writeFile(recordFile, JSON.stringify(record, null, 1));
await fleet.stop();

const violations = [
  ...violationsOf(record),
  ...fleet.endings().map((evidence) => ({ what: 'a service ended by itself', evidence })),
];
const { requests, tooMany, mostInASecond } = desk.airtable.counters();
printFigures(`Chaos of ${minutes} min on ${values.embedded ? 'PGlite' : `${instances} services`}, seed ${seed}`, [
  { what: 'faults', value: struck.length, unit: '' },
  { what: 'requests acknowledged', value: senders.told.size, unit: '' },
  { what: 'deliveries without an answer, sent again', value: senders.unanswered(), unit: '' },
  { what: 'tickets', value: record.tickets.length, unit: '', goal: exactly(senders.told.size) },
  { what: 'edits by people', value: people.edits(), unit: '' },
  { what: 'calls to the base', value: requests, unit: '' },
  { what: 'calls to the base within one second, at most', value: mostInASecond, unit: '' },
  { what: 'calls answered 429, on purpose or not', value: tooMany, unit: '' },
  { what: 'mails', value: mail.arrived.length, unit: '' },
  { what: 'questions to the model', value: model.asked.length, unit: '' },
  { what: 'violations', value: violations.length, unit: '', goal: exactly(0) },
  { what: 'all of it took', value: (performance.now() - begun) / 1000, unit: 's' },
]);
if (!database.hasOwnDisk) say('A full disk was left out: this system lets us mount none.');
for (const { what, evidence } of violations.slice(0, 50)) say(`${what}\n    ${evidence}`);
if (violations.length === 0) {
  await database.remove();
  await desk.remove();
} else say(`Everything is kept: ${folder}`);
process.exit(violations.length === 0 ? 0 : 1);

/** Waits until nothing is under way, without waiting out the pauses between attempts. */
async function comeToRest(running: ServiceProcess): Promise<void> {
  for (const ahead of AHEAD_MINUTES) {
    for (let which = 0; which < fleet.size; which += 1) await fleet.setClock(which, ahead * 60_000);
    const isAtRest = await running.settled({ seconds: 60 }).then(
      () => true,
      () => false,
    );
    if (isAtRest) return;
  }
  await running.settled({ seconds: PATIENCE });
}

/** Nothing of a run that is broken off goes on, nor lies about. */
async function breakOff(): Promise<never> {
  await fleet.stop();
  await database.remove();
  await desk.remove();
  process.exit(130);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function told({ at, what, milliseconds }: Struck): string {
  return `  at ${(at / 1000).toFixed(1)} s for ${(milliseconds / 1000).toFixed(1)} s: ${what}`;
}
