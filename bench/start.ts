/**
 * How long a start takes, from the process to a 200 of /readyz, and its most memory: the first start after
 * an installation, and starts on a folder in which tickets are.
 *
 *     node bench/start.ts [--tickets 1000] [--times 5]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ServiceProcess } from '../test/support/service-process.ts';
import { aBenchDesk } from './support/bench-desk.ts';
import { below, type Figure, median, printFigures } from './support/figures.ts';
import { paymentPost, postFlatOut } from './support/load.ts';

/** Longest wait for the tickets of a full folder, in seconds. */
const PATIENCE = 1800;

const { values } = parseArgs({
  options: { tickets: { type: 'string', default: '1000' }, times: { type: 'string', default: '5' } },
});
const [tickets, times] = [Number(values.tickets), Number(values.times)];

/** What one start took. */
interface Start {
  milliseconds: number;
  cpuMilliseconds: number;
  megabytes: number;
}

// Node keeps compiled code between starts; right after an installation there is none.
const compiled = await mkdtemp(join(tmpdir(), 'tabledesk-compiled-'));
const desk = await aBenchDesk();
try {
  const first = await measure((service) => service.stop());
  await measure(fill);
  const stopped = await repeat((service) => service.stop());
  const killed = await repeat((service) => service.kill());
  printFigures(`A start, until /readyz answers 200, median of ${times}`, [
    ...figures('first after an installation', [first], { memory: true }),
    ...figures(`on ${tickets.toLocaleString('en')} tickets, after a stop`, stopped, { goal: true, memory: true }),
    ...figures(`on ${tickets.toLocaleString('en')} tickets, after kill -9`, killed, { goal: true }),
  ]);
} finally {
  await desk.remove();
  await rm(compiled, { recursive: true, force: true });
}

async function measure(end: (service: ServiceProcess) => Promise<unknown>): Promise<Start> {
  const service = await desk.start({ NODE_COMPILE_CACHE: compiled });
  const [cpuMilliseconds, megabytes] = [await service.cpuMilliseconds(), await service.peakMegabytes()];
  await end(service);
  return { milliseconds: service.startMilliseconds, cpuMilliseconds, megabytes };
}

async function repeat(end: (service: ServiceProcess) => Promise<unknown>): Promise<Start[]> {
  const starts: Start[] = [];
  for (let time = 0; time < times; time += 1) starts.push(await measure(end));
  return starts;
}

async function fill(service: ServiceProcess): Promise<void> {
  await postFlatOut(service.address, { connections: 50, total: tickets, make: (n) => paymentPost(`old-${n}`) });
  await service.settled({ seconds: PATIENCE });
  await service.stop();
}

function figures(
  what: string,
  starts: readonly Start[],
  { goal = false, memory = false }: { goal?: boolean; memory?: boolean },
): readonly Figure[] {
  const most = Math.max(...starts.map(({ megabytes }) => megabytes));
  return [
    {
      what: `${what}, by the clock`,
      value: median(starts.map(({ milliseconds }) => milliseconds)),
      unit: 'ms',
      ...(goal ? { goal: below(2000) } : {}),
    },
    {
      what: `${what}, processor time`,
      value: median(starts.map(({ cpuMilliseconds }) => cpuMilliseconds)),
      unit: 'ms',
    },
    ...(memory ? [{ what: `${what}, memory peak`, value: most, unit: 'MB', goal: below(400) }] : []),
  ];
}
