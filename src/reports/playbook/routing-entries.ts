import type { HandoffContract, Policy, RouteThen, Rule, SlaPolicy, SlaTarget } from '../../decide/policy.ts';
import type { FallbackStep } from '../../domain/queue.ts';
import { minutesWords, plain, series } from '../../domain/sentences/words.ts';
import { PRIORITIES } from '../../domain/ticket.ts';
import { conditionWords } from './condition-words.ts';
import { waitWords } from './wait-words.ts';
import { type Entry, saidBy } from './entry.ts';

/** Where a ticket goes, and who may take it. */
export function routingEntries(policy: Policy): readonly Entry[] {
  return policy.routing.rules.map((rule) => ({
    ...saidBy(rule),
    stage: 'route' as const,
    // Its decision names the rule that gave the queue.
    isUncounted: rule.then.queue === undefined,
    trigger: conditionWords(rule.when),
    logic: routeWords(rule.then),
    exception: routeException(rule, policy),
  }));
}

function routeWords({ queue, skills = [], preferredSkills = [] }: RouteThen): readonly string[] {
  return [
    ...(queue === undefined ? [] : [`Goes to the queue ${queue}.`]),
    ...(skills.length === 0 ? [] : [`Who takes it must have ${series(skills)}.`]),
    ...(preferredSkills.length === 0 ? [] : [`Who has ${series(preferredSkills)} goes first.`]),
  ];
}

function routeException({ then: { queue } }: Rule<RouteThen>, { queues, routing }: Policy): string {
  const none = `Where no rule names a queue it goes to ${routing.defaultQueue}.`;
  if (queue === undefined) return none;
  const chain = queues[queue]?.fallback ?? [];
  if (chain.length === 0) return `${none} Where nobody of ${queue} can take it, it waits there.`;
  return `${none} Where nobody of ${queue} can take it: ${chain.map(stepWords).join(', then ')}.`;
}

function stepWords({ waitMinutes, then }: FallbackStep): string {
  const after = `after ${minutesWords(waitMinutes)}`;
  if (then.to === 'queue') return `${after} the queue ${then.queue}`;
  if (then.to === 'agent') return `${after} ${then.agent}`;
  return `${after} ${series(then.alert)} is told`;
}

/** What two queues have agreed on. */
export function handoffEntries({ routing }: Policy): readonly Entry[] {
  return routing.handoffs.map((contract) => ({
    ...saidBy(contract),
    stage: 'handoff' as const,
    trigger: `a ticket goes from ${queueWords(contract.from)} to ${queueWords(contract.to)}`,
    logic: contractWords(contract),
    exception:
      contract.transfer === 'accept'
        ? `Without an answer within ${waitWords({ minutes: contract.answerMinutes, calendar: contract.calendar })} it comes back, and both sides are told.`
        : 'Where something is missing the hand-off waits for it, and the ticket stays.',
  }));
}

function contractWords({ needs, transfer, customer }: HandoffContract): readonly string[] {
  const ways: Readonly<Record<HandoffContract['transfer'], string>> = {
    accept: 'The other queue accepts or rejects it.',
    at_once: 'It goes there at once.',
    collaborate: 'The other queue helps; the ticket stays.',
  };
  return [
    ...(needs.length === 0 ? [] : [`Needs ${series(needs)} first.`]),
    ways[transfer],
    ...(customer === null ? [] : [`The requester is told with ${customer}.md.`]),
  ];
}

function queueWords(queues: readonly string[] | null): string {
  return queues === null ? 'any queue' : series(queues, { last: 'or' });
}

/** What tickets are promised. */
export function slaEntries({ sla }: Policy): readonly Entry[] {
  return sla.policies.map((policy) => ({
    ...saidBy(policy),
    stage: 'sla' as const,
    trigger: conditionWords(policy.when),
    logic: promiseWords(policy),
    exception:
      'The first policy that holds is in force; a ticket that none is for has no due times. A warning goes out before, and one notice at the breach.',
  }));
}

function promiseWords({ targets, promises }: SlaPolicy): readonly string[] {
  return [
    ...targets.map((target) => `Aims at ${targetWords(target)}.`),
    ...promises.map((target) => `Promises ${targetWords(target)}.`),
  ];
}

function targetWords({ metric, minutes, calendar }: SlaTarget): string {
  const known = PRIORITIES.flatMap((priority) => {
    const target = minutes[priority];
    return target === undefined ? [] : [{ priority, target: minutesWords(target) }];
  });
  const isSame = known.length === PRIORITIES.length && known.every(({ target }) => target === known[0]?.target);
  const times = isSame ? known[0]?.target : known.map(({ priority, target }) => `${target} (${priority})`).join(', ');
  return `${plain(metric)} in ${times}${calendar === null ? '' : ` of ${calendar}`}`;
}
