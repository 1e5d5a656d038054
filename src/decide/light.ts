import type { Occasion } from '../domain/occasion.ts';
import { isOpen, PRIORITIES, type Ticket } from '../domain/ticket.ts';
import { holds } from './conditions/index.ts';
import type { Policy } from './policy.ts';
import type { Because, Turn } from './turn.ts';

type Light = NonNullable<Policy['intake']['light']>;

/** From here on somebody waits too hard for a ticket without clocks. */
const URGENT = PRIORITIES.indexOf('high');

/**
 * A quick exchange stays light: no clock runs, and nobody is asked how it was. It becomes a full ticket when it
 * takes longer, matters more, or a person works on it as on one.
 */
export function weigh(turn: Turn): void {
  const { light } = turn.policy.intake;
  if (turn.occasion.kind === 'received') begin(turn, light);
  else if (turn.ticket.isLight) reconsider(turn, light);
}

function begin(turn: Turn, light: Light | null): void {
  const proof = light === null || isWeighty(turn.ticket) ? null : holds(light.when, turn.subject);
  if (light === null || proof === null) return;
  turn.keep('isLight', true);
  turn.note({ ...because('intake.light', {}), evidence: proof });
  lookAgain(turn, light);
}

function reconsider(turn: Turn, light: Light | null): void {
  const why = light === null ? 'config' : whyFull(turn, light);
  if (why === null && light !== null) return lookAgain(turn, light);
  const { contactCount, priority } = turn.ticket;
  turn.keep('isLight', false);
  turn.note(because('intake.promoted', { why, contactCount, priority, minutes: light?.minutes ?? null }));
}

type WhyFull = 'priority' | 'escalation' | 'messages' | 'edit' | 'time';

function whyFull({ ticket, occasion, now }: Turn, light: Light): WhyFull | null {
  if (isUrgent(ticket)) return 'priority';
  if (ticket.escalationLevel > 0) return 'escalation';
  if (ticket.contactCount > light.messages) return 'messages';
  if (isWork(occasion)) return 'edit';
  return isOpen(ticket.status) && now.epochMilliseconds >= fullAt(ticket, light).epochMilliseconds ? 'time' : null;
}

/** A person changes something; to end a quick exchange is not to work on it. */
function isWork(occasion: Occasion): boolean {
  if (occasion.kind !== 'edited') return false;
  const isEnd = (to: unknown) => to === 'resolved' || to === 'closed';
  return occasion.handoff !== undefined || occasion.changes.some(({ field, to }) => !(field === 'status' && isEnd(to)));
}

function isWeighty(ticket: Ticket): boolean {
  return isUrgent(ticket) || ticket.escalationLevel > 0;
}

function isUrgent({ priority }: Ticket): boolean {
  return PRIORITIES.indexOf(priority) >= URGENT;
}

function lookAgain(turn: Turn, light: Light): void {
  if (isOpen(turn.ticket.status)) turn.wakeAt(fullAt(turn.ticket, light));
}

function fullAt({ openedAt }: Ticket, { minutes }: Light): Temporal.Instant {
  return openedAt.add({ minutes });
}

function because(code: string, params: Because['params']): Because {
  return { stage: 'intake', code, params, evidence: [], source: { kind: 'policy', name: 'light' } };
}
