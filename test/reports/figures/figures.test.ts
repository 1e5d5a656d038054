import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIGURE_IDS, type FigureId } from '../../../src/domain/figure.ts';
import { DIMENSIONS, type Dimension } from '../../../src/reports/figures/among.ts';
import { figureNamed, FIGURES, figuresOf } from '../../../src/reports/figures/catalogue.ts';
import { measure, measureOne } from '../../../src/reports/figures/measure.ts';
import { ticketsBehind } from '../../../src/reports/figures/tickets-behind.ts';
import { spanBetween, spanNamed, STEPS } from '../../../src/reports/span.ts';
import { at } from '../../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { aHistory, anOutcome, HISTORY_NOW as NOW, type OutcomeRow, writeHistory } from '../../support/histories.ts';

const ZONE = 'Europe/Berlin';
const SPAN = spanNamed('last_90_days', NOW, ZONE);
const COUNTED = FIGURES.filter(({ unit }) => unit === 'tickets');

describe('the figures', () => {
  it('are those that the config may name', () => {
    expect(FIGURES.map(({ id }) => id)).toEqual([...FIGURE_IDS]);
  });

  it('say in whole sentences how they are counted', () => {
    for (const { definition } of FIGURES) expect(definition).toMatch(/^[A-Z].{30,}\.$/s);
  });

  it('are found by their names, and nothing else is', () => {
    expect(figureNamed('opened')?.title).toBe('New tickets');
    expect(figureNamed('constructor')).toBeNull();
  });
});

describe.each(ENGINES)('figures of a generated history on %s', (engine) => {
  const world = {} as { database: TestDatabase; rows: readonly OutcomeRow[] };
  beforeAll(async () => {
    world.database = await aDatabase(engine);
    world.rows = aHistory({ seed: 7, count: 600, days: 120 });
    await writeHistory(world.database.connection, world.rows);
  });
  afterAll(() => world.database.drop());
  const queries = () => world.database.connection.queries;

  it.each(Object.keys(DIMENSIONS) as Dimension[])('add up to the whole by %s', async (by) => {
    const whole = await measure(queries(), { figures: FIGURES, span: SPAN, now: NOW });
    const parts = [...(await measure(queries(), { figures: FIGURES, span: SPAN, by, now: NOW })).values()];
    for (const { id } of FIGURES) {
      const tickets = parts.reduce((sum, part) => sum + (part[id]?.tickets ?? 0), 0);
      expect([id, tickets]).toEqual([id, whole.get('')?.[id]?.tickets]);
    }
  });

  it('stand in the order of the first one, and the first few are those of all', async () => {
    const question = { figures: figuresOf('opened', 'resolved'), span: SPAN, by: 'assignee', now: NOW } as const;
    const all = [...(await measure(queries(), question))];
    const counts = all.map(([, { opened }]) => opened?.tickets ?? 0);
    expect(counts).toEqual(counts.toSorted((one, other) => other - one));
    expect([...(await measure(queries(), { ...question, most: 4 }))]).toEqual(all.slice(0, 4));
  });

  it.each(STEPS)('add up to the whole over time, by the %s', async (by) => {
    const figures = COUNTED.filter(({ moment }) => moment !== null);
    const whole = await measure(queries(), { figures, span: SPAN, now: NOW });
    const parts = [...(await measure(queries(), { figures, span: SPAN, by, now: NOW })).values()];
    for (const { id } of figures) {
      const sum = parts.reduce((total, part) => total + (part[id]?.value ?? 0), 0);
      expect([id, sum]).toEqual([id, whole.get('')?.[id]?.value]);
    }
  });

  it.each(FIGURES.map((figure) => [figure.id, figure] as const))(
    '%s rests on the tickets that it lists',
    async (_, figure) => {
      const measured = await measureOne(queries(), { figure, span: SPAN, now: NOW });
      const asked = { figure, span: SPAN, among: {}, now: NOW, limit: 1000, offset: 0 };
      const all = await ticketsBehind(queries(), { ...asked, side: 'all' });
      expect(all.total).toBe(measured.tickets);
      expect(all.tickets).toHaveLength(measured.tickets);
      if (figure.part === null) return;
      const part = await ticketsBehind(queries(), { ...asked, side: 'in' });
      const rest = await ticketsBehind(queries(), { ...asked, side: 'out' });
      expect(part.total + rest.total).toBe(all.total);
      expect(measured.value).toBe(all.total === 0 ? null : part.total / all.total);
    },
  );

  it('agree with the same, worked out by hand from the rows', async () => {
    const inSpan = (moment: Temporal.Instant | null | undefined) =>
      (moment ?? null) !== null && (moment?.epochMilliseconds ?? 0) >= at('2026-08-22T22:00:00Z').epochMilliseconds;
    const answered = world.rows.filter(({ firstRespondedAt }) => inSpan(firstRespondedAt));
    const minutes = answered
      .map(({ openedAt, firstRespondedAt }) => openedAt.until(firstRespondedAt ?? openedAt).total('minutes'))
      .toSorted((one, other) => one - other);
    const settled = world.rows.filter(({ firstReplySettledAt }) => inSpan(firstReplySettledAt));
    const kept = settled.filter(({ firstReplyKept }) => firstReplyKept === true);
    const figures = figuresOf('first_reply_median', 'first_reply_kept', 'opened', 'customers', 'open_over_24_hours');
    const measured = (await measure(queries(), { figures, span: SPAN, now: NOW })).get('');
    expect(measured).toMatchObject({
      first_reply_median: { value: middleOf(minutes), tickets: answered.length },
      first_reply_kept: { value: kept.length / settled.length, tickets: settled.length },
      opened: { value: world.rows.filter(({ openedAt }) => inSpan(openedAt)).length },
      customers: {
        value: new Set(world.rows.filter(({ openedAt }) => inSpan(openedAt)).map(({ customer }) => customer)).size,
      },
      open_over_24_hours: {
        value: world.rows.filter(
          ({ isOpen, openedAt }) =>
            isOpen && openedAt.epochMilliseconds < NOW.subtract({ hours: 24 }).epochMilliseconds,
        ).length,
      },
    });
  });

  it('can be asked of some tickets only, those without a value among them', async () => {
    const nobodys = world.rows.filter(({ isOpen, assignee }) => isOpen && assignee === null).length;
    const [figure] = figuresOf('open_now');
    const asked = { figure: figure ?? fail(), span: SPAN, now: NOW };
    expect((await measureOne(queries(), { ...asked, among: { assignee: '' } })).value).toBe(nobodys);
    expect((await measureOne(queries(), { ...asked, among: { assignee: "x' or true --" } })).value).toBe(0);
  });
});

describe('a figure', () => {
  const world = {} as { database: TestDatabase };
  beforeAll(async () => {
    world.database = await aDatabase('pglite');
  });
  afterAll(() => world.database.drop());

  async function valueOf(id: FigureId, rows: readonly OutcomeRow[], span = SPAN) {
    await world.database.empty();
    await writeHistory(world.database.connection, rows);
    const [figure] = figuresOf(id);
    return measureOne(world.database.connection.queries, { figure: figure ?? fail(), span, now: NOW });
  }

  it('counts a ticket by the day on the wall of the desk', async () => {
    const rows = [anOutcome({ openedAt: at('2026-11-15T23:30:00Z') })];
    expect(await valueOf('opened', rows, spanBetween('2026-11-16', '2026-11-16', ZONE) ?? fail())).toMatchObject({
      value: 1,
    });
    expect(await valueOf('opened', rows, spanBetween('2026-11-15', '2026-11-15', ZONE) ?? fail())).toMatchObject({
      value: 0,
    });
  });

  it('says of no tickets that there are none, and nothing more', async () => {
    expect(await valueOf('opened', [])).toEqual({ value: 0, tickets: 0 });
    expect(await valueOf('first_reply_kept', [])).toEqual({ value: null, tickets: 0 });
  });

  it('divides by the days of its period, or as many as are over', async () => {
    const rows = [1, 2, 3].map((number) => anOutcome({ number, openedAt: at('2026-11-19T09:00:00Z') }));
    const week = spanBetween('2026-11-13', '2026-11-19', ZONE) ?? fail();
    expect((await valueOf('opened_per_day', rows, week)).value).toBeCloseTo(3 / 7);
    expect((await valueOf('tickets_per_customer', rows, week)).value).toBeCloseTo((3 / 7) * 30.4375);
    // Of the 20th eleven hours and six minutes are over.
    const begun = spanBetween('2026-11-19', '2026-11-22', ZONE) ?? fail();
    expect((await valueOf('opened_per_day', rows, begun)).value).toBeCloseTo(3 / (1 + 11.1 / 24));
  });
});

function middleOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2;
  const [low = 0, high = 0] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return (low + high) / 2;
}

function fail(): never {
  throw new Error('there is none');
}
