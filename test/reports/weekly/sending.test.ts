import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WeeklySettings } from '../../../src/config/reports.ts';
import { outbox } from '../../../src/db/schema.ts';
import { createWeeklySending } from '../../../src/reports/weekly/sending.ts';
import { dueLanes } from '../../../src/sweeps/due-lanes.ts';
import { aPolicy, at } from '../../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { anOutcome, writeHistory } from '../../support/histories.ts';
import { aLiveConfig } from '../../support/live-config.ts';

/** Monday at eight in Berlin. */
const MONDAY = at('2026-11-23T07:00:00Z');

const WEEKLY: WeeklySettings = {
  weekday: 1,
  time: Temporal.PlainTime.from('08:00'),
  to: ['Ana', 'lead@desk.example'],
  by: ['email'],
  table: null,
};

const POLICY = aPolicy({
  notices: { ways: { team: { kind: 'chat', isRoom: true, findsByAddress: true } } },
});

describe.each(ENGINES)('the weekly review that is sent on %s', (engine) => {
  const world = {} as { database: TestDatabase };
  beforeAll(async () => {
    world.database = await aDatabase(engine);
  });
  afterAll(() => world.database.drop());

  /** A desk that was set up on Sunday, and what its instances send at moments. */
  async function aDesk(weekly: Partial<WeeklySettings> | null = {}, shadowUntil: Temporal.Instant | null = null) {
    await world.database.empty();
    const { connection } = world.database;
    const hostile = '<img src=x>';
    await writeHistory(connection, [anOutcome({ number: 7, openedAt: at('2026-11-17T09:00:00Z'), queue: hostile })]);
    const clock = { now: at('2026-11-22T12:00:00Z') };
    const config = aLiveConfig({
      policy: POLICY,
      ...(weekly !== null && { weekly: { ...WEEKLY, ...weekly } }),
      ...(shadowUntil !== null && { shadow: { until: shadowUntil } }),
    });
    const instance = () =>
      createWeeklySending({
        connection,
        config,
        publicAddress: 'https://desk.example',
        wake: async () => undefined,
        now: () => clock.now,
      });
    await instance().plan();
    return {
      instance,
      async runAt(now: Temporal.Instant) {
        clock.now = now;
        return (await instance().run()).sent;
      },
      async planAt(now: Temporal.Instant) {
        clock.now = now;
        await instance().plan();
      },
      isWoken: async (now: Temporal.Instant) => (await dueLanes(connection, now)).includes('weekly'),
      rows: () => connection.queries.select().from(outbox).orderBy(asc(outbox.key)),
    };
  }

  it('goes out once at its time, and again a week later', async () => {
    const desk = await aDesk();
    expect(await desk.isWoken(MONDAY.subtract({ seconds: 1 }))).toBe(false);
    expect(await desk.isWoken(MONDAY)).toBe(true);
    expect(await desk.runAt(MONDAY.subtract({ seconds: 1 }))).toBe(0);
    expect(await desk.runAt(MONDAY)).toBe(2);
    expect(await desk.runAt(MONDAY.add({ minutes: 1 }))).toBe(0);
    expect(await desk.isWoken(MONDAY.add({ minutes: 1 }))).toBe(false);
    expect(await desk.runAt(MONDAY.add({ hours: 7 * 24 }))).toBe(2);
    expect((await desk.rows()).map(({ key }) => key)).toEqual([
      'weekly:2026-W47:ana@desk.example',
      'weekly:2026-W47:lead@desk.example',
      'weekly:2026-W48:ana@desk.example',
      'weekly:2026-W48:lead@desk.example',
    ]);
  });

  it('goes out once, however many instances and starts there are', async () => {
    const desk = await aDesk();
    await desk.planAt(MONDAY);
    const both = await Promise.all([desk.instance().run(), desk.instance().run()]);
    expect(both.map(({ sent }) => sent).toSorted()).toEqual([0, 2]);
    await desk.planAt(MONDAY.add({ minutes: 5 }));
    expect(await desk.runAt(MONDAY.add({ minutes: 5 }))).toBe(0);
    expect(await desk.rows()).toHaveLength(2);
  });

  it('is made up for within a day after the service was down, and later left to the next week', async () => {
    const late = await aDesk();
    await late.planAt(MONDAY.add({ hours: 23 }));
    expect(await late.runAt(MONDAY.add({ hours: 23 }))).toBe(2);
    const tooLate = await aDesk();
    expect(await tooLate.runAt(MONDAY.add({ hours: 25 }))).toBe(0);
    expect(await tooLate.runAt(MONDAY.add({ hours: 7 * 24 }))).toBe(2);
    expect((await tooLate.rows())[0]?.key).toBe('weekly:2026-W48:ana@desk.example');
  });

  it('is not sent when it comes due in shadow, nor when the shadow ends soon after', async () => {
    const end = MONDAY.add({ hours: 2 });
    const desk = await aDesk({}, end);
    expect(await desk.runAt(MONDAY)).toBe(0);
    await desk.planAt(end);
    expect(await desk.runAt(end)).toBe(0);
    expect(await desk.runAt(MONDAY.add({ hours: 7 * 24 }))).toBe(2);
    expect((await desk.rows())[0]?.key).toBe('weekly:2026-W48:ana@desk.example');
  });

  it('is not sent where nobody asked for it', async () => {
    const desk = await aDesk(null);
    expect(await desk.isWoken(MONDAY)).toBe(false);
    expect(await desk.runAt(MONDAY)).toBe(0);
  });

  it('is a letter with text beside it, in which what people wrote is text, and fetches nothing', async () => {
    const desk = await aDesk();
    await desk.runAt(MONDAY);
    const [letter] = await desk.rows();
    expect(letter).toMatchObject({ ticketKey: '', template: 'weekly_review', recipient: 'ana@desk.example' });
    expect(letter?.html).toContain('<a href="https://desk.example/tickets/7">T-7</a>');
    expect(letter?.html).toContain('bgcolor="#5b7fe0"');
    expect(letter?.html).not.toMatch(/<img|<svg|<script|<link|url\(/);
    expect(letter?.text).toContain('T-7: ');
    expect(letter?.text).toContain('https://desk.example/reports/weekly?week=2026-W47');
  });

  it('goes once into a room, shorter, with a link to its page', async () => {
    const desk = await aDesk({ by: ['team'] });
    expect(await desk.runAt(MONDAY)).toBe(1);
    expect(await desk.rows()).toMatchObject([
      { way: 'team', recipient: 'team', html: null, link: 'https://desk.example/reports/weekly?week=2026-W47' },
    ]);
  });
});
