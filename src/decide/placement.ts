import type { Reason } from '../domain/decision.ts';
import type { InboundMessage } from '../domain/message.ts';
import { identitiesOf, type Identity, identityName } from '../domain/requester.ts';
import type { Status } from '../domain/ticket.ts';
import { isOpen } from '../domain/ticket.ts';
import { hashOf } from './hash.ts';
import { isOnlyThanks } from './only-thanks.ts';
import type { Policy } from './policy.ts';

/** A ticket that a message may belong to: of the same requester, or of the number or key that it quotes. */
export interface Candidate {
  key: string;
  number: number;
  requesterEmail: string | null;
  /** By what else the requester is known; nothing when left out. */
  identities?: readonly Identity[];
  status: Status;
  openedAt: Temporal.Instant;
  /** As `fingerprintOf` gave it for the message that opened the ticket. */
  fingerprint: string;
  /** The description as the requester wrote it. */
  text: string;
}

/** What a message is to become. `reason` is for the log of the ticket that it becomes, or belongs to. */
export type Placement =
  | { kind: 'new'; reason: Reason | null }
  /** An answer to a ticket that is not closed, or thanks for one that is. */
  | { kind: 'reply'; ticketKey: string; number: number; reason: Reason }
  /** The same request once more: nothing new is to be done. */
  | { kind: 'duplicate'; ticketKey: string; number: number; reason: Reason }
  /** An answer to a closed ticket: a new one that is linked to it. */
  | { kind: 'follow_up'; ticketKey: string; number: number; reason: Reason };

/** Keys of tickets, by the names of messages and conversations that belong to them. */
export type NamedMessages = ReadonlyMap<string, string>;

/** Whether a message opens a ticket, or belongs to one that exists. */
export function place(
  message: InboundMessage,
  candidates: readonly Candidate[],
  given: { policy: Policy; now: Temporal.Instant; named?: NamedMessages },
): Placement {
  const named = byName(message, candidates, given.named);
  if (named !== undefined) return onTicket('intake.answers', message, { ticket: named, policy: given.policy });
  const quoted = candidates.find((candidate) => isQuoted(message, candidate));
  if (quoted !== undefined && isTheirs(message, quoted))
    return onTicket('intake.threaded', message, { ticket: quoted, policy: given.policy });
  const fingerprint = fingerprintOf(message);
  const twin = candidates.find(
    (candidate) => candidate.fingerprint === fingerprint && isTwin(message, candidate, given),
  );
  if (twin !== undefined) return onTwin(message, twin);
  const opened = byAnswer(message, candidates, given.named);
  if (opened !== undefined) return onTicket('intake.overtaken', message, { ticket: opened, policy: given.policy });
  return { kind: 'new', reason: quoted === undefined ? null : distrust(message) };
}

/** Whoever knows the name of a message had it, or was in the same conversation, whatever address they write from. */
function byName(
  { thread, conversation }: InboundMessage,
  candidates: readonly Candidate[],
  named: NamedMessages | undefined,
): Candidate | undefined {
  const names = [...(thread.belongsTo ?? []), ...(conversation?.name ? [conversation.name] : [])];
  return ticketNamed(names, candidates, named);
}

function ticketNamed(
  names: readonly string[],
  candidates: readonly Candidate[],
  named: NamedMessages | undefined,
): Candidate | undefined {
  for (const name of names) {
    const key = named?.get(name);
    const found = key === undefined ? undefined : candidates.find((candidate) => candidate.key === key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** By what a ticket is known that an answer opened, which came before the message that it answers. */
export function overtakenName(name: string): string {
  return `overtaken ${name}`;
}

/** By what the ticket of an answer to a message is known, should that have come before. */
export function namesIfOvertaken({ thread, conversation }: InboundMessage): readonly string[] {
  const names = [...(thread.knownAs ?? []), ...(conversation?.name ? [conversation.name] : [])];
  return names.map(overtakenName);
}

/**
 * The ticket that an answer to this very message opened. A chat itself says what answers what; by mail anybody may
 * name any message that they know of, so that there only one's own answer counts.
 */
function byAnswer(
  message: InboundMessage,
  candidates: readonly Candidate[],
  named: NamedMessages | undefined,
): Candidate | undefined {
  const found = ticketNamed(namesIfOvertaken(message), candidates, named);
  return found !== undefined && (message.conversation !== undefined || isTheirs(message, found)) ? found : undefined;
}

/** By the key where the sender gives one, for numbers are easy to guess and to mistype. */
function isQuoted({ thread }: InboundMessage, { key, number }: Candidate): boolean {
  return thread.ticketKey === null ? thread.ticketNumber === number : thread.ticketKey === key;
}

/** Whether they may add to a ticket that they only quote. An address that is likely not theirs proves nothing. */
function isTheirs(message: InboundMessage, quoted: Candidate): boolean {
  return message.from.doubt === undefined && isSameRequester(message, quoted);
}

/** A number alone proves nothing: anybody can write one. Only the person who opened the ticket may add to it. */
function isSameRequester({ from }: InboundMessage, { requesterEmail: email, identities = [] }: Candidate): boolean {
  const known = identitiesOf({ email, identities }).map(identityName);
  return identitiesOf(from).some((each) => known.includes(identityName(each)));
}

/** Thanks for what was closed are nothing new; they are heard where they belong. */
function onTicket(
  code: 'intake.answers' | 'intake.threaded' | 'intake.overtaken',
  message: InboundMessage,
  { ticket, policy }: { ticket: Candidate; policy: Policy },
): Placement {
  if (ticket.status === 'closed' && !isThanks(message, policy)) {
    return { kind: 'follow_up', ...refer(ticket), reason: reasonOf('intake.follow_up', message, ticket) };
  }
  return { kind: 'reply', ...refer(ticket), reason: reasonOf(code, message, ticket) };
}

/** Whether a message says thanks and nothing else. */
export function isThanks({ from, text, attachments }: InboundMessage, policy: Policy): boolean {
  return attachments.length === 0 && isOnlyThanks(text, { from: from.name, policy });
}

function onTwin(message: InboundMessage, twin: Candidate): Placement {
  return { kind: 'duplicate', ...refer(twin), reason: reasonOf('intake.duplicate', message, twin) };
}

/**
 * The same requester sends the same text while the first is still worked on. The fingerprint covers the
 * form's other answers too; the texts are compared as well, so that a chance collision loses nothing.
 */
function isTwin(
  message: InboundMessage,
  candidate: Candidate,
  { policy, now }: { policy: Policy; now: Temporal.Instant },
): boolean {
  const { duplicateWindowMinutes } = policy.intake;
  if (duplicateWindowMinutes <= 0 || !isOpen(candidate.status) || !saysAnything(message)) return false;
  if (!isSameRequester(message, candidate)) return false;
  const apart = Math.abs((message.sentAt ?? now).since(candidate.openedAt).total('minutes'));
  if (apart > duplicateWindowMinutes) return false;
  return fold(candidate.text) === fold(message.text);
}

function saysAnything({ subject, text, fields }: InboundMessage): boolean {
  return [subject, text, ...Object.values(fields)].some((said) => said.trim() !== '');
}

function refer({ key, number }: Candidate): { ticketKey: string; number: number } {
  return { ticketKey: key, number };
}

function reasonOf(code: string, { from }: InboundMessage, { number }: { number: number }): Reason {
  return placed(code, { requester: from.email ?? from.name, number });
}

function distrust({ from, thread }: InboundMessage): Reason {
  const quoted = thread.ticketKey ?? String(thread.ticketNumber);
  const params = { requester: from.email ?? from.name, quoted };
  return from.doubt === undefined
    ? placed('intake.number_not_trusted', params)
    : placed('intake.sender_not_trusted', { ...params, doubt: from.doubt });
}

function placed(code: string, params: Reason['params']): Reason {
  const source: Reason['source'] = { kind: 'policy', name: 'placement' };
  return { stage: 'intake', code, params, change: null, evidence: [], source, opinion: null };
}

/**
 * A short name for a request: who asks what, whatever the capitals and spaces. 64 bits in two halves that
 * are mixed differently; among a million requests the odds of any two colliding by chance are about one in
 * 37 million, and whoever makes two collide on purpose only has a text compared once more.
 */
export function fingerprintOf(message: Pick<InboundMessage, 'from' | 'subject' | 'text' | 'fields'>): string {
  const { from, subject, text, fields } = message;
  const answers = Object.entries(fields).map(([name, value]) => `${name}\u0001${fold(value)}`);
  const parts = [addressOf(from.email ?? from.name), fold(subject), fold(text), ...answers.toSorted()];
  const said = parts.join('\u0000');
  return hex(hashOf(said, 0)) + hex(hashOf(said, 1));
}

/** Capitals, widths and white space make no difference. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

function addressOf(email: string): string {
  return email.trim().toLowerCase();
}

function hex(half: number): string {
  return half.toString(16).padStart(8, '0');
}
