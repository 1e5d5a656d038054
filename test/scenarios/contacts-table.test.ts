import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/kit/log.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { createTables } from '../../src/sync/tables.ts';
import { aDeskBase as inAirtable } from '../connectors/airtable/desk-base.ts';
import { aDeskBase as inNotion } from '../connectors/notion/desk-base.ts';
import { aConfig } from '../support/config.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aFreeMeter } from '../support/free-meter.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aDesk, aForm, allDecisions, allTickets, postForm } from '../support/pipeline.ts';

/** A desk of one person, who takes one ticket at a time, and whose customers stand in a table of the base. */
const CONFIG = aConfig({
  'desk.yaml': 'name: Test desk\nstore: { kind: base }\n',
  'people.yaml': 'agents: { Ana: { cap: 1 } }\nqueues: { support: { members: [Ana], method: load } }\n',
  'routing.yaml': 'defaultQueue: support\n',
  'customers.yaml': `
lookups:
  - name: contacts
    table: Contacts
    match: { email: Email }
    answers: { account: Company, vip: VIP }
`,
});

const COLUMNS = deskColumns(CONFIG.policy);

/** What the scenario needs of a base, whichever it is. */
const BASES = {
  async Airtable() {
    const fields = [
      { name: 'Email', type: 'email' as const },
      { name: 'Company', type: 'singleLineText' as const },
      { name: 'VIP', type: 'checkbox' as const },
    ];
    const base = await inAirtable(COLUMNS, {}, { beside: [{ name: 'Contacts', fields }] });
    return { ...base, people: base.airtable.people };
  },
  async Notion() {
    const properties = [
      { name: 'Company', type: 'title' as const },
      { name: 'Email', type: 'email' as const },
      { name: 'VIP', type: 'checkbox' as const },
    ];
    const base = await inNotion(COLUMNS, {}, { beside: [{ name: 'Contacts', properties }] });
    return { ...base, people: base.notion.people };
  },
};

describe.each(['Airtable', 'Notion'] as const)('a table of contacts in %s', (kind) => {
  let database: TestDatabase;
  let base: Awaited<ReturnType<(typeof BASES)[typeof kind]>>;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    base = await BASES[kind]();
  });
  afterAll(async () => {
    await base?.close();
    await database.drop();
  });

  function open() {
    const { connection } = database;
    const { now, pause } = base.clock;
    const clock = { now, set: () => undefined, forward: () => undefined };
    const { policy, tableLookUps, tables: wanted } = CONFIG;
    const { pipeline, woken } = aDesk(connection, { config: aLiveConfig({ policy, tableLookUps }), clock });
    const shared = { connection, store: base.store, policy: () => policy, meter: aFreeMeter(), now, pause };
    const given = { ...shared, log: createLog('silent') };
    const tables = createTables({ ...given, wanted: () => wanted, wake: async () => undefined });
    tables.onChange((table) => pipeline.tableChanged(table));
    return { pipeline, woken, tables, flush: createFlush({ ...given, pipeline }) };
  }

  async function cellsOf(number: number) {
    const cells = await Promise.all(base.people.rows('Tickets').map(({ id }) => base.byHand.readBack(id)));
    return cells.find((each) => each?.cells['number'] === number)?.cells ?? {};
  }

  it('puts an open ticket at the head of its queue when somebody ticks VIP there (A-019, A-030)', async () => {
    const greta = base.people.type('Contacts', { Email: 'greta@example.com', Company: 'Acme' });
    base.people.type('Contacts', { Email: 'OLE@example.com, ole@home.example', Company: 'Beta' });
    const { pipeline, woken, tables, flush } = open();
    await tables.run();
    for (const name of ['First', 'Ole', 'Greta']) {
      await postForm(database.connection, aForm(name, `I am ${name}.`));
      await pipeline.drainInbox();
      await base.clock.pause(60_000);
    }
    await flush.run();
    expect(await cellsOf(1003)).toMatchObject({ customerAccount: 'Acme', customerVip: null, assignee: null });

    base.people.edit('Contacts', greta, { VIP: true });
    await base.clock.pause(600_000);
    await tables.run();
    expect(woken).toContain('sweep');
    expect(await pipeline.wakeDue()).toBe(1);
    await base.clock.pause(60_000);
    await flush.run();
    expect(await cellsOf(1003)).toMatchObject({ customerAccount: 'Acme', customerVip: true });
    const [first] = await allTickets(database.connection);
    const said = (await allDecisions(database.connection)).filter(({ ticketKey }) => ticketKey !== first?.key);
    expect(said.map(({ sentence }) => sentence)).toEqual(
      expect.arrayContaining(['contacts says: vip true.', 'Greta is a VIP: goes before all who are not.']),
    );

    const changes = [{ field: 'status', from: 'new', to: 'resolved' } as const];
    await pipeline.edit(first?.key ?? '', { by: 'Ana', at: base.clock.now(), changes });
    expect((await allTickets(database.connection)).map(({ assignee }) => assignee)).toEqual(['Ana', null, 'Ana']);
  });
});
