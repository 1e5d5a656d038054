import type { Reason } from '../../domain/decision.ts';
import { type Guess, type Opinion, percent } from '../../domain/opinion.ts';
import type { Kept } from '../kept-from-models.ts';
import type { Because, Turn } from '../turn.ts';
import { againOf, recordOf } from './category.ts';
import { type Choice, opinionFrom } from './choose.ts';

/**
 * Why a person must look, with what is likeliest and why that is not enough.
 *
 * @param kept why no language model is asked, where one would be otherwise
 */
export function reasonForReview(turn: Turn, choice: Choice, kept: Kept | null = null): Because {
  const { opinions, advice } = turn.ticket;
  const learned = opinionFrom(opinions, 'classifier');
  const isAnswer = turn.occasion.kind === 'advised' && advice !== null;
  if (isAnswer && advice.failure !== null) {
    return because('triage.model_failed', { failure: advice.failure, ...guessesOf(learned), ...nameOf(turn) }, learned);
  }
  if (choice.kind === 'differ') return differing(turn, choice);
  if (kept !== null) {
    const { by, name: which } = kept;
    return because('triage.kept_from_model', { by, which, ...nameOf(turn), ...guessesOf(learned) }, learned);
  }
  const model = opinionFrom(opinions, 'language_model');
  if (isAnswer && model !== null) return unsureModel(turn, model, learned);
  if (learned !== null && learned.categories.length > 0) {
    return because('triage.opinions_unsure', guessesOf(learned), learned);
  }
  const { rules, reviewQueue: queue } = turn.policy.triage;
  return because('triage.no_rule_matched', { rules: rules.length, queue }, null);
}

/** Why a language model is asked. */
export function reasonForAsking(turn: Turn): Because {
  const learned = opinionFrom(turn.ticket.opinions, 'classifier');
  const name = turn.policy.triage.model?.name ?? '';
  return because('triage.model_asked', { ...guessesOf(learned), name, ...againOf(turn) }, learned);
}

function differing(turn: Turn, { learned, model }: Extract<Choice, { kind: 'differ' }>): Because {
  const opinion = opinionFrom(turn.ticket.opinions, 'classifier');
  const said = { category: model.value, learned: learned.value };
  return because('triage.opinions_differ', { ...said, ...nameOf(turn) }, opinion);
}

function unsureModel(turn: Turn, model: Opinion, learned: Opinion | null): Because {
  const [guess] = model.categories;
  if (guess === undefined) return because('triage.model_none', { ...guessesOf(learned), ...nameOf(turn) }, learned);
  const params = { category: guess.value, ...recordOf(turn, model), ...nameOf(turn) };
  return because('triage.model_unsure', params, model);
}

function nameOf({ ticket, policy }: Turn): Because['params'] {
  return { name: opinionFrom(ticket.opinions, 'language_model')?.name ?? policy.triage.model?.name ?? '' };
}

/** As people read them: `billing 61 %`. */
function guessesOf(opinion: Opinion | null): Because['params'] {
  return { guesses: (opinion?.categories ?? []).map(written) };
}

function written({ value, confidence }: Guess): string {
  return `${value.replaceAll('_', ' ')} ${percent(confidence)}`;
}

function because(code: string, params: Because['params'], of: Opinion | null): Because {
  return { stage: 'triage', code, params, evidence: [], source: sourceOf(of), opinion: figuresOf(of) };
}

function sourceOf(of: Opinion | null): Reason['source'] {
  return of === null ? { kind: 'default' } : { kind: 'model', name: of.name };
}

function figuresOf(of: Opinion | null): Reason['opinion'] {
  const [first, runnerUp = null] = of?.categories ?? [];
  if (of === null || first === undefined) return null;
  return { confidence: first.confidence, threshold: of.threshold, runnerUp };
}
