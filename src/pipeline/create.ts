import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import { ulid } from 'ulid';
import type { LiveConfig } from '../config/live.ts';
import type { Connection } from '../db/connection.ts';
import type { Lane } from '../db/queues.ts';
import { inbox, tickets } from '../db/schema.ts';
import type { Occasion } from '../domain/occasion.ts';
import { Problem } from '../domain/problem.ts';
import type { Connectors } from '../kit/connector.ts';
import type { Log } from '../kit/log.ts';
import type { Now } from '../ports/now.ts';
import { composeReply } from './compose.ts';
import { type Desk, type Held, heldTicket, hold, openDesk } from './desk.ts';
import type { Opened, Pipeline, TypedRow, TypedTicket } from './index.ts';
import { type InboxRow, receive, takeIn, waitingRows } from './intake.ts';
import { inLane } from './lane.ts';
import { newTicket } from './new-ticket.ts';
import { saveDesk } from './save.ts';
import { takeTurn } from './take-turn.ts';
import { giveRoom, serveWhoWaited } from './waiting.ts';

/**
 * Tickets to one transaction. Larger batches share more of each statement's cost; smaller ones keep the
 * embedded engine, which does one thing at a time, free to acknowledge what comes in meanwhile.
 */
const BATCH = 20;

/** A request that fails so often by itself is set aside, so that it does not hold up those behind it. */
const ATTEMPTS = 3;

export interface PipelineParts {
  connection: Connection;
  config: LiveConfig;
  connectors: Connectors;
  /** Tells a lane that there is something to do. */
  wake(lane: Lane): Promise<void>;
  now: Now;
  log: Log;
}

/** The pipeline over our own database; `index.ts` says what it promises. */
export function createPipeline(parts: PipelineParts): Pipeline {
  /** Opens the desk in the lane, lets the work take its turns, saves, and wakes who must act. */
  async function atDesk<Result>(work: (desk: Desk) => Promise<Result>): Promise<Result> {
    const { result, desk } = await inLane(parts.connection, async (tx) => {
      const opened = await openDesk(tx, parts.config.current(), parts.now());
      const done = await work(opened);
      if (opened.roomAppeared) await giveRoom(opened);
      await saveDesk(opened);
      return { result: done, desk: opened };
    });
    if ([...desk.held.values()].some((held) => held.changed)) await parts.wake('flush');
    if (desk.records.outbox.length > 0) await parts.wake('outbox');
    return result;
  }
  /** One occasion on one ticket. */
  function onTicket(key: string, act: (desk: Desk, held: Held) => Occasion | null): Promise<void> {
    return atDesk(async (desk) => {
      const held = await heldTicket(desk, key);
      const occasion = act(desk, held);
      if (occasion !== null) takeTurn(desk, held, occasion);
    });
  }
  return {
    drainInbox: () => drain(parts, atDesk),
    wakeDue: () => lookAtAll(atDesk, dueKeys),
    reviewAll: () => reviewOpen(atDesk),
    open: (typed) => atDesk((desk) => openByHand(desk, typed)),
    adopt: (row) => atDesk(async (desk) => adoptRow(desk, row)),
    edit: (key, { by, at, changes }) => onTicket(key, () => ({ kind: 'edited', by, at, changes })),
    reply: (key, reply) => onTicket(key, (desk, held) => answer(desk, held, reply)),
    note: (key, note) => onTicket(key, (desk, held) => writeNote(desk, held, note)),
    giveBack: (key, by) => onTicket(key, (desk) => ({ kind: 'asked', by, at: desk.now, what: 'give_back' })),
    retryInbox: (id) => retry(parts, id, { insisted: false }),
    insistInbox: (id) => retry(parts, id, { insisted: true }),
  };
}

type AtDesk = <Result>(work: (desk: Desk) => Promise<Result>) => Promise<Result>;

async function drain(parts: PipelineParts, atDesk: AtDesk): Promise<void> {
  for (;;) {
    const taken = await takeBatch(parts, atDesk);
    if (taken < BATCH) return;
  }
}

/** Takes in the next rows; when the batch fails, each by itself, so that one bad row harms no other. */
async function takeBatch(parts: PipelineParts, atDesk: AtDesk): Promise<number> {
  try {
    return await atDesk((desk) => takeWaiting(desk, parts.connectors));
  } catch (error) {
    parts.log.error({ err: error }, 'a batch of requests could not be taken in; each is tried by itself');
    return takeOneByOne(parts, atDesk);
  }
}

async function takeWaiting(desk: Desk, connectors: Connectors): Promise<number> {
  const rows = await waitingRows(desk.tx, BATCH);
  if (rows.length === 0) return 0;
  await serveWhoWaited(desk);
  await takeIn(desk, rows, connectors);
  return rows.length;
}

async function takeOneByOne(parts: PipelineParts, atDesk: AtDesk): Promise<number> {
  const rows = await waitingRows(parts.connection.queries, BATCH);
  for (const row of rows) {
    try {
      await atDesk((desk) => takeIn(desk, [row], parts.connectors));
    } catch (error) {
      await noteFailure(parts, row, error);
    }
  }
  return rows.length;
}

/** Counts the failure; the last one sends the request to lost and found, where a person can try again. */
async function noteFailure({ connection, now, log }: PipelineParts, row: InboxRow, error: unknown): Promise<void> {
  const attempts = row.attempts + 1;
  const given = attempts >= ATTEMPTS;
  log.error({ err: error, inboxId: row.id, attempts }, given ? 'a request was set aside' : 'a request failed');
  await connection.queries
    .update(inbox)
    .set({
      attempts,
      problem: failureOf(error),
      ...(given ? { state: 'lost' as const, finishedAt: now() } : {}),
    })
    .where(eq(inbox.id, row.id));
}

function failureOf(error: unknown) {
  if (error instanceof Problem) return { code: error.code, message: error.message, fix: error.fix };
  return {
    code: 'inbox.failed',
    message: 'Tabledesk failed on this request; that is a fault of ours.',
    fix: 'Try it again after the next update, and report the error of the log.',
  };
}

/** Looks at batches of tickets until none is left. */
async function lookAtAll(atDesk: AtDesk, next: (desk: Desk) => Promise<string[]>): Promise<number> {
  for (let looked = 0; ;) {
    const keys = await atDesk(async (desk) => {
      const found = await next(desk);
      await hold(desk, found);
      for (const key of found) takeTurn(desk, await heldTicket(desk, key), { kind: 'due' });
      return found;
    });
    looked += keys.length;
    if (keys.length < BATCH) return looked;
  }
}

/** Waiting tickets first and the urgent before others, so that a place goes to who should have it. */
async function dueKeys(desk: Desk): Promise<string[]> {
  const rows = await desk.tx
    .select({ key: tickets.key })
    .from(tickets)
    .where(lte(tickets.wakeAt, desk.now))
    .orderBy(asc(tickets.wakeAt))
    .limit(BATCH);
  return rows.map((row) => row.key);
}

function reviewOpen(atDesk: AtDesk): Promise<number> {
  const seen = { key: '' };
  return lookAtAll(atDesk, async (desk) => {
    const rows = await desk.tx
      .select({ key: tickets.key })
      .from(tickets)
      .where(and(eq(tickets.isOpen, true), gt(tickets.key, seen.key)))
      .orderBy(asc(tickets.key))
      .limit(BATCH);
    seen.key = rows.at(-1)?.key ?? seen.key;
    return rows.map((row) => row.key);
  });
}

async function openByHand(desk: Desk, typed: TypedTicket): Promise<Opened> {
  const key = await receive(desk, messageOf(typed), { channel: 'console', receivedAt: desk.now, inboxId: null });
  return { ticketKey: key, number: (await heldTicket(desk, key)).ticket.number };
}

function adoptRow(desk: Desk, row: TypedRow): Opened {
  const message = messageOf(row);
  const held = newTicket(desk, message, { channel: 'base', receivedAt: row.createdAt, handTyped: row });
  takeTurn(desk, held, { kind: 'received', message });
  return { ticketKey: held.ticket.key, number: held.ticket.number };
}

function messageOf({ subject, text, requester }: TypedTicket | TypedRow) {
  return {
    externalId: null,
    sentAt: null,
    from: requester,
    subject,
    text,
    fields: {},
    attachments: [],
    thread: { ticketNumber: null, ticketKey: null },
  };
}

function answer(desk: Desk, held: Held, { by, text }: { by: string; text: string }): Occasion {
  const id = record(desk, held, { by, text, visibility: 'public' });
  desk.records.outbox.push(...composeReply(desk, held.ticket, { id, text, by }));
  held.ticket = { ...held.ticket, lastAgentMessageAt: desk.now };
  return { kind: 'replied', by: 'agent', name: by, text, at: desk.now };
}

/** A note changes nothing but the conversation: no clock stops for what the customer never sees. */
function writeNote(desk: Desk, held: Held, { by, text }: { by: string; text: string }): null {
  record(desk, held, { by, text, visibility: 'internal' });
  return null;
}

function record(
  desk: Desk,
  held: Held,
  { by, text, visibility }: { by: string; text: string; visibility: 'public' | 'internal' },
): string {
  const id = ulid(desk.now.epochMilliseconds);
  const { key: ticketKey } = held.ticket;
  desk.records.messages.push({ id, ticketKey, author: 'agent', authorName: by, visibility, text, at: desk.now });
  return id;
}

async function retry(
  { connection, wake }: PipelineParts,
  id: string,
  { insisted }: { insisted: boolean },
): Promise<void> {
  await connection.queries
    .update(inbox)
    .set({ state: 'waiting', attempts: 0, insisted, problem: null, finishedAt: null })
    .where(and(eq(inbox.id, id), sql`state in ('lost', 'ignored')`));
  await wake('inbox');
}
