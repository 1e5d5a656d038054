import { expect, it } from 'vitest';
import { hotkeysFor } from '../../src/console/hotkeys.ts';

it('gives each name a letter of its own, the first where it can, and none that the page needs', () => {
  const keys = hotkeysFor(['billing', 'bug', 'Order', 'sales', 'guk', '返品']);
  expect(Object.fromEntries(keys)).toEqual({ billing: 'b', bug: 'c', Order: 'r', sales: 'a', guk: 'd', 返品: 'e' });
});

it('gives no letter twice, and the names beyond the letters none', () => {
  const names = Array.from({ length: 40 }, (_, index) => `name ${index}`);
  const keys = [...hotkeysFor(names).values()];
  expect(new Set(keys).size).toBe(20);
  expect(keys).toHaveLength(20);
});
