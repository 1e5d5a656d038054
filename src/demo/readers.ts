import { createChance } from './chance.ts';
import type { Reading } from './scene.ts';

/** Articles of the example desk: how often each is opened on the help page in a week, and how often it is what somebody sought. */
const READ = [
  { article: 'sign-in-codes', perWeek: 16, helps: 0.34 },
  { article: 'failed-payment', perWeek: 11, helps: 0.46 },
  { article: 'calendar-twice', perWeek: 9, helps: 0.52 },
  { article: 'block-hours', perWeek: 7, helps: 0.61 },
  { article: 'text-messages', perWeek: 4, helps: 0.2 },
] as const;

/** The help page is new to this desk: people found it over so many weeks. */
const FOUND_WITHIN_WEEKS = 6;

/** Who read an article on the help page, and whether that was it: of those no ticket tells. */
export function readingsOf({ seed, begin, end }: { seed: number; begin: Temporal.Instant; end: Temporal.Instant }) {
  const chance = createChance(seed + 0.5);
  const weeks = Math.ceil(end.since(begin).total('hours') / 168);
  return Array.from({ length: weeks }, (_, week) => week).flatMap((week) =>
    READ.flatMap(({ article, perWeek, helps }) => {
      const times = Math.round(perWeek * Math.min(1, (week + 1) / FOUND_WITHIN_WEEKS));
      return Array.from({ length: times }, (): Reading => {
        const at = begin.add({ minutes: week * 7 * 1440 + chance.between(0, 7 * 1440 - 1) });
        return { at, article, isAnswered: chance.isLucky(helps) };
      });
    }),
  );
}
