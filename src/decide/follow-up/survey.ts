import { holds } from '../conditions/index.ts';
import { hashOf } from '../hash.ts';
import type { SurveyPolicy } from '../policy.ts';
import type { Turn } from '../turn.ts';
import { isAnswered, withhold, write } from './letter.ts';
import { closesAt } from './next-steps.ts';

/** Whoever is asked so many days after the ticket was to be closed no longer knows how it was. */
const LATEST_DAYS = 14;
const HASHES = 2 ** 32;

const LETTER = {
  codes: { sent: 'follow_up.surveyed', withheld: 'follow_up.not_surveyed' },
  leadsTo: 'survey',
  source: { kind: 'policy', name: 'survey' },
} as const;

/**
 * Asks a part of the customers how it was, when their ticket closes: then nothing more is to come of it. Not after a
 * quick exchange, and not those whose ticket was closed without an answer, as spam is.
 */
export function survey(turn: Turn): void {
  const rules = turn.policy.followUp.survey;
  if (rules === null || turn.before.status === 'closed' || turn.ticket.status !== 'closed') return;
  if (turn.ticket.isLight || (turn.before.status !== 'resolved' && !isAnswered(turn.ticket))) return;
  const proof = holds(rules.when, turn.subject);
  if (proof === null) return;
  const why = whyNot(turn, rules);
  const params = { percent: Math.round(rules.share * 100), days: rules.pauseDays };
  if (why !== null) return void withhold(turn, { ...LETTER, params }, why);
  const key = `survey:${turn.ticket.key}:${turn.now.epochMilliseconds}`;
  const isAsked = write(turn, { ...LETTER, key, template: rules.template, params, evidence: proof });
  if (isAsked) turn.keep('surveyedAt', turn.now);
}

type WhyNot = 'not_drawn' | 'no_page' | 'too_late' | 'asked_lately';

/** Whether anybody is asked at all, then whether this ticket is drawn, then what else keeps us from asking now. */
function whyNot({ before, ticket, policy, facts, now }: Turn, { share, pauseDays }: SurveyPolicy): WhyNot | null {
  if (!facts.hasSurveyPage) return 'no_page';
  if (!isDrawn(ticket.key, share)) return 'not_drawn';
  const endedAt = closesAt(before, policy) ?? ticket.resolvedAt ?? now;
  if (days(endedAt, now) > LATEST_DAYS) return 'too_late';
  const { lastSurveyAt } = facts;
  return lastSurveyAt !== null && days(lastSurveyAt, now) < pauseDays ? 'asked_lately' : null;
}

/** Whether a ticket is among those whose requester is asked: the same ticket always is, or never. */
export function isDrawn(ticketKey: string, share: number): boolean {
  return hashOf(ticketKey) < share * HASHES;
}

function days(from: Temporal.Instant, to: Temporal.Instant): number {
  return (to.epochMilliseconds - from.epochMilliseconds) / 86_400_000;
}
