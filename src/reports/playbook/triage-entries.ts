import type { ClarifyRule, NotTicket, Policy, Rule, TriageThen } from '../../decide/policy.ts';
import { quote, series } from '../../domain/sentences/words.ts';
import { conditionWords } from './condition-words.ts';
import { waitWords } from './wait-words.ts';
import { type Entry, saidBy } from './entry.ts';

/** What is no ticket, and what is asked before triage. */
export function intakeEntries({ intake }: Policy): readonly Entry[] {
  return [...intake.notTickets.map(notTicketEntry), ...intake.clarify.map(clarifyEntry)];
}

function notTicketEntry(rule: NotTicket): Entry {
  return {
    ...saidBy(rule),
    stage: 'intake',
    // Decisions are of tickets, and here is none.
    isUncounted: true,
    trigger: conditionWords(rule.when),
    logic: ['No ticket is made; the request is kept among those that were left out.'],
    exception: 'A person can make a ticket of it under lost and found, on the page Health.',
  };
}

function clarifyEntry(rule: ClarifyRule): Entry {
  const { ask, remindAfterMinutes, giveUpAfterMinutes, calendar, template } = rule;
  const named = calendar?.name ?? null;
  const reminded =
    remindAfterMinutes === null
      ? []
      : [`Reminds after ${waitWords({ minutes: remindAfterMinutes, calendar: named })}.`];
  return {
    ...saidBy(rule),
    stage: 'clarify',
    trigger: conditionWords(rule.when),
    logic: [`Asks the requester for ${series(ask.map(({ field }) => field))}, with ${template}.md.`, ...reminded],
    exception: `Without an answer the ticket goes on as it is after ${waitWords({ minutes: giveUpAfterMinutes, calendar: named })}.`,
  };
}

/** What a ticket is about, and how urgent it is. */
export function triageEntries(policy: Policy): readonly Entry[] {
  return policy.triage.rules.map((rule) => ({
    ...saidBy(rule),
    stage: 'triage' as const,
    trigger: conditionWords(rule.when),
    logic: thenWords(rule.then),
    exception: triageException(rule, policy),
  }));
}

function thenWords({ category, severity, priority, tags = [] }: TriageThen): readonly string[] {
  const set = [
    ['category', category],
    ['severity', severity],
    ['priority', priority],
  ].flatMap(([field, value]) => (value === undefined ? [] : [`Sets ${field} to ${value}.`]));
  return tags.length === 0 ? set : [...set, `Adds ${tags.length === 1 ? 'the tag' : 'the tags'} ${series(tags)}.`];
}

function triageException({ then }: Rule<TriageThen>, { triage }: Policy): string {
  const asked = triage.model === null ? '' : ` ${triage.model.name} is asked; where that is unsure,`;
  const review = `Where no rule gives a category,${asked} the ticket waits in ${triage.reviewQueue} for a person.`;
  const usual = `Where no rule gives a priority, the severity does, or else it is ${triage.defaultPriority}.`;
  const parts = [
    ...(then.category === undefined ? [] : [review]),
    ...(then.priority === undefined ? [] : [usual]),
    'What a person chose stays.',
  ];
  return parts.join(' ');
}

/** Answers that go out before anybody looks, by category. */
export function selfServiceWords({ triage }: Policy): readonly string[] {
  return Object.entries(triage.selfService).map(([category, { template, withArticle }]) => {
    const article = withArticle === null ? '' : ` with an article that has ${Math.round(withArticle * 100)}% in common`;
    return `For ${quote(category)}: ${template}.md${article}.`;
  });
}
