import type { Automatic, AutomaticKind, InboundMessage } from '../domain/message.ts';
import type { Ticket } from '../domain/ticket.ts';
import { holds, subjectOf } from './conditions/index.ts';
import { isThanks, type Placement } from './placement.ts';
import type { LeftOut, NotTicket, Policy } from './policy.ts';

/** Why no ticket is made of a message. */
export type NoTicket =
  | { kind: 'machine'; automatic: Automatic }
  | { kind: 'thanks' }
  | { kind: 'talk' }
  | { kind: 'rule'; rule: NotTicket }
  | { kind: 'too_many' };

/** A message on its way in, with all that it is judged by. */
export interface Arriving {
  message: InboundMessage;
  /** The ticket that it would become. */
  ticket: Ticket;
  placement: Placement;
  policy: Policy;
  now: Temporal.Instant;
  /** Whether its sender wrote so much of late that it is held back. */
  isTooMuch: boolean;
}

/** What the requester of a ticket may have sent all the same, when it quotes the ticket. */
const MAY_BE_AN_ANSWER: ReadonlySet<AutomaticKind> = new Set(['list', 'spam', 'notification']);

/** A reply prefix, as mail programs of different languages put it before a subject. */
const REPLY_PREFIX = /^\s*(?:re|aw|antw|sv|vs|tr|rv|res|wg|fwd?)\s*(?:\[\d+\])?\s*:/i;

/** Why a message is no ticket; null when it is one, or belongs to one. Nothing is lost by it: a person can insist. */
export function whyNoTicket(arriving: Arriving): NoTicket | null {
  const { message, ticket, placement, policy, now, isTooMuch } = arriving;
  const automatic = machineOf(message, policy);
  const ofMachine = ticketOfMachine(arriving);
  const isAnswer = automatic === null || (isForTicket(arriving) && MAY_BE_AN_ANSWER.has(automatic.kind));
  if (!isAnswer && ofMachine === null) return { kind: 'machine', automatic };
  if (isTooMuch) return { kind: 'too_many' };
  if (ofMachine !== null || isForTicket(arriving)) return null;
  if (message.thread.mustBelong === true && placement.kind !== 'follow_up') return { kind: 'talk' };
  if (isLeftOut('thanks', policy) && isBareThanks(message, policy)) return { kind: 'thanks' };
  const subject = subjectOf(ticket, now);
  const rule = policy.intake.notTickets.find(({ when }) => holds(when, subject) !== null);
  return rule === undefined ? null : { kind: 'rule', rule };
}

/**
 * The ticket to which a machine answered, or on which it reports something. A number alone proves nothing, and a letter
 * of ours that came back is heard before.
 */
export function ticketOfMachine({
  message,
  placement,
  policy,
}: Pick<Arriving, 'message' | 'placement' | 'policy'>): string | null {
  const automatic = machineOf(message, policy);
  const isReport = automatic?.kind === 'auto_reply' || automatic?.kind === 'bounce';
  return isReport && placement.kind === 'reply' ? placement.ticketKey : null;
}

/** The machine that wrote what the desk leaves out; null for people, and for machines that may open tickets. */
function machineOf({ automatic }: InboundMessage, policy: Policy): Automatic | null {
  if (automatic === null || automatic.kind === 'own') return automatic;
  const { kind, evidence } = automatic;
  const isOwnList = kind === 'list' && policy.intake.ownLists.some((list) => evidence.includes(list));
  return isOwnList || !isLeftOut(kind, policy) ? null : automatic;
}

function isLeftOut(kind: LeftOut, { intake: { leaveOut } }: Policy): boolean {
  return leaveOut.includes(kind);
}

/** What belongs to a ticket is judged there. */
function isForTicket({ placement: { kind } }: Arriving): boolean {
  return kind === 'reply' || kind === 'duplicate';
}

/** Thanks, with nothing beside them: no answer to a question, no subject that says something. */
function isBareThanks(message: InboundMessage, policy: Policy): boolean {
  const { subject, text, fields } = message;
  if (Object.keys(fields).length > 0) return false;
  const isOfText = text.trim().startsWith(subject.trim().replace(/…$/, ''));
  const saysNothing = isOfText || REPLY_PREFIX.test(subject) || isThanks({ ...message, text: subject }, policy);
  // Most subjects say something, and are read sooner than texts.
  return saysNothing && isThanks(message, policy);
}
