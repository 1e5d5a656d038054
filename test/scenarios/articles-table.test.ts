import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { shelveConfig } from '../../src/config/shelved.ts';
import { type StaffedConfig, staffConfig } from '../../src/config/staffed.ts';
import { createLog } from '../../src/kit/log.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { createPull } from '../../src/sync/pull.ts';
import { createStoreMemory } from '../../src/sync/store-memory.ts';
import { copiedRows, copiedVersion } from '../../src/sync/table-places.ts';
import { createTables } from '../../src/sync/tables.ts';
import { aDeskBase as inAirtable } from '../connectors/airtable/desk-base.ts';
import { aDeskBase as inNotion } from '../connectors/notion/desk-base.ts';
import { aConfig } from '../support/config.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aFreeMeter } from '../support/free-meter.ts';
import { aServer } from '../support/http-server.ts';
import { aChannel, aStandingConfig } from '../support/live-config.ts';
import { aDesk, aForm, allOutgoing, postForm } from '../support/pipeline.ts';

const FILES = aConfig({
  'desk.yaml': 'name: Harbour\nstore: { kind: base }\n',
  'triage.yaml': `
categories: [access]
rules:
  - { name: Doors, why: It blocks., owner: Ana, when: { text: { mentions: password } }, then: { category: access } }
`,
  'people.yaml': 'queues: { support: { members: [Ana], method: round_robin } }\nagents: { Ana: {} }\n',
  'routing.yaml': 'defaultQueue: support\n',
  'knowledge.yaml': 'articlesTable: Articles\nhelpPage: true\n',
});

const LOADED = { ...FILES, channels: { website: aChannel() } };

/** So often tables are looked at where requests are many, in milliseconds, and a little more. */
const LOOK = 15 * 60_000;
const HOUR = 3_600_000;

const QUESTION = 'I forgot my password and cannot sign in any more.';

/** What the scenario needs of a base, whichever it is. */
const BASES = {
  async Airtable() {
    const fields = [
      { name: 'Title', type: 'singleLineText' as const },
      { name: 'Body', type: 'multilineText' as const },
      { name: 'Approved', type: 'checkbox' as const },
      { name: 'Category', type: 'singleSelect' as const, choices: ['access', 'acess'] },
      { name: 'Link', type: 'url' as const },
    ];
    const base = await inAirtable(deskColumns(LOADED.policy), {}, { beside: [{ name: 'Articles', fields }] });
    const { people, designers } = base.airtable;
    const removeTable = () => designers.removeTable('Articles');
    return { ...base, people, removeBodies: () => designers.removeField('Articles', 'Body'), removeTable };
  },
  async Notion() {
    const properties = [
      { name: 'Title', type: 'title' as const },
      { name: 'Body', type: 'rich_text' as const },
      { name: 'Approved', type: 'checkbox' as const },
      { name: 'Category', type: 'select' as const, options: ['access', 'acess'] },
      { name: 'Link', type: 'url' as const },
    ];
    const base = await inNotion(deskColumns(LOADED.policy), {}, { beside: [{ name: 'Articles', properties }] });
    const { people, designers } = base.notion;
    const removeTable = () => designers.trashDatabase('Articles', true);
    return { ...base, people, removeBodies: () => designers.removeProperty('Articles', 'Body'), removeTable };
  },
};

describe.each(['Airtable', 'Notion'] as const)('articles in a table beside the tickets, in %s (A-086)', (kind) => {
  let database: TestDatabase;
  let base: Awaited<ReturnType<(typeof BASES)[typeof kind]>>;
  let config: StaffedConfig;
  let parts: Awaited<ReturnType<typeof start>>;
  let rows: { password: string; locked: string };

  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    await database.empty();
    base = await BASES[kind]();
    const { people } = base;
    rows = {
      password: people.type('Articles', {
        Title: 'Reset your password',
        Body: 'Choose **Forgot** where you sign in.',
        Approved: true,
        Category: 'access',
        Link: 'https://help.example/password',
      }),
      locked: people.type('Articles', {
        Title: 'Password secrets of the team',
        Body: 'Half written: sign in as root.',
      }),
    };
    parts = await start();
    await look();
    return () => base.close();
  });

  /** As at a start of the service. */
  async function start() {
    const { connection } = database;
    const { clock } = base;
    const store = base.openStore();
    const rowsOf = (table: string) => copiedRows(connection, table);
    const staffed = staffConfig(aStandingConfig(LOADED), { rows: rowsOf, memory: createStoreMemory(connection) });
    config = shelveConfig(staffed, { rows: rowsOf, versionOf: (table) => copiedVersion(connection, table) });
    await config.catchUp();
    const standing = { now: clock.now, set: () => undefined, forward: () => undefined };
    const { pipeline } = aDesk(connection, { config: { ...config, change: () => undefined }, clock: standing });
    const policy = () => config.current().policy;
    const given = { connection, store, policy, meter: aFreeMeter(), now: clock.now, log: createLog('silent') };
    const wake = async () => undefined;
    const tables = createTables({ ...given, wanted: () => config.current().tables, wake });
    const ways = { ...given, pipeline, pause: clock.pause };
    return { pipeline, tables, pull: createPull(ways), flush: createFlush(ways) };
  }

  async function look(milliseconds = LOOK): Promise<void> {
    await base.clock.pause(milliseconds);
    await parts.tables.run();
    await config.catchUp();
  }

  /** The row of a request about a password, as people see it. */
  async function rowOf(name: string) {
    await postForm(database.connection, aForm(name, QUESTION), { receivedAt: base.clock.now() });
    await parts.pipeline.drainInbox();
    await parts.pull.run();
    await parts.flush.run();
    const [row] = base.people.rows('Tickets');
    if (row === undefined) throw new Error(`no row of ${name}`);
    return row.fields;
  }

  /** What the request form suggests to who types that. */
  async function suggestedOnForm(text: string): Promise<string> {
    const server = await aServer(database.connection, { config: { ...config, change: () => undefined } });
    const body = new URLSearchParams({ text });
    const answer = await fetch(`${server.address}/help/suggest`, { method: 'POST', body });
    const page = await answer.text();
    await server.close();
    return page;
  }

  it('are suggested in the row and on the form when they are approved, and nobody is sent one', async () => {
    expect(await rowOf('Greta')).toMatchObject({
      'Suggested reply': 'Hello Greta,\n\nChoose Forgot where you sign in.\n\nhttps://help.example/password',
      'Suggested articles': expect.stringMatching(/^Reset your password: https:\/\/help\.example\/password/),
    });
    expect(await suggestedOnForm(QUESTION)).toContain('Reset your password');
    expect((await allOutgoing(database.connection)).filter(({ kind: what }) => what === 'message')).toEqual([]);
  });

  it('are no answer and on no page for customers while nobody has approved them', async () => {
    base.people.edit('Articles', rows.password, { Approved: false });
    await look();
    expect((await rowOf('Greta'))['Suggested reply'] ?? '').toBe('');
    expect(await suggestedOnForm(QUESTION)).toBe('');
    base.people.edit('Articles', rows.password, { Approved: true });
    await look();
    const page = await suggestedOnForm(`${QUESTION} secrets of the team, half written, root`);
    expect(page).toContain('Reset your password');
    expect(page).not.toContain('secrets');
  });

  it('say what their row says some minutes after an edit', async () => {
    base.people.edit('Articles', rows.password, { Body: 'Ask Ana for a new password.' });
    await look();
    expect((await rowOf('Greta'))['Suggested reply']).toContain('Ask Ana for a new password.');
  });

  it('are none while their row has a mistake, which is told with table, row and column', async () => {
    base.people.edit('Articles', rows.password, { Category: 'acess' });
    await look();
    expect(config.rowFindings()).toEqual([
      {
        severity: 'error',
        table: 'Articles',
        row: '"Reset your password"',
        column: 'Category',
        message: '"acess" is not a category',
        fix: 'Did you mean "access"? Allowed: access.',
      },
    ]);
    expect(await suggestedOnForm(QUESTION)).toBe('');
  });

  it('stay as they were while the table is gone or its column of texts is, which is said', async () => {
    base.removeBodies();
    await look(HOUR);
    expect((await parts.tables.state()).map(({ problem }) => problem?.code)).toEqual(['store.table-unfit']);
    base.removeTable();
    await look(HOUR);
    const [state] = await parts.tables.state();
    expect(state?.problem).toMatchObject({ code: 'store.table-missing', message: expect.stringContaining('Articles') });
    parts = await start();
    expect(await suggestedOnForm(QUESTION)).toContain('Reset your password');
  });
});
