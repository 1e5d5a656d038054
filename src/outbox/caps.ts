import { and, count, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { LoadedConfig } from '../config/live.ts';
import type { Connection } from '../db/connection.ts';
import { outbox, type StoredProblem } from '../db/schema.ts';
import type { Log } from '../kit/log.ts';
import type { Now } from '../ports/now.ts';
import type { OutboxRow } from './outcomes.ts';

export interface CapParts {
  connection: Connection;
  config: () => Pick<LoadedConfig, 'mail'>;
  now: Now;
  log: Log;
}

/** The template under which people answer. */
const OF_PEOPLE = 'reply';

/** How many mails may leave at this moment, of at most `most`. */
export async function mailRoom({ connection, config, now }: CapParts, most: number): Promise<number> {
  const { perMinute } = config().mail;
  if (perMinute === null) return most;
  const latest = connection.queries
    .select({ key: outbox.key })
    .from(outbox)
    .where(and(isMailSent(), gt(outbox.finishedAt, now().subtract({ minutes: 1 }))))
    .limit(perMinute)
    .as('latest');
  const [left] = await connection.queries.select({ count: count() }).from(latest);
  return Math.max(0, Math.min(most, perMinute - (left?.count ?? 0)));
}

/**
 * Which of these letters are one too many for their address, and why. It is the last thing that ends a loop, whatever
 * was decided and whatever the headers say; so it goes by nothing but what left the house.
 */
export async function tooMany(
  parts: CapParts,
  rows: readonly OutboxRow[],
): Promise<ReadonlyMap<string, StoredProblem>> {
  const counted = rows.filter(isCapped);
  const found = new Map<string, StoredProblem>();
  if (counted.length === 0) return found;
  const sent = await lettersTo(parts, [...new Set(counted.map(({ recipient }) => recipient))]);
  const { hour, day } = parts.config().mail.perRecipient;
  for (const { key, recipient, ticketKey } of counted) {
    const so = sent.get(recipient) ?? { hour: 0, day: 0 };
    const over = so.hour >= hour ? { most: hour, within: 'an hour' } : { most: day, within: 'a day' };
    if (so.hour < hour && so.day < day) sent.set(recipient, { hour: so.hour + 1, day: so.day + 1 });
    else {
      parts.log.error({ outboxKey: key, ticketKey, ...over }, 'a letter stays here: too many go to one address');
      found.set(key, oneTooMany(recipient, over));
    }
  }
  return found;
}

/** A letter by mail that nobody wrote, and nobody insists on. */
function isCapped({ kind, via, template, insisted }: OutboxRow): boolean {
  return kind === 'message' && via === null && template !== OF_PEOPLE && !insisted;
}

async function lettersTo({ connection, now }: CapParts, recipients: readonly string[]) {
  const at = now();
  const lastHour = sql<number>`count(*) filter (where ${gt(outbox.finishedAt, at.subtract({ hours: 1 }))})::int`;
  const rows = await connection.queries
    .select({ recipient: outbox.recipient, hour: lastHour, day: count() })
    .from(outbox)
    .where(
      and(
        inArray(outbox.recipient, [...recipients]),
        eq(outbox.kind, 'message'),
        ne(outbox.template, OF_PEOPLE),
        isMailSent(),
        gt(outbox.finishedAt, at.subtract({ hours: 24 })),
      ),
    )
    .groupBy(outbox.recipient);
  return new Map(rows.map(({ recipient, hour, day }) => [recipient, { hour, day }]));
}

/** As the partial index has it, so that it is used; rows for the base are no mail. */
function isMailSent() {
  return and(sql`${outbox.state} = 'sent'`, isNull(outbox.via), isNull(outbox.way), ne(outbox.kind, 'rows'));
}

function oneTooMany(address: string, { most, within }: { most: number; within: string }): StoredProblem {
  return {
    code: 'outbox.too-many',
    message: `Not sent: ${most} letters that nobody wrote went to ${address} within ${within}.`,
    fix: 'See what asks for so many: most often a machine answers them. Send it by hand if it is worth it.',
  };
}
