import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weeklyMarkdown } from '../../../src/reports/weekly/markdown.ts';
import { readWeekly } from '../../../src/reports/weekly/review.ts';
import { type Week, weekNamed } from '../../../src/reports/weekly/week.ts';
import { aPolicy, at } from '../../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { aHistory, anOutcome, HISTORY_NOW as NOW, writeHistory } from '../../support/histories.ts';

type Rows = Parameters<typeof writeHistory>[1];

const CONFIG = { policy: aPolicy(), reports: { primary: 'first_reply_open_median' as const } };

/** The week in which a history ends. */
const WEEK = aWeek('2026-W47');

describe.each(ENGINES)('the weekly review on %s', (engine) => {
  const world = {} as { database: TestDatabase };
  beforeAll(async () => {
    world.database = await aDatabase(engine);
  });
  afterAll(() => world.database.drop());

  async function given(rows: Rows) {
    await world.database.empty();
    await writeHistory(world.database.connection, rows);
    return world.database.connection.queries;
  }

  async function review(rows: Rows) {
    return readWeekly(await given(rows), { week: WEEK, primary: 'resolved', now: NOW });
  }

  it('lists exactly the tickets that are open over 24 hours, the oldest first (A-105)', async () => {
    const ago = (minutes: number) => NOW.subtract({ minutes });
    const { overdue, overdueCount } = await review([
      anOutcome({ number: 1, openedAt: ago(24 * 60) }),
      anOutcome({ number: 2, openedAt: ago(24 * 60 + 1), assignee: 'Ana' }),
      anOutcome({ number: 3, openedAt: ago(9999) }),
      anOutcome({ number: 4, openedAt: ago(9999), isOpen: false, status: 'resolved', resolvedAt: ago(5) }),
      anOutcome({ number: 5, openedAt: ago(10) }),
    ]);
    const listed = overdue.map(({ number, owner }) => `${number} ${owner}`);
    expect([overdueCount, ...listed]).toEqual([2, '3 support', '2 Ana']);
  });

  it('lists of any history what a count of its rows gives', async () => {
    const rows = aHistory({ seed: 11, count: 250, days: 20 });
    const { overdue, points } = await review(rows);
    const expected = rows.filter((row) => row.isOpen && row.openedAt.until(NOW).total('hours') > 24);
    expect(new Set(overdue.map(({ number }) => number))).toEqual(new Set(expected.map(({ number }) => number)));
    const alone = expected.filter(({ assignee }) => assignee === null).length;
    const nobody = { kind: 'nobody', tickets: alone, of: expected.length };
    expect(points.find(({ kind }) => kind === 'nobody')).toEqual(nobody);
  });

  it('leads with the primary figure, and has each figure beside the week before (A-104)', async () => {
    const done = (number: number, day: string) => {
      const moment = at(`2026-11-${day}T09:00:00Z`);
      return anOutcome({ number, openedAt: moment, resolvedAt: moment, isOpen: false, status: 'resolved' });
    };
    const { primary, figures, days } = await review([done(1, '11'), done(2, '17'), done(3, '17'), done(4, '19')]);
    expect([primary.figure.id, primary.now.value, primary.before?.value]).toEqual(['resolved', 3, 1]);
    expect(figures.filter(({ figure }) => figure.id === 'resolved')).toEqual([]);
    expect(days.map(({ opened, resolved }) => `${opened} ${resolved}`)).toEqual([
      '0 0',
      '2 2',
      '0 0',
      '1 1',
      '0 0',
      '0 0',
      '0 0',
    ]);
  });

  it('says of a category that it grew, and of few tickets nothing', async () => {
    const some = (count: number, { from, category, day }: { from: number; category: string; day: string }) =>
      Array.from({ length: count }, (_, index) =>
        anOutcome({ number: from + index, category, openedAt: at(`2026-11-${day}T09:00:00Z`) }),
      );
    const { categories, points } = await review([
      ...some(4, { from: 100, category: 'billing', day: '11' }),
      ...some(9, { from: 200, category: 'billing', day: '18' }),
      ...some(4, { from: 300, category: 'technical', day: '18' }),
    ]);
    expect(categories).toEqual([
      { category: 'billing', opened: 9, before: 4 },
      { category: 'technical', opened: 4, before: 0 },
    ]);
    const grown = { kind: 'category', category: 'billing', now: 9, before: 4 };
    expect(points.filter(({ kind }) => kind === 'category')).toEqual([grown]);
  });

  it('names figures that became worse, and none that rest on next to nothing', async () => {
    const slow = (count: number, { from, day, minutes }: { from: number; day: string; minutes: number }) =>
      Array.from({ length: count }, (_, index) => {
        const moment = at(`2026-11-${day}T09:00:00Z`);
        const answered = { firstRespondedAt: moment, firstReplyOpenMinutes: minutes };
        return anOutcome({ number: from + index, openedAt: moment, ...answered });
      });
    const worse = async (count: number) => {
      const before = slow(count, { from: 100, day: '11', minutes: 20 });
      const { points } = await review([...before, ...slow(count, { from: 200, day: '18', minutes: 30 })]);
      return points.filter(({ kind }) => kind === 'worse');
    };
    expect(await worse(9)).toEqual([]);
    expect(await worse(10)).toMatchObject([{ figure: { id: 'first_reply_open_median' }, now: 30, before: 20 }]);
  });

  it('is written as Markdown in which names are text, and numbers are links where our address is known', async () => {
    const queries = await given([anOutcome({ number: 7, openedAt: at('2026-11-16T09:06:00Z'), queue: 'a|b [x](y)' })]);
    const asked = { config: CONFIG, now: NOW, week: WEEK };
    const linked = await weeklyMarkdown(queries, { ...asked, publicAddress: 'https://desk.example' });
    expect(linked).toContain('[T-7](https://desk.example/tickets/7)');
    expect(linked).toContain('| a\\|b \\[x\\](y) | 4 d 1 h |');
    expect(linked).toContain('/reports/figures/opened?from=2026-11-16&to=2026-11-22)');
    const plain = await weeklyMarkdown(queries, { ...asked, publicAddress: null });
    expect(plain).toContain('| T-7 |');
    expect(plain).not.toContain('](http');
  });
});

function aWeek(name: string): Week {
  const week = weekNamed(name, 'Europe/Berlin');
  if (week === null) throw new Error(`There is no week ${name}.`);
  return week;
}
