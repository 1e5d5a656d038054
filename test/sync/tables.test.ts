import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { createLog } from '../../src/kit/log.ts';
import type { WantedTable } from '../../src/ports/store-tables.ts';
import { dueLanes } from '../../src/sweeps/due-lanes.ts';
import { copiedRows } from '../../src/sync/table-places.ts';
import { isWholeDue, secondsToTables, type TablePulse } from '../../src/sync/table-pace.ts';
import { createTables, type Tables } from '../../src/sync/tables.ts';
import { anEmbeddedStore } from '../connectors/embedded/desk-rows.ts';
import { aCalendar, aPolicy, at, MORNING } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { someTables } from '../support/fake-tables.ts';
import { aFreeMeter } from '../support/free-meter.ts';

const ANA = { id: 'rec1', values: { Name: 'Ana', Away: false } };
const BEN = { id: 'rec2', values: { Name: 'Ben', Away: false } };

function wantedTable(table: string, ...titles: readonly string[]): WantedTable {
  const columns = titles.map((title) => ({ title, isNeeded: false, isTicked: title === 'Away' }));
  return { table, columns, usedFor: 'Agents come from it.', guide: 'docs/people.md' };
}

const PEOPLE = wantedTable('People', 'Name', 'Away');

describe('tables of the base', () => {
  let database: TestDatabase;
  let base: ReturnType<typeof someTables>;
  let wanted: readonly WantedTable[];
  let clock: { at: Temporal.Instant };
  let told: string[];
  let tables: Tables;

  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.empty();
    base = someTables({ People: [ANA, BEN], Customers: [{ id: 'rec9', values: { Name: 'Holm' } }] });
    wanted = [PEOPLE];
    clock = { at: MORNING };
    told = [];
    tables = open();
  });

  function open(): Tables {
    const { connection } = database;
    const opened = createTables({
      connection,
      store: { ...anEmbeddedStore(connection, []), tables: base.port },
      wanted: () => wanted,
      policy: () => aPolicy(),
      meter: aFreeMeter(),
      wake: async () => undefined,
      now: () => clock.at,
      log: createLog('silent'),
    });
    opened.onChange(async (table) => void told.push(table));
    return opened;
  }

  async function later(): Promise<void> {
    clock.at = clock.at.add({ minutes: 10 });
    await tables.run();
  }

  const copyOf = (table: string) => copiedRows(database.connection, table);

  it('are copied, and whoever uses them hears of each change once', async () => {
    expect(await tables.isKnown()).toBe(false);
    await tables.run();
    expect([await tables.isKnown(), await copyOf('People'), told]).toEqual([true, [ANA, BEN], ['People']]);
    await later();
    base.put('People', { ...BEN, values: { Name: 'Ben', Away: true } });
    await later();
    await later();
    expect([(await copyOf('People'))[1]?.values, told]).toEqual([{ Name: 'Ben', Away: true }, ['People', 'People']]);
  });

  it('are told of when a reading fails half-way, too', async () => {
    const { changesSince } = base.port;
    const halves = { left: 1 };
    base.port.changesSince = async (table, watermark) => {
      if (halves.left === 0) throw new Problem({ code: 'base.down', message: 'Down.', fix: 'Wait.', retry: 'later' });
      halves.left -= 1;
      return { ...(await changesSince(table, watermark)), rows: [ANA], more: true };
    };
    await tables.run();
    expect([await copyOf('People'), told]).toEqual([[ANA], ['People']]);
  });

  it('are asked for when it is time, with one request, and not before, nor by a new start', async () => {
    await tables.run();
    expect(await dueLanes(database.connection, clock.at)).not.toContain('tables');
    clock.at = clock.at.add({ seconds: 60 });
    await open().run();
    expect(base.requests()).toBe(1);
    clock.at = clock.at.add({ seconds: 60 });
    expect(await dueLanes(database.connection, clock.at)).toContain('tables');
    await tables.run();
    expect(base.requests()).toBe(2);
  });

  it('lose the rows that are gone once all is read, each night', async () => {
    await tables.run();
    base.take('People', ANA.id);
    await later();
    expect(await copyOf('People')).toHaveLength(2);
    await tables.compareAll();
    await tables.run();
    expect([await copyOf('People'), told]).toEqual([[BEN], ['People', 'People']]);
  });

  it('stay as they were read last when one is gone, which shows, and the others are read', async () => {
    await tables.run();
    base.drop('People');
    wanted = [PEOPLE, wantedTable('Customers', 'Name')];
    await later();
    const state = await tables.state();
    expect(await copyOf('People')).toHaveLength(2);
    expect(state.map(({ table, rows, problem }) => [table, rows, problem?.code ?? null])).toEqual([
      ['People', 2, 'store.table-missing'],
      ['Customers', 1, null],
    ]);
    expect(state[0]?.readAt?.toString()).toBe(MORNING.toString());
    for (const row of [ANA, BEN]) base.put('People', row);
    await later();
    expect((await tables.state()).map(({ problem }) => problem)).toEqual([null, null]);
  });

  it('are left alone while the base does not answer, and what was read counts', async () => {
    await tables.run();
    base.fail(new Problem({ code: 'base.unreachable', message: 'It is silent.', fix: 'Wait.', retry: 'later' }));
    await later();
    expect(await copyOf('People')).toHaveLength(2);
    expect((await tables.state())[0]?.problem?.code).toBe('base.unreachable');
    expect(await dueLanes(database.connection, clock.at)).not.toContain('tables');
    base.fail(null);
    await later();
    expect((await tables.state())[0]?.problem).toBeNull();
  });

  it('keep nobody waiting who was asked for in vain, as while the base is down', async () => {
    base.fail(new Problem({ code: 'base.unreachable', message: 'It is silent.', fix: 'Wait.', retry: 'later' }));
    await tables.run();
    expect(await tables.isKnown()).toBe(true);
  });

  it('are read as a whole, at once, when the config names other columns, and forgotten when it names none', async () => {
    await tables.run();
    base.put('People', { ...ANA, values: { ...ANA.values, Cap: 5 } });
    wanted = [wantedTable('People', 'Name', 'Away', 'Cap')];
    await tables.run();
    expect((await copyOf('People'))[0]?.values).toEqual({ Name: 'Ana', Away: false, Cap: 5 });
    wanted = [];
    await tables.run();
    expect([await copyOf('People'), await tables.state()]).toEqual([[], []]);
    expect(await dueLanes(database.connection, clock.at.add({ hours: 24 }))).not.toContain('tables');
  });

  it('are ticked in the base and in the copy, so that there is one truth', async () => {
    await tables.run();
    await tables.tick('People', { rowId: BEN.id, title: 'Away', ticked: true });
    const away = { Name: 'Ben', Away: true };
    expect([base.row('People', BEN.id), (await copyOf('People'))[1]?.values]).toEqual([away, away]);
  });

  it('hold what PostgreSQL cannot hold in another way', async () => {
    base.put('People', { id: 'rec3', values: { Name: 'C\0y', Skills: ['a\0'] } });
    await tables.run();
    expect((await copyOf('People'))[2]?.values).toEqual({ Name: 'C\u2400y', Skills: ['a\u2400'] });
  });
});

describe('the pace of looking at tables', () => {
  const OFFICE = { office: aCalendar('UTC', 'Mon-Fri 09:00-17:00', { name: 'office' }) };
  const NOON = at('2026-11-02T12:00:00Z');
  const pulse = (overrides: Partial<TablePulse> = {}): TablePulse => ({
    now: NOON,
    calendars: OFFICE,
    requestsPerMonth: null,
    spent: 0,
    ...overrides,
  });

  it.each([
    ['two minutes where requests are free', {}, 120],
    ['rarer while nobody works', { now: at('2026-11-02T22:00:00Z') }, 720],
    ['as often with requests enough', { requestsPerMonth: 100_000_000 }, 120],
    ['once a day when the month is spent', { requestsPerMonth: 1000, spent: 1000 }, 86_400],
  ])('is %s', (_, overrides, seconds) => {
    expect(secondsToTables(pulse(overrides), 1)).toBe(seconds);
  });

  it.each([1, 3])(
    'takes no more than a fifth of a small month of which tickets take the most, for %i tables',
    (tables) => {
      const [begin, end] = [at('2026-11-01T00:00:00Z'), at('2026-12-01T00:00:00Z')];
      const month = begin.until(end).total('seconds');
      let asked = 0;
      for (let now = begin; Temporal.Instant.compare(now, end) < 0;) {
        asked += tables;
        const byTickets = 800 * (begin.until(now).total('seconds') / month);
        const given = pulse({ now, requestsPerMonth: 1000, spent: Math.round(asked + byTickets) });
        now = now.add({ seconds: Math.ceil(secondsToTables(given, tables)) });
      }
      expect(asked).toBeGreaterThan(30);
      expect(asked).toBeLessThanOrEqual(200);
    },
  );

  it('reads all of them each night where that is free, and seldom where it is dear', () => {
    const last = { at: NOON.subtract({ hours: 24 }), pages: 10 };
    expect(isWholeDue(pulse(), last)).toBe(true);
    expect(isWholeDue(pulse({ requestsPerMonth: 1000 }), last)).toBe(false);
    expect(isWholeDue(pulse({ requestsPerMonth: 1000 }), { ...last, at: NOON.subtract({ hours: 24 * 7 }) })).toBe(true);
    expect(isWholeDue(pulse({ requestsPerMonth: 1000 }), { ...last, pages: 1 })).toBe(true);
  });
});
