import type { Progress } from '../domain/progress.ts';
import { isOpen, isOurTurn, type Ticket } from '../domain/ticket.ts';
import { momentOf } from './sla/event-map.ts';
import { later } from './sla/moment.ts';
import type { Policy } from './policy.ts';
import type { Turn } from './turn.ts';

const NOTHING_YET: Progress = { idleSinceAt: null, ownerChanges: 0, settledContacts: 0 };

/** How the work gets on as the turn has it so far. */
export function progressOf(turn: Turn): Progress {
  const { before, ticket, occasion, now } = turn;
  const was = before.progress ?? NOTHING_YET;
  const isAnswered = occasion.kind === 'replied' && occasion.by === 'agent';
  const hasLeft = occasion.kind !== 'received' && hasLeftHands(before, ticket);
  const actedAt = isStaffAction(turn) ? momentOf(turn) : null;
  const isReopened = isOpen(ticket.status) && !isOpen(before.status);
  const isOursAgain = isOurTurn(ticket.status) && !isOurTurn(before.status);
  return {
    idleSinceAt: later(was.idleSinceAt, isOursAgain ? now : actedAt),
    ownerChanges: isAnswered ? 0 : was.ownerChanges + (hasLeft ? 1 : 0),
    settledContacts: isReopened ? before.contactCount : was.settledContacts,
  };
}

/** Remembers how the work got on in this turn, for desks that ask: for the others it would be a write for nothing. */
export function keepProgress(turn: Turn): void {
  if (!isAskedFor(turn.policy)) return;
  const was = turn.before.progress ?? NOTHING_YET;
  const is = progressOf(turn);
  const isSame =
    is.idleSinceAt === was.idleSinceAt &&
    is.ownerChanges === was.ownerChanges &&
    is.settledContacts === was.settledContacts;
  if (!isSame) turn.keep('progress', is);
}

function isAskedFor({ escalation }: Policy): boolean {
  return escalation.definitions.some(({ after }) =>
    after.some(
      ({ ownerChanges, contacts, noProgressMinutes }) => (ownerChanges ?? contacts ?? noProgressMinutes) !== null,
    ),
  );
}

/** Since when nobody moved the ticket on. Before anybody counted, by what it shows of its past. */
export function idleSince(turn: Turn): Temporal.Instant {
  const { createdAt, lastAgentMessageAt, handoff, overrides } = turn.ticket;
  const { idleSinceAt } = progressOf(turn);
  if (idleSinceAt !== null) return idleSinceAt;
  const deeds = [lastAgentMessageAt, handoff?.at ?? null, ...Object.values(overrides).map(({ at }) => at)];
  return deeds.reduce<Temporal.Instant>((latest, deed) => later(latest, deed), createdAt);
}

/**
 * What could not be taken over moved nothing; and columns of the team's own change by themselves too, in bases that
 * compute or automate.
 */
function isStaffAction({ occasion, before, ticket }: Turn): boolean {
  switch (occasion.kind) {
    case 'edited':
      return ticket !== before && (occasion.changes.length > 0 || occasion.handoff !== undefined);
    case 'replied':
      return occasion.by === 'agent';
    case 'noted':
    case 'asked':
      return true;
    case 'received':
    case 'machine':
    case 'undelivered':
    case 'rated':
    case 'advised':
    case 'reconsidered':
    case 'drafted':
    case 'due':
      return false;
  }
}

/** Who takes a ticket that nobody had takes it from no hands. */
function hasLeftHands(before: Ticket, after: Ticket): boolean {
  const hasLeftPerson = before.assignee !== null && before.assignee !== after.assignee;
  return hasLeftPerson || before.queue !== after.queue;
}
