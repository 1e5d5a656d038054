import { ticketName } from '../../domain/ticket.ts';
import { byName, comparable } from '../conditions/fields.ts';
import type { EarlierTicket } from '../facts.ts';
import { isOpenQuestion } from '../normalise.ts';
import type { ClarifyQuestion, Policy } from '../policy.ts';
import type { Turn } from '../turn.ts';

/** Takes over what the requester said on another ticket not too long ago, where the config says that it still holds. */
export function takeFromEarlier(turn: Turn, question: ClarifyQuestion): void {
  const { field, rememberMinutes } = question;
  if (rememberMinutes === null || !isOpenQuestion(turn.ticket, field)) return;
  const since = turn.now.subtract({ minutes: rememberMinutes });
  for (const earlier of turn.facts.earlier) {
    const value = valueIn(earlier, question);
    const { ticket, saidAt } = originOf(turn, earlier, field);
    if (value === null || Temporal.Instant.compare(saidAt, since) < 0) continue;
    turn.keep('fields', { ...turn.ticket.fields, [field]: value });
    return turn.note({
      stage: 'clarify',
      code: 'clarify.remembered',
      params: { field, value, ticket, saidAt: saidAt.toString() },
      evidence: [{ kind: 'field', name: `${ticket}: ${field}`, value }],
      source: { kind: 'policy', name: 'clarify' },
    });
  }
}

/** Of a question with choices only one of them is an answer, whatever it was once. */
function valueIn({ fields }: EarlierTicket, { field, choices }: ClarifyQuestion): string | null {
  const said = byName(fields, field)?.trim() ?? '';
  if (said === '') return null;
  if (choices.length === 0) return said;
  return choices.find((choice) => comparable(choice) === comparable(said)) ?? null;
}

/** Where and when the requester said it. What was carried over once grows no younger by it. */
function originOf({ policy }: Turn, { number, openedAt, carried }: EarlierTicket, field: string) {
  return byName(carried, field) ?? { ticket: ticketName(policy.desk.prefix, number), saidAt: openedAt };
}

/** How many minutes any answer of a requester may count on their next tickets; 0 where nothing is remembered. */
export function longestMemoryMinutes({ intake }: Policy): number {
  const all = intake.clarify.flatMap(({ ask }) => ask.map(({ rememberMinutes }) => rememberMinutes ?? 0));
  return Math.max(0, ...all);
}
