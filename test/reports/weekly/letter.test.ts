import { describe, expect, it } from 'vitest';
import { asLetter } from '../../../src/reports/weekly/letter.ts';

const LETTER = asLetter({
  title: 'Week 47',
  about: 'Bramble, 16 to 22 November',
  leading: { title: 'First answer', value: { text: '2 h' }, change: { text: '+10 %', tone: 'bad' } },
  sections: [
    {
      title: 'By day',
      blocks: [
        {
          kind: 'table',
          columns: ['Day', 'New'],
          rows: [
            [{ text: 'Mon' }, { text: '12', bar: 1 }],
            [{ text: 'Tue' }, { text: 'better', tone: 'good' }],
            [{ text: '6 d 14 h' }, { text: 'overdue since 17:24: 95 % of 4 hours, 3 days ago' }],
          ],
        },
      ],
    },
  ],
  link: null,
});

const [DAY, NIGHT] = ['#ffffff', '#121212'];

/** Of every colour that a place of the letter has. */
function coloursIn(pattern: RegExp): readonly string[] {
  return [...LETTER.matchAll(pattern)].map(([, colour = '']) => colour);
}

/** As WCAG 2.2 counts it. */
function contrastOf(one: string, other: string): number {
  const [high = 0, low = 0] = [one, other].map(lightOf).toSorted((first, second) => second - first);
  return (high + 0.05) / (low + 0.05);
}

function lightOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('the letter of a weekly review', () => {
  it('has news that can be read by day without any style sheet, and by night with it', () => {
    const byDay = coloursIn(/style="color:(#\w{6})"/g);
    const byNight = coloursIn(/\{ color: (#\w{6}) !important/g);
    expect([byDay.length, byNight.length]).toEqual([2, 2]);
    expect(byDay.map((colour) => contrastOf(colour, DAY)).filter((contrast) => contrast < 4.5)).toEqual([]);
    expect(byNight.map((colour) => contrastOf(colour, NIGHT)).filter((contrast) => contrast < 4.5)).toEqual([]);
  });

  it('has bars that are seen on both grounds', () => {
    const [bar = ''] = coloursIn(/bgcolor="(#\w{6})"/g);
    expect(contrastOf(bar, DAY)).toBeGreaterThan(3);
    expect(contrastOf(bar, NIGHT)).toBeGreaterThan(3);
  });

  it('keeps a number with its unit, however narrow the column', () => {
    expect(LETTER).toContain('6\u00a0d\u00a014\u00a0h');
    expect(LETTER).toContain('overdue since 17:24: 95\u00a0% of 4 hours, 3 days ago');
  });
});
