import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type StaffedConfig, staffConfig } from '../../src/config/staffed.ts';
import { createLog } from '../../src/kit/log.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { createPull } from '../../src/sync/pull.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { createStoreMemory } from '../../src/sync/store-memory.ts';
import { copiedRows } from '../../src/sync/table-places.ts';
import { createTables } from '../../src/sync/tables.ts';
import { createTeam } from '../../src/sync/team.ts';
import { aDeskBase as inAirtable } from '../connectors/airtable/desk-base.ts';
import { aDeskBase as inNotion } from '../connectors/notion/desk-base.ts';
import { aConfig } from '../support/config.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aFreeMeter } from '../support/free-meter.ts';
import { aChannel, aStandingConfig } from '../support/live-config.ts';
import { aDesk, aForm, allTickets, postForm } from '../support/pipeline.ts';

const FILES = aConfig({
  'desk.yaml': 'name: Harbour\nstore: { kind: base }\n',
  'people.yaml': `
agentsTable: Agents
calendars: { office: { timeZone: UTC, hours: { Mon-Fri: '00:00-24:00' } } }
queues:
  billing: { members: [Cy], method: round_robin }
agents:
  Cy: { cap: 0 }
`,
});

const LOADED = { ...FILES, channels: { website: aChannel() } };

/** So often tables are looked at where requests are many, in milliseconds, and a little more. */
const LOOK = 15 * 60_000;

/** What the scenario needs of a base, whichever it is. */
const BASES = {
  async Airtable() {
    const fields = [
      { name: 'Name', type: 'singleLineText' as const },
      { name: 'Queues', type: 'multipleSelects' as const, choices: ['billing'] },
      { name: 'Calendar', type: 'singleSelect' as const, choices: ['office', 'offcie'] },
      { name: 'Cap', type: 'number' as const, options: { precision: 0 } },
      { name: 'Away', type: 'checkbox' as const },
      { name: 'First day off', type: 'date' as const },
      { name: 'Last day off', type: 'date' as const },
    ];
    const base = await inAirtable(deskColumns(LOADED.policy), {}, { beside: [{ name: 'Agents', fields }] });
    const { people, designers } = base.airtable;
    const removeTable = () => designers.removeTable('Agents');
    return { ...base, people, removeNames: () => designers.removeField('Agents', 'Name'), removeTable };
  },
  async Notion() {
    const properties = [
      { name: 'Note', type: 'title' as const },
      { name: 'Name', type: 'rich_text' as const },
      { name: 'Queues', type: 'multi_select' as const, options: ['billing'] },
      { name: 'Calendar', type: 'select' as const, options: ['office', 'offcie'] },
      { name: 'Cap', type: 'number' as const },
      { name: 'Away', type: 'checkbox' as const },
      { name: 'First day off', type: 'date' as const },
      { name: 'Last day off', type: 'date' as const },
    ];
    const base = await inNotion(deskColumns(LOADED.policy), {}, { beside: [{ name: 'Agents', properties }] });
    const { people, designers } = base.notion;
    const removeTable = () => designers.trashDatabase('Agents', true);
    return { ...base, people, removeNames: () => designers.removeProperty('Agents', 'Name'), removeTable };
  },
};

describe.each(['Airtable', 'Notion'] as const)('agents in a table beside the tickets, in %s', (kind) => {
  let database: TestDatabase;
  let base: Awaited<ReturnType<(typeof BASES)[typeof kind]>>;
  let config: StaffedConfig;
  let parts: Awaited<ReturnType<typeof start>>;
  let rows: { ana: string; ben: string };

  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    await database.empty();
    base = await BASES[kind]();
    const { people } = base;
    rows = {
      ana: people.type('Agents', { Name: 'Ana', Queues: ['billing'], Calendar: 'office' }),
      ben: people.type('Agents', { Name: 'Ben', Queues: ['billing'], Cap: 1 }),
    };
    parts = await start();
    await parts.tables.run();
    return () => base.close();
  });

  /** As at a start of the service. */
  async function start() {
    const { connection } = database;
    const { clock } = base;
    const store = base.openStore();
    const files = aStandingConfig(LOADED);
    const memory = createStoreMemory(connection);
    config = staffConfig(files, { rows: (table) => copiedRows(connection, table), memory });
    await config.catchUp();
    const standing = { now: clock.now, set: () => undefined, forward: () => undefined };
    const { pipeline } = aDesk(connection, { config: { ...config, change: () => undefined }, clock: standing });
    const log = createLog('silent');
    const policy = () => config.current().policy;
    const meter = aFreeMeter();
    const given = { connection, store, policy, meter, now: clock.now, log };
    const wake = async () => undefined;
    const tables = createTables({ ...given, wanted: () => config.current().tables, wake });
    const team = createTeam({ config, tables, pipeline, log });
    const ways = { ...given, pipeline, pause: clock.pause };
    return { pipeline, tables, team, pull: createPull(ways), flush: createFlush(ways) };
  }

  async function look(): Promise<void> {
    await base.clock.pause(LOOK);
    await parts.tables.run();
  }

  function edit(rowId: string, values: Readonly<Record<string, unknown>>): void {
    base.people.edit('Agents', rowId, values);
  }

  /** A new ticket, and who has which. */
  async function assigneesAfter(name: string | null): Promise<readonly (string | null)[]> {
    if (name !== null) {
      await postForm(database.connection, aForm(name), { receivedAt: base.clock.now() });
      await parts.pipeline.drainInbox();
    }
    const tickets = await allTickets(database.connection);
    return tickets.toSorted((one, other) => one.number - other.number).map(({ assignee }) => assignee);
  }

  it('get tickets as those of people.yaml do, and who is ticked Away gets none until the tick is gone', async () => {
    expect(await assigneesAfter('Greta')).toEqual(['Ana']);
    edit(rows.ana, { Away: true });
    await look();
    expect(await assigneesAfter('Hugo')).toEqual(['Ana', 'Ben']);
    expect(await assigneesAfter('Ivy')).toEqual(['Ana', 'Ben', null]);
    edit(rows.ana, { Away: false });
    await look();
    expect(await assigneesAfter(null)).toEqual(['Ana', 'Ben', 'Ana']);
  });

  it('are switched from the console by the tick of their row, so that there is one truth', async () => {
    await parts.team.setAway('Ana', { by: 'Lea', isAway: true });
    expect(base.people.row('Agents', rows.ana)).toMatchObject({ Away: true });
    expect(await assigneesAfter('Greta')).toEqual(['Ben']);
    expect(await assigneesAfter('Hugo')).toEqual(['Ben', null]);
    await parts.team.setAway('Ana', { by: 'Lea', isAway: false });
    expect(base.people.row('Agents', rows.ana)?.['Away']).toBeUndefined();
    expect(await assigneesAfter(null)).toEqual(['Ben', 'Ana']);
  });

  it('come back in the table though the console had switched them away', async () => {
    await parts.team.setAway('Ana', { by: 'Lea', isAway: true });
    edit(rows.ana, { Away: false });
    await look();
    expect(await assigneesAfter('Greta')).toEqual(['Ana']);
  });

  it('are off on the days of their row', async () => {
    edit(rows.ana, { 'First day off': '2026-11-20', 'Last day off': '2026-11-20' });
    await look();
    expect(base.clock.now().toString().slice(0, 10)).toBe('2026-11-20');
    expect(await assigneesAfter('Greta')).toEqual(['Ben']);
  });

  it('are as they were when their row gets a mistake, which is told with table, row and column', async () => {
    edit(rows.ana, { Calendar: 'offcie' });
    await look();
    expect(parts.team.findings()).toEqual([
      {
        severity: 'error',
        table: 'Agents',
        row: '"Ana"',
        column: 'Calendar',
        message: '"offcie" is not a calendar',
        fix: 'Did you mean "office"? Allowed: office.',
      },
    ]);
    expect(await assigneesAfter('Greta')).toEqual(['Ana']);
    parts = await start();
    expect(await assigneesAfter('Hugo')).toEqual(['Ana', 'Ben']);
  });

  it('go with their row, once all of the table was read', async () => {
    base.people.delete('Agents', rows.ana);
    await base.clock.pause(24 * 3_600_000);
    await parts.tables.compareAll();
    await look();
    expect(config.current().policy.agents.map(({ name }) => name)).toEqual(['Cy', 'Ben']);
  });

  it('stay while the table is gone or its column of names is', async () => {
    base.removeNames();
    await base.clock.pause(3_600_000);
    await look();
    expect((await parts.tables.state()).map(({ problem }) => problem?.code)).toEqual(['store.table-unfit']);
    base.removeTable();
    await base.clock.pause(3_600_000);
    await look();
    expect((await parts.tables.state()).map(({ problem }) => problem?.code)).toEqual(['store.table-missing']);
    parts = await start();
    expect(await assigneesAfter('Greta')).toEqual(['Ana']);
  });

  it('come back from the base alone when our database is lost', async () => {
    await database.empty();
    parts = await start();
    expect(config.current().policy.agents.map(({ name }) => name)).toEqual(['Cy']);
    expect(await parts.tables.isKnown()).toBe(false);
    await parts.tables.run();
    expect([await parts.tables.isKnown(), await assigneesAfter('Greta')]).toEqual([true, ['Ana']]);
  });
});
