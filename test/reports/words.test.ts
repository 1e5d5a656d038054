import { describe, expect, it } from 'vitest';
import type { FigureId } from '../../src/domain/figure.ts';
import { figuresOf } from '../../src/reports/figures/catalogue.ts';
import type { Figure } from '../../src/reports/figures/figure.ts';
import { changeWords, figureWords, isGoodNews, lengthWords } from '../../src/reports/words.ts';

function theFigure(id: FigureId): Figure {
  const [figure] = figuresOf(id);
  if (figure === undefined) throw new Error('no figure');
  return figure;
}

describe('a figure in words', () => {
  it.each([
    ['opened', 1204, '1,204'],
    ['first_reply_kept', 0.934, '93 %'],
    ['escalated', 0.0312, '3.1 %'],
    ['satisfaction', 4.349, '4.3'],
    ['opened_per_day', 12.44, '12.4'],
    ['first_reply_median', 185, '3 h 5 min'],
    ['satisfaction', null, '–'],
  ] as const)('%s of %s is %s', (id, value, words) => {
    expect(figureWords(theFigure(id), value)).toBe(words);
  });

  it.each([
    [0.4, '0 min'],
    [59.6, '1 h'],
    [120, '2 h'],
    [599, '9 h 59 min'],
    [840, '14 h'],
    [2880, '2 d'],
    [3120, '2 d 4 h'],
    [20_000, '14 d'],
  ])('%s minutes are %s', (minutes, words) => {
    expect(lengthWords(minutes)).toBe(words);
  });
});

describe('a change', () => {
  it.each([
    ['opened', 124, 100, '+24 %', null],
    ['first_reply_median', 90, 100, '−10 %', true],
    ['first_reply_kept', 0.9, 0.91, '−1 point', false],
    ['first_reply_kept', 0.902, 0.9, '±0 points', null],
    ['satisfaction', 4.5, 4.2, '+0.3', true],
    ['opened', 5, 0, null, null],
    ['satisfaction', null, 4, null, null],
  ] as const)('of %s to %s from %s is %s', (id, now, before, words, isGood) => {
    expect([changeWords(theFigure(id), now, before), isGoodNews(theFigure(id), now, before)]).toEqual([words, isGood]);
  });
});
