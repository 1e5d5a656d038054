import { describe, expect, it } from 'vitest';
import { linkToTry, prefilledBy } from '../../src/backtest/link.ts';
import { createChance } from '../support/chance.ts';
import { fc } from '../support/properties.ts';

function readBack(link: string) {
  const query = new URL(link, 'http://desk.example').searchParams;
  return prefilledBy((name) => query.get(name) ?? '');
}

describe('a link to the page Backtest', () => {
  it('brings any text along', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
        expect(readBack(linkToTry({ file: 'triage.yaml', text }))).toEqual({ file: 'triage.yaml', text });
      }),
    );
  });

  it('leaves out a text that no address can hold', () => {
    const chance = createChance(1);
    const text = Array.from({ length: 30_000 }, () => String.fromCodePoint(33 + Math.floor(chance() * 90))).join('');
    const link = linkToTry({ file: 'triage.yaml', text });
    expect(link).toBe('/backtest?file=triage.yaml');
    expect(readBack(link)).toEqual({ file: 'triage.yaml', text: null });
  });

  it('may have the text as it is', () => {
    expect(readBack('/backtest?file=sla.yaml&text=policies%3A%20%5B%5D')).toEqual({
      file: 'sla.yaml',
      text: 'policies: []',
    });
  });

  it.each(['nonsense', 'AAAA', '%00'])('with %j for a packed text brings none', (packed) => {
    expect(readBack(`/backtest?file=sla.yaml&packed=${packed}`).text).toBeNull();
  });
});
