/**
 * What a sweep costs when ten tickets are due, among ten thousand open ones, a hundred thousand, a million.
 * It reads an index of due times, so it must cost the same.
 *
 *     node bench/sweep.ts [--sizes 10000,100000,1000000]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import type { Connection } from '../src/db/connection.ts';
import { openDatabase } from '../src/db/open.ts';
import { openLanes } from '../src/db/queues.ts';
import { rowsOf } from '../src/db/rows-of.ts';
import { createLog } from '../src/kit/log.ts';
import { channelOf } from '../test/support/channels.ts';
import { createPipeline } from '../src/pipeline/create.ts';
import { countLoads } from '../src/pipeline/look-again.ts';
import { aForm, postForm } from '../test/support/pipeline.ts';
import { aLiveConfig } from '../test/support/live-config.ts';
import { bigConfig } from './support/big-config.ts';
import { copyFirstTicket } from './support/copied-tickets.ts';
import { below, type Figure, median, printFigures } from './support/figures.ts';

/** Tickets whose time has come, and sweeps of which the median counts. */
const DUE = 10;
const SWEEPS = 15;

/** A Wednesday morning, when everybody works. */
const START = Temporal.Instant.from('2026-11-18T09:00:00Z');
const IN_A_YEAR = START.add({ hours: 365 * 24 });

const { values } = parseArgs({ options: { sizes: { type: 'string', default: '10000,100000,1000000' } } });
const sizes = values.sizes.split(',').map(Number);

const dataFolder = await mkdtemp(join(tmpdir(), 'tabledesk-bench-'));
const connection = await openDatabase({ dataFolder });
try {
  await measureAll();
} finally {
  await connection.close();
  await rm(dataFolder, { recursive: true, force: true });
}

async function measureAll(): Promise<void> {
  const clock = { at: START };
  const lanes = await openLanes(connection, (error) => console.error(error));
  const pipeline = createPipeline({
    pause: async () => undefined,
    connection,
    config: aLiveConfig({ policy: bigConfig({ rules: 100, agents: 50 }).policy }),
    channelOf,
    pages: { linkTo: () => null },
    replyTokens: { opens: () => null },
    classifier: () => null,
    earlierAnswers: async () => [],
    findArticles: () => [],
    languageModel: async () => null,
    wake: lanes.wake,
    now: () => clock.at,
    log: createLog('silent'),
  });
  await postForm(connection, aForm('Greta'), { receivedAt: START });
  await pipeline.drainInbox();
  const figures: Figure[] = [];
  let there = 1;
  for (const size of sizes) {
    await copyFirstTicket(connection, { from: there, to: size, wakeAt: IN_A_YEAR, openOneIn: 1 });
    there = size;
    await countLoads({ connection });
    const sweeps: number[] = [];
    const idle: number[] = [];
    for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
      clock.at = clock.at.add({ seconds: 30 });
      await letComeDue(clock.at, sweep);
      sweeps.push(await timed(() => pipeline.wakeDue(), DUE));
      idle.push(await timed(() => pipeline.wakeDue(), 0));
    }
    const open = `${size.toLocaleString('en')} open tickets`;
    figures.push({ what: `${open}, ${DUE} due`, value: median(sweeps), unit: 'ms', goal: below(50) });
    figures.push({ what: `${open}, none due`, value: median(idle), unit: 'ms' });
    await explain(connection, clock.at);
  }
  await lanes.stop();
  printFigures('One sweep, by processor time', figures);
}

/** Ten tickets anywhere among them, another ten each time. */
async function letComeDue(now: Temporal.Instant, sweep: number): Promise<void> {
  await connection.queries.execute(sql`
    update tickets set wake_at = ${now.toString()}::timestamptz - interval '1 second'
    where number in (select 100000 + ${sweep}::int * 37 + n * 601 from generate_series(1, ${DUE}::int) as n)
  `);
}

/** Processor time, since others work on this machine too. The engine runs in this very thread. */
async function timed(work: () => Promise<number>, expected: number): Promise<number> {
  const before = process.threadCpuUsage();
  const looked = await work();
  const { user, system } = process.threadCpuUsage(before);
  if (looked !== expected) throw new Error(`The sweep looked at ${looked} tickets instead of ${expected}.`);
  return (user + system) / 1000;
}

/** Says how the due tickets are found, when it is not by the index. */
async function explain({ queries }: Connection, now: Temporal.Instant): Promise<void> {
  const plan = rowsOf<Record<'QUERY PLAN', string>>(
    await queries.execute(sql`
      explain select key from tickets where wake_at <= ${now.toString()}::timestamptz
      order by wake_at, urgency desc, due_at, number limit 20
    `),
  );
  const lines = plan.map((row) => row['QUERY PLAN']);
  if (!lines.some((line) => line.includes('tickets_wake'))) console.log(lines.join('\n'));
}
