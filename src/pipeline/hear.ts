import { factsNeeded } from '../decide/facts.ts';
import { later } from '../decide/sla/moment.ts';
import { type Arrival, conversationOf } from '../decide/ticket-said.ts';
import type { Author, InboundMessage } from '../domain/message.ts';
import type { Agent } from '../domain/person.ts';
import { recipientOf, type Ticket } from '../domain/ticket.ts';
import { fileName } from '../kit/file-name.ts';
import { meetCustomer } from './customers/index.ts';
import type { Letter } from './deliveries.ts';
import { countAcknowledgements, type Desk, type Held } from './desk.ts';
import { hearThem } from './exchanges.ts';
import { recordFiles } from './files.ts';
import { recordNames, recordOvertaken } from './names.ts';
import { takeTurn } from './take-turn.ts';
import { hearAlive, hearReport, lettersReported } from './undelivered.ts';

/** A message, and where and when it came. */
export interface Arrived {
  message: InboundMessage;
  arrival: Arrival & { inboxId: string | null };
}

/** The first turn of a ticket, on the message that it came with. */
export async function openTurn(desk: Desk, held: Held, arrived: Arrived): Promise<void> {
  const { message } = arrived;
  recordOvertaken(desk, held.ticket.key, message);
  recordMessage(desk, held, arrived);
  const occasion = { kind: 'received', message } as const;
  if (factsNeeded(held.ticket, occasion).includes('acknowledgementsToday')) {
    await countAcknowledgements(desk, [recipientOf(held.ticket) ?? '']);
  }
  await meetCustomer(desk, { ticket: held.ticket, given: message.from.identities ?? [] });
  await hearAlive(desk, held, message);
  await takeTurn(desk, held, occasion);
}

/** Whoever works tickets and writes into the requester's conversation answers there; anybody else asks. */
export async function heard(desk: Desk, held: Held, arrived: Arrived): Promise<void> {
  const agent = agentWho(desk, arrived.message);
  const isRequester = agent !== null && agent.email === held.ticket.requester.email;
  if (agent === null || isRequester) await replied(desk, held, arrived);
  else await answeredThere(desk, held, { ...arrived, agent });
}

/** Of a chat, whose system vouches for who writes; whoever sends a mail can write any address. */
function agentWho({ config }: Desk, { conversation, from }: InboundMessage): Agent | null {
  if (conversation === undefined || from.email === null) return null;
  return config.policy.agents.find(({ email }) => email !== null && email.toLowerCase() === from.email) ?? null;
}

/** The answer stands where the requester reads it, so nothing is sent. */
async function answeredThere(desk: Desk, held: Held, { agent, ...arrived }: Arrived & { agent: Agent }): Promise<void> {
  const at = arrived.message.sentAt ?? arrived.arrival.receivedAt;
  held.ticket = { ...held.ticket, lastAgentMessageAt: later(at, held.ticket.lastAgentMessageAt) };
  recordMessage(desk, held, { ...arrived, author: 'agent' });
  await takeTurn(desk, held, { kind: 'replied', by: 'agent', name: agent.name, text: arrived.message.text, at });
}

async function replied(desk: Desk, held: Held, arrived: Arrived): Promise<void> {
  const at = arrived.message.sentAt ?? arrived.arrival.receivedAt;
  const conversation = conversationAfter(held.ticket, arrived, at);
  held.ticket = {
    ...held.ticket,
    lastCustomerMessageAt: later(at, held.ticket.lastCustomerMessageAt),
    conversation,
  };
  recordMessage(desk, held, arrived);
  const { from, text, attachments, saysSolved } = arrived.message;
  await meetCustomer(desk, { ticket: held.ticket, given: from.identities ?? [] });
  await hearAlive(desk, held, arrived.message);
  const hasFiles = attachments.length > 0;
  const name = from.name || held.ticket.requester.name;
  const said = { text, at, hasFiles, ...(saysSolved && { saysSolved }) };
  await takeTurn(desk, held, { kind: 'replied', by: 'customer', name, ...said });
}

/** Where the requester is answered from now on: where they wrote last, also when something older comes late. */
function conversationAfter({ conversation: before }: Ticket, { message, arrival }: Arrived, at: Temporal.Instant) {
  const { channel } = arrival;
  // Between two channels the order of arrival counts: their clocks have nothing to do with each other.
  const isOlder = before !== null && before.channel === channel && Temporal.Instant.compare(at, before.at) < 0;
  return isOlder ? before : conversationOf(message, { channel, at, before });
}

/** What a machine wrote is for the team to read, and no answer. */
export async function heardMachine(desk: Desk, held: Held, arrived: Arrived): Promise<string> {
  const { automatic, sentAt } = arrived.message;
  const at = sentAt ?? arrived.arrival.receivedAt;
  recordMessage(desk, held, { ...arrived, author: 'system' });
  if (automatic !== null) await takeTurn(desk, held, { kind: 'machine', automatic, at });
  return held.ticket.key;
}

/**
 * A letter of ours came back: what the mail says is for the team to read. Null where it means none of ours. What was
 * handed on to another address, and failed there, says nothing of the one to which we wrote.
 */
export async function heardBack(desk: Desk, arrived: Arrived): Promise<Letter | null> {
  const { message, arrival } = arrived;
  const reports = message.report === undefined ? [] : [message.report];
  const [found] = await lettersReported(desk, reports, null);
  if (found === undefined) return null;
  const held = desk.held.get(found.letter.ticketKey);
  if (found.letter.kind === 'message' && held !== undefined)
    recordMessage(desk, held, { ...arrived, author: 'system' });
  const isOfIt = message.text.toLowerCase().includes(found.letter.recipient.toLowerCase());
  const report = { ...found.report, isAddressDead: found.report.isAddressDead && isOfIt };
  await hearReport(desk, { letter: found.letter, report, at: message.sentAt ?? arrival.receivedAt });
  return found.letter;
}

function recordMessage(
  desk: Desk,
  held: Held,
  { message, arrival, author = 'customer' }: Arrived & { author?: Author },
): void {
  const id = nextMessageId(desk);
  recordNames(desk, held.ticket.key, message);
  const files = message.attachments.map((file) => ({ ...file, name: fileName(file.name) }));
  recordFiles(desk, { files, messageId: id, ticketKey: held.ticket.key, inboxId: arrival.inboxId });
  if (author === 'customer') hearThem(desk, held.ticket, { message, at: arrival.receivedAt });
  desk.records.messages.push({
    id,
    ticketKey: held.ticket.key,
    author,
    authorName: message.from.name || held.ticket.requester.name,
    visibility: author === 'system' ? 'internal' : 'public',
    text: message.text,
    attachments: files,
    at: message.sentAt ?? arrival.receivedAt,
    inboxId: arrival.inboxId,
  });
}

/**
 * Many systems tell the second in which something was written, and several messages may come at once: those of one
 * moment stand in the order in which they were taken in, which their ids say behind the time.
 */
function nextMessageId({ newId, now, records }: Desk): string {
  const id = newId(now);
  const place = records.messages.length.toString(16).toUpperCase().padStart(4, '0');
  return `${id.slice(0, 10)}${place}${id.slice(14)}`;
}
