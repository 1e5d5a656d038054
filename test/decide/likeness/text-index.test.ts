import { describe, expect, it } from 'vitest';
import { groupAround, likenessTo } from '../../../src/decide/likeness/group.ts';
import { createTextIndex } from '../../../src/decide/likeness/text-index.ts';
import { TOPICS } from '../../../src/demo/topics/index.ts';
import type { Topic } from '../../../src/demo/topics/topic.ts';
import { OUTAGES } from '../../support/outage-reports.ts';

/** As docs/incidents.md recommends: what reports have in common, how many make an incident, and what joins one. */
const SIMILARITY = 0.3;
const REPORTS = 3;
const JOINING = 0.85 * SIMILARITY;

describe('the index of texts', () => {
  it('finds what is about the same in other words, forms and spellings, closest first', () => {
    const index = createTextIndex(10);
    index.add('one', 'The checkout is broken: every payment fails.');
    index.add('two', 'All paymets fail in the chekout');
    index.add('three', 'Where do I change the opening hours?');
    index.add('four', 'Payments failing');
    expect(index.near('two', { atLeast: 0.15, most: 5 }).map(({ key }) => key)).toEqual(['one', 'four']);
  });

  it('says 1 of the same words and 0 of nothing in common, in any script', () => {
    const index = createTextIndex(10);
    index.add('one', '支払いページが動きません');
    index.add('two', '支払いページが動きません');
    index.add('three', 'Привет');
    expect(index.between('one', 'two')).toBeCloseTo(1);
    expect(index.between('one', 'three')).toBe(0);
    expect(index.between('one', 'nobody')).toBe(0);
  });

  it('says nothing of a text without words, and leaves out what a mail only quotes', () => {
    const index = createTextIndex(10);
    index.add('none', '??? !!!');
    index.add('own', 'Thanks!\n\n> The checkout is broken, every payment fails.');
    index.add('other', 'The checkout is broken, every payment fails.');
    expect(index.near('none', { atLeast: 0, most: 5 }).every(({ score }) => score === 0)).toBe(true);
    expect(index.between('own', 'other')).toBeLessThan(0.05);
  });

  it('holds the latest alone, and compares them as if the older had never been', () => {
    const [small, large] = [createTextIndex(3), createTextIndex(3)];
    for (const text of ['alpha beta', 'gamma delta', 'epsilon zeta']) large.add(text, text);
    for (const text of ['checkout fails', 'checkout failing', 'opening hours']) {
      small.add(text, text);
      large.add(text, text);
    }
    expect(large.near('checkout fails', { atLeast: 0.1, most: 5 })).toEqual(
      small.near('checkout fails', { atLeast: 0.1, most: 5 }),
    );
    expect(large.between('alpha beta', 'gamma delta')).toBe(0);
  });
});

/**
 * Six outages and everything else that the demo's customers write, as if all came within one window, each in an order
 * of its own. No condition helps, and so it is the worst case: docs/incidents.md states what came of it.
 */
describe('reports among other messages (A-020)', () => {
  const reports = OUTAGES.flatMap(({ name, reports: all }) =>
    all.map(({ subject, text }, index) => ({ key: `${name} ${index}`, about: name, text: `${subject}\n${text}` })),
  );
  const { outages: _outages, ...unrelated } = TOPICS;
  const others = Object.values(unrelated)
    .flatMap((topics: readonly Topic[]) => topics)
    .map(({ subjects, text }, index) => ({
      key: `other ${index}`,
      about: null,
      text: `${subjects[0]}\n${text}`.replaceAll(/\{\w+\}/g, ''),
    }));
  const all = [...reports, ...others];
  const about = new Map(all.map((each) => [each.key, each.about]));
  const index = createTextIndex(2000);
  for (const { key, text } of all) index.add(key, text);

  it('are found in nine of ten, and nine of ten that are found are some', () => {
    expect(others.length).toBeGreaterThan(100);
    const runs = [1, 2].map((seed) =>
      incidentsAmong(
        shuffled(
          all.map(({ key }) => key),
          seed,
        ),
      ),
    );
    const linked = runs.flat().reduce((count, group) => count + group.length - 1, 0);
    const right = runs.flat().reduce((count, group) => count + mostAboutOne(group) - 1, 0);
    const wanted = runs.length * (reports.length - OUTAGES.length);
    expect(runs.map((groups) => groups.length)).toEqual([6, 6]);
    expect(right / linked).toBeGreaterThan(0.9);
    expect(right / wanted).toBeGreaterThan(0.82);
  });

  /** How many of a group report the same outage, of whichever there are most; other messages are about none. */
  function mostAboutOne(group: readonly string[]): number {
    const counts = OUTAGES.map(({ name }) => group.filter((key) => about.get(key) === name).length);
    return Math.max(1, ...counts);
  }

  /** As turns do it: join what goes on, else find enough; and look again at those that stand alone. */
  function incidentsAmong(keys: readonly string[]): readonly (readonly string[])[] {
    const groups: string[][] = [];
    const alone: string[] = [];
    function join(key: string): boolean {
      const scored = groups.map((group) => ({ group, score: likenessTo(group, key, index.between) }));
      const [best] = scored.toSorted((one, other) => other.score - one.score);
      if (best === undefined || best.score < JOINING) return false;
      best.group.push(key);
      return true;
    }
    for (const key of keys) {
      if (!join(key)) {
        const found = groupAround(key, alone, { between: index.between, atLeast: SIMILARITY });
        alone.push(key);
        if (found.length + 1 < REPORTS) continue;
        const group = alone.filter((each) => each === key || found.some((other) => other.key === each));
        groups.push(group);
        alone.splice(0, alone.length, ...alone.filter((each) => !group.includes(each)));
      }
      for (let before = -1; before !== alone.length;) {
        before = alone.length;
        alone.splice(0, alone.length, ...alone.filter((each) => !join(each)));
      }
    }
    return groups;
  }
});

function shuffled(keys: readonly string[], seed: number): readonly string[] {
  let state = seed;
  function next(): number {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state;
  }
  return keys
    .map((key) => ({ key, place: next() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ key }) => key);
}
