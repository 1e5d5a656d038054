import { describe, expect, it } from 'vitest';
import { guess, learn, packModel, unpackModel } from '../../../src/knowledge/classifier/index.ts';
import { helpTickets } from '../../support/help-texts.ts';

function someModel() {
  const learning = learn(helpTickets(120), { promise: 0.9 });
  if (learning.kind === 'missing') throw new Error('too few tickets');
  return learning.model;
}

describe('a packed model', () => {
  const model = someModel();
  const packed = packModel(model);

  it('guesses as it did before, but for less than a hundredth', () => {
    const again = unpackModel(packed);
    for (const { text } of helpTickets(60, 5)) {
      const [before, after] = [guess(model, text), guess(again, text)];
      expect(after.categories[0]?.category).toBe(before.categories[0]?.category);
      expect(after.categories[0]?.confidence).toBeCloseTo(before.categories[0]?.confidence ?? 0, 2);
      expect(after.nearest?.ticket).toBe(before.nearest?.ticket);
    }
  });

  it('is small', () => {
    expect(packed.length).toBeLessThan(40_000);
  });

  it('is refused where bytes of it are missing or damaged', () => {
    const problem = expect.objectContaining({ code: 'learning.unreadable-model' });
    expect(() => unpackModel(packed.subarray(0, packed.length - 7))).toThrow(problem);
    expect(() => unpackModel(packed.map((byte, at) => (at === 60 ? byte ^ 255 : byte)))).toThrow(problem);
    expect(() => unpackModel(new Uint8Array())).toThrow(problem);
  });
});
