/**
 * How soon a sender knows that its request is on disk while everything else goes on: tickets are made, the
 * base is written, mails are composed. `bench/inbox.ts` measures the inbox alone.
 *
 *     node bench/acknowledge.ts [--seconds 20] [--rate 300]
 */
import { parseArgs } from 'node:util';
import { aBenchDesk } from './support/bench-desk.ts';
import { below, exactly, median, printFigures, quantile } from './support/figures.ts';
import { isAcknowledged } from '../test/support/post.ts';
import { paymentPost, postAtRate, postFlatOut } from './support/load.ts';

/** Senders at once when the ceiling is sought, and how long each of the rounds takes. */
const FLAT_OUT = { connections: 50, seconds: 5 };
const ROUNDS = 3;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, rate: { type: 'string', default: '300' } },
});
const [seconds, perSecond] = [Number(values.seconds), Number(values.rate)];

const desk = await aBenchDesk();
const service = await desk.start();
try {
  await postAtRate(service.address, { perSecond: 50, seconds: 2, make: (n) => paymentPost(`warm-${n}`) });
  const steady = await postAtRate(service.address, { perSecond, seconds, make: (n) => paymentPost(`steady-${n}`) });
  const waits = steady.map(({ milliseconds }) => milliseconds);
  const ceilings: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) ceilings.push(await ceiling(round));
  printFigures(`Acknowledgement by the whole service, durable, on PGlite: ${perSecond} requests/s for ${seconds} s`, [
    { what: 'acknowledged after, p50', value: median(waits), unit: 'ms' },
    { what: 'acknowledged after, p99', value: quantile(waits, 0.99), unit: 'ms', goal: below(50) },
    { what: 'acknowledged after, at most', value: Math.max(...waits), unit: 'ms' },
    {
      what: 'not acknowledged',
      value: steady.filter((each) => !isAcknowledged(each)).length,
      unit: '',
      goal: exactly(0),
    },
    {
      what: `at most, ${FLAT_OUT.connections} senders, median of ${ROUNDS}`,
      value: median(ceilings),
      unit: 'requests/s',
    },
    { what: 'memory peak', value: await service.peakMegabytes(), unit: 'MB' },
  ]);
} finally {
  await service.kill();
  await desk.remove();
}

async function ceiling(round: number): Promise<number> {
  const begun = performance.now();
  const answers = await postFlatOut(service.address, { ...FLAT_OUT, make: (n) => paymentPost(`flat-${round}-${n}`) });
  return answers.filter(isAcknowledged).length / ((performance.now() - begun) / 1000);
}
