/**
 * From an earlier version to this one without a gap: processes of the earlier one on a PostgreSQL, behind a load
 * balancer, are stopped one after the other, and started in this version, while requests come in and people edit.
 * Both versions work side by side meanwhile. Then those of this version are restarted in the same way, and one tries
 * the way back. At the end the checker of the chaos compares what each side saw. Ends with 1 on any violation, and on
 * any request that was refused.
 *
 *     node bench/upgrade.ts --from <commit> [--instances 2] [--rate 5] [--beside 15] [--seed 1]
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { violationsOf } from '../test/support/chaos-check.ts';
import { aMailServer } from '../test/support/mail-server.ts';
import { type ServiceProcess, startServiceProcess } from '../test/support/service-process.ts';
import { startSenders } from '../test/support/stubborn-senders.ts';
import { anAirtableDesk } from './support/airtable-desk.ts';
import { createBusyPeople } from './support/busy-people.ts';
import { aServerDatabase } from './support/chaos/database.ts';
import { CHAOS_CHOICES, chaosConfig, chaosSecrets } from './support/chaos/desk.ts';
import { aChaosModel } from './support/chaos/model.ts';
import { readRecord } from './support/chaos/record.ts';
import { chaosRequest } from './support/chaos/requests.ts';
import { exactly, printFigures } from './support/figures.ts';
import { aBalancer } from './support/upgrade/balancer.ts';
import { anEarlierVersion } from './support/upgrade/earlier-version.ts';

/** Edits a second that people make. */
const EDITS = 1;

/** Longest wait for the rest of the work, and until the last edits were looked at, in seconds. */
const PATIENCE = 600;
const CALM = 75;

/** A process that did not end by then is killed, as a service manager does. In seconds. */
const GRACE = 20;

/** The balancer looks twice a second, and may be at it for as long. */
const NOTICED = 2;

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    instances: { type: 'string', default: '2' },
    rate: { type: 'string', default: '5' },
    beside: { type: 'string', default: '15' },
    seed: { type: 'string', default: '1' },
  },
});
if (values.from === undefined) throw new Error('From which version? --from <commit>');
const [instances, perSecond, beside, seed] = [values.instances, values.rate, values.beside, values.seed].map(
  Number,
) as [number, number, number, number];

const begun = performance.now();
const earlier = await anEarlierVersion(values.from);
const desk = await anAirtableDesk({}, earlier.configFolder);
await chaosConfig(desk);
const folder = join(desk.dataFolder, '..');
const database = await aServerDatabase();
const [mail, model, balancer] = [await aMailServer(), await aChaosModel(), await aBalancer()];
const services: ServiceProcess[] = [];
const endings: string[] = [];

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // The package that runs PostgreSQL would end us as soon as its server has stopped, and leave the services behind.
  process.removeAllListeners(signal);
  process.once(signal, () => void breakOff());
}
for (let which = 0; which < instances; which += 1) services.push(await start(which, earlier.command));
sendToAll();
const senders = startSenders({ perSecond, seed, make: chaosRequest });
const people = createBusyPeople(desk.base, { perSecond: EDITS, seed, choices: CHAOS_CHOICES });
await pause(1000);
senders.to(balancer.address);
await pause(beside * 1000);
for (let which = 0; which < instances; which += 1) await exchange(which, 'upgraded');
// Processes of the earlier version may have kept to the base's rate each by itself.
const allOursSince = Date.now();
for (let which = 0; which < instances; which += 1) await exchange(which, 'restarted');
const wayBack = await tryWayBack();
await senders.finish();
people.stop();
say('Waiting for the rest.');
const [service] = services;
if (service === undefined) throw new Error('No service is left.');
await service.settled({ seconds: PATIENCE });
await pause(CALM * 1000);
await service.settled({ seconds: PATIENCE });
const record = await readRecord({ service, base: desk.airtable, mail, told: senders.told, people });
await writeFile(join(folder, 'record.json'), JSON.stringify(record, null, 1));
await Promise.all(services.map((each) => each.stop()));
await balancer.close();

const violations = [
  ...violationsOf({ ...record, calls: record.calls.filter(({ at }) => at > allOursSince) }),
  ...endings.map((evidence) => ({ what: 'a process did not end well', evidence })),
  ...balancer.failed.map((evidence) => ({ what: 'a request was refused', evidence })),
];
printFigures(`From ${values.from} to this version, ${instances} processes`, [
  { what: 'requests acknowledged', value: senders.told.size, unit: '' },
  { what: 'requests refused', value: senders.unanswered(), unit: '', goal: exactly(0) },
  { what: 'tickets', value: record.tickets.length, unit: '', goal: exactly(senders.told.size) },
  { what: 'edits by people', value: people.edits(), unit: '' },
  { what: 'calls to the base answered 429', value: desk.airtable.counters().tooMany, unit: '' },
  { what: 'mails', value: mail.arrived.length, unit: '' },
  { what: 'violations', value: violations.length, unit: '', goal: exactly(0) },
  { what: 'all of it took', value: (performance.now() - begun) / 1000, unit: 's' },
]);
say(wayBack);
for (const { what, evidence } of violations.slice(0, 50)) say(`${what}\n    ${evidence}`);
const isWell = violations.length === 0 && senders.unanswered() === 0;
await database.remove();
await earlier.remove();
if (isWell) await desk.remove();
else say(`Everything is kept: ${folder}`);
process.exit(isWell ? 0 : 1);

/** Nothing of a run that is broken off goes on, nor lies about. */
async function breakOff(): Promise<never> {
  await Promise.all(services.map((each) => each.kill()));
  await Promise.all([database.remove(), earlier.remove(), desk.remove()]);
  process.exit(130);
}

/** Starts a process, of this version where no other command is given. */
function start(which: number, command?: string): Promise<ServiceProcess> {
  return startServiceProcess({
    dataFolder: join(folder, `service-${which}${command === undefined ? '' : '-earlier'}`),
    configFolder: desk.configFolder,
    ...(command !== undefined && { command }),
    variables: {
      ...desk.variables,
      ...chaosSecrets({ mail: mail.url, model: model.address }),
      DATABASE_URL: database.url ?? '',
      STOP_GRACE_SECONDS: String(NOTICED),
    },
  });
}

/** Ends one process and starts one of this version in its place; after that they work side by side for a while. */
async function exchange(which: number, how: string): Promise<void> {
  const toldAt = performance.now();
  const code = await stopInTime(services[which]);
  const stopped = Math.round(performance.now() - toldAt);
  // Whether the earlier version ends in time is no promise of this one.
  if (code !== 0 && how === 'restarted') endings.push(`service ${which} ended with ${code}`);
  const { startMilliseconds } = (services[which] = await start(which));
  sendToAll();
  say(
    `Service ${which} was ${how}: ${code === null ? 'killed' : 'stopped'} after ${stopped} ms, ready after ${Math.round(startMilliseconds)} ms.`,
  );
  await pause(beside * 1000);
}

/** The code with which a process ended; null for one that had to be killed. */
async function stopInTime(running: ServiceProcess | undefined): Promise<number | null> {
  const tooLong = pause(GRACE * 1000, 'too long' as const, { ref: false });
  const code = (await Promise.race([running?.stop(), tooLong])) ?? null;
  if (code !== 'too long') return code;
  await running?.kill();
  return null;
}

/** Starts a process of the earlier version beside those of this one. What it comes to. */
async function tryWayBack(): Promise<string> {
  const back = await start(instances, earlier.command).catch((error: Error) => error.message);
  if (typeof back === 'string') return `The way back is refused: ${back}`;
  await pause(beside * 1000);
  await stopInTime(back);
  return 'The way back is open: no table has changed since.';
}

function sendToAll(): void {
  balancer.to(services.map(({ address }) => address));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
