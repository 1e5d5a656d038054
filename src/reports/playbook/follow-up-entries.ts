import type { CheckInRule, EscalationDefinition, Policy, Trigger } from '../../decide/policy.ts';
import { minutesWords, plain, series } from '../../domain/sentences/words.ts';
import { conditionWords } from './condition-words.ts';
import { waitWords } from './wait-words.ts';
import { type Entry, saidBy } from './entry.ts';

/** What goes wrong, and who must see to it. */
export function escalationEntries({ escalation }: Policy): readonly Entry[] {
  const { definitions, lastResort } = escalation;
  const nobody =
    lastResort.length === 0
      ? 'Where nobody of them can be reached, nobody is told.'
      : `Where nobody of them can be reached, ${series(lastResort)} is told.`;
  return definitions.map((definition) => ({
    ...saidBy(definition),
    stage: 'escalate' as const,
    trigger: triggerWords(definition),
    logic: escalationWords(definition),
    exception: `${nobody} It ends ${series(definition.until.map(endingWords), { last: 'or' })}; a person can always end it.`,
  }));
}

function triggerWords({ when, after }: EscalationDefinition): string {
  const events = thresholdWords({ after });
  if (events === '') return conditionWords(when);
  const isAny = when.kind === 'all' && when.of.length === 0;
  return isAny ? events : `${conditionWords(when)}; and ${events}`;
}

/** What must have happened for a definition to escalate; empty where its condition alone decides. */
export function thresholdWords({ after }: Pick<EscalationDefinition, 'after'>): string {
  return after.map(eventWords).join(', or ');
}

function eventWords({ slaUsed, ownerChanges, contacts, noProgressMinutes, waitingMinutes }: Trigger): string {
  const shares = Object.entries(slaUsed).map(
    ([metric, share]) => `${Math.round(share * 100)}% of ${plain(metric)} is used`,
  );
  return [
    ...shares,
    ...(ownerChanges === null ? [] : [`it changed hands ${ownerChanges} times without an answer`]),
    ...(contacts === null ? [] : [`the requester wrote ${contacts} times without a solution`]),
    ...(noProgressMinutes === null ? [] : [`nothing was done for ${minutesWords(noProgressMinutes)}`]),
    ...(waitingMinutes === null ? [] : [`nobody had it for ${minutesWords(waitingMinutes)}`]),
  ].join(' and ');
}

function escalationWords({ level, who, priority, accountable, customer }: EscalationDefinition): readonly string[] {
  return [
    `Raises it to level ${level}${priority === 'unchanged' ? '' : `, priority ${plain(priority)}`}.`,
    who.length === 0 ? 'Tells nobody.' : `Tells ${series(who)}.`,
    `${accountable ?? 'The owner'} answers for it.`,
    ...(customer === null ? [] : [`The requester is told with ${customer}.md.`]),
  ];
}

function endingWords(ending: EscalationDefinition['until'][number]): string {
  const words: Readonly<Record<typeof ending, string>> = {
    condition_clears: 'when its condition holds no more',
    answered: 'when the requester was answered',
    resolved: 'when the ticket is resolved',
    by_hand: 'by hand alone',
  };
  return words[ending];
}

/** What happens to a ticket when nobody works on it any more, as far as rules with names do it. */
export function checkInEntries({ followUp }: Policy): readonly Entry[] {
  return followUp.checkIns.map((rule) => ({
    ...saidBy(rule),
    stage: 'follow_up' as const,
    trigger: conditionWords(rule.when),
    logic: [`Asks how it is going ${checkInMoment(rule)}, with ${rule.template}.md.`],
    exception: 'It is dropped when the ticket goes on before, or has no address that letters reach.',
  }));
}

/** When a check-in goes out: `3 days after the solution`. */
export function checkInMoment({ wait, since }: CheckInRule): string {
  return `${waitWords(wait)} after ${sinceWords(since)}`;
}

function sinceWords(since: 'resolved' | 'answered'): string {
  return since === 'resolved' ? 'the solution' : 'an answer of ours';
}
