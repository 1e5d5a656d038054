/**
 * From a sender's 2xx to a ticket that is decided and stored, as somebody outside sees it: first at a steady
 * rate, for how long each waits, then as one burst, for how many a second are made.
 *
 *     node bench/end-to-end.ts [--rate 50] [--seconds 20] [--burst 2000]
 */
import { parseArgs } from 'node:util';
import type { ServiceProcess } from '../test/support/service-process.ts';
import { aBenchDesk, readMetrics } from './support/bench-desk.ts';
import { atLeast, median, printFigures, quantile } from './support/figures.ts';
import { type Answer, isAcknowledged } from '../test/support/post.ts';
import { paymentPost, postAtRate, postFlatOut } from './support/load.ts';
import { watchTickets } from './support/watch-tickets.ts';

/** Longest wait for the last ticket, in seconds: a machine that is busy with other things takes its time. */
const PATIENCE = 900;

/** How often the watcher looks, in milliseconds: a lag is to be told exactly, a burst is not to be held up. */
const LOOKS = { steady: 25, burst: 250 };

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '20' },
    burst: { type: 'string', default: '2000' },
  },
});
const [perSecond, seconds, burst] = [Number(values.rate), Number(values.seconds), Number(values.burst)];

const desk = await aBenchDesk();
const service = await desk.start();
try {
  await steadily();
  await atOnce();
} finally {
  await service.kill();
  await desk.remove();
}

async function steadily(): Promise<void> {
  const tickets = watchTickets(service, LOOKS.steady);
  const answers = await postAtRate(service.address, { perSecond, seconds, make: (n) => paymentPost(`steady-${n}`) });
  const seen = await tickets.all(
    answers.map(({ marker }) => marker),
    PATIENCE,
  );
  const lags = answers.filter(isAcknowledged).map(({ marker, at }) => (seen.get(marker) ?? Number.NaN) - at);
  await service.settled({ seconds: PATIENCE });
  printFigures(`From 2xx to a decided and stored ticket, on PGlite: ${perSecond} tickets/s for ${seconds} s`, [
    { what: 'lag, p50', value: median(lags), unit: 'ms' },
    { what: 'lag, p99', value: quantile(lags, 0.99), unit: 'ms' },
  ]);
}

async function atOnce(): Promise<void> {
  const before = await spentBy(service);
  const begun = performance.now();
  const tickets = watchTickets(service, LOOKS.burst);
  const answers = await postFlatOut(service.address, {
    connections: 50,
    total: burst,
    make: (n) => paymentPost(`burst-${n}`),
  });
  const seen = await tickets.all(
    answers.map(({ marker }) => marker),
    PATIENCE,
  );
  const last = Math.max(...seen.values());
  await service.settled({ seconds: PATIENCE });
  const allDone = performance.now();
  const after = await spentBy(service);
  const made = answers.filter(isAcknowledged).length;
  printFigures(`A burst of ${burst.toLocaleString('en')}, from the first post to the last ticket`, [
    { what: 'tickets made', value: (made * 1000) / (last - begun), unit: '/s', goal: atLeast(100) },
    { what: 'the same, base and mails done too', value: (made * 1000) / (allDone - begun), unit: '/s' },
    { what: 'all requests acknowledged after', value: lastAnswer(answers) - begun, unit: 'ms' },
    { what: 'processor time', value: (after.cpu - before.cpu) / made, unit: 'ms/ticket' },
    { what: 'flushes of the log', value: (after.flushes - before.flushes) / made, unit: '/ticket' },
    { what: 'memory peak', value: await service.peakMegabytes(), unit: 'MB' },
  ]);
}

function lastAnswer(answers: readonly Answer[]): number {
  return Math.max(...answers.map(({ at }) => at));
}

async function spentBy(measured: ServiceProcess): Promise<{ cpu: number; flushes: number }> {
  const metrics = await readMetrics(measured);
  return { cpu: await measured.cpuMilliseconds(), flushes: metrics.get('tabledesk_flushes{what="wal"}') ?? Number.NaN };
}
