/** What a model is worth, measured on texts that it had not seen when it answered. */
import { cut, oneLine } from '../../domain/sentences/words.ts';
import type { Confidence } from './confidence.ts';
import type { Example } from './example.ts';
import { chanceOf } from './logistic.ts';
import type { Rehearsed } from './rehearsal.ts';

export interface LearningReport {
  tickets: number;
  /** Of those that it would have answered without a person: the share that is right, wrong labels allowed for, 0 to 1. */
  precision: number;
  /** The share that it would have answered without a person, 0 to 1. */
  coverage: number;
  /** The share that is right when it answers all, 0 to 1. */
  accuracy: number;
  /** The share of labels that look wrong, 0 to 1. */
  wrongLabels: number;
  /** Numbers of tickets that were not learned from because their label looks wrong. */
  leftOut: readonly number[];
  categories: readonly CategoryReport[];
  /** Where it was sure of something else, surest first. */
  confusing: readonly Confusing[];
}

export interface CategoryReport {
  category: string;
  tickets: number;
  /** Of the tickets that it would have put here without a person, the share that belongs here; null for none. */
  precision: number | null;
  /** Of the tickets that belong here, the share that it would have put here without a person. */
  coverage: number;
  /** With which it is confused most, and how often; null with none. */
  confusedWith: { category: string; tickets: number } | null;
}

export interface Confusing {
  ticket: number;
  text: string;
  category: string;
  said: string;
  confidence: number;
}

const MOST_CONFUSING = 20;
const LONGEST_TEXT = 120;

interface Given {
  examples: readonly Example[];
  categories: readonly string[];
  /** By category, whether it is ever an answer. */
  isAccepted: readonly boolean[];
  rehearsed: readonly Rehearsed[];
  confidence: Confidence;
  threshold: number;
  leftOut: readonly number[];
}

interface Answered {
  example: Example;
  said: string;
  isRight: boolean;
  confidence: number;
  isSure: boolean;
}

/** Counts what the rehearsal showed. */
export function reportOf(given: Given): LearningReport {
  const { examples, categories, confidence, leftOut } = given;
  const answers = answersOf(given);
  const sure = answers.filter(({ isSure }) => isSure);
  return {
    tickets: examples.length,
    precision: Math.min(1, share(sure, isRight) / (1 - confidence.wrongLabels)),
    coverage: sure.length / answers.length,
    accuracy: share(answers, isRight),
    wrongLabels: confidence.wrongLabels,
    leftOut: leftOut.flatMap((text) => examples[text]?.ticket ?? []),
    categories: categories.map((category) => categoryReport(category, answers)),
    confusing: confusingOf(answers),
  };
}

function answersOf({ examples, categories, isAccepted, rehearsed, confidence, threshold }: Given): readonly Answered[] {
  return rehearsed.flatMap(({ text, isHidden, isRight: right, said, numbers }) => {
    const example = examples[text];
    if (isHidden || example === undefined) return [];
    const sureness = chanceOf(confidence.chance, numbers);
    const isSure = sureness >= threshold && isAccepted[said] === true;
    return [{ example, said: categories[said] ?? '', isRight: right, confidence: sureness, isSure }];
  });
}

function isRight(answer: Answered): boolean {
  return answer.isRight;
}

function share(answers: readonly Answered[], holds: (answer: Answered) => boolean): number {
  return answers.length === 0 ? 0 : answers.filter(holds).length / answers.length;
}

function categoryReport(category: string, answers: readonly Answered[]): CategoryReport {
  const own = answers.filter(({ example }) => example.category === category);
  const put = answers.filter(({ said, isSure }) => isSure && said === category);
  const wrong = own.filter((answer) => !answer.isRight).map(({ said }) => said);
  const [confused] = [...new Set(wrong)]
    .map((other) => ({ category: other, tickets: wrong.filter((said) => said === other).length }))
    .sort((one, other) => other.tickets - one.tickets || (one.category < other.category ? -1 : 1));
  return {
    category,
    tickets: own.length,
    precision: put.length === 0 ? null : share(put, isRight),
    coverage: share(own, (answer) => answer.isSure && answer.isRight),
    confusedWith: confused ?? null,
  };
}

function confusingOf(answers: readonly Answered[]): readonly Confusing[] {
  return answers
    .filter((answer) => !answer.isRight)
    .sort((one, other) => other.confidence - one.confidence)
    .slice(0, MOST_CONFUSING)
    .map(({ example: { ticket, text, category }, said, confidence }) => ({
      ticket,
      text: cut(oneLine(text), LONGEST_TEXT),
      category,
      said,
      confidence,
    }));
}
