import type { Opinion } from '../../domain/opinion.ts';
import type { Classifier } from '../../ports/classifier.ts';
import type { LearnedModel } from '../classifier/index.ts';
import { type CategoryNames, guessToday, textOf } from './learned-guess.ts';

/** What is not sure enough is never shown as certain. */
const NEARLY_CERTAIN = 0.999;

/** A model that was learned, and what people know it by. */
export interface Opened {
  version: number;
  model: LearnedModel;
  /** When it was learned, in the desk's time zone. */
  learnedOn: Temporal.PlainDate;
  /** Of the tickets it was learned from that there still are. */
  subjects: ReadonlyMap<number, string>;
}

/** Says what a model makes of a text, in the categories that the config has at that moment. */
export function createClassifier(
  { version, model, learnedOn, subjects }: Opened,
  names: () => CategoryNames,
): Classifier {
  const name = nameOf(learnedOn, model.tickets.length);
  return {
    version,
    opinionOf(text) {
      const { categories, isSure, words, nearest } = guessToday(model, textOf(text), names());
      if (categories.length === 0) return null;
      const subject = nearest === null ? undefined : subjects.get(nearest.ticket);
      return {
        from: 'classifier',
        name,
        categories: categories.map(({ category, confidence }) => ({
          value: category,
          confidence: isSure ? confidence : Math.min(confidence, NEARLY_CERTAIN),
        })),
        threshold: thresholdOf(model, { isSure, confidence: categories[0]?.confidence ?? 0 }),
        words,
        nearest: nearest === null || subject === undefined ? null : { number: nearest.ticket, subject },
        reading: null,
      };
    },
  };
}

/** Whoever compares the confidence with it comes to what the model itself holds: a category too rare never counts. */
function thresholdOf(
  { threshold }: LearnedModel,
  guessed: { isSure: boolean; confidence: number },
): Opinion['threshold'] {
  const most = Math.min(1, threshold);
  return !guessed.isSure && guessed.confidence >= most ? 1 : most;
}

function nameOf(learnedOn: Temporal.PlainDate, tickets: number): string {
  const day = learnedOn.toLocaleString('en-GB', { day: 'numeric', month: 'long' });
  return `learned on ${day} from ${tickets.toLocaleString('en-GB')} tickets`;
}
