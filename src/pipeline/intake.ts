import { and, asc, eq, gte, inArray, or, sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { inbox, type StoredProblem, tickets } from '../db/schema.ts';
import { type NoTicket, ticketOfMachine, whyNoTicket } from '../decide/not-ticket.ts';
import { type Candidate, fingerprintOf, place } from '../decide/placement.ts';
import { type Arrival, ticketSaid } from '../decide/ticket-said.ts';
import type { DeliveryReport, InboundMessage } from '../domain/message.ts';
import { identitiesOf, identityName } from '../domain/requester.ts';
import type { Ticket } from '../domain/ticket.ts';
import { storable } from '../kit/storable-text.ts';
import type { Parsed } from '../ports/channel.ts';
import { isOneTooMany, readArrivals } from './breaker.ts';
import { readCustomers } from './customers/index.ts';
import { countAcknowledgements, type Desk, heldRow, heldTicket } from './desk.ts';
import { readEarlier } from './earlier.ts';
import { readExchanges } from './exchanges.ts';
import { type Letter, readDead, readLetters } from './deliveries.ts';
import { heard, heardBack, heardMachine, openTurn } from './hear.ts';
import { leftOutBecause } from './left-out.ts';
import { newTicket } from './new-ticket.ts';
import { readNames } from './names.ts';
import { asOvertaking, callBack } from './overtaken.ts';
import type { InboxRow, ReadRow } from './read-rows.ts';
import { recordReasons } from './take-turn.ts';
import { hearReport, lettersReported } from './undelivered.ts';

/** What was made of one inbox row. */
interface Outcome {
  id: string;
  state: 'done' | 'ignored' | 'lost';
  ticketKey: string | null;
  problem: StoredProblem | null;
  /** Who wrote it, while there is a breaker. */
  sender: string | null;
}

/** The oldest rows that wait, in the order in which they came. */
export function waitingRows(queries: Queries, limit: number): Promise<InboxRow[]> {
  return queries.select().from(inbox).where(eq(inbox.state, 'waiting')).orderBy(asc(inbox.seq)).limit(limit);
}

/** Of these, those that still wait: somebody else may have taken some meanwhile. */
export async function stillWaiting(desk: Desk, read: readonly ReadRow[]): Promise<readonly ReadRow[]> {
  const ids = read.map(({ row }) => row.id);
  const rows = await desk.tx
    .select({ id: inbox.id })
    .from(inbox)
    .where(and(inArray(inbox.id, ids), eq(inbox.state, 'waiting')));
  const waiting = new Set(rows.map(({ id }) => id));
  return read.filter(({ row }) => waiting.has(row.id));
}

/**
 * Makes tickets and answers of stored requests. Nothing is dropped: what is no ticket stays in the inbox
 * with its reason. Says how many requests wait anew, since what they belong to has come.
 */
export async function takeIn(desk: Desk, read: readonly ReadRow[]): Promise<number> {
  const arrived = read.flatMap(({ parsed }) => (parsed.kind === 'messages' ? parsed.messages : []));
  const addresses = arrived.flatMap((message) => message.from.email ?? []);
  await countAcknowledgements(
    desk,
    arrived.flatMap((message) => message.conversation?.to ?? message.from.email ?? []),
  );
  await readExchanges(desk, addresses);
  await readDead(desk, addresses);
  await readLetters(desk, reportsIn(read));
  await readEarlier(desk, addresses);
  await readCustomers(
    desk,
    ticketsSaid(read, desk).map((ticket) => ({ ticket, given: ticket.requester.identities ?? [] })),
  );
  await readNames(desk, arrived);
  await holdCandidates(desk, arrived);
  await readSenders(desk, read);
  const outcomes: Outcome[] = [];
  for (const { row, parsed } of read) outcomes.push(await settle(desk, row, parsed));
  await saveOutcomes(desk, outcomes);
  return callBack(desk, arrived);
}

/** What the messages of these rows would make of tickets, for those who must know before there are any. */
export function ticketsSaid(
  read: readonly ReadRow[],
  { config, now }: Pick<Desk, 'config' | 'now'>,
): readonly Ticket[] {
  return read.flatMap(({ row, parsed }) =>
    parsed.kind === 'messages'
      ? parsed.messages.map((message) => ticketSaid(message, row, { policy: config.policy, now }))
      : [],
  );
}

async function settle(desk: Desk, row: InboxRow, parsed: Parsed): Promise<Outcome> {
  const messages = messagesOf(row, parsed);
  if (messages === null) return setAside(row, parsed);
  const told = row.insisted ? null : await hearOfLetters(desk, row, parsed);
  if (told !== null) return told;
  const sender = senderOf(messages);
  const isTooMuch = sender !== null && (await isOneTooMany(desk, sender, row.receivedAt));
  const why = row.insisted ? null : whyNone(desk, messages, { row, isTooMuch });
  const counted = { id: row.id, sender: desk.config.policy.intake.breaker === null ? null : sender };
  if (why !== null) {
    const problem = leftOutBecause(why, { policy: desk.config.policy, sender: sender ?? 'Somebody' });
    const kept = why.kind === 'talk' ? asOvertaking(problem, messages) : problem;
    return { ...counted, state: 'ignored', ticketKey: null, problem: kept };
  }
  const keys: string[] = [];
  for (const message of messages) keys.push(await receive(desk, message, { ...row, inboxId: row.id }));
  return { ...counted, state: 'done', ticketKey: keys[0] ?? null, problem: null };
}

function reportsIn(read: readonly ReadRow[]): readonly DeliveryReport[] {
  return read.flatMap(({ parsed }) => {
    if (parsed.kind !== 'messages') return [];
    return [...(parsed.reports ?? []), ...parsed.messages.flatMap(({ report }) => report ?? [])];
  });
}

/** What a request tells of letters of ours; null where it brings something besides, or means none of ours. */
async function hearOfLetters(desk: Desk, row: InboxRow, parsed: Parsed): Promise<Outcome | null> {
  if (parsed.kind !== 'messages') return null;
  const { messages, reports = [] } = parsed;
  const ofChat = await lettersReported(desk, reports, row.channel);
  for (const found of ofChat) await hearReport(desk, { ...found, at: row.receivedAt });
  const [message] = messages;
  if (message === undefined) return outcomeOf(row, ofChat[0]?.letter ?? null);
  const letter = messages.length > 1 ? null : await heardBack(desk, { message, arrival: { ...row, inboxId: row.id } });
  return letter === null ? null : outcomeOf(row, letter);
}

/** What became of a letter is heard on its ticket; of a notice it is on the page Health. */
function outcomeOf({ id }: InboxRow, letter: Letter | null): Outcome {
  const outcome = { id, sender: null };
  if (letter?.kind === 'message') return { ...outcome, state: 'done', ticketKey: letter.ticketKey, problem: null };
  const message =
    letter === null
      ? 'It tells what became of messages that we do not know.'
      : `A notice to ${letter.recipient} came back; the page Health says what that means.`;
  const fix = 'Nothing is to be done here.';
  return { ...outcome, state: 'ignored', ticketKey: null, problem: { code: 'inbox.ignored', message, fix } };
}

/** Why none of a request's messages is a ticket. When one is, none is left out, as one click brings back all. */
function whyNone(
  desk: Desk,
  messages: readonly InboundMessage[],
  { row, isTooMuch }: { row: InboxRow; isTooMuch: boolean },
): NoTicket | null {
  const candidates = candidatesOf(desk);
  const given = { policy: desk.config.policy, now: desk.now, named: desk.named };
  const whys = messages.map((message) => {
    const placement = place(message, candidates, given);
    const ticket = ticketSaid(message, row, given);
    return whyNoTicket({ ...given, message, ticket, placement, isTooMuch });
  });
  return whys.includes(null) ? null : (whys[0] ?? null);
}

/** A request is one message, or some of one sender: an address, or by what else the person is known. */
function senderOf([message]: readonly InboundMessage[]): string | null {
  const [first] = message === undefined ? [] : identitiesOf(message.from);
  return first === undefined ? null : identityName(first);
}

async function readSenders(desk: Desk, read: readonly ReadRow[]): Promise<void> {
  const senders = read.flatMap(({ parsed }) => (parsed.kind === 'messages' ? (senderOf(parsed.messages) ?? []) : []));
  const since = read.map(({ row }) => row.receivedAt).reduce(earlier, desk.now);
  await readArrivals(desk, senders, since);
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) <= 0 ? one : other;
}

/** What is to become tickets; null when nothing is. A person who insists gets a ticket of anything. */
function messagesOf(row: InboxRow, parsed: Parsed): readonly InboundMessage[] | null {
  if (parsed.kind === 'messages') return parsed.messages;
  if (!row.insisted) return null;
  return parsed.kind === 'ignored' && parsed.messages.length > 0 ? parsed.messages : [rawMessage(row)];
}

/** A request that nobody can read, as a message: its body as it came, for a person to make sense of. */
function rawMessage(row: InboxRow): InboundMessage {
  return {
    externalId: null,
    sentAt: null,
    from: { name: 'Unknown', email: null },
    subject: `Unreadable request over ${row.channel}`,
    text: storable(Buffer.from(row.body).toString('utf8')),
    account: {},
    fields: {},
    attachments: [],
    thread: { ticketNumber: null, ticketKey: null },
    automatic: null,
  };
}

function setAside(row: InboxRow, parsed: Parsed): Outcome {
  const aside = { id: row.id, ticketKey: null, sender: null };
  if (parsed.kind === 'unreadable') return { ...aside, state: 'lost', problem: parsed.problem.toJSON() };
  const reason = parsed.kind === 'ignored' ? parsed.reason : 'It holds no message.';
  return {
    ...aside,
    state: 'ignored',
    problem: { code: 'inbox.ignored', message: reason, fix: 'Make a ticket of it if it is one.' },
  };
}

/** One message finds its place: a ticket of its own, or one that exists. Returns the ticket's key. */
export async function receive(
  desk: Desk,
  message: InboundMessage,
  arrival: Arrival & { inboxId: string | null },
): Promise<string> {
  const { policy } = desk.config;
  const candidates = candidatesOf(desk);
  const found = place(message, candidates, { policy, now: desk.now, named: desk.named });
  const ofMachine = ticketOfMachine({ message, placement: found, policy });
  if (ofMachine !== null) return await heardMachine(desk, await heldTicket(desk, ofMachine), { message, arrival });
  if (found.kind === 'reply' || found.kind === 'duplicate') {
    const held = await heldTicket(desk, found.ticketKey);
    recordReasons(desk, held.ticket, [found.reason]);
    if (found.kind === 'reply') await heard(desk, held, { message, arrival });
    return found.ticketKey;
  }
  const followUpOf = found.kind === 'follow_up' ? { key: found.ticketKey, number: found.number } : null;
  const said =
    followUpOf === null ? message : fromRequesterOf((await heldTicket(desk, followUpOf.key)).ticket, message);
  const held = newTicket(desk, said, { ...arrival, followUpOf });
  if (found.reason !== null) recordReasons(desk, held.ticket, [found.reason]);
  await openTurn(desk, held, { message: said, arrival });
  return held.ticket.key;
}

/** The page of a ticket says which ticket it is, and not who writes: whoever asked does. */
function fromRequesterOf({ requester, conversation }: Ticket, message: InboundMessage): InboundMessage {
  const { name, email, identities = [] } = requester;
  if (message.from.name !== '' || message.from.email !== null) return message;
  const there = message.conversation ?? conversation;
  return { ...message, from: { name, email, identities }, ...(there !== null && { conversation: there }) };
}

/** Reads the tickets that any of these messages could belong to, in one query for all. */
async function holdCandidates(desk: Desk, arrived: readonly InboundMessage[]): Promise<void> {
  const fingerprints = arrived.map(fingerprintOf);
  const numbers = arrived.flatMap(({ thread }) => thread.ticketNumber ?? []);
  const keys = [...arrived.flatMap(({ thread }) => thread.ticketKey ?? []), ...desk.named.values()];
  if (fingerprints.length === 0) return;
  const since = desk.now.subtract({ minutes: desk.config.policy.intake.duplicateWindowMinutes });
  const rows = await desk.tx
    .select()
    .from(tickets)
    .where(
      or(
        and(inArray(tickets.fingerprint, fingerprints), gte(tickets.openedAt, since)),
        numbers.length > 0 ? inArray(tickets.number, numbers) : undefined,
        keys.length > 0 ? inArray(tickets.key, keys) : undefined,
      ),
    );
  for (const row of rows) if (!desk.held.has(row.key)) desk.held.set(row.key, heldRow(row));
}

function candidatesOf(desk: Desk): Candidate[] {
  return [...desk.held.values()].map(({ ticket, fingerprint }) => ({
    key: ticket.key,
    number: ticket.number,
    requesterEmail: ticket.requester.email,
    identities: ticket.requester.identities ?? [],
    status: ticket.status,
    openedAt: ticket.openedAt,
    fingerprint,
    text: ticket.description,
  }));
}

async function saveOutcomes(desk: Desk, outcomes: readonly Outcome[]): Promise<void> {
  await desk.tx.execute(sql`
    update inbox
    set state = made.state, ticket_key = made."ticketKey", problem = made.problem, sender = made.sender,
        finished_at = ${desk.now.toString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb)
      as made (id text, state text, "ticketKey" text, problem jsonb, sender text)
    where inbox.id = made.id
  `);
}
