import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../../src/db/schema.ts';
import { agesOf } from '../../../src/reports/flow/ages.ts';
import { answersByPerson } from '../../../src/reports/flow/answers.ts';
import { backlogOf } from '../../../src/reports/flow/backlog.ts';
import { peakHoursOf } from '../../../src/reports/flow/peak-hours.ts';
import { timeSpent } from '../../../src/reports/flow/stays.ts';
import { type Span, spanBetween } from '../../../src/reports/span.ts';
import { at } from '../../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { aHistory, anOutcome, HISTORY_NOW as NOW, writeHistory } from '../../support/histories.ts';

const ZONE = 'Europe/Berlin';

describe.each(ENGINES)('the flow of work on %s', (engine) => {
  const world = {} as { database: TestDatabase };
  beforeAll(async () => {
    world.database = await aDatabase(engine);
  });
  afterAll(() => world.database.drop());

  async function given(rows: Parameters<typeof writeHistory>[1]) {
    await world.database.empty();
    await writeHistory(world.database.connection, rows);
    return world.database.connection.queries;
  }

  it('has at the end of each day what came in less what was done', async () => {
    const queries = await given([
      anOutcome({
        number: 1,
        openedAt: at('2026-11-17T09:00:00Z'),
        resolvedAt: at('2026-11-19T09:00:00Z'),
        isOpen: false,
        status: 'resolved',
      }),
      anOutcome({ number: 2, openedAt: at('2026-11-18T09:00:00Z') }),
      anOutcome({ number: 3, openedAt: at('2026-11-18T23:30:00Z') }),
    ]);
    expect(await backlogOf(queries, days('2026-11-17', '2026-11-25'), NOW)).toEqual([
      { day: '2026-11-17', open: 1, opened: 1, ended: 0 },
      { day: '2026-11-18', open: 2, opened: 1, ended: 0 },
      { day: '2026-11-19', open: 2, opened: 1, ended: 1 },
      { day: '2026-11-20', open: 2, opened: 0, ended: 0 },
    ]);
  });

  it('ends, of any history, with what is open now', async () => {
    const rows = aHistory({ seed: 3, count: 200, days: 40 });
    const queries = await given(rows);
    const backlog = await backlogOf(queries, days('2026-10-01', '2026-11-20'), NOW);
    expect(backlog.at(-1)?.open).toBe(rows.filter(({ isOpen }) => isOpen).length);
    expect(backlog[0]?.open).toBe((backlog[0]?.opened ?? 0) - (backlog[0]?.ended ?? 0));
  });

  it('puts open tickets into ages, each into one', async () => {
    const hoursAgo = [1, 3.9, 4, 23, 24, 71, 72, 168, 672, 9999];
    const queries = await given(
      hoursAgo.map((hours, index) => anOutcome({ number: index + 1, openedAt: NOW.subtract({ minutes: hours * 60 }) })),
    );
    expect(await agesOf(queries, NOW)).toEqual([2, 2, 2, 1, 1, 2]);
  });

  it('counts new tickets by weekday and hour of the desk', async () => {
    const queries = await given([
      anOutcome({ number: 1, openedAt: at('2026-11-15T23:30:00Z') }),
      anOutcome({ number: 2, openedAt: at('2026-11-16T00:10:00Z'), channel: 'mail' }),
      anOutcome({ number: 3, openedAt: at('2026-11-14T22:59:00Z') }),
    ]);
    const span = days('2026-11-09', '2026-11-16');
    const week = await peakHoursOf(queries, { span });
    expect([week[0]?.[0], week[0]?.[1], week[5]?.[23], week.flat().reduce((sum, each) => sum + each)]).toEqual([
      1, 1, 1, 3,
    ]);
    expect((await peakHoursOf(queries, { span, among: { channel: 'mail' } }))[0]).toContain(1);
  });

  it.each([
    { zone: 'Europe/Berlin', change: 'before the clocks go back', at: '2026-10-24T22:30:00Z', day: 6, hour: 0 },
    { zone: 'Europe/Berlin', change: 'after they went back', at: '2026-10-25T22:30:00Z', day: 6, hour: 23 },
    { zone: 'Asia/Kolkata', change: 'half an hour apart', at: '2026-10-24T18:29:59Z', day: 5, hour: 23 },
    { zone: 'America/St_Johns', change: 'behind the clock of the world', at: '2026-10-26T02:29:59Z', day: 6, hour: 23 },
  ])('counts by the hour of $zone, $change', async ({ zone, at: openedAt, day, hour }) => {
    const queries = await given([anOutcome({ openedAt: at(openedAt) })]);
    const span = {
      timeZone: zone,
      from: Temporal.PlainDate.from('2026-10-19'),
      until: Temporal.PlainDate.from('2026-11-02'),
    };
    const week = await peakHoursOf(queries, { span });
    expect(week[day]?.[hour]).toBe(1);
    expect(week.flat().reduce((sum, each) => sum + each)).toBe(1);
  });

  it('says where open tickets spent the time of a stretch, the bottleneck first', async () => {
    const queries = await given([
      anOutcome({ number: 1, queue: 'review', openedAt: at('2026-11-01T09:00:00Z') }),
      anOutcome({
        number: 2,
        openedAt: at('2026-11-18T09:00:00Z'),
        resolvedAt: at('2026-11-18T10:00:00Z'),
        isOpen: false,
        status: 'resolved',
      }),
      anOutcome({
        number: 3,
        openedAt: at('2026-11-18T09:00:00Z'),
        resolvedAt: at('2026-11-18T12:00:00Z'),
        isOpen: false,
        status: 'resolved',
      }),
    ]);
    const spent = await timeSpent(queries, { span: days('2026-11-18', '2026-11-18'), now: NOW });
    expect(spent.queue).toEqual([
      { place: 'review', tickets: 1, minutes: 1440, medianMinutes: 1440 },
      { place: 'support', tickets: 2, minutes: 240, medianMinutes: 120 },
    ]);
    expect([spent.status, spent.assignee]).toEqual([
      [{ place: 'open', tickets: 3, minutes: 1680, medianMinutes: 180 }],
      [{ place: '', tickets: 3, minutes: 1680, medianMinutes: 180 }],
    ]);
  });

  it('counts answers by who wrote them, and no notes', async () => {
    const queries = await given([]);
    const message = {
      ticketKey: 'k',
      author: 'agent' as const,
      authorName: 'Ana',
      visibility: 'public' as const,
      text: 'Yes.',
    };
    const moment = at('2026-11-18T09:00:00Z');
    await queries.insert(messages).values([
      { ...message, id: '1', at: moment },
      { ...message, id: '2', at: moment },
      { ...message, id: '3', at: moment, visibility: 'internal' },
      { ...message, id: '4', at: moment, author: 'customer', authorName: 'Greta' },
      { ...message, id: '5', at: at('2026-11-19T09:00:00Z'), authorName: 'Ben' },
    ]);
    expect(await answersByPerson(queries, days('2026-11-18', '2026-11-18'))).toEqual(new Map([['Ana', 2]]));
  });
});

function days(from: string, to: string): Span {
  const span = spanBetween(from, to, ZONE);
  if (span === null) throw new Error('no span');
  return span;
}
