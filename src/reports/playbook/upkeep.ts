import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { addressOf } from '../../config/addressees.ts';
import type { LiveConfig } from '../../config/live.ts';
import { isInShadow } from '../../config/shadow.ts';
import type { Connection, Queries } from '../../db/connection.ts';
import { marks, outbox } from '../../db/schema.ts';
import { countUses } from './count-uses.ts';
import { keyText } from './entry.ts';
import { type PlaybookRule, readPlaybook, rulesIn } from './playbook.ts';
import { type Due, isReminded } from './review.ts';
import { readStandings, type Standing } from './standings.ts';

/** How many rules are to be looked at, for pages that do not read the whole playbook. */
const TO_REVIEW = 'playbook_to_review';

/** Transactions of one run; at 5,000 decisions each a year of a small desk is counted in the first night. */
const TRANSACTIONS = 200;

/** A reminder can wait for the morning, and for Monday. */
const OFFICE = { from: 8, until: 18, lastDay: 5 };

export interface UpkeepParts {
  connection: Connection;
  config: Pick<LiveConfig, 'current'>;
  /** Where people reach the console; null where nobody said. */
  publicAddress: string | null;
  /** There is something to send. */
  wake(): Promise<void>;
  now(): Temporal.Instant;
}

/** Keeps the playbook's counts up to date, and reminds the owners of rules of what is to be looked at. */
export interface Upkeep {
  run(): Promise<{ reminded: number }>;
}

export function createUpkeep(parts: UpkeepParts): Upkeep {
  return {
    async run() {
      const { connection, config, now } = parts;
      await countUses(connection.queries, TRANSACTIONS);
      const playbook = await readPlaybook({ queries: connection.queries, config: config.current(), now: now() });
      const due = rulesIn(playbook).filter(({ dues }) => dues.length > 0);
      await noteCount(connection.queries, due.length);
      const mayRemind = isOffice(parts) && !isInShadow(config.current(), now());
      const reminded = mayRemind ? await remind(parts, due) : 0;
      if (reminded > 0) await parts.wake();
      return { reminded };
    },
  };
}

/** How many rules were to be looked at when somebody last counted. */
export async function rulesToReview(queries: Queries): Promise<number> {
  const [mark] = await queries.select().from(marks).where(eq(marks.name, TO_REVIEW));
  return typeof mark?.value === 'number' ? mark.value : 0;
}

/** Kept as it is known, so that what somebody has just looked at is gone from other pages, too. */
export async function noteCount(queries: Queries, count: number): Promise<void> {
  await queries
    .insert(marks)
    .values({ name: TO_REVIEW, value: count })
    .onConflictDoUpdate({ target: marks.name, set: { value: count }, setWhere: sql`${marks.value} <> excluded.value` });
}

function isOffice({ config, now }: UpkeepParts): boolean {
  const { hour, dayOfWeek } = now().toZonedDateTimeISO(config.current().policy.desk.timeZone);
  return hour >= OFFICE.from && hour < OFFICE.until && dayOfWeek <= OFFICE.lastDay;
}

/** One thing that somebody is to look at. */
interface Reminder {
  rule: PlaybookRule;
  due: Due;
}

/** One letter to each address, with all that is new; who has no address reads it on the page. */
async function remind({ connection, config, publicAddress, now }: UpkeepParts, due: readonly PlaybookRule[]) {
  const { policy } = config.current();
  const standings = await readStandings(connection.queries);
  const fresh = due.flatMap((rule) => {
    const known = standings.get(keyText(rule)) ?? null;
    return rule.dues
      .filter((each) => !wasReminded({ rule, due: each }, known, now()))
      .map((each) => ({ rule, due: each }));
  });
  const byAddress = Map.groupBy(fresh, ({ rule }) => (rule.owner === null ? null : addressOf(policy, rule.owner)));
  byAddress.delete(null);
  for (const [address, reminders] of byAddress) {
    if (address === null) continue;
    await connection.queries.transaction(async (tx) => {
      await tx
        .insert(outbox)
        .values(letterOf(reminders, { address, publicAddress, at: now() }))
        .onConflictDoNothing();
      for (const reminder of reminders) await noteReminded(tx, reminder, now());
    });
  }
  return byAddress.size;
}

function wasReminded({ rule, due }: Reminder, standing: Standing | null, now: Temporal.Instant): boolean {
  const remindedAt = (due.part === 'logic' ? standing?.remindedLogicAt : standing?.remindedExceptionsAt) ?? null;
  return isReminded(due, { remindedAt, lastAt: rule.last[due.part]?.at ?? null, now });
}

async function noteReminded(tx: Queries, { rule, due }: Reminder, now: Temporal.Instant): Promise<void> {
  const column = sql.identifier(due.part === 'logic' ? 'reminded_logic_at' : 'reminded_exceptions_at');
  await tx.execute(sql`
    update rule_standings set ${column} = ${now.toString()}::timestamptz
    where stage = ${rule.stage} and rule = ${rule.name}
  `);
}

/** It is of no ticket, and so goes by mail, to the owner alone. */
function letterOf(
  reminders: readonly Reminder[],
  { address, publicAddress, at }: { address: string; publicAddress: string | null; at: Temporal.Instant },
): typeof outbox.$inferInsert {
  const [only] = reminders;
  const what = reminders.length === 1 ? `“${only?.rule.name}”` : `${reminders.length} rules`;
  const lines = reminders.map(({ rule, due }) => `- ${rule.name} (${due.part}, ${rule.place})\n  ${due.why}`);
  const page = publicAddress === null ? 'the page Playbook of the console' : `${publicAddress}/playbook`;
  const key = createHash('sha256')
    .update(JSON.stringify([address, at.toString(), lines]))
    .digest('hex')
    .slice(0, 32);
  return {
    key: `playbook:${key}`,
    ticketKey: '',
    kind: 'notify',
    recipient: address,
    subject: `Playbook: ${what} to look at`,
    text: `${lines.join('\n\n')}\n\nLook at them, and say so, on ${page}.`,
    template: 'playbook_review',
    nextAt: at,
    createdAt: at,
  };
}
