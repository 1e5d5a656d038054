import { sql } from 'drizzle-orm';
import { audibleAt, isUrgent } from '../../config/notice-moment.ts';
import { rowsOf } from '../../db/rows-of.ts';
import type { outbox } from '../../db/schema.ts';
import { NOTICE_KINDS } from '../../domain/effect.ts';
import type { Desk } from '../desk.ts';

type Outgoing = typeof outbox.$inferInsert;

/** What somebody was told of late, one by one. */
interface Heard {
  count: number;
  /** When the first of them came. */
  since: Temporal.Instant;
}

/**
 * Says of the notices of a transaction when they go: at once, or together with others when it is quiet no more, or when
 * the minutes are over in which so many came.
 */
export async function holdNotices(desk: Desk): Promise<void> {
  const { gather, quiet } = desk.config.policy.notices;
  if (gather === null && quiet === null) return;
  const notices = desk.records.outbox.filter(({ kind, state = 'waiting' }) => kind === 'notify' && state === 'waiting');
  const heard = await heardOfLate(desk, notices);
  for (const row of notices) {
    const at = momentFor(desk, row, heard.get(destinationOf(row)));
    row.held = Temporal.Instant.compare(at, desk.now) > 0;
    row.nextAt = at;
    if (!row.held) count(heard, row, desk.now);
  }
}

function momentFor(desk: Desk, row: Outgoing, heard: Heard | undefined): Temporal.Instant {
  const { config, held, now } = desk;
  const { gather } = config.policy.notices;
  const ticket = held.get(row.ticketKey)?.ticket;
  const notice = NOTICE_KINDS.find((kind) => kind === row.template);
  if (ticket === undefined || notice === undefined || isUrgent(config.policy, { notice, ticket }, now)) return now;
  const isMany = gather !== null && heard !== undefined && heard.count >= gather.after;
  return audibleAt(config.policy, ticket, isMany ? heard.since.add({ minutes: gather.withinMinutes }) : now);
}

/** One person or room, by one way. */
function destinationOf({ way = null, recipient }: Pick<Outgoing, 'way' | 'recipient'>): string {
  return JSON.stringify([way, recipient]);
}

function count(heard: Map<string, Heard>, row: Outgoing, now: Temporal.Instant): void {
  const before = heard.get(destinationOf(row)) ?? { count: 0, since: now };
  heard.set(destinationOf(row), { ...before, count: before.count + 1 });
}

async function heardOfLate({ tx, config, now }: Desk, notices: readonly Outgoing[]): Promise<Map<string, Heard>> {
  const { gather } = config.policy.notices;
  if (gather === null || notices.length === 0) return new Map();
  const recipients = [...new Set(notices.map(({ recipient }) => recipient))];
  const found = await tx.execute(sql`
    select way, recipient, count(*)::integer as count, min(created_at)::text as since
    from jsonb_array_elements_text(${JSON.stringify(recipients)}::jsonb) as asked (name)
    join outbox on outbox.recipient = asked.name and outbox.kind = 'notify' and not outbox.held
      and outbox.created_at > ${now.subtract({ minutes: gather.withinMinutes }).toString()}::timestamptz
    group by way, recipient
  `);
  const rows = rowsOf<{ way: string | null; recipient: string; count: number; since: string }>(found);
  return new Map(
    rows.map((row) => [destinationOf(row), { count: row.count, since: Temporal.Instant.from(row.since) }]),
  );
}
