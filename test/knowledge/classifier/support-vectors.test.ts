import { describe, expect, it } from 'vitest';
import { type Lesson, scoreRow } from '../../../src/knowledge/classifier/linear-model.ts';
import { softmax } from '../../../src/knowledge/classifier/softmax.ts';
import { supportVectors } from '../../../src/knowledge/classifier/support-vectors.ts';
import { wordsOf } from '../../../src/knowledge/classifier/text-features.ts';
import { rowsOf, vocabularyOf } from '../../../src/knowledge/classifier/vocabulary.ts';
import { HELP_CATEGORIES, helpTickets } from '../../support/help-texts.ts';

function lessonOf(count: number): Lesson {
  const examples = helpTickets(count);
  const texts = examples.map(({ text }) => wordsOf(text));
  return {
    rows: rowsOf(texts, vocabularyOf(texts)),
    chosen: Int32Array.from(texts.keys()),
    classOf: Int32Array.from(examples, ({ category }) => HELP_CATEGORIES.indexOf(category)),
    classes: HELP_CATEGORIES.length,
    counts: new Float32Array(count).fill(1),
  };
}

describe.each([
  ['support vectors', supportVectors],
  ['softmax', softmax],
])('%s', (_, teach) => {
  const lesson = lessonOf(80);
  const model = teach(lesson);

  it('put every text that was learned into its own class', () => {
    const scores = new Float64Array(lesson.classes);
    const wrong = [...lesson.chosen].filter((row) => {
      scoreRow({ rows: lesson.rows, row }, model, scores);
      return scores.indexOf(Math.max(...scores)) !== lesson.classOf[row];
    });
    expect(wrong).toEqual([]);
  });

  it('learn nothing of a class whose texts count nothing', () => {
    const counts = Float32Array.from(lesson.classOf, (own) => (own === 2 ? 0 : 1));
    const deaf = teach({ ...lesson, counts });
    const scores = new Float64Array(lesson.classes);
    const said = [...lesson.chosen].map((row) => {
      scoreRow({ rows: lesson.rows, row }, deaf, scores);
      return scores.indexOf(Math.max(...scores));
    });
    expect(said).not.toContain(2);
  });
});

describe('support vectors', () => {
  /**
   * What they make least: half the weights' squares, and by row the square of what it lacks to its margin, twice for
   * its own class. At the least no small change of the weights makes it smaller.
   */
  function cost(lesson: Lesson, weights: Float32Array): number {
    const { rows, classes, classOf } = lesson;
    const scores = new Float64Array(classes);
    let sum = weights.reduce((squares, weight) => squares + weight * weight, 0) / 2;
    for (const row of lesson.chosen) {
      scoreRow({ rows, row }, { classes, weights }, scores);
      for (const [each, score] of scores.entries()) {
        const isOwn = each === classOf[row];
        sum += (isOwn ? 2 : 1) * Math.max(0, 1 - (isOwn ? score : -score)) ** 2;
      }
    }
    return sum;
  }

  it('come within a hundredth of the least that the cost can be', () => {
    const lesson = lessonOf(60);
    const { weights } = supportVectors(lesson);
    const reached = cost(lesson, weights);
    const nearby = [0.9, 0.97, 1.03, 1.1].map((factor) =>
      cost(
        lesson,
        weights.map((weight) => weight * factor),
      ),
    );
    expect(Math.min(...nearby)).toBeGreaterThan(reached * 0.99);
  });
});
