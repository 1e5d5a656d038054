import { isOpen } from '../../domain/ticket.ts';
import { wasEndedByIncident } from '../incidents/waits.ts';
import type { SummaryPolicy } from '../policy.ts';
import { isBefore } from '../sla/moment.ts';
import type { Turn } from '../turn.ts';
import { isAnswered, write } from './letter.ts';
import { after } from './next-steps.ts';

/** Tells the customer what was done, once for each time that a person resolves the ticket. */
export function summarise(turn: Turn): void {
  const rules = turn.policy.followUp.summary;
  if (rules === null || isOpen(turn.ticket.status)) return forget(turn);
  if (isToBeTold(turn, rules)) plan(turn, rules);
  const { summaryDueAt } = turn.ticket;
  if (summaryDueAt === null || isBefore(turn.now, summaryDueAt)) return;
  turn.keep('summaryDueAt', null);
  send(turn, rules);
}

function forget(turn: Turn): void {
  if (turn.ticket.summaryDueAt !== null) turn.keep('summaryDueAt', null);
}

/**
 * What is closed without an answer, as spam is, has nothing to sum up. Of an incident that is over its requesters have
 * one letter: that about its end, or else this one.
 */
function isToBeTold(turn: Turn, { afterSilence }: SummaryPolicy): boolean {
  const { before, ticket, occasion, policy } = turn;
  if (!isOpen(before.status) || !(ticket.status === 'resolved' || isAnswered(ticket))) return false;
  if (wasEndedByIncident(turn)) return policy.incidents?.resolvedTemplate === null;
  // Who says that it is solved has the answer.
  return occasion.kind === 'edited' || (afterSilence && occasion.kind !== 'replied');
}

function plan(turn: Turn, { wait }: SummaryPolicy): void {
  turn.keep('summaryDueAt', after(turn.ticket.resolvedAt ?? turn.now, wait, turn.policy));
}

function send(turn: Turn, { template, advice }: SummaryPolicy): void {
  const { key, category, resolution, resolvedAt } = turn.ticket;
  write(turn, {
    codes: { sent: 'follow_up.summarised', withheld: 'follow_up.not_summarised' },
    key: `summary:${key}:${resolvedAt?.epochMilliseconds ?? ''}`,
    template,
    gaps: {
      'resolution.text': resolution ?? '',
      'resolution.advice': (category === null ? undefined : advice[category]) ?? '',
    },
    source: { kind: 'policy', name: 'summary' },
  });
}
