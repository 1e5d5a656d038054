import { eq } from 'drizzle-orm';
import type { LiveConfig } from '../config/live.ts';
import type { Connection } from '../db/connection.ts';
import { tickets } from '../db/schema.ts';
import type { Verdict } from '../domain/escalation.ts';
import type { FieldValue, Ticket, TicketField } from '../domain/ticket.ts';
import type { Inbox } from '../inbox/index.ts';
import type { Outbox } from '../outbox/create.ts';
import type { Pipeline } from '../pipeline/index.ts';
import type { Flush } from '../sync/flush.ts';

/** A clock that stands still until it is set. */
export interface StageClock {
  now(): Temporal.Instant;
  set(at: Temporal.Instant): void;
}

export function createStageClock(begin: Temporal.Instant): StageClock {
  const held = { at: begin };
  return { now: () => held.at, set: (at) => void (held.at = at) };
}

/** The parts of a desk that goes by the stage's clock. */
export interface Stage {
  connection: Connection;
  config: LiveConfig;
  inbox: Inbox;
  pipeline: Pipeline;
  outbox: Outbox;
  flush: Flush;
  clock: StageClock;
  /** The token of the channel `app`. */
  jsonToken: string;
}

export async function readTicket({ connection }: Stage, key: string): Promise<Ticket> {
  const [row] = await connection.queries.select({ ticket: tickets.ticket }).from(tickets).where(eq(tickets.key, key));
  if (row === undefined) throw new Error(`The story goes on with a ticket ${key}, and there is none.`);
  return row.ticket;
}

/** A person who finds it as it should be leaves it alone. */
export async function change(
  { pipeline }: Pick<Stage, 'pipeline'>,
  ticket: Ticket,
  { by, at, field, to, verdict }: Changed,
): Promise<void> {
  if (ticket[field] === to) return;
  const said = verdict === undefined ? {} : { verdict };
  await pipeline.edit(ticket.key, { by, at, changes: [{ field, from: ticket[field], to }], ...said });
}

/** What somebody changes, and of an escalation that they end what it was worth. */
interface Changed {
  by: string;
  at: Temporal.Instant;
  field: TicketField;
  to: FieldValue;
  verdict?: Verdict;
}

export function actorOf({ config }: Stage, { assignee, queue }: Ticket, at: Temporal.Instant): string {
  return assignee ?? whoIsThere(config.current().policy.queues[queue]?.members ?? [], at);
}

/** Whose turn it is by the clock: not the same person all the time, and the same one every time. */
export function whoIsThere(members: readonly string[], at: Temporal.Instant): string {
  const member = members[Math.floor(at.epochMilliseconds / 60_000) % Math.max(1, members.length)];
  if (member === undefined) throw new Error('The story asks for somebody of a queue that has no members.');
  return member;
}
