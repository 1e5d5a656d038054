/** From rows and their classes to a judge of new ones. */
import type { Judge } from './evidence.ts';
import type { Lesson, LinearModel } from './linear-model.ts';
import { centresOf } from './joined-rows.ts';
import { keepTexts, neighboursOf } from './neighbours.ts';
import { softmax } from './softmax.ts';
import { supportVectors } from './support-vectors.ts';

/** With fewer texts of a class than these, chances learned beside the machines add one to two points. */
const FEW_OF_A_CLASS = 20;
const SHARE_OF_CHANCES = 0.2;

/** Whether there are few texts of each class: asked once of all texts, so that rehearsals learn in the same way. */
export function areFew(texts: number, classes: number): boolean {
  return texts / classes < FEW_OF_A_CLASS;
}

/** Learns from the lesson; the same lesson gives the same judge. */
export function teach(lesson: Lesson, { isFew }: { isFew: boolean }): Judge {
  const machines = supportVectors(lesson);
  const linear = isFew ? blend(machines, softmax(lesson)) : machines;
  const { rows, chosen, classOf } = lesson;
  const neighbours = neighboursOf(keepTexts(rows, chosen), rows.width);
  return { linear, neighbours, classOf, centres: rows.dimensions === 0 ? null : centresOf(lesson) };
}

/** Both are sums over the same features, and so is what they say together. */
function blend({ classes, weights }: LinearModel, chances: LinearModel): LinearModel {
  return {
    classes,
    weights: weights.map((weight, at) => weight + SHARE_OF_CHANCES * (chances.weights[at] ?? 0)),
  };
}
