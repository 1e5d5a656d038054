/**
 * What the model would have said of each text had it not seen it: texts are left out in turn, and whole classes, for
 * whatever is to come may be of no class that there is. What it is promised about new texts rests on this.
 */
import { type Findings, judge } from './evidence.ts';
import { areFew, teach } from './lesson.ts';
import { type Random, randomFrom, shuffle, upTo } from './random.ts';
import { rowOfKnown, type SparseRows } from './sparse-rows.ts';
import { fewestTextsWith, shareKnown, type Vocabulary } from './vocabulary.ts';

/**
 * Leaving out a smaller part at a time comes nearer to what the whole will know: where a class has few texts, every one
 * counts. Where there are many it would only cost time.
 */
const SETS_OF_FEW = 12;
const SETS_OF_SOME = 4;
const SETS_OF_MANY = 3;
const FEW_OF_A_CLASS = 15;
const FEW_TEXTS = 1_000;
const MANY_TEXTS = 4_000;

/** One class in so many is hidden, and so many of its texts are asked about. */
const HIDDEN = 3;
const MOST_HIDDEN_TEXTS = 1_500;

/** Texts with their classes, ready to be learned from. */
export interface Material {
  /** Of each text. */
  words: readonly (readonly string[])[];
  rows: SparseRows;
  vocabulary: Vocabulary;
  classOf: Int32Array;
  classes: number;
  /** How much each text counts. */
  counts: Float32Array;
}

/** What was said of a text that had not been seen. */
export interface Rehearsed {
  text: number;
  /** Of a class that had not been seen either. */
  isHidden: boolean;
  isRight: boolean;
  /** The class that was said; of hidden ones some class that is not its own. */
  said: number;
  /** By how much the class that it is of scored less than the first; 0 of hidden ones. */
  behind: number;
  /** By how much the second scored less than the first. */
  margin: number;
  numbers: Float64Array;
}

/** Rehearses with all texts. The same material gives the same answers. */
export function rehearse(material: Material): readonly Rehearsed[] {
  const random = randomFrom(5);
  return [...leaveTextsOut(material, random), ...hideClasses(material, random)];
}

function leaveTextsOut(material: Material, random: Random): readonly Rehearsed[] {
  const { classOf, classes } = material;
  const sets = setsFor(classOf.length, classes);
  const setOf = dealOut(material, { sets, random });
  const every = upTo(classOf.length);
  return Array.from({ length: sets }, (_, set) =>
    examine(material, {
      learned: every.filter((text) => setOf[text] !== set),
      asked: every.filter((text) => setOf[text] === set),
      classes: upTo(classes),
    }),
  ).flat();
}

function setsFor(texts: number, classes: number): number {
  if (texts < FEW_TEXTS && texts / classes < FEW_OF_A_CLASS) return SETS_OF_FEW;
  return texts < MANY_TEXTS ? SETS_OF_SOME : SETS_OF_MANY;
}

/** Deals the texts of each class out to the sets, one after the other. */
function dealOut({ classOf, classes }: Material, { sets, random }: { sets: number; random: Random }): Uint8Array {
  const dealt = new Int32Array(classes);
  const setOf = new Uint8Array(classOf.length);
  for (const text of shuffle(upTo(classOf.length), random)) {
    const own = classOf[text] ?? 0;
    const turn = dealt[own] ?? 0;
    dealt[own] = turn + 1;
    setOf[text] = (turn + own) % sets;
  }
  return setOf;
}

function hideClasses(material: Material, random: Random): readonly Rehearsed[] {
  const { classOf, classes } = material;
  const order = shuffle(upTo(classes), random);
  const shown = order.filter((_, place) => place % HIDDEN !== 0);
  if (shown.length < 2) return [];
  const every = upTo(classOf.length);
  const isShown = (text: number) => shown.includes(classOf[text] ?? 0);
  return examine(material, {
    learned: every.filter(isShown),
    asked: shuffle(upTo(classOf.length), random)
      .filter((text) => !isShown(text))
      .subarray(0, MOST_HIDDEN_TEXTS),
    classes: shown,
  });
}

interface Examination {
  learned: Int32Array;
  asked: Int32Array;
  /** Those that are learned, in the order in which the judge knows them. */
  classes: Int32Array;
}

function examine(material: Material, { learned, asked, classes }: Examination): Rehearsed[] {
  const { rows, classOf, counts, words, vocabulary } = material;
  const placeOf = new Map(Array.from(classes, (each, place) => [each, place]));
  const judged = teach(
    {
      rows,
      chosen: learned,
      classOf: learned.map((text) => placeOf.get(classOf[text] ?? 0) ?? 0),
      classes: classes.length,
      counts: Float32Array.from(learned, (text) => counts[text] ?? 1),
    },
    { isFew: areFew(classOf.length, material.classes) },
  );
  const isKnown = knownFrom(material, learned);
  const scores = new Float64Array(classes.length);
  return Array.from(asked, (text) => {
    const known = shareKnown(words[text] ?? [], vocabulary, isKnown);
    const own = placeOf.get(classOf[text] ?? 0);
    // A text that was never seen has none of the features that it alone would have made known.
    const asNew = rowOfKnown({ rows, row: text }, isKnown);
    return rehearsed(judge(judged, { rows: asNew, row: 0, known }, scores), { text, own, classes });
  });
}

function rehearsed(
  { first, scores, margin, numbers }: Findings,
  { text, own, classes }: { text: number; own: number | undefined; classes: Int32Array },
): Rehearsed {
  return {
    text,
    isHidden: own === undefined,
    isRight: own === first,
    said: classes[first] ?? 0,
    behind: own === undefined ? 0 : (scores[first] ?? 0) - (scores[own] ?? 0),
    margin,
    numbers,
  };
}

/** What would be known had only these texts been learned from. */
function knownFrom({ rows, classOf }: Material, learned: Int32Array): (feature: number) => boolean {
  const { starts, features, width } = rows;
  const textsWith = new Int32Array(width);
  for (const text of learned) {
    const end = starts[text + 1] ?? 0;
    for (let entry = starts[text] ?? 0; entry < end; entry++) {
      const feature = features[entry] ?? 0;
      textsWith[feature] = (textsWith[feature] ?? 0) + 1;
    }
  }
  const fewest = fewestTextsWith(classOf.length);
  return (feature) => (textsWith[feature] ?? 0) >= fewest;
}
