import type { JudgedText, Opinion } from '../../domain/opinion.ts';
import type { ProposedField, Proposal } from '../../domain/proposal.ts';
import type { Classifier } from '../../ports/classifier.ts';
import type { Guesses, LearnedModel } from '../classifier/index.ts';
import { type Asked, type CategoryNames, guessToday, modelFor, type Taught, textOf } from './learned-guess.ts';
import type { Proposable } from './lessons.ts';

/** What is not sure enough is never shown as certain. */
const NEARLY_CERTAIN = 0.999;

/** What was learned, and what people know it by. */
export interface Opened {
  taught: Taught;
  /** When it was learned, in the desk's time zone. */
  learnedOn: Temporal.PlainDate;
  /** Of the tickets it was learned from that there still are. */
  subjects: ReadonlyMap<number, string>;
}

/** Everything that was learned. */
export interface AllOpened {
  version: number;
  categories: Opened;
  /** Vectors for what was learned of the categories; null where words are all that it reads. */
  vectors: NonNullable<Classifier['vectors']> | null;
  proposals: readonly (Opened & { field: ProposedField })[];
}

/** What the config has at that moment. */
export interface Today {
  names: CategoryNames;
  proposable: Proposable;
}

/** Says what models make of a text, in the names that the config has at that moment. */
export function createClassifier(
  { version, categories, vectors, proposals }: AllOpened,
  today: () => Today,
): Classifier {
  return {
    version,
    ...(vectors !== null && { vectors }),
    opinionOf(text, vector) {
      const asked = { text: textOf(text), ...(vector !== undefined && { vector }) };
      return opinionOf(categories, asked, today().names);
    },
    proposalsOf(text) {
      const { proposable } = today();
      return proposals.flatMap((opened) => proposalOf(opened, text, proposable[opened.field] ?? []));
    },
  };
}

function opinionOf(opened: Opened, asked: Asked, names: CategoryNames): Opinion | null {
  const model = modelFor(opened.taught, asked);
  const { categories, isSure, words, nearest } = guessToday(model, asked, names);
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
  const { field, taught } = opened;
  const guesses = guessToday(taught.words, { text: textOf(text) }, { categories: values, renamed: {} });
  const [first] = guesses.categories;
  if (first === undefined || !guesses.isSure) return [];
  const { category: value, confidence } = first;
  const threshold = Math.min(1, taught.words.threshold, confidence);
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

function nameOf({ learnedOn, taught: { words } }: Opened): string {
  const day = learnedOn.toLocaleString('en-GB', { day: 'numeric', month: 'long' });
  return `learned on ${day} from ${words.tickets.length.toLocaleString('en-GB')} tickets`;
}
