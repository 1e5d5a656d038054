import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aConfig } from '../support/config.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aServer } from '../support/http-server.ts';
import { aChannel } from '../support/live-config.ts';
import { aForm, allOutgoing, postForm } from '../support/pipeline.ts';
import { aBaseWithTable, aTableDesk, BASES, type BaseWithTable, LOOK, type NewTable } from '../support/table-desk.ts';

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

const HOUR = 3_600_000;

const QUESTION = 'I forgot my password and cannot sign in any more.';

const ARTICLES: NewTable = {
  name: 'Articles',
  columns: { Title: 'line', Body: 'text', Approved: 'tick', Category: ['option', 'access', 'acess'], Link: 'link' },
};

describe.each(BASES)('articles in a table beside the tickets, in %s (A-086)', (kind) => {
  let database: TestDatabase;
  let base: BaseWithTable;
  let parts: Awaited<ReturnType<typeof aTableDesk>>;
  let rows: { password: string; locked: string };

  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    await database.empty();
    base = await aBaseWithTable(kind, LOADED.policy, ARTICLES);
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
    parts = await restart();
    await look();
    return () => base.close();
  });

  const restart = () => aTableDesk(database.connection, base, LOADED);

  async function look(milliseconds = LOOK): Promise<void> {
    await base.clock.pause(milliseconds);
    await parts.tables.run();
    await parts.config.catchUp();
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
    const server = await aServer(database.connection, { config: parts.config });
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
    expect(parts.config.rowFindings()).toEqual([
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
    base.removeColumn('Body');
    await look(HOUR);
    expect((await parts.tables.state()).map(({ problem }) => problem?.code)).toEqual(['store.table-unfit']);
    base.removeTable();
    await look(HOUR);
    const [state] = await parts.tables.state();
    expect(state?.problem).toMatchObject({ code: 'store.table-missing', message: expect.stringContaining('Articles') });
    parts = await restart();
    expect(await suggestedOnForm(QUESTION)).toContain('Reset your password');
  });
});
