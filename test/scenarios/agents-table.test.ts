import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aConfig } from '../support/config.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aChannel } from '../support/live-config.ts';
import { aForm, allTickets, postForm } from '../support/pipeline.ts';
import { aBaseWithTable, aTableDesk, BASES, type BaseWithTable, LOOK, type NewTable } from '../support/table-desk.ts';

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

/** Everybody who works here but Cy. */
const AGENTS: NewTable = {
  name: 'Agents',
  columns: {
    Name: 'line',
    Queues: ['options', 'billing'],
    Calendar: ['option', 'office', 'offcie'],
    Cap: 'number',
    Away: 'tick',
    'First day off': 'day',
    'Last day off': 'day',
  },
};

describe.each(BASES)('agents in a table beside the tickets, in %s', (kind) => {
  let database: TestDatabase;
  let base: BaseWithTable;
  let parts: Awaited<ReturnType<typeof aTableDesk>>;
  let rows: { ana: string; ben: string };

  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    await database.empty();
    base = await aBaseWithTable(kind, LOADED.policy, AGENTS);
    const { people } = base;
    rows = {
      ana: people.type('Agents', { Name: 'Ana', Queues: ['billing'], Calendar: 'office' }),
      ben: people.type('Agents', { Name: 'Ben', Queues: ['billing'], Cap: 1 }),
    };
    parts = await restart();
    await parts.tables.run();
    return () => base.close();
  });

  const restart = () => aTableDesk(database.connection, base, LOADED);

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
    parts = await restart();
    expect(await assigneesAfter('Hugo')).toEqual(['Ana', 'Ben']);
  });

  it('go with their row, once all of the table was read', async () => {
    base.people.delete('Agents', rows.ana);
    await base.clock.pause(24 * 3_600_000);
    await parts.tables.compareAll();
    await look();
    expect(parts.config.current().policy.agents.map(({ name }) => name)).toEqual(['Cy', 'Ben']);
  });

  it('stay while the table is gone or its column of names is', async () => {
    base.removeColumn('Name');
    await base.clock.pause(3_600_000);
    await look();
    expect((await parts.tables.state()).map(({ problem }) => problem?.code)).toEqual(['store.table-unfit']);
    base.removeTable();
    await base.clock.pause(3_600_000);
    await look();
    expect((await parts.tables.state()).map(({ problem }) => problem?.code)).toEqual(['store.table-missing']);
    parts = await restart();
    expect(await assigneesAfter('Greta')).toEqual(['Ana']);
  });

  it('come back from the base alone when our database is lost', async () => {
    await database.empty();
    parts = await restart();
    expect(parts.config.current().policy.agents.map(({ name }) => name)).toEqual(['Cy']);
    expect(await parts.tables.isKnown()).toBe(false);
    await parts.tables.run();
    expect([await parts.tables.isKnown(), await assigneesAfter('Greta')]).toEqual([true, ['Ana']]);
  });
});
