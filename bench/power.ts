/**
 * Cuts the power of a service at random moments, from its very first start to its stop, while requests come in. A cut
 * lays down what the disk would have: all that was flushed, and of the rest nothing, all, or any part. A service is
 * then started on each, and everything that senders had been told of must be a ticket there, once. Ends with 1 when
 * anything is not as it was promised, and keeps the folders.
 *
 *     node bench/power.ts [--seed 1] [--cuts 40] [--requests 150]
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readEnvironment } from '../src/config/environment.ts';
import type { Disk } from '../src/db/durable-files.ts';
import { createLog } from '../src/kit/log.ts';
import { type Service, startService } from '../src/main.ts';
import { createChance } from '../test/support/chance.ts';
import { aLosingDisk, fateBySeed } from '../test/support/losing-disk.ts';
import { NO_FLUSH } from '../test/support/no-flush.ts';
import { until } from '../test/support/until.ts';
import { aBenchDesk } from './support/bench-desk.ts';
import { exactly, printFigures } from './support/figures.ts';

/** Flushes of a first start, which unpacks a database of as many files, and after it for each request. */
const FLUSHES = { start: 950, request: 2 };

/** Of the cuts, so many come in the first start. */
const SHARE_OF_START = 0.15;

/** Milliseconds between requests, so that most find the one before decided, and some do not. */
const BETWEEN = 30;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    cuts: { type: 'string', default: '40' },
    requests: { type: 'string', default: '150' },
  },
});
const [seed, most, requests] = [Number(values.seed), Number(values.cuts), Number(values.requests)];

/** One cut, and what senders had been told by then. */
interface Cut {
  flush: number;
  place: string;
  told: readonly string[];
}

const desk = await aBenchDesk();
await mkdir(desk.dataFolder);
const chance = createChance(seed);
const told = new Set<string>();
const cuts: Cut[] = [];
const disk = aLosingDisk(desk.dataFolder, (flush) => {
  const isStarting = told.size === 0;
  const share = isStarting ? SHARE_OF_START / FLUSHES.start : (1 - SHARE_OF_START) / (requests * FLUSHES.request);
  if (chance() >= most * share) return;
  const place = join(desk.dataFolder, '..', `cut-${flush}`);
  disk.cut(place, fateBySeed(seed * 10_000 + flush));
  cuts.push({ flush, place, told: [...told] });
});

await live();
const violations: string[] = [];
for (const cut of cuts) violations.push(...(await violationsOf(cut)));

printFigures(`Power cut at ${cuts.length} of ${disk.flushes()} flushes, seed ${seed}`, [
  { what: 'requests acknowledged', value: told.size, unit: '', goal: exactly(requests) },
  {
    what: 'cuts before anybody was told anything',
    value: cuts.filter((cut) => cut.told.length === 0).length,
    unit: '',
  },
  { what: 'violations', value: violations.length, unit: '', goal: exactly(0) },
]);
for (const each of violations) process.stdout.write(`${each}\n`);
if (violations.length === 0) await desk.remove();
process.exit(violations.length === 0 ? 0 : 1);

/** A whole life: first start, requests, stop. */
async function live(): Promise<void> {
  const service = await serviceOn(desk.dataFolder, disk);
  for (let n = 0; n < requests; n += 1) {
    const subject = `Request ${n}`;
    const body = new URLSearchParams({ email: `person-${n}@example.com`, subject, message: `Payment failed, ${n}.` });
    const { status } = await fetch(`${service.address}/hooks/website`, { method: 'POST', body });
    if (status === 202) told.add(subject);
    await pause(BETWEEN);
  }
  await settled(service);
  await service.stop();
}

function serviceOn(dataFolder: string, itsDisk: Disk): Promise<Service> {
  const set = { PORT: '0', HOST: '127.0.0.1', TABLEDESK_CONFIG: desk.configFolder, TABLEDESK_DATA: dataFolder };
  const log = createLog('silent');
  return startService({ environment: readEnvironment(set), variables: set, log, disk: itsDisk });
}

async function violationsOf({ flush, place, told: known }: Cut): Promise<readonly string[]> {
  try {
    const service = await serviceOn(place, NO_FLUSH);
    await settled(service);
    const subjects = await subjectsOf(service);
    await service.stop();
    const lost = known.filter((subject) => !subjects.includes(subject));
    const twice = subjects.filter((subject, index) => subjects.indexOf(subject) !== index);
    return [
      ...lost.map((subject) => `cut at flush ${flush}: "${subject}" is lost`),
      ...twice.map((subject) => `cut at flush ${flush}: "${subject}" is there twice`),
    ];
  } catch (error) {
    return [`cut at flush ${flush}: it does not start: ${String(error)}`];
  }
}

async function settled({ address, token }: Service): Promise<void> {
  interface Waiting {
    inbox: { waiting: number };
    outbox: { waiting: number };
    sync: { waiting: number };
  }
  await until(
    'nothing is under way',
    async () => {
      const { inbox, outbox, sync } = await read<Waiting>({ address, token }, '/api/status');
      return inbox.waiting + outbox.waiting + sync.waiting === 0;
    },
    { seconds: 60 },
  );
}

async function subjectsOf(service: Service): Promise<readonly string[]> {
  const subjects: string[] = [];
  for (let cursor: string | null = '0'; cursor !== null;) {
    interface Page {
      tickets: { subject: string }[];
      next: string | null;
    }
    const page: Page = await read<Page>(service, `/api/tickets?limit=200&cursor=${cursor}`);
    subjects.push(...page.tickets.map(({ subject }) => subject));
    cursor = page.next;
  }
  return subjects;
}

async function read<Shape>({ address, token }: Pick<Service, 'address' | 'token'>, path: string): Promise<Shape> {
  const response = await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`${path} answers ${response.status}`);
  return (await response.json()) as Shape;
}
