/**
 * What a desk costs as its tickets become many: the same service, under the same load, on folders with more and more of
 * them, of which one in fifty is open.
 *
 *     node bench/growth.ts [--sizes 1000,10000,100000,1000000] [--seconds 10] [--rate 100]
 */
import { parseArgs } from 'node:util';
import { openDatabase } from '../src/db/open.ts';
import { PASSWORD } from '../test/support/console-server.ts';
import { aVisitor } from '../test/support/console-visitor.ts';
import { isAcknowledged } from '../test/support/post.ts';
import type { ServiceProcess } from '../test/support/service-process.ts';
import { until } from '../test/support/until.ts';
import { aBenchDesk, readMetrics } from './support/bench-desk.ts';
import { copyFirstTicket } from './support/copied-tickets.ts';
import { atMost, exactly, type Figure, median, printFigures, quantile } from './support/figures.ts';
import { paymentPost, postAtRate } from './support/load.ts';

const OPEN_ONE_IN = 50;

/** Longest wait for what a start has to look at again, in seconds. */
const PATIENCE = 1800;

/** How often a page is asked for. */
const ROUNDS = 5;

/** At the largest size, what is felt may cost so many times what it costs at this one. */
const COMPARED = { with: 10_000, times: 1.5 };

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000,1000000' },
    seconds: { type: 'string', default: '10' },
    rate: { type: 'string', default: '100' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const [seconds, perSecond] = [Number(values.seconds), Number(values.rate)];

/** What was measured at one size. */
interface Measured {
  acknowledged: number[];
  sweep: number;
  figures: readonly Figure[];
}

const desk = await aBenchDesk();
try {
  await firstTicket();
  const measured = new Map<number, Measured>();
  let there = 1;
  for (const size of sizes) {
    await fill(there, size);
    there = size;
    const found = await measure(size);
    measured.set(size, found);
    printFigures(`With ${size.toLocaleString('en')} tickets, ${perSecond} requests/s for ${seconds} s`, found.figures);
  }
  compare(measured);
} finally {
  await desk.remove();
}

async function firstTicket(): Promise<void> {
  const service = await desk.start();
  await postAtRate(service.address, { perSecond: 1, seconds: 1, make: () => paymentPost('first') });
  await service.settled();
  await service.stop();
}

async function fill(from: number, to: number): Promise<void> {
  const connection = await openDatabase({ dataFolder: desk.dataFolder });
  const wakeAt = Temporal.Now.instant().add({ hours: 365 * 24 });
  await copyFirstTicket(connection, { from, to, wakeAt, openOneIn: OPEN_ONE_IN });
  await connection.close();
}

async function measure(size: number): Promise<Measured> {
  const service = await desk.start({ TABLEDESK_PASSWORD: PASSWORD });
  try {
    await service.settled({ seconds: PATIENCE });
    const make = (n: number) => paymentPost(`with-${size}-${n}`);
    const answers = await postAtRate(service.address, { perSecond, seconds, make });
    const acknowledged = answers.map(({ milliseconds }) => milliseconds);
    const begun = performance.now();
    await service.settled({ seconds: PATIENCE });
    const settled = (performance.now() - begun) / 1000;
    const sweep = await meanSweep(service);
    const visitor = aVisitor(service.address);
    await visitor.signIn('Ana Torres');
    const figures: readonly Figure[] = [
      { what: 'ready after', value: service.startMilliseconds, unit: 'ms' },
      { what: 'acknowledged after, p50', value: median(acknowledged), unit: 'ms' },
      { what: 'acknowledged after, p99', value: quantile(acknowledged, 0.99), unit: 'ms' },
      {
        what: 'not acknowledged',
        value: answers.filter((each) => !isAcknowledged(each)).length,
        unit: '',
        goal: exactly(0),
      },
      { what: 'all tickets made after the last request', value: settled, unit: 's' },
      { what: 'a sweep', value: sweep, unit: 'ms' },
      { what: 'the queue in the console', value: await pageTime(() => visitor.get('/')), unit: 'ms' },
      { what: 'one ticket in the console', value: await pageTime(() => visitor.get('/tickets/1001')), unit: 'ms' },
      { what: 'a page of the API', value: await pageTime(() => service.api('/api/tickets?limit=50')), unit: 'ms' },
      { what: 'memory peak', value: await service.peakMegabytes(), unit: 'MB' },
    ];
    return { acknowledged, sweep, figures };
  } finally {
    await service.stop();
  }
}

/** The mean of the sweeps since the start, of which there is one at least. */
async function meanSweep(service: ServiceProcess): Promise<number> {
  const name = (what: string) => `tabledesk_lane_run_seconds_${what}{lane="sweep",result="done"}`;
  const ran = async () => ((await readMetrics(service)).get(name('count')) ?? 0) > 0;
  await until('a sweep ran', ran, { seconds: 120 });
  const metrics = await readMetrics(service);
  return ((metrics.get(name('sum')) ?? Number.NaN) / (metrics.get(name('count')) ?? Number.NaN)) * 1000;
}

async function pageTime(ask: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    await ask();
    times.push(performance.now() - begun);
  }
  return median(times);
}

function compare(measured: ReadonlyMap<number, Measured>): void {
  const [small, largest] = [measured.get(COMPARED.with), [...measured.values()].at(-1)];
  if (small === undefined || largest === undefined || small === largest) return;
  const goal = atMost(COMPARED.times);
  printFigures(`The largest, times what it is with ${COMPARED.with.toLocaleString('en')} tickets`, [
    {
      what: 'acknowledged after, p50',
      value: median(largest.acknowledged) / median(small.acknowledged),
      unit: '',
      goal,
    },
    { what: 'a sweep', value: largest.sweep / small.sweep, unit: '', goal },
  ]);
}
