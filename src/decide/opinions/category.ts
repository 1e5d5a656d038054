import type { Evidence } from '../../domain/decision.ts';
import type { Opinion } from '../../domain/opinion.ts';
import { ticketName } from '../../domain/ticket.ts';
import type { Because, Turn } from '../turn.ts';
import { type Choice, choose } from './choose.ts';
import { judgedText, textName } from '../judged-text.ts';

/** The opinions of the text as it stands: a language model that read another one is not heard. */
export function choiceOf({ ticket }: Pick<Turn, 'ticket'>): Choice {
  const isOfText = ticket.advice?.of === textName(judgedText(ticket));
  return choose(ticket.opinions.filter(({ from }) => from === 'classifier' || isOfText));
}

/** Gives the ticket the category that an opinion is sure of, where it has none. Says whether it did. */
export function setByOpinion(turn: Turn, choice: Choice): boolean {
  if (choice.kind !== 'sure' || turn.ticket.category !== null) return false;
  const { opinion, guess } = choice;
  if (!turn.change('category', guess.value, becauseOf(turn, choice))) return false;
  turn.keep('categoryFrom', { by: opinion.from, name: opinion.name });
  turn.change('confidence', guess.confidence, { ...becauseOf(turn, choice), code: 'triage.confidence' });
  return true;
}

function becauseOf(turn: Turn, { opinion, guess, runnerUp }: Extract<Choice, { kind: 'sure' }>): Because {
  const { name, threshold, words } = opinion;
  return {
    stage: 'triage',
    code: 'triage.category_by_opinion',
    params: {
      from: opinion.from,
      name,
      nearest: nearestOf(turn, opinion),
      ...recordOf(turn, opinion),
      ...againOf(turn),
    },
    evidence: words.map((quote): Evidence => ({ kind: 'text', quote })),
    source: { kind: 'model', name },
    opinion: { confidence: guess.confidence, threshold, runnerUp },
  };
}

function nearestOf({ policy }: Turn, { nearest }: Opinion): string | null {
  return nearest === null ? null : ticketName(policy.desk.prefix, nearest.number);
}

/** That it was judged before, so that whoever reads it knows why it moves now. */
export function againOf({ occasion }: Pick<Turn, 'occasion'>): Because['params'] {
  return occasion.kind === 'reconsidered' ? { again: occasion.why } : {};
}

/** How often a language model was right before, in the turn in which it answers. */
export function recordOf({ facts }: Pick<Turn, 'facts'>, { from }: Pick<Opinion, 'from'>): Because['params'] {
  if (from !== 'language_model' || facts.record === null) return {};
  return { right: facts.record.right, known: facts.record.known };
}
