/** From what a rehearsal said to the chance that an answer is right, and from which chance on it keeps a promise. */
import { type Case, chanceOf, composed, type Logistic, logistic, logOddsOf } from './logistic.ts';
import type { Rehearsed } from './rehearsal.ts';

/**
 * So much of what comes is of no class that there is. Of texts kept aside for choosing this, 2 % let too many of a
 * hidden class pass where classes are close to each other, 4 % turned away one known text more in fifty.
 */
const SHARE_UNKNOWN = 0.03;

/** While the chance is learned, texts of hidden classes count as so many of the others. */
const SHARE_OF_HIDDEN = 0.15;

/** A promise is kept with so many standard errors to spare, or few texts would promise too much. */
const TO_SPARE = 0.5;

/**
 * Of few answers a handful of errors says how many are right, and chance has its hand in that. What a curve through all
 * answers expects is steadier and bends: half of each broke fewer promises than either, at as many answers.
 */
const SHARE_OF_CURVE = 0.5;

/** Fewer answers than these say nothing of their precision. */
const FEWEST_ANSWERS = 20;

/**
 * Whatever the promise, so many of the known texts are turned away, those that look least like anything known: where
 * all that is known is easy, the promise alone would let everything pass.
 */
const TURNED_AWAY = 0.04;

/** The surest part of the answers, where those that know are next to never wrong. */
const SUREST = 0.4;

/** So many of the seconds stand closer behind a right answer than what counts as far. A quarter mistook errors for wrong labels. */
const USUALLY_CLOSER = 0.5;

/** Of few texts it is not believed at once that their labels are wrong: so many standard errors are taken off. */
const CERTAIN = 2;

/** So many labels look wrong in the surest part of clean sets. */
const AS_IN_CLEAN_LABELS = 0.01;

/** Only what is answered as surely as this is believed against its label. */
const SURE_AGAINST_LABEL = 0.8;

/** No promise: nothing is ever sure enough. */
const NEVER = 2;

export interface Confidence {
  chance: Logistic;
  /** The share of labels that are wrong, as far as can be told, 0 to 1. */
  wrongLabels: number;
  /** Whether it is more likely that the label of a text is wrong than what was said of it. */
  looksMislabelled(answer: Rehearsed): boolean;
  /** The lowest chance from which on answers keep the promise, 0 to 1; above 1 where none does. Of some classes none is given. */
  thresholdFor(promise: number, isGiven: (said: number) => boolean): number;
}

/** Learns how sure an answer is. Throws nothing; without any answers nothing is ever sure. */
export function learnConfidence(all: readonly Rehearsed[], classes: number): Confidence {
  const hidden = all.filter(({ isHidden }) => isHidden).length;
  const ratio = hidden === 0 ? 0 : (all.length - hidden) / hidden;
  const wary = logistic(all.map((each) => caseOf(each, SHARE_OF_HIDDEN * ratio)));
  const ranked = all
    .map((each) => ({ each, odds: logOddsOf(wary, each.numbers) }))
    .sort((one, other) => other.odds - one.odds);
  const countsHidden = (SHARE_UNKNOWN / (1 - SHARE_UNKNOWN)) * ratio;
  const curve = logistic(
    ranked.map(({ each, odds }) => caseOf({ ...each, numbers: Float64Array.of(odds) }, countsHidden)),
  );
  const chance = asTold(wary, curve);
  const known = ranked.filter(({ each }) => !each.isHidden);
  const leastSure = known[Math.floor((1 - TURNED_AWAY) * known.length)];
  const { wrong: wrongLabels, farBehind } = labelsOf(
    known.map(({ each }) => each),
    classes,
  );
  return {
    chance,
    wrongLabels,
    looksMislabelled: (answer) =>
      !answer.isHidden &&
      !answer.isRight &&
      answer.behind >= farBehind &&
      chanceOf(wary, answer.numbers) >= SURE_AGAINST_LABEL,
    thresholdFor(promise, isGiven) {
      let [right, answered, threshold] = [0, 0, NEVER];
      for (const { each, odds } of ranked) {
        if (!isGiven(each.said)) continue;
        const counts = each.isHidden ? countsHidden : 1;
        answered += counts;
        right += counts * rightness(each, chanceOf(curve, Float64Array.of(odds)));
        if (answered < FEWEST_ANSWERS) continue;
        const precision = right / answered / (1 - wrongLabels);
        if (precision - TO_SPARE * Math.sqrt((promise * (1 - promise)) / answered) >= promise)
          threshold = chanceOf(chance, each.numbers);
      }
      return leastSure === undefined ? NEVER : Math.max(threshold, chanceOf(chance, leastSure.each.numbers));
    },
  };
}

/**
 * The chance that people are told, and that is compared: what a wary chance comes to where few texts are unknown. Both
 * put answers in the same order. Where the curve does not rise, nothing is known of that.
 */
function asTold(wary: Logistic, curve: Logistic): Logistic {
  const told = composed(wary, curve);
  return (curve.weights[1] ?? 0) > 0 ? told : wary;
}

/** Between what was seen of an answer and what is to be expected of one with its chance. */
function rightness({ isRight }: Rehearsed, expected: number): number {
  return SHARE_OF_CURVE * expected + (1 - SHARE_OF_CURVE) * (isRight ? 1 : 0);
}

function caseOf({ numbers, isRight, isHidden }: Rehearsed, countsHidden: number): Case {
  return { numbers, isSo: isRight, counts: isHidden ? countsHidden : 1 };
}

interface Labels {
  /** The share that is wrong, 0 to 1. */
  wrong: number;
  /** A label that stands this far behind the answer stands no better than one drawn by lot. */
  farBehind: number;
}

/**
 * Of answers, surest first. A sure answer that is wrong confuses neighbours, so the class that the text is of stands
 * close behind. A wrong label stands anywhere: where it happens to be next, every other one is closer than seconds are
 * wont to be; else it is further behind.
 */
function labelsOf(ranked: readonly Rehearsed[], classes: number): Labels {
  const surest = ranked.slice(0, Math.ceil(SUREST * ranked.length));
  const margins = surest.filter(({ isRight }) => isRight).map(({ margin }) => margin);
  const farBehind = margins.sort((one, other) => one - other)[Math.floor(USUALLY_CLOSER * margins.length)] ?? Infinity;
  const low = surest.filter(({ isRight, behind }) => !isRight && behind >= farBehind).length / surest.length;
  const error = CERTAIN * Math.sqrt((low * (1 - low)) / surest.length);
  const noticed = 1 - USUALLY_CLOSER / (classes - 1);
  return { farBehind, wrong: Math.max(0, (low - error) / noticed - AS_IN_CLEAN_LABELS) };
}
