import { openProposals } from '../decide/opinions/proposals.ts';
import type { Policy } from '../decide/policy.ts';
import { type Opinion, percent } from '../domain/opinion.ts';
import type { Proposal } from '../domain/proposal.ts';
import type { Ticket } from '../domain/ticket.ts';
import { type DeskColumn, ours, text } from './desk-column.ts';

/** What models make of a ticket, each where the config asks for it. */
export function opinionColumns(policy: Policy): DeskColumn[] {
  const { showsGuesses, model } = policy.triage;
  const columns: DeskColumn[] = [];
  if (showsGuesses) {
    columns.push({
      ...ours(text('guesses', 'May be about'), ({ ticket }) => guessLines(ticket, policy)),
      description:
        'What models guess of a ticket that a person must look at. Choose the category, or untick Needs review to take the surest guess. Suggests a priority or a queue, too, where others like it ended with another: choose it there, or leave it.',
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

/** A line for each model: `billing 61 %, refund 22 % (gpt-5-mini)`, and for each proposal: `priority high 97 % (…)`. */
function guessLines(ticket: Ticket, policy: Policy): string | null {
  const { needsReview, opinions } = ticket;
  const guessed = needsReview ? opinions.filter(({ categories }) => categories.length > 0) : [];
  const lines = [...guessed.map(guessLine), ...openProposals(ticket, policy).map(proposalLine)];
  return lines.join('\n') || null;
}

function proposalLine({ field, value, confidence, name }: Proposal): string {
  return `${field} ${value} ${percent(confidence)} (${name})`;
}

function guessLine({ name, categories }: Opinion): string {
  return `${categories.map(({ value, confidence }) => `${value} ${percent(confidence)}`).join(', ')} (${name})`;
}
