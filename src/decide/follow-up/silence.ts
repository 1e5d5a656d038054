import { statusWords } from '../../domain/status-names.ts';
import { isAsking } from '../clarify/state.ts';
import type { SilencePolicy } from '../policy.ts';
import { isBefore, isSame, later } from '../sla/moment.ts';
import type { Because, Turn } from '../turn.ts';
import { write } from './letter.ts';
import { after, givesUpAt, remindsAt } from './next-steps.ts';

const SOURCE = { kind: 'policy', name: 'silence' } as const;

/**
 * While we wait for the customer, a reminder goes first, and then the ticket counts as resolved. Whoever speaks
 * begins the wait anew; what ends it takes a reminder back that has not left yet.
 */
export function waitForCustomer(turn: Turn): void {
  const rules = turn.policy.followUp.silence;
  // What we ask before triage has a reminder and an end of its own.
  const isOurs = rules?.statuses.includes(turn.ticket.status) === true && !isAsking(turn.ticket);
  if (rules === null || !isOurs) return endWait(turn);
  keepCount(turn);
  const remindAt = remindsAt(turn.ticket, turn.policy);
  if (turn.ticket.silence?.remindedAt === null && hasCome(turn, remindAt)) remind(turn, rules);
  if (hasCome(turn, givesUpAt(turn.ticket, turn.policy))) giveUp(turn, rules);
}

/** The wait begins with the status, and anew with each message of either side. */
function keepCount(turn: Turn): void {
  const { silence, lastAgentMessageAt, lastCustomerMessageAt } = turn.ticket;
  if (silence === null) return turn.keep('silence', { startedAt: turn.now, remindedAt: null });
  const startedAt = later(later(silence.startedAt, lastAgentMessageAt), lastCustomerMessageAt);
  if (isSame(startedAt, silence.startedAt)) return;
  takeBack(turn);
  turn.keep('silence', { startedAt, remindedAt: null });
}

function endWait(turn: Turn): void {
  if (turn.ticket.silence === null) return;
  takeBack(turn);
  turn.keep('silence', null);
}

/** A reminder that lies in the outbox still would ask for an answer that is there. */
function takeBack(turn: Turn): void {
  if (turn.ticket.silence?.remindedAt === null) return;
  turn.withdraw(reminderKey(turn));
}

function hasCome({ now }: Turn, at: Temporal.Instant | null): boolean {
  return at !== null && !isBefore(now, at);
}

/** Of nobody who can be written to it is noted once, and the wait goes on. */
function remind(turn: Turn, rules: SilencePolicy): void {
  const { silence } = turn.ticket;
  if (silence === null) return;
  const minutes = rules.resolveMinutes - rules.remindMinutes;
  const endsAt = after(turn.now, { minutes, calendar: rules.calendar }, turn.policy);
  write(turn, {
    codes: { sent: 'follow_up.reminded', withheld: 'follow_up.not_reminded' },
    key: reminderKey(turn),
    template: rules.reminder,
    gaps: { 'reminder.until': endsAt ?? '' },
    params: { minutes: rules.remindMinutes, calendar: rules.calendar },
    source: SOURCE,
  });
  turn.keep('silence', { ...silence, remindedAt: turn.now });
}

function giveUp(turn: Turn, rules: SilencePolicy): void {
  const { status, requester } = turn.ticket;
  const because: Because = {
    stage: 'follow_up',
    code: 'follow_up.silent',
    params: {
      name: requester.name || 'the requester',
      minutes: rules.resolveMinutes,
      calendar: rules.calendar,
      was: statusWords(turn.policy.desk.statuses, status),
    },
    evidence: [],
    source: SOURCE,
  };
  turn.keep('silence', null);
  turn.change('status', 'resolved', because);
  turn.change('resolvedAt', turn.now, because);
}

/** One reminder for each silence. */
function reminderKey({ ticket: { key, silence } }: Turn): string {
  return `reminded:${key}:${silence?.startedAt.epochMilliseconds ?? ''}`;
}
