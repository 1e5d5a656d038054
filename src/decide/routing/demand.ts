import type { Evidence, Source } from '../../domain/decision.ts';
import { isPending } from '../../domain/handoff.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { holds, type Subject, subjectAfter } from '../conditions/index.ts';
import { rulesInPlay } from '../conditions/rules-in-play.ts';
import type { Policy, RouteThen, Rule } from '../policy.ts';
import type { Because, Turn } from '../turn.ts';
import { hasSkills, peopleOf } from './people.ts';

/** Where a ticket belongs and what whoever takes it must know, however busy everybody is. */
export interface Demand {
  queue: string;
  /** Every one of these is a must: those of the queue and those of the rule. */
  skills: readonly string[];
  /** Who has more of these goes first. */
  preferredSkills: readonly string[];
  /** Name of the rule that chose the queue or asked for skills; null when none did. */
  rule: string | null;
  because: Because;
  /** Nobody in the wanted queue could ever take it, so that it stands in the default queue. */
  stranded: { wanted: string; skills: readonly string[] } | null;
}

/** What rules say: of each field, the first that sets it. */
interface Found {
  queue: { rule: Rule<RouteThen>; name: string; proof: readonly Evidence[] } | null;
  skills: Rule<RouteThen> | null;
  preferredSkills: Rule<RouteThen> | null;
}

/** What the ticket demands now. */
export function demandOf(turn: Turn): Demand {
  return demand(turn.ticket, turn.subject, turn.policy);
}

/** What the ticket demanded when the turn began, judged at the same moment, so that only the turn itself makes a difference. */
export function demandBefore(turn: Turn): Demand {
  return demand(turn.before, subjectAfter(turn.subject, turn.before), turn.policy);
}

/** Whether two demands ask for the same. */
export function sameDemand(one: Demand, other: Demand): boolean {
  return one.queue === other.queue && one.skills.join('\n') === other.skills.join('\n');
}

function demand(ticket: Ticket, subject: Subject, policy: Policy): Demand {
  const chosen = ticket.overrides.queue ?? waitingHandoff(ticket);
  if (chosen !== undefined) {
    const found = ticket.needsReview ? NOTHING : consult(policy, subject, ticket.queue);
    return { ...wanted(found, ticket.queue, policy), because: byHand(ticket.queue, chosen.by) };
  }
  if (ticket.needsReview) {
    const queue = policy.triage.reviewQueue;
    return { ...wanted(NOTHING, queue, policy), because: reviewed(queue) };
  }
  const found = consult(policy, subject, null);
  const queue = found.queue?.name ?? policy.routing.defaultQueue;
  const ruled = {
    ...wanted(found, queue, policy),
    because: found.queue === null ? byDefault(queue) : byRule(found.queue),
  };
  return isStranded(ruled, policy) ? strandedOf(ruled, policy) : ruled;
}

/** Whoever hands a ticket off means it to stay where it is until the other queue has it. */
function waitingHandoff({ handoff }: Ticket): { by: string } | undefined {
  return handoff !== null && isPending(handoff) ? handoff : undefined;
}

const NOTHING: Found = { queue: null, skills: null, preferredSkills: null };

/**
 * Asks the rules in their order. The skills of a rule that names a queue are what that queue needs for such
 * tickets, and count only when the ticket goes there; a rule without a queue asks for skills anywhere.
 */
function consult(policy: Policy, subject: Subject, chosenQueue: string | null): Found {
  const found: Found = { ...NOTHING };
  for (const rule of rulesInPlay(policy.routing.rules, subject)) {
    const { queue, skills, preferredSkills } = rule.then;
    const there = chosenQueue ?? found.queue?.name;
    const elsewhere = queue !== undefined && there !== undefined && queue !== there;
    const givesQueue = queue !== undefined && found.queue === null && chosenQueue === null;
    const givesSkills = skills !== undefined && found.skills === null && !elsewhere;
    const givesPreferred = preferredSkills !== undefined && found.preferredSkills === null && !elsewhere;
    if (!givesQueue && !givesSkills && !givesPreferred) continue;
    const proof = holds(rule.when, subject);
    if (proof === null) continue;
    if (givesQueue) found.queue = { rule, name: queue, proof };
    if (givesSkills) found.skills = rule;
    if (givesPreferred) found.preferredSkills = rule;
  }
  return found;
}

function wanted(found: Found, queue: string, policy: Policy): Omit<Demand, 'because'> {
  const ofQueue = policy.queues[queue]?.skills ?? [];
  const ofRule = found.skills?.then.skills ?? [];
  return {
    queue,
    skills: ofRule.length === 0 ? ofQueue : [...new Set([...ofQueue, ...ofRule])],
    preferredSkills: found.preferredSkills?.then.preferredSkills ?? [],
    rule: (found.queue?.rule ?? found.skills ?? found.preferredSkills)?.name ?? null,
    stranded: null,
  };
}

/** A queue from which people take by hand may be empty; where somebody is to be chosen, somebody must be there. */
function isStranded({ queue, skills }: Omit<Demand, 'because'>, policy: Policy): boolean {
  const there = policy.queues[queue];
  if (there === undefined) return true;
  if (there.method === 'none') return false;
  return !peopleOf(policy)
    .membersOf(queue)
    .some((person) => hasSkills(person, skills));
}

/** To the default queue, where the rule's skills stay a must: better visible and unassigned than with the wrong person. */
function strandedOf(ruled: Demand, policy: Policy): Demand {
  const { defaultQueue } = policy.routing;
  const ofWanted = policy.queues[ruled.queue]?.skills ?? [];
  const ofRule = ruled.skills.filter((skill) => !ofWanted.includes(skill));
  const skills = [...new Set([...(policy.queues[defaultQueue]?.skills ?? []), ...ofRule])];
  const stranded = { wanted: ruled.queue, skills: ruled.skills };
  const because: Because = {
    ...byDefault(defaultQueue),
    code: 'route.nobody',
    params: { queue: defaultQueue, wanted: ruled.queue, skills: ruled.skills },
  };
  return { ...ruled, queue: defaultQueue, skills, because, stranded };
}

function byRule({ rule, name, proof }: NonNullable<Found['queue']>): Because {
  return {
    stage: 'route',
    code: 'route.rule',
    params: { queue: name },
    evidence: proof,
    source: { kind: 'rule', name: rule.name, owner: rule.owner },
  };
}

function byDefault(queue: string): Because {
  return plainly('route.default', { queue }, { kind: 'default' });
}

function reviewed(queue: string): Because {
  return plainly('route.review', { queue }, { kind: 'policy', name: 'review' });
}

function byHand(queue: string, by: string): Because {
  return plainly('route.by_hand', { queue, by }, { kind: 'person', name: by });
}

function plainly(code: string, params: Because['params'], source: Source): Because {
  return { stage: 'route', code, params, evidence: [], source };
}
