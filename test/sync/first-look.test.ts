import { expect, it } from 'vitest';
import type { Lane } from '../../src/db/queues.ts';
import { createFirstLook } from '../../src/sync/first-look.ts';

/** Lanes that wait for the base, and what was done. */
function aFirstLook() {
  const done: string[] = [];
  const base = { isKnown: false };
  const firstLook = createFirstLook({
    isKnown: async () => base.isKnown,
    wake: async (lane: Lane) => void done.push(`woke ${lane}`),
  });
  const decide = (lane: Lane) => firstLook.after(lane, async () => void done.push(`decided ${lane}`));
  return { base, done, decide, look: firstLook.look };
}

it('decides nothing before the base was read, and wakes who waited for that as soon as it was', async () => {
  const { base, done, decide, look } = aFirstLook();
  await decide('inbox');
  await decide('sweep');
  await look(async () => undefined);
  expect(done).toEqual([]);

  await look(async () => void (base.isKnown = true));
  expect(done).toEqual(['woke inbox', 'woke sweep']);
});

it('wakes nobody who did not wait, nor anybody twice', async () => {
  const { base, done, decide, look } = aFirstLook();
  await decide('inbox');
  base.isKnown = true;
  await decide('inbox');
  await look(async () => undefined);
  await look(async () => undefined);
  expect(done).toEqual(['decided inbox']);
});

it('wakes a lane whose question came while the base was being read', async () => {
  const { base, done, decide, look } = aFirstLook();
  await look(async () => {
    await decide('inbox');
    base.isKnown = true;
  });
  expect(done).toEqual(['woke inbox']);
});
