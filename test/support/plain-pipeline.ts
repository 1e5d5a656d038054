import { eq, sql } from 'drizzle-orm';
import { ulid } from 'ulid';
import type { Connection } from '../../src/db/connection.ts';
import { messages, tickets } from '../../src/db/schema.ts';
import { rowAfter, sameValue } from '../../src/decide/apply.ts';
import { refusalOf } from '../../src/decide/legal-edit.ts';
import type { Policy } from '../../src/decide/policy.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { Edit, Pipeline, RememberedTicket, TypedRow } from '../../src/pipeline/index.ts';
import { aTicket } from './builders.ts';

/** A pipeline without judgement: it takes over what is legal, and decides nothing of its own. */
export interface PlainPipeline extends Pick<Pipeline, 'edit' | 'reply' | 'note' | 'adopt' | 'restore'> {
  /** What it was told, in order. */
  edits: { ticketKey: string; edit: Edit }[];
  replies: { ticketKey: string; by: string; text: string }[];
  adopted: TypedRow[];
  restored: RememberedTicket[];
  /** A change that the judgement would have made, such as a sweep's. */
  decide(ticketKey: string, changes: Partial<Ticket>): Promise<void>;
  /** A ticket that came in. */
  receive(ticket: Ticket): Promise<void>;
}

export function aPlainPipeline(
  { queries }: Connection,
  { policy, now }: { policy: () => Policy; now: () => Temporal.Instant },
): PlainPipeline {
  const told: Pick<PlainPipeline, 'edits' | 'replies' | 'adopted' | 'restored'> = {
    edits: [],
    replies: [],
    adopted: [],
    restored: [],
  };

  async function ticketOf(key: string): Promise<Ticket> {
    const [row] = await queries.select({ ticket: tickets.ticket }).from(tickets).where(eq(tickets.key, key));
    if (row === undefined) throw new Error(`no ticket ${key}`);
    return row.ticket;
  }

  async function save(ticket: Ticket): Promise<void> {
    await queries
      .update(tickets)
      .set({
        ticket,
        version: sql`version + 1`,
        writeAt: null,
        dirtySince: sql`case when detached_at is null then coalesce(dirty_since, ${now().toString()}::timestamptz) end`,
      })
      .where(eq(tickets.key, ticket.key));
  }

  async function insert(ticket: Ticket, rowId: string | null): Promise<void> {
    await queries.insert(tickets).values({
      key: ticket.key,
      ticket,
      fingerprint: ticket.key,
      openedAt: ticket.openedAt,
      updatedAt: now(),
      dirtySince: now(),
      rowId,
    });
  }

  return {
    ...told,
    async edit(key, edit) {
      told.edits.push({ ticketKey: key, edit });
      const ticket = await ticketOf(key);
      const legal = edit.changes.filter((change) => refusalOf(change, policy()) === null);
      const news = legal.filter(({ field, to }) => !sameValue(ticket[field], to));
      const changed = { ...ticket, ...Object.fromEntries(news.map(({ field, to }) => [field, to])) };
      const requester = { ...ticket.requester, ...edit.requester };
      const row = rowAfter(ticket.row, { ...edit.row?.found, ...edit.row?.changed });
      if (news.length > 0 || edit.requester !== undefined || edit.row !== undefined) {
        await save({ ...changed, requester, row });
      }
    },
    async reply(key, { by, text, key: id = ulid() }) {
      const added = await queries
        .insert(messages)
        .values({ id, ticketKey: key, author: 'agent', authorName: by, visibility: 'public', text, at: now() })
        .onConflictDoNothing()
        .returning();
      if (added.length > 0) told.replies.push({ ticketKey: key, by, text });
    },
    async note(key, { by, text, comment = { id: ulid(), at: now() } }) {
      const { id, at } = comment;
      await queries
        .insert(messages)
        .values({ id, ticketKey: key, author: 'agent', authorName: by, visibility: 'internal', text, at })
        .onConflictDoUpdate({ target: messages.id, set: { text } });
    },
    async adopt(row) {
      const [known] = await queries.select().from(tickets).where(eq(tickets.rowId, row.rowId));
      if (known !== undefined) return { ticketKey: known.key, number: known.number };
      told.adopted.push(row);
      const number = 9000 + told.adopted.length;
      const made = { number, key: ulid(), subject: row.subject, description: row.text, row: row.row };
      const ticket = aTicket({
        ...made,
        requester: { ...row.requester, account: {} },
        ...row.chosen,
      } as Partial<Ticket>);
      await insert(ticket, row.rowId);
      return { ticketKey: ticket.key, number };
    },
    async restore(remembered) {
      told.restored.push(...remembered);
      for (const { ticket, row } of remembered) {
        await insert(ticket, row.id);
        const mirror = { synced: row.synced, replyKey: row.replyKey, dirtySince: null };
        await queries.update(tickets).set(mirror).where(eq(tickets.key, ticket.key));
      }
      return remembered.map(({ ticket }) => ticket);
    },
    async decide(key, changes) {
      await save({ ...(await ticketOf(key)), ...changes });
    },
    receive: (ticket) => insert(ticket, null),
  };
}
