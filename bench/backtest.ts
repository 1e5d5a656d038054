/**
 * How long it takes to try a changed config on ten thousand past tickets, both runs together, in one process on the
 * embedded database. Two months of the demo's story are played by the real pipeline; then each ticket is copied, with
 * all that belongs to it, until there are enough: a desk with as many times the work.
 *
 *     node bench/backtest.ts [--tickets 10000]
 */
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { createTryConfig } from '../src/backtest/create.ts';
import type { Connection } from '../src/db/connection.ts';
import { at } from '../test/support/builders.ts';
import { someTryParts } from '../test/support/backtests.ts';
import { aDemoDesk } from '../test/support/demo-desk.ts';
import { below, printFigures } from './support/figures.ts';

const STORY = { seed: 1, days: 60, end: at('2026-11-18T14:20:00Z') };

/** Bytes in what memory is told in. */
const MEGABYTE = 1_000_000;

const { values } = parseArgs({ options: { tickets: { type: 'string', default: '10000' } } });
const wanted = Number(values.tickets);

const { stage, tickets, drop } = await aDemoDesk(STORY);
try {
  await copyTickets(stage.connection, Math.ceil(wanted / tickets));
  await measure();
} finally {
  await drop();
}

async function measure(): Promise<void> {
  const { connection } = stage;
  const config = stage.config.current();
  const text = (config.files['triage.yaml'] ?? '').replace('priority: high', 'priority: critical');
  const parts = someTryParts({ connection, config: { current: () => config }, now: () => STORY.end });
  const before = process.memoryUsage().rss;
  const most = { rss: before };
  const onProgress = () => void (most.rss = Math.max(most.rss, process.memoryUsage().rss));
  const [begun, cpu] = [performance.now(), process.threadCpuUsage()];
  const tried = await createTryConfig(parts)({ file: 'triage.yaml', text }, { window: { last: wanted }, onProgress });
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.threadCpuUsage(cpu);
  if ('findings' in tried) throw new Error('The example is broken.');
  const { summary } = tried.result;
  printFigures(`a backtest of ${summary.tickets.toLocaleString('en')} tickets`, [
    { what: 'both runs, by the clock', value: seconds, unit: 's', goal: below(10) },
    { what: 'both runs, by processor time', value: (user + system) / 1_000_000, unit: 's', goal: below(10) },
    { what: 'memory above what there was', value: (most.rss - before) / MEGABYTE, unit: 'MB', goal: below(400) },
    { what: 'tickets that come out otherwise', value: summary.changed, unit: '' },
    { what: 'tickets of which the owner is told again', value: summary.retold.owner, unit: '' },
  ]);
}

/** Each ticket stands beside its copies, so that numbers go on with time. Two signs of an id tell a copy;
 * where they say so by chance already, it is left out, once in a thousand. */
async function copyTickets({ queries, script }: Connection, times: number): Promise<void> {
  await script(`
    update tickets set ticket = jsonb_set(ticket, '{number}', to_jsonb((ticket ->> 'number')::int * ${times}));
    analyze tickets`);
  for (let copy = 1; copy < times; copy++) {
    const id = (name: string) => sql.raw(`overlay(${name} placing '${String(copy).padStart(2, '0')}' from 17)`);
    await queries.execute(sql`
      insert into tickets (key, ticket, fingerprint, opened_at, updated_at)
      select ${id('key')}, ticket || jsonb_build_object('key', ${id('key')}, 'number', (ticket ->> 'number')::int + ${copy}::int),
        fingerprint, opened_at, updated_at
      from tickets where number % ${times}::int = 0 on conflict do nothing`);
    await queries.execute(sql`
      insert into messages (id, ticket_key, author, author_name, visibility, text, attachments, at, inbox_id)
      select ${id('id')}, ${id('ticket_key')}, author, author_name, visibility, text, attachments, at, inbox_id
      from messages join tickets on tickets.key = ticket_key where number % ${times}::int = 0 on conflict do nothing`);
    await queries.execute(sql`
      insert into decisions (id, ticket_key, at, stage, code, params, field, from_value, to_value, sentence, evidence,
        source, opinion, config_version)
      select ${id('id')}, ${id('ticket_key')}, at, stage, code, params, field, from_value, to_value, sentence, evidence,
        source, opinion, config_version
      from decisions join tickets on tickets.key = ticket_key where number % ${times}::int = 0 order by seq
      on conflict do nothing`);
  }
  await script('analyze');
}
