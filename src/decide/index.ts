import type { Reason } from '../domain/decision.ts';
import type { Effect } from '../domain/effect.ts';
import type { Occasion } from '../domain/occasion.ts';
import type { Ticket } from '../domain/ticket.ts';
import { acknowledge } from './acknowledge.ts';
import { clarify } from './clarify/index.ts';
import { knowCustomer } from './customers/know.ts';
import { announceEscalation, escalate } from './escalation/index.ts';
import type { Facts } from './facts.ts';
import { followUp } from './follow-up/index.ts';
import { followHandoff } from './handoff/index.ts';
import { hearFrustration } from './frustration/hear.ts';
import { raise } from './frustration/raise.ts';
import { weigh } from './light.ts';
import { normalise } from './normalise.ts';
import { link } from './incidents/index.ts';
import { takeOccasion } from './occasion.ts';
import { hearLanguage } from './language.ts';
import type { Policy } from './policy.ts';
import { keepProgress } from './progress.ts';
import { route } from './routing/index.ts';
import { serveSelf } from './self-service.ts';
import { keepClocks } from './sla/index.ts';
import { suggest } from './suggest/index.ts';
import { triage } from './triage.ts';
import { beginTurn } from './turn.ts';

export { modelQuestion } from './model-question.ts';

export interface Given {
  policy: Policy;
  facts: Facts;
  now: Temporal.Instant;
}

export interface Judgement {
  /** As it stands when all effects are applied. */
  ticket: Ticket;
  effects: readonly Effect[];
  reasons: readonly Reason[];
  /** The next instant at which the answer could differ; null when only a new occasion can change it. */
  wakeAt: Temporal.Instant | null;
  /** Keys of other tickets that are to be looked at too, because this one may concern them. */
  wakes: readonly string[];
  /** Whether the ticket was triaged, so that whoever has an opinion of it was heard. */
  isTriaged: boolean;
}

/** The judgement: what is to happen to a ticket now, and why. Pure; the order of the stages is the order below. */
export function decide(ticket: Ticket, occasion: Occasion, given: Given): Judgement {
  const turn = beginTurn(ticket, occasion, given);
  takeOccasion(turn);
  normalise(turn);
  knowCustomer(turn);
  hearLanguage(turn);
  hearFrustration(turn);
  clarify(turn);
  const isTriaged = triage(turn);
  raise(turn);
  link(turn);
  followUp(turn);
  followHandoff(turn);
  escalate(turn);
  serveSelf(turn);
  route(turn);
  weigh(turn);
  if (!turn.ticket.isLight) keepClocks(turn);
  keepProgress(turn);
  announceEscalation(turn);
  suggest(turn);
  acknowledge(turn);
  return { ...turn.finish(), isTriaged };
}
