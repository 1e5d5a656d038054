import type { Policy } from '../decide/policy.ts';
import { type Opinion, percent } from '../domain/opinion.ts';
import type { Ticket } from '../domain/ticket.ts';
import { type DeskColumn, ours, text } from './desk-column.ts';

/** What models make of a ticket, each where the config asks for it. */
export function opinionColumns({ triage: { showsGuesses, model } }: Policy): DeskColumn[] {
  const columns: DeskColumn[] = [];
  if (showsGuesses) {
    columns.push({
      ...ours(text('guesses', 'May be about'), ({ ticket }) => guessLines(ticket)),
      description:
        'What models guess of a ticket that a person must look at. Choose the category, or untick Needs review to take the surest guess.',
    });
  }
  if (model?.takes.includes('summary')) {
    columns.push({
      ...ours(text('summary', 'Summary'), ({ ticket }) => ticket.summary),
      description: 'A machine summed the description up, and may be wrong. The description counts.',
    });
  }
  return columns;
}

/** A line for each model: `billing 61 %, refund 22 % (gpt-5-mini)`. */
function guessLines({ needsReview, opinions }: Ticket): string | null {
  const guessed = needsReview ? opinions.filter(({ categories }) => categories.length > 0) : [];
  return guessed.map(guessLine).join('\n') || null;
}

function guessLine({ name, categories }: Opinion): string {
  return `${categories.map(({ value, confidence }) => `${value} ${percent(confidence)}`).join(', ')} (${name})`;
}
