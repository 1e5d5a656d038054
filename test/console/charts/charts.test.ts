import { describe, expect, it } from 'vitest';
import { barInRow, barsDrawing } from '../../../src/console/charts/bars.ts';
import { heatMapDrawing } from '../../../src/console/charts/heat-map.ts';
import { linesDrawing } from '../../../src/console/charts/lines.ts';
import { type Html, textOf } from '../../../src/console/markup.ts';

function bar(value: number | null) {
  return { name: 'Mon', value, tip: `${value} tickets`, address: '/there' };
}

function heights(drawing: Html): readonly number[] {
  return [...textOf(drawing).matchAll(/class="td-bar"[^>]*height="([\d.]+)"/g)].map(([, height]) => Number(height));
}

describe('a drawing', () => {
  it('has bars as high as their values, from zero up', () => {
    const [two = 0, four = 0, none = 1] = heights(barsDrawing([bar(2), bar(4), bar(null)], { words: String }));
    expect(four / two).toBeCloseTo(2);
    expect(none).toBe(0);
  });

  it('has no number that is none, of nothing at all', () => {
    for (const drawing of [
      barsDrawing([], { words: String }),
      barsDrawing([bar(0)], { words: String }),
      linesDrawing({ names: [], lines: [] }, { words: String }),
      linesDrawing(
        { names: ['Mon'], lines: [{ title: 'a', values: [null], tips: [''], addresses: [null] }] },
        { words: String },
      ),
      heatMapDrawing({ rows: ['Mon'], columns: ['00'], values: [[0]], tipOf: () => '' }),
      barInRow(Number.POSITIVE_INFINITY),
    ]) {
      expect(textOf(drawing)).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it.each([
    { most: 310, says: ['0', '120', '240', '360'] },
    { most: 45, says: ['0', '15', '30', '45'] },
    { most: 2_000, says: ['0', '720', '1440', '2160'] },
  ])('has lines across at round hours and days where it shows minutes, up to $most', ({ most, says }) => {
    const drawing = textOf(barsDrawing([bar(most)], { words: String, isTime: true }));
    expect([...drawing.matchAll(/text-anchor="end"\s*>(\d+)</g)].map(([, words]) => words)).toEqual(says);
  });

  it('leaves a gap in a line where nothing is known', () => {
    const values = [1, null, 3, 4];
    const drawing = textOf(
      linesDrawing(
        { names: ['a', 'b', 'c', 'd'], lines: [{ title: 'a', values, tips: ['', '', '', ''], addresses: [] }] },
        { words: String },
      ),
    );
    expect(/class="td-line td-line-1" d="([^"]*)"/.exec(drawing)?.[1]?.match(/M/g)).toHaveLength(2);
    expect(drawing.match(/<circle/g)).toHaveLength(3);
  });

  it('has no style of its own, so that a strict policy and the night let it be', () => {
    const drawing = textOf(heatMapDrawing({ rows: ['Mon'], columns: ['00'], values: [[3]], tipOf: () => '3 tickets' }));
    expect(drawing).not.toMatch(/style=|fill="|#[0-9a-f]{3}/);
    expect(drawing).toContain('td-heat-6');
  });
});
