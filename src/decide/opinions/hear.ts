import type { Answered, Opinion } from '../../domain/opinion.ts';
import type { Proposal } from '../../domain/proposal.ts';
import type { Turn } from '../turn.ts';
import { type Choice, choose, opinionFrom } from './choose.ts';
import { measuredConfidence } from './measure.ts';

/** Smaller differences of a chance help nobody who looks at the guesses. */
const NOTICEABLE = 0.1;

/** Takes note of what models make of the ticket. What they say outside the lists of the config is dropped. */
export function hearOpinions(turn: Turn): void {
  const [learned] = turn.facts.opinions;
  if (learned !== undefined) keepOpinion(turn, learned);
  keepProposals(turn);
  hearAnswer(turn);
}

/** They are shown to people, and set nothing. That the same is proposed about as surely is no news. */
function keepProposals({ facts, occasion, ticket, keep }: Turn): void {
  if (facts.proposals === null) return;
  const isRough = occasion.kind === 'reconsidered';
  const written = (all: readonly Proposal[]) =>
    all.map(({ name, field, value, confidence }) =>
      (isRough ? [field, value] : [field, value, name, confidence]).join('\n'),
    );
  if (written(ticket.proposals).join('\n') !== written(facts.proposals).join('\n')) keep('proposals', facts.proposals);
}

/** An answer counts once, and only for the text that it was asked about. */
function hearAnswer(turn: Turn): void {
  const { occasion, ticket, now } = turn;
  const { advice } = ticket;
  if (occasion.kind !== 'advised' || advice === null || advice.of !== occasion.of) return;
  if (advice.by !== null || advice.failure !== null) return;
  const { answer } = occasion;
  if ('failure' in answer) return turn.keep('advice', { ...advice, endedAt: now, failure: answer.failure });
  const category = turn.policy.categories.find((each) => each === answer.category) ?? null;
  turn.keep('advice', { ...advice, endedAt: now, by: answer.name, category });
  keepOpinion(turn, opinionOf(turn, { ...answer, category }));
}

/** How sure it is, is measured. */
function opinionOf({ policy, facts, ticket }: Turn, { name, category, reading }: Answered): Opinion {
  const { trust = 0, threshold = 1 } = policy.triage.model ?? {};
  const learned = opinionFrom(ticket.opinions, 'classifier');
  const known = { record: facts.record, trust, learned };
  const guesses = category === null ? [] : [{ value: category, confidence: measuredConfidence(category, known) }];
  return { from: 'language_model', name, categories: guesses, threshold, words: [], nearest: null, reading };
}

/** The learned one stands first. An opinion that says what it said before is no news. */
function keepOpinion(turn: Turn, opinion: Opinion): void {
  const { opinions } = turn.ticket;
  const { categories } = turn.policy;
  const heard = { ...opinion, categories: opinion.categories.filter(({ value }) => categories.includes(value)) };
  const before = opinionFrom(opinions, heard.from);
  if (before !== null && guessesOf(before) === guessesOf(heard)) return;
  const others = opinions.filter((each) => each !== before);
  const after = heard.from === 'classifier' ? [heard, ...others] : [...others, heard];
  if (before !== null && turn.occasion.kind === 'reconsidered' && isMuchTheSame(turn, { before, heard, after })) return;
  turn.keep('opinions', after);
}

/**
 * What is learned each hour moves every chance a little, and each row that says so costs the base a request. While the
 * same is guessed in the same order, about as surely, and nothing comes of it, what was heard before stays.
 */
function isMuchTheSame(
  { ticket }: Turn,
  { before, heard, after }: { before: Opinion; heard: Opinion; after: readonly Opinion[] },
): boolean {
  const orders = [before, heard].map(({ categories }) => categories.map(({ value }) => value).join('\n'));
  const chances = [before, heard].map(({ categories: [first] }) => first?.confidence ?? 0);
  const isNear = Math.abs((chances[0] ?? 0) - (chances[1] ?? 0)) < NOTICEABLE;
  return orders[0] === orders[1] && isNear && outcome(choose(ticket.opinions)) === outcome(choose(after));
}

function outcome(choice: Choice): string {
  return choice.kind === 'sure' ? `sure ${choice.guess.value}` : choice.kind;
}

function guessesOf({ name, categories, threshold }: Opinion): string {
  return JSON.stringify([name, threshold, ...categories.flatMap(({ value, confidence }) => [value, confidence])]);
}
