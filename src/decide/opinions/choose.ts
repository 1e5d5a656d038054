import type { Adviser, Guess, Opinion } from '../../domain/opinion.ts';

/** What comes of all opinions of a ticket together. */
export type Choice =
  /** One of them is sure enough, and none that counts is against it. */
  | { kind: 'sure'; opinion: Opinion; guess: Guess; runnerUp: Guess | null }
  /** What was learned is sure of one category, and the language model says another. */
  | { kind: 'differ'; learned: Guess; model: Guess }
  | { kind: 'unsure' };

/** Hears what was learned first, then the language model. Where the two differ on what is sure, nobody is believed. */
export function choose(opinions: readonly Opinion[]): Choice {
  const learned = surestOf(opinions, 'classifier');
  const model = surestOf(opinions, 'language_model');
  if (learned?.isSure && model !== null && model.guess.value !== learned.guess.value) {
    return { kind: 'differ', learned: learned.guess, model: model.guess };
  }
  const chosen = [learned, model].find((each) => each?.isSure) ?? null;
  if (chosen === null) return { kind: 'unsure' };
  const { opinion, guess } = chosen;
  const others = opinions.flatMap(({ categories }) => categories).filter(({ value }) => value !== guess.value);
  const [runnerUp = null] = others.toSorted((one, other) => other.confidence - one.confidence);
  return { kind: 'sure', opinion, guess, runnerUp };
}

/** The first guess of one of them, and whether it counts; null where it has none. */
function surestOf(opinions: readonly Opinion[], from: Adviser) {
  const opinion = opinionFrom(opinions, from);
  const [guess] = opinion?.categories ?? [];
  if (opinion === null || guess === undefined) return null;
  return { opinion, guess, isSure: guess.confidence >= opinion.threshold };
}

export function opinionFrom(opinions: readonly Opinion[], from: Adviser): Opinion | null {
  return opinions.find((opinion) => opinion.from === from) ?? null;
}
