import type { Choice, MissingField, TriageQuestion } from '../domain/triage-question.ts';
import type { Ticket } from '../domain/ticket.ts';
import { holds, type Subject, subjectOf } from './conditions/index.ts';
import { judgedText } from './judged-text.ts';
import { keptFromModels } from './kept-from-models.ts';
import { isOpenQuestion } from './normalise.ts';
import type { Policy } from './policy.ts';

/** What a language model is to be asked about a ticket; null where the config has it asked nothing about this one. */
export function modelQuestion(
  ticket: Ticket,
  { policy, now }: { policy: Policy; now: Temporal.Instant },
): TriageQuestion | null {
  const { model, keptFromModels: which } = policy.triage;
  if (model === null || policy.categories.length === 0 || keptFromModels(ticket, which) !== null) return null;
  const asked = subjectOf(ticket, now);
  if (holds(model.when, asked) === null) return null;
  const { subject, description: text } = judgedText(ticket);
  const isSummedUp = (category: string) => !model.noSummaryOf.includes(category);
  return {
    subject,
    text,
    requester: ticket.requester,
    categories: policy.categories.map((name) => ({ name, about: model.categories[name] ?? '' })),
    products: model.takes.includes('product') ? model.products : [],
    intents: Object.entries(model.intents).map(([name, about]): Choice => ({ name, about })),
    missing: model.takes.includes('fields') ? missingFields(asked, policy) : [],
    summaryFor: model.takes.includes('summary') ? policy.categories.filter(isSummedUp) : [],
  };
}

/** What rules of `clarify` ask of tickets like this one, and nobody said. */
export function missingFields(asked: Subject, { intake }: Policy): readonly MissingField[] {
  const missing = new Map<string, MissingField>();
  for (const { when, ask } of intake.clarify) {
    if (holds(when, asked) === null) continue;
    for (const { field, question, choices } of ask) {
      if (!missing.has(field) && isOpenQuestion(asked.ticket, field)) missing.set(field, { field, question, choices });
    }
  }
  return [...missing.values()];
}
