/**
 * How long it takes to try a changed config on ten thousand past tickets, both runs together, in a thread of a process on
 * the embedded database, and for how long nobody else in it has a turn. Two months of the demo's story are played by the
 * real pipeline; then they happen again and again, until there are enough tickets: the long past of a small desk.
 *
 *     node bench/backtest.ts [--tickets 10000]
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { createTryConfig } from '../src/backtest/create.ts';
import type { ConfigChange } from '../src/backtest/index.ts';
import { at } from '../test/support/builders.ts';
import { someTryParts } from '../test/support/backtests.ts';
import { aDemoDesk } from '../test/support/demo-desk.ts';
import { atMost, below, printFigures } from './support/figures.ts';
import { lengthen } from './support/long-history.ts';

const STORY = { seed: 1, days: 60, end: at('2026-11-18T14:20:00Z') };

/** Bytes in what memory is told in, and nanoseconds in what waits are told in. */
const MEGABYTE = 1_000_000;
const MILLISECOND = 1_000_000;

/** In the demo, five rules say each of these. */
const RAISED = ['priority: high', 'priority: critical'] as const;
const TAGGED = [/^ {6}tags: \[(outage|migration|spanish|french|german)\]$/gm, '      tags: [$1, tried]'] as const;

const { values } = parseArgs({ options: { tickets: { type: 'string', default: '10000' } } });
const wanted = Number(values.tickets);

const { stage, drop } = await aDemoDesk(STORY);
try {
  const longer = await lengthen(stage.connection, { tickets: wanted, days: STORY.days });
  for (const change of changesOf(stage.config.current().files)) await measure(STORY.end.add(longer), change);
} finally {
  await drop();
}

/** What people change: one rule, many rules, and promises, by which each ticket comes out otherwise. */
function changesOf(files: Readonly<Record<string, string>>): readonly { what: string; change: ConfigChange }[] {
  const { 'triage.yaml': triage = '', 'sla.yaml': sla = '' } = files;
  const [one, many] = [triage.replace(...RAISED), triage.replaceAll(...RAISED).replaceAll(...TAGGED)];
  return [
    { what: 'one rule', change: { file: 'triage.yaml', text: one } },
    { what: 'ten rules', change: { file: 'triage.yaml', text: many } },
    { what: 'promises', change: { file: 'sla.yaml', text: sla.replaceAll('1h', '2h').replaceAll('4h', '3h') } },
  ];
}

async function measure(end: Temporal.Instant, { what, change }: { what: string; change: ConfigChange }): Promise<void> {
  const { connection } = stage;
  const config = stage.config.current();
  const parts = someTryParts({ connection, config: { current: () => config }, now: () => end });
  const tryConfig = createTryConfig(parts);
  const before = process.memoryUsage().rss;
  const most = { rss: before };
  const replay = watchThread();
  const onProgress = () => {
    most.rss = Math.max(most.rss, process.memoryUsage().rss);
    replay.look();
  };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  const tried = await tryConfig(change, { window: { last: wanted }, onProgress });
  const seconds = (performance.now() - begun) / 1000;
  const all = secondsOf(process.cpuUsage(cpu));
  delay.disable();
  if ('findings' in tried) throw new Error('The example is broken.');
  const { summary } = tried.result;
  printFigures(`${what} changed, tried on ${summary.tickets.toLocaleString('en')} tickets`, [
    { what: 'both runs, by the clock', value: seconds, unit: 's', goal: below(10) },
    { what: 'both runs, by the thread’s processor time', value: await replay.seconds(), unit: 's', goal: below(10) },
    { what: 'processor time of the whole process', value: all, unit: 's' },
    { what: 'memory above what there was', value: (most.rss - before) / MEGABYTE, unit: 'MB', goal: below(150) },
    {
      what: 'event loop delay meanwhile, p99',
      value: delay.percentile(99) / MILLISECOND,
      unit: 'ms',
      goal: atMost(50),
    },
    { what: 'event loop delay meanwhile, most', value: delay.max / MILLISECOND, unit: 'ms' },
    { what: 'tickets that come out otherwise', value: summary.changed, unit: '' },
    { what: 'tickets of which the owner is told again', value: summary.retold.owner, unit: '' },
  ]);
}

/** The processor time of the thread that begins next, as it was when it was looked at last: afterwards nobody knows. */
function watchThread() {
  const seen = { thread: null as Worker | null, seconds: Promise.resolve(0) };
  process.once('worker', (thread) => void (seen.thread = thread));
  return {
    look() {
      const { thread, seconds } = seen;
      if (thread !== null) seen.seconds = thread.cpuUsage().then(secondsOf, () => seconds);
    },
    seconds: () => seen.seconds,
  };
}

function secondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000_000;
}
