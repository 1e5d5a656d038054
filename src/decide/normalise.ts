import type { Ticket } from '../domain/ticket.ts';
import { isEmpty, OPEN_FIELDS, readField } from './conditions/fields.ts';
import { withoutQuotes } from './conditions/quoted.ts';
import type { Extract } from './policy.ts';
import type { Turn } from './turn.ts';

/** Evidence longer than this helps nobody. */
const LONGEST_QUOTE = 200;

/** A text of a ticket, without what is only quoted in it. */
interface OwnText {
  part: 'subject' | 'message';
  own: string;
}

/**
 * Draws order numbers, addresses, dates and whatever else the desk asks for out of what the requester wrote, into
 * fields. What a form said, or an earlier message, stays.
 */
export function normalise(turn: Turn): void {
  const wanted = turn.policy.intake.extract.filter(({ field }) => isOpenQuestion(turn.ticket, field));
  if (wanted.length === 0) return;
  const texts = textsOf(turn);
  if (texts.length === 0) return;
  for (const extract of wanted) drawOut(turn, extract, texts);
}

/** Whether a ticket says nothing yet under that name. */
export function isOpenQuestion(ticket: Ticket, field: string): boolean {
  return isEmpty(readField(ticket, `${OPEN_FIELDS.form}${field}`));
}

/** What the requester wrote just now. */
function textsOf({ occasion, subject }: Turn): readonly OwnText[] {
  if (occasion.kind === 'received') {
    const prepared = subject.text();
    return [prepared.subject, prepared.message];
  }
  const isAnswer = occasion.kind === 'replied' && occasion.by === 'customer';
  return isAnswer ? [{ part: 'message', own: withoutQuotes(occasion.text) }] : [];
}

function drawOut(turn: Turn, { field, in: part, draw }: Extract, texts: readonly OwnText[]): void {
  // Two things may be drawn into one field; the first that is found has it.
  if (!isOpenQuestion(turn.ticket, field)) return;
  for (const text of texts) {
    const found = part === 'text' || part === text.part ? draw(text.own) : null;
    if (found === null) continue;
    const quote = text.own.slice(found.start, found.end).trim().slice(0, LONGEST_QUOTE);
    turn.keep('fields', { ...turn.ticket.fields, [field]: found.value });
    return turn.note({
      stage: 'intake',
      code: 'intake.drawn',
      params: { field, value: found.value, part: text.part },
      evidence: [{ kind: 'text', quote }],
      source: { kind: 'policy', name: 'extract' },
    });
  }
}
