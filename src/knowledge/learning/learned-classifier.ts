import type { JudgedText, Opinion } from '../../domain/opinion.ts';
import type { ProposedField, Proposal } from '../../domain/proposal.ts';
import type { Classifier } from '../../ports/classifier.ts';
import type { Guesses, LearnedModel } from '../classifier/index.ts';
import { type CategoryNames, guessToday, textOf } from './learned-guess.ts';
import type { Proposable } from './lessons.ts';

/** What is not sure enough is never shown as certain. */
const NEARLY_CERTAIN = 0.999;

/** A model that was learned, and what people know it by. */
export interface Opened {
  model: LearnedModel;
  /** When it was learned, in the desk's time zone. */
  learnedOn: Temporal.PlainDate;
  /** Of the tickets it was learned from that there still are. */
  subjects: ReadonlyMap<number, string>;
}

/** Everything that was learned. */
export interface AllOpened {
  version: number;
  categories: Opened;
  proposals: readonly (Opened & { field: ProposedField })[];
}

/** What the config has at that moment. */
export interface Today {
  names: CategoryNames;
  proposable: Proposable;
}

/** Says what models make of a text, in the names that the config has at that moment. */
export function createClassifier({ version, categories, proposals }: AllOpened, today: () => Today): Classifier {
  return {
    version,
    opinionOf: (text) => opinionOf(categories, text, today().names),
    proposalsOf(text) {
      const { proposable } = today();
      return proposals.flatMap((opened) => proposalOf(opened, text, proposable[opened.field] ?? []));
    },
  };
}

function opinionOf(opened: Opened, text: JudgedText, names: CategoryNames): Opinion | null {
  const { model } = opened;
  const { categories, isSure, words, nearest } = guessToday(model, textOf(text), names);
  if (categories.length === 0) return null;
  return {
    from: 'classifier',
    name: nameOf(opened),
    categories: categories.map(({ category, confidence }) => ({
      value: category,
      confidence: isSure ? confidence : Math.min(confidence, NEARLY_CERTAIN),
    })),
    threshold: thresholdOf(model, { isSure, confidence: categories[0]?.confidence ?? 0 }),
    words,
    nearest: nearestOf(opened, nearest),
    reading: null,
  };
}

/** Nothing where it is not sure: a doubtful word about who takes a ticket, or how soon, only costs time. */
function proposalOf(
  opened: Opened & { field: ProposedField },
  text: JudgedText,
  values: readonly string[],
): readonly Proposal[] {
  const { field, model } = opened;
  const guesses = guessToday(model, textOf(text), { categories: values, renamed: {} });
  const [first] = guesses.categories;
  if (first === undefined || !guesses.isSure) return [];
  const { category: value, confidence } = first;
  const threshold = Math.min(1, model.threshold, confidence);
  const because = { words: guesses.words, nearest: nearestOf(opened, guesses.nearest), name: nameOf(opened) };
  return [{ field, value, confidence, threshold, ...because }];
}

function nearestOf({ subjects }: Opened, nearest: Guesses['nearest']): Opinion['nearest'] {
  const subject = nearest === null ? undefined : subjects.get(nearest.ticket);
  return nearest === null || subject === undefined ? null : { number: nearest.ticket, subject };
}

/** Whoever compares the confidence with it comes to what the model itself holds: a category too rare never counts. */
function thresholdOf(
  { threshold }: LearnedModel,
  guessed: { isSure: boolean; confidence: number },
): Opinion['threshold'] {
  const most = Math.min(1, threshold);
  return !guessed.isSure && guessed.confidence >= most ? 1 : most;
}

function nameOf({ learnedOn, model: { tickets } }: Opened): string {
  const day = learnedOn.toLocaleString('en-GB', { day: 'numeric', month: 'long' });
  return `learned on ${day} from ${tickets.length.toLocaleString('en-GB')} tickets`;
}
