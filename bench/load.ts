/**
 * The whole service under load, on each engine and with several processes: what is taken in, what is made of it, and
 * what both cost. Or, for as many minutes as are asked for, whether memory stays where it is.
 *
 *     node bench/load.ts [--processes 1,2,4] [--seconds 15] [--burst 1000] [--share 0.3]
 *     node bench/load.ts --soak 10
 *
 * Senders, database and all processes share this machine. Where its cores are all busy, a second process takes work from
 * nobody: then the processor time of a request says more than the requests of a second. Or each process is held to a
 * share of one core, and one more makes the tickets, as on small machines of their own: then there is something to win.
 */
import { parseArgs } from 'node:util';
import { isAcknowledged } from '../test/support/post.ts';
import { aFleet, type Fleet, type FleetGiven } from './support/fleet.ts';
import { atLeast, below, exactly, type Figure, median, printFigures, quantile } from './support/figures.ts';
import { paymentPost, postAtRate, postFlatOut } from './support/load.ts';
import { memoryOver } from './support/memory.ts';

/** Senders at once to each process. */
const CONNECTIONS = 48;

/** Longest wait for the last ticket, in seconds. */
const PATIENCE = 1800;

/** Requests a second of the long run, and when memory has warmed up, in seconds. */
const SOAK = { perSecond: 300, warmUp: 120 };

/** Two processes are to take in so many times what one does. */
const GAIN_OF_TWO = 1.7;

const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '1,2,4' },
    seconds: { type: 'string', default: '15' },
    burst: { type: 'string', default: '1000' },
    share: { type: 'string' },
    soak: { type: 'string', default: '0' },
  },
});
const [seconds, burst, soakMinutes] = [Number(values.seconds), Number(values.burst), Number(values.soak)];
const counts = values.processes.split(',').map(Number);
const share = values.share === undefined ? undefined : Number(values.share);
const held = share === undefined ? '' : `, each held to ${share} of a core`;

if (soakMinutes > 0) await withFleet({ engine: 'PGlite', count: 1 }, soak);
else await measureAll();

async function measureAll(): Promise<void> {
  if (share === undefined)
    await withFleet({ engine: 'PGlite', count: 1 }, async (fleet) => void (await measure('PGlite', fleet)));
  const rates = new Map<number, number>();
  for (const count of counts) {
    const title = `PostgreSQL, ${count} ${count === 1 ? 'process' : 'processes'}${held}`;
    await withFleet({ engine: 'PostgreSQL', count, share }, async (fleet) => {
      rates.set(count, await measure(title, fleet));
    });
  }
  const [ofOne, ofTwo] = [rates.get(1), rates.get(2)];
  if (ofOne === undefined || ofTwo === undefined) return;
  const what = 'taken in by two processes, times what one takes in';
  printFigures('What a second process adds', [{ what, value: ofTwo / ofOne, unit: '', goal: atLeast(GAIN_OF_TWO) }]);
}

async function withFleet(given: FleetGiven, work: (fleet: Fleet) => Promise<void>) {
  const fleet = await aFleet(given);
  try {
    await work(fleet);
  } finally {
    await fleet.end();
  }
}

/** Resolves with how many requests a second were taken in. */
async function measure(title: string, fleet: Fleet): Promise<number> {
  await flood(fleet, { mark: 'warm', seconds: 3 });
  await atRest(fleet);
  const taken = await flood(fleet, { mark: 'flood', seconds });
  await atRest(fleet);
  const made = await flood(fleet, { mark: 'burst', total: burst });
  const restedAfter = await atRest(fleet);
  const perTicket = made.milliseconds + restedAfter;
  const waits = taken.answers.map(({ milliseconds }) => milliseconds);
  printFigures(`Load on ${title}: ${CONNECTIONS} senders to each for ${seconds} s, then ${burst} requests`, [
    { what: 'taken in', value: taken.rate, unit: 'requests/s' },
    { what: 'acknowledged after, p50', value: median(waits), unit: 'ms' },
    { what: 'acknowledged after, p99', value: quantile(waits, 0.99), unit: 'ms' },
    { what: 'not acknowledged', value: taken.refused + made.refused, unit: '', goal: exactly(0) },
    { what: 'tickets made, with what follows', value: (burst * 1000) / perTicket, unit: '/s' },
    { what: 'processor time of the service', value: taken.service, unit: 'ms/request' },
    { what: 'processor time of PostgreSQL', value: taken.database, unit: 'ms/request' },
    { what: 'memory peak of a process', value: await fleet.peakMegabytes(), unit: 'MB' },
  ]);
  return taken.rate;
}

/** Posts to all processes alike, as fast as they answer. */
async function flood({ services, spent }: Fleet, load: { mark: string; seconds?: number; total?: number }) {
  const [before, begun] = [await spent(), performance.now()];
  const { mark, total, ...until } = load;
  const each = services.map(({ address }, index) => {
    const limit = total === undefined ? {} : { total: Math.ceil((total - index) / services.length) };
    const make = (n: number) => paymentPost(`${mark}-${index}-${n}`);
    return postFlatOut(address, { connections: CONNECTIONS, make, ...limit, ...until });
  });
  const answers = (await Promise.all(each)).flat();
  const [after, milliseconds] = [await spent(), performance.now() - begun];
  const acknowledged = answers.filter(isAcknowledged).length;
  return {
    answers,
    milliseconds,
    rate: (acknowledged * 1000) / milliseconds,
    refused: answers.length - acknowledged,
    service: (after.service - before.service) / acknowledged,
    database: (after.database - before.database) / acknowledged,
  };
}

/** Waits until every ticket is made and sent; how long that took, in milliseconds. */
async function atRest({ services }: Fleet): Promise<number> {
  const begun = performance.now();
  await Promise.all(services.map((service) => service.settled({ seconds: PATIENCE })));
  return performance.now() - begun;
}

/** A day of a large desk in some minutes: whether memory grows once it has warmed up. */
async function soak(fleet: Fleet): Promise<void> {
  const [service] = fleet.services;
  if (service === undefined) return;
  const memory = memoryOver(service.pid);
  const duration = soakMinutes * 60;
  const make = (n: number) => paymentPost(`soak-${n}`);
  const answers = await postAtRate(service.address, { perSecond: SOAK.perSecond, seconds: duration, make });
  const waits = answers.map(({ milliseconds }) => milliseconds);
  const { waiting } = (await service.api<{ inbox: { waiting: number } }>('/api/status')).inbox;
  const { early, late, most } = memory.end(SOAK.warmUp);
  const figures: Figure[] = [
    { what: 'acknowledged after, p50', value: median(waits), unit: 'ms' },
    { what: 'acknowledged after, p99', value: quantile(waits, 0.99), unit: 'ms', goal: below(50) },
    {
      what: 'not acknowledged',
      value: answers.filter((each) => !isAcknowledged(each)).length,
      unit: '',
      goal: exactly(0),
    },
    { what: 'tickets made meanwhile', value: (answers.length - waiting) / duration, unit: '/s' },
    { what: `memory, median of the first minutes after ${SOAK.warmUp} s`, value: early, unit: 'MB' },
    { what: 'memory, median of the last minutes', value: late, unit: 'MB', goal: below(early * 1.1) },
    { what: 'memory, at most', value: most, unit: 'MB' },
  ];
  printFigures(`${SOAK.perSecond} requests/s for ${soakMinutes} min, on PGlite`, figures);
}
