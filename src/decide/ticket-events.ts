import type { Reason } from '../domain/decision.ts';
import { isIncident } from '../domain/incident.ts';
import type { Occasion } from '../domain/occasion.ts';
import { sentenceOf } from '../domain/sentence.ts';
import { isOpen, type Ticket } from '../domain/ticket.ts';
import type { EventMessage, EventType, TicketEvent } from '../domain/ticket-event.ts';

/** One turn of a ticket, once it is over. */
export interface TurnOver {
  before: Ticket;
  after: Ticket;
  occasion: Occasion;
  reasons: readonly Reason[];
  /** Letters to the requester that the turn wrote, as they go out. */
  letters: readonly string[];
}

/** Alarms of a clock. */
const ALARMS: Readonly<Record<string, EventType>> = {
  'sla.warned': 'ticket.sla_warning',
  'sla.breached': 'ticket.sla_breached',
  'sla.target_tightened': 'ticket.sla_breached',
};

/** By which reasons a queue got a ticket from another. */
const HANDED_OFF: ReadonlySet<string> = new Set(['handoff.moved', 'handoff.accepted']);

/**
 * What a turn is told as to systems that follow tickets, in the order in which it happened as far as they can tell: what
 * somebody said, what became of the ticket, and what we wrote.
 */
export function eventsOf(turn: TurnOver): readonly TicketEvent[] {
  return [...said(turn), ...became(turn), ...alarms(turn), ...handedOff(turn), ...wrote(turn)];
}

/** What began the turn. */
function said({ after, occasion, reasons }: TurnOver): readonly TicketEvent[] {
  const why = reasons[0] === undefined ? after.why : sentenceOf(reasons[0]);
  switch (occasion.kind) {
    case 'received': {
      const { requester, description: text } = after;
      return [{ type: 'ticket.created', why: after.why, message: { by: 'requester', name: requester.name, text } }];
    }
    case 'replied': {
      const message: EventMessage = {
        by: occasion.by === 'agent' ? 'agent' : 'requester',
        name: occasion.name,
        text: occasion.text,
      };
      return [{ type: occasion.by === 'agent' ? 'ticket.message_sent' : 'ticket.message_received', why, message }];
    }
    case 'rated':
      return [{ type: 'ticket.rated', why, message: null }];
    default:
      return [];
  }
}

/** What the ticket is that it was not before. Who follows one thing alone need not look for it in the changes. */
function became(turn: TurnOver): readonly TicketEvent[] {
  const { before, after, occasion, reasons } = turn;
  const isNew = occasion.kind === 'received';
  const isChanged = reasons.some(({ change }) => change !== null);
  const [wasOpen, open] = [isOpen(before.status), isOpen(after.status)];
  const [level, former] = [after.escalationLevel, before.escalationLevel];
  const found: readonly [boolean, EventType, string][] = [
    [isChanged && !isNew, 'ticket.updated', ''],
    [after.assignee !== null && after.assignee !== before.assignee, 'ticket.assigned', 'assignee'],
    [after.status !== before.status, 'ticket.status_changed', 'status'],
    [wasOpen && after.status === 'resolved', 'ticket.resolved', 'status'],
    [before.status !== 'closed' && after.status === 'closed', 'ticket.closed', 'status'],
    [!wasOpen && open, 'ticket.reopened', 'status'],
    [!isNew && after.priority !== before.priority, 'ticket.priority_changed', 'priority'],
    [level > former, 'ticket.escalated', 'escalationLevel'],
    [level < former, 'ticket.deescalated', 'escalationLevel'],
    [!isIncident(before) && isIncident(after), 'ticket.became_incident', 'linkedCount'],
    [after.incident !== null && after.incident !== before.incident, 'ticket.linked_to_incident', 'incident'],
  ];
  return found.flatMap(([isSo, type, field]) => (isSo ? [{ type, why: whyOf(turn, field), message: null }] : []));
}

/** The sentence of the last word on a field; that of the turn where there is none. */
function whyOf({ after, reasons }: TurnOver, field: string): string {
  const reason = reasons.findLast(({ change }) => change?.field === field);
  return reason === undefined ? after.why : sentenceOf(reason);
}

function alarms({ reasons }: TurnOver): readonly TicketEvent[] {
  return reasons.flatMap((reason) => {
    const type = ALARMS[reason.code];
    return type === undefined ? [] : [{ type, why: sentenceOf(reason), message: null }];
  });
}

/** A hand-off has one reason for each field that it moves. */
function handedOff({ reasons }: TurnOver): readonly TicketEvent[] {
  const reason = reasons.find(({ code }) => HANDED_OFF.has(code));
  return reason === undefined ? [] : [{ type: 'ticket.handed_off', why: sentenceOf(reason), message: null }];
}

function wrote({ after, letters }: TurnOver): readonly TicketEvent[] {
  return letters.map((text) => ({
    type: 'ticket.message_sent',
    why: after.why,
    message: { by: 'desk', name: '', text },
  }));
}
