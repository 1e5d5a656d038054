/**
 * How long each page of the console takes on a desk with a hundred thousand tickets of a year, on the embedded
 * database: over HTTP, signed in, the median of several. Reports are asked for each of their usual stretches.
 *
 *     node bench/pages.ts [--tickets 100000] [--folder <filled before>] [--only /reports] [--processor]
 *
 * On a machine that is busy, `--processor` says what a page would take on a quiet one: nothing in it waits for a disk.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import type { Connection } from '../src/db/connection.ts';
import { openDatabase } from '../src/db/open.ts';
import { rowsOf } from '../src/db/rows-of.ts';
import { openLanes } from '../src/db/queues.ts';
import { serveConsole } from '../test/support/console-server.ts';
import { aVisitor } from '../test/support/console-visitor.ts';
import { aHistory, anOutcome, HISTORY_NOW, type OutcomeRow, writeHistory } from '../test/support/histories.ts';
import { aLiveConfig } from '../test/support/live-config.ts';
import { aDesk } from '../test/support/pipeline.ts';
import { below, median, printFigures } from './support/figures.ts';

/** A question of each kind that a small team's desk asks often, and how often each page is asked. */
const ROUNDS = 5;

const STRETCHES = ['last_4_weeks', 'last_90_days', 'last_12_months'] as const;

const REPORTS = [
  '/reports',
  '/reports/speed',
  '/reports/flow',
  '/reports/team',
  '/reports/customers',
  '/reports/quality',
  '/reports/ahead',
  '/reports/figures/opened',
  '/reports/figures/first_reply_open_median',
  '/reports/figures/repeat_contacts',
];

const OTHERS = [
  '/',
  '/?q=refund',
  '/tickets/1042',
  '/tickets/1042/why',
  '/review',
  '/reports/weekly',
  '/playbook',
  '/playbook/versions',
  '/knowledge',
  '/learning',
  '/team',
  '/health',
  '/backtest',
];

const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '100000' },
    folder: { type: 'string' },
    only: { type: 'string', default: '' },
    processor: { type: 'boolean', default: false },
  },
});

const dataFolder = values.folder ?? (await mkdtemp(join(tmpdir(), 'tabledesk-bench-')));
const isFilled = existsSync(join(dataFolder, 'database'));
const connection = await openDatabase({ dataFolder });
try {
  if (!isFilled) await fill(connection);
  await measure(connection);
} finally {
  await connection.close();
  if (values.folder === undefined) await rm(dataFolder, { recursive: true, force: true });
}

/** Tickets of a year from a fifth as many customers, with two messages and eight decisions each. */
async function fill(to: Connection): Promise<void> {
  const count = Number(values.tickets);
  await writeHistory(to, inOrder(aHistory({ seed: 3, count, days: 365, customers: Math.ceil(count / 5) })));
  await to.script(`
    insert into messages (id, ticket_key, author, author_name, visibility, text, attachments, at, inbox_id)
    select ticket_key || '-' || k, ticket_key, case k when 1 then 'customer' else 'agent' end,
      case k when 1 then customer else coalesce(assignee, 'Ben') end, 'public',
      'My payment failed twice and I was charged anyway, please look at it.', '[]',
      case k when 1 then opened_at else coalesce(first_responded_at, opened_at) end, null
    from outcomes, generate_series(1, 2) as k
    where k = 1 or first_responded_at is not null;
    insert into decisions (id, ticket_key, at, stage, code, params, field, from_value, to_value, sentence, evidence, source,
      config_version)
    select ticket_key || '-' || k, ticket_key, opened_at + make_interval(mins => k),
      (array['triage','route','route','edit','respond','escalate','handoff','sla'])[k],
      (array['triage.category_by_rule','route.rule','route.assigned','edit.changed','respond.draft_compared',
        'escalate.raised','handoff.moved','sla.set'])[k],
      (array['{}','{"queue":"support"}','{}','{}','{"reply":"r","title":"R","madeOf":"reply","rewritten":0.3}',
        '{"name":"Idle","others":[]}','{"instance":1,"from":"support","to":"review"}','{}']::jsonb[])[k],
      (array['category','queue','assignee',case number % 4 when 0 then 'queue' else 'status' end,null,null,null,null])[k],
      case k when 4 then '"support"'::jsonb end,
      (array['"billing"','"support"','"Ana"','"review"',null,null,null,null]::jsonb[])[k],
      'A sentence of some length that says why it is so, as the log has it for every decision.',
      '[{"kind":"text","quote":"payment failed"}]',
      case when k in (4, 5, 7) then '{"kind":"person","name":"Ana"}'::jsonb
        else jsonb_build_object('kind', 'rule', 'name', 'Rule ' || number % 30, 'owner', 'Ana') end,
      'v1'
    from outcomes, generate_series(1, 8) as k
    where k < 6 or k = 8 or number % 10 = k;
    analyze`);
}

/** As a desk would have written it: numbers go up with time, and what is older than two months is no longer open. */
function inOrder(rows: readonly OutcomeRow[]): readonly OutcomeRow[] {
  const twoMonthsAgo = HISTORY_NOW.subtract({ hours: 60 * 24 });
  return rows
    .toSorted((one, other) => Temporal.Instant.compare(one.openedAt, other.openedAt))
    .map((row, index) => {
      const resolvedAt = row.resolvedAt ?? row.openedAt.add({ hours: 72 });
      const isOld = Temporal.Instant.compare(row.openedAt, twoMonthsAgo) < 0;
      const end = isOld ? { resolvedAt, isOpen: false, needsReview: false, status: 'resolved' as const } : {};
      const number = 1000 + index;
      return { ...row, ...end, ...placed(number), number, ticketKey: anOutcome({ number }).ticketKey };
    });
}

/** What the decisions that are written below come to. */
function placed(number: number) {
  const name = `Rule ${number % 30}`;
  const category = {
    firstCategory: 'billing',
    firstCategoryBy: 'rule',
    firstCategoryFrom: name,
    machineCategory: 'billing',
  };
  const queue = { firstQueue: 'support', firstQueueBy: 'rule', firstQueueFrom: name };
  return { ...category, ...queue, movedTo: number % 4 === 0 ? 'review' : null };
}

async function measure(to: Connection): Promise<void> {
  // The health page reads the tables of the queue.
  const lanes = await openLanes(to, (error) => {
    throw error;
  });
  const desk = aDesk(to, { config: aLiveConfig({}) });
  desk.clock.set(HISTORY_NOW);
  const server = await serveConsole(to, desk);
  const ana = aVisitor(server.address);
  await ana.signIn('Ana');
  const pages = [...OTHERS, ...REPORTS.flatMap((page) => STRETCHES.map((span) => `${page}?span=${span}`))];
  const figures = [];
  for (const page of pages.filter((each) => each.startsWith(values.only))) {
    const times = [];
    for (let round = 0; round < ROUNDS; round++) {
      const [begun, before] = [performance.now(), process.cpuUsage()];
      const { status } = await ana.get(page);
      const { user, system } = process.cpuUsage(before);
      times.push(values.processor ? (user + system) / 1000 : performance.now() - begun);
      if (status !== 200) throw new Error(`${page} answers ${status}`);
    }
    figures.push({ what: page, value: median(times), unit: 'ms', goal: below(200) });
  }
  await server.close();
  await lanes.stop();
  const [row] = rowsOf<{ tickets: number }>(
    await to.queries.execute(sql`select count(*)::int as tickets from tickets`),
  );
  printFigures(`Pages of the console with ${(row?.tickets ?? 0).toLocaleString('en')} tickets`, figures);
}
