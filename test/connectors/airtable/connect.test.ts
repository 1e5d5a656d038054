import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAirtable } from '../../../connectors/airtable/connect.ts';
import {
  createAirtable,
  serveAirtable,
  type Airtable,
  type DesignedField,
  type ServedAirtable,
} from '../../../simulators/airtable/index.ts';
import { createAsk } from '../../../src/cli/ask.ts';
import type { Ask, Connected } from '../../../src/kit/connect.ts';
import { deskColumns } from '../../../src/sync/columns.ts';
import { aConfig } from '../../support/config.ts';

const CONFIG = aConfig({
  'people.yaml': `agents:
  Lea: { email: lea@example.com }
queues:
  support: { members: [Lea] }
`,
  'triage.yaml': 'categories: [billing, bug]\nreviewQueue: support\n',
});
const COLUMNS = deskColumns(CONFIG.policy);

type Answers = Readonly<Record<string, string | boolean>>;

const at: { airtable: Airtable; served: ServedAirtable | null; lea: string } = {
  airtable: createAirtable(),
  served: null,
  lea: '',
};

beforeEach(async () => {
  at.airtable = createAirtable({ requestsPerSecond: 1000 });
  at.served = await serveAirtable(at.airtable);
  at.lea = at.airtable.addUser({ name: 'Lea', email: 'lea@example.com' }).id;
});
afterEach(() => at.served?.close());

function aBase(name: string, role: 'read' | 'edit' | 'create' = 'create', fields?: readonly DesignedField[]) {
  const tables = fields === undefined ? [] : [{ name: 'Requests', fields }];
  return at.airtable.addBase({ name, members: [{ userId: at.lea, role }], tables });
}

/** What a person in a hurry says, and what they are shown. */
async function connect(
  answers: Answers,
  given: { token?: string; ask?: Ask; settings?: unknown; publicUrl?: string } = {},
): Promise<Connected & { said: string }> {
  const clock = { at: Temporal.Instant.from('2026-11-21T09:00:00Z') };
  const said: string[] = [];
  const connected = await connectAirtable({
    ask: given.ask ?? createAsk({ answers, takesUsual: true }, null),
    say: (text) => void said.push(text),
    environment: {
      AIRTABLE_ENDPOINT_URL: at.served?.address,
      AIRTABLE_TOKEN: given.token ?? at.airtable.addToken({ userId: at.lea }),
      PUBLIC_URL: given.publicUrl,
    },
    columns: COLUMNS,
    deskName: 'Test desk',
    settings: given.settings ?? null,
    now: () => clock.at,
    pause: (milliseconds) => Promise.resolve(void (clock.at = clock.at.add({ milliseconds }))),
  });
  return { ...connected, said: said.join('\n') };
}

/** Changes asked of Airtable; looking is free. */
function changes(): string[] {
  return at.airtable
    .requests()
    .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/listRecords'))
    .map(({ method, path }) => `${method} ${path}`);
}

describe('a new table', () => {
  it('is made with every column, in one request, and bound by the ids of its fields', async () => {
    const base = aBase('Support');
    const { settings, comments, secrets, next } = await connect({ plan: 'team' });
    expect(changes()).toEqual([`POST /v0/meta/bases/${base.id}/tables`]);
    expect(settings).toMatchObject({ base: base.id, plan: 'team' });
    const { table, columns } = settings as { table: string; columns: Record<string, string> };
    expect(table).toMatch(/^tbl/);
    expect(Object.keys(columns)).toEqual(COLUMNS.map(({ name }) => name));
    expect(Object.values(columns).every((id) => /^fld\w{14}$/.test(id))).toBe(true);
    expect(comments).toMatchObject({ base: 'Support', table: 'Tickets', 'columns.slaState': 'SLA state' });
    expect(secrets['AIRTABLE_TOKEN']).toMatch(/^pat/);
    expect(next[0]).toBe(`The base is at https://airtable.com/${base.id}/${table}`);
  });

  it('takes people for the assignee where the base knows every agent', async () => {
    aBase('Support');
    await connect({});
    const typed = at.airtable.people.type('Tickets', { Assignee: { email: 'lea@example.com' } });
    expect(at.airtable.people.row('Tickets', typed)?.['Assignee']).toMatchObject({ name: 'Lea' });
  });

  it('gets another name than the tables that are there', async () => {
    aBase('Support');
    await connect({});
    const again = await connect({ table: 'new' });
    expect(again.comments['table']).toBe('Help desk');
    await expect(connect({ table: 'new', 'new-table': 'tickets' })).rejects.toMatchObject({
      code: 'airtable.table-exists',
      message: 'The base Support has a table "tickets" already.',
    });
  });
});

describe('a table that there is', () => {
  const FIELDS: readonly DesignedField[] = [
    { name: 'Name', type: 'singleLineText' },
    { name: 'Details', type: 'multilineText' },
    { name: 'E-mail', type: 'email' },
    { name: 'Status', type: 'singleSelect', choices: ['New', 'Open', 'Waiting'] },
    { name: 'Priority', type: 'number', options: { precision: 0 } },
    { name: 'Kind', type: 'singleSelect', choices: ['bug'] },
  ];

  it('is mapped by title, by what such columns are called, and by type; the rest is made', async () => {
    const base = aBase('Support', 'create', FIELDS);
    const { id, fields } = base.tables['Requests'] ?? { id: '', fields: {} };
    const { settings, comments, said } = await connect({ table: 'Requests' });
    const { columns } = settings as { columns: Record<string, string> };
    expect(columns).toMatchObject({
      subject: fields['Name'],
      description: fields['Details'],
      requesterEmail: fields['E-mail'],
      status: fields['Status'],
      category: fields['Kind'],
    });
    // A number holds no priority: a column of that title stays what it is, and another is made.
    expect(comments['columns.priority']).toBe('Priority (Tabledesk)');
    expect(comments['columns.category']).toBe('Kind');
    expect(said).toContain('  Requester email');
    expect(said).toContain('Options to be added to Status: Pending, On hold, Needs info, Resolved, Closed.');
    const row = at.airtable.people.type(id, { Status: 'On hold' });
    expect(at.airtable.people.row(id, row)).toMatchObject({ Status: 'On hold' });
  });

  it('is mapped column by column where somebody says so', async () => {
    const base = aBase('Support', 'create', [...FIELDS, { name: 'Head', type: 'singleLineText' }]);
    const fields: Readonly<Record<string, string>> = base.tables['Requests']?.fields ?? {};
    const answers = { table: 'Requests', mapping: 'one by one', 'column.subject': 'Head', 'column.channel': 'leave' };
    const { settings } = await connect(answers);
    const { columns } = settings as { columns: Record<string, string> };
    expect(columns['subject']).toBe(fields['Head']);
    expect(columns['channel']).toBeUndefined();
    await expect(connect({ ...answers, 'column.category': 'Priority' })).rejects.toMatchObject({
      code: 'ask.not-a-choice',
    });
  });

  it('gives its rows away only when that is said', async () => {
    const base = aBase('Support', 'create', FIELDS);
    const { id } = base.tables['Requests'] ?? { id: '' };
    for (let row = 0; row < 130; row++) at.airtable.people.submit(id, { Name: `Request ${row}` });
    at.airtable.people.submit(id, { Kind: 'bug' });
    at.airtable.clearLog();
    await expect(connect({ table: 'Requests' })).rejects.toMatchObject({ code: 'connect.declined' });
    expect(changes()).toEqual([]);
    const { said } = await connect({ table: 'Requests', adopt: true });
    expect(said).toContain('130 rows without a key will become tickets at the next start, settled ones too');
  });

  it('is found as it is when it is connected again, and nothing is made', async () => {
    aBase('Support');
    const { settings } = await connect({ plan: 'team' });
    at.airtable.designers.renameField('Tickets', 'Status', 'Zustand');
    at.airtable.clearLog();
    const again = await connect({}, { settings });
    expect(changes()).toEqual([]);
    expect(again.settings).toEqual(settings);
    expect(again.comments['columns.status']).toBe('Zustand');
    expect(again.next.join('\n')).toContain('Filter: Assignee is you, and Zustand is none of Resolved, Closed');
  });

  it('that cannot be changed must have what is needed', async () => {
    aBase('Support', 'edit', FIELDS);
    await expect(connect({ table: 'Requests' })).rejects.toMatchObject({
      code: 'airtable.schema-locked',
      message: expect.stringMatching(/^The token may not add the columns "Key", /) as unknown,
    });
    expect(changes()).toEqual([]);
  });
});

describe('a token', () => {
  it('is asked for again until Airtable knows it', async () => {
    aBase('Support');
    const good = at.airtable.addToken({ userId: at.lea });
    const asked: string[] = [];
    const usual = createAsk({ answers: {}, takesUsual: true }, null);
    const ask: Ask = {
      ...usual,
      secret: (name, question) => {
        asked.push(`${name}: ${question}`);
        return Promise.resolve(asked.length === 1 ? 'patWrong.2' : good);
      },
    };
    const { secrets } = await connect({}, { token: 'patOld.1', ask });
    expect(secrets).toEqual({ AIRTABLE_TOKEN: good });
    expect(asked).toEqual([
      'AIRTABLE_TOKEN: Airtable does not know this token. Another one',
      'AIRTABLE_TOKEN: Airtable does not know this token. Another one',
    ]);
  });

  it('is asked for with the scopes to tick and the page to tick them on', async () => {
    aBase('Support');
    const good = at.airtable.addToken({ userId: at.lea });
    const usual = createAsk({ answers: {}, takesUsual: true }, null);
    const ask: Ask = { ...usual, secret: () => Promise.resolve(good) };
    const { said } = await connect({}, { token: '', ask });
    expect(said).toContain('Open https://airtable.com/create/tokens and press "Create new token".');
    for (const scope of ['data.records:read', 'data.records:write', 'schema.bases:read', 'schema.bases:write']) {
      expect(said).toContain(scope);
    }
  });

  it('is asked for with one scope more as one likes, and says what it gives', async () => {
    aBase('Support');
    const good = at.airtable.addToken({ userId: at.lea });
    const usual = createAsk({ answers: {}, takesUsual: true }, null);
    const ask: Ask = { ...usual, secret: () => Promise.resolve(good) };
    const line = '       webhook:manage      hear of edits within a second, for far fewer requests';
    const without = await connect({}, { token: '', ask });
    expect(without.said).toContain(`     One more, if the internet is to reach Tabledesk at a PUBLIC_URL:\n${line}\n`);
    expect(without.next.join('\n')).toContain('set PUBLIC_URL and give the token the scope webhook:manage');
    const reached = await connect({}, { token: '', ask, publicUrl: 'https://desk.example' });
    expect(reached.said).toContain(`     One more, if you like, as PUBLIC_URL is set:\n${line}\n`);
    expect(reached.next.join('\n')).not.toContain('PUBLIC_URL');
  });

  it('without the right to see bases is told which scope it lacks', async () => {
    aBase('Support');
    const token = at.airtable.addToken({ userId: at.lea, scopes: ['data.records:read', 'data.records:write'] });
    await expect(connect({}, { token })).rejects.toMatchObject({
      code: 'airtable.scope-missing',
      message: 'The token may not list the bases (403).',
      fix: 'Open https://airtable.com/create/tokens, edit the token, and add the scope schema.bases:read.',
    });
  });

  it('that sees no base, or may write in none, is told so', async () => {
    await expect(connect({})).rejects.toMatchObject({ code: 'airtable.no-base' });
    aBase('Archive', 'read');
    await expect(connect({})).rejects.toMatchObject({
      message: 'The owner of the token may not write in any base that it sees: Archive.',
    });
  });

  it('that sees several bases is asked which', async () => {
    aBase('Support');
    const sales = aBase('Sales');
    await expect(connect({})).rejects.toMatchObject({ code: 'ask.no-answer', message: /In which base/ });
    expect((await connect({ base: 'sales' })).settings).toMatchObject({ base: sales.id });
  });
});
