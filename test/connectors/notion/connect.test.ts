import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectNotion } from '../../../connectors/notion/connect/connect.ts';
import {
  createNotion,
  type DesignedProperty,
  type Notion,
  serveNotion,
  type ServedNotion,
} from '../../../simulators/notion/index.ts';
import { createAsk } from '../../../src/cli/ask.ts';
import type { Ask, Connected } from '../../../src/kit/connect.ts';
import { teamViews } from '../../../src/kit/store/team-views.ts';
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
const VIEWS = teamViews(COLUMNS);

type Answers = Readonly<Record<string, string | boolean>>;

const at: { notion: Notion; served: ServedNotion | null; page: string; token: string } = {
  notion: createNotion(),
  served: null,
  page: '',
  token: '',
};

beforeEach(async () => {
  at.notion = createNotion({ requestsPerWindow: 10_000 });
  at.served = await serveNotion(at.notion);
  at.notion.addUser({ name: 'Lea', email: 'lea@example.com' });
  at.page = at.notion.addPage('Help desk');
  at.token = at.notion.addConnection({ shared: [at.page] });
});
afterEach(() => at.served?.close());

/** What a person in a hurry says, and what they are shown. */
async function connect(
  answers: Answers,
  given: { token?: string; ask?: Ask; settings?: unknown; publicUrl?: string } = {},
): Promise<Connected & { said: string }> {
  const clock = { at: Temporal.Instant.from('2026-11-21T09:00:00Z') };
  const said: string[] = [];
  const connected = await connectNotion({
    ask: given.ask ?? createAsk({ answers, takesUsual: true }, null),
    say: (text) => void said.push(text),
    environment: {
      NOTION_BASE_URL: at.served?.address,
      NOTION_TOKEN: given.token ?? at.token,
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

/** Changes asked of Notion; looking is free. */
function changes(): string[] {
  return at.notion
    .requests()
    .filter(({ method, path }) => method !== 'GET' && !/\/(?:search|query)(?:\?|$)/.test(path))
    .map(({ method, path }) => `${method} ${path.replace(/[0-9a-f-]{36}/, '…')}`);
}

interface Bound {
  dataSource: string;
  columns: Readonly<Record<string, string>>;
}

describe('a new database', () => {
  it('is made with every property and view under the page that is shared, and bound by the ids', async () => {
    const { settings, comments, secrets, next } = await connect({ plan: 'plus' });
    expect(changes()).toEqual(['POST /v1/databases', ...VIEWS.map(() => 'POST /v1/views')]);
    const made = at.notion.database('Tickets');
    expect(settings).toMatchObject({ dataSource: made.dataSourceId, plan: 'plus' });
    const { columns } = settings as unknown as Bound;
    expect(Object.keys(columns)).toEqual(COLUMNS.map(({ name }) => name));
    expect(columns['ticket']).toBe('title');
    expect(columns['status']).toBe(made.properties['Status']);
    expect(comments).toMatchObject({ dataSource: 'Tickets', 'columns.slaState': 'SLA state' });
    expect(secrets).toEqual({ NOTION_TOKEN: at.token });
    expect(next).toEqual([
      `The database is at https://www.notion.so/${made.id.replaceAll('-', '')}`,
      'If the internet can reach Tabledesk, set PUBLIC_URL, and Notion can call when something changes: then it is asked less often. The page Health leads you through it.',
      'Start Tabledesk, or start it again, and requests appear there: npm start',
    ]);
  });

  it('comes with the address at which Notion can call, where there is one', async () => {
    const { next } = await connect({}, { publicUrl: 'https://desk.example/' });
    expect(next).toContain(
      'Notion can call https://desk.example/stores/notion/news when something changes: then it is asked less often. The page Health leads you through it.',
    );
  });

  it('gets views that show what they say, of people and statuses by their ids', async () => {
    await connect({});
    const { id, properties } = at.notion.database('Tickets');
    const views = await viewsOf(id);
    expect(views.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'My open tickets: table',
      'Unassigned: table',
      'At risk: table',
      'Breached: table',
      'Needs review: table',
      'By queue: board',
      'Resolved this week: table',
    ]);
    const isOpen = ['Resolved', 'Closed'].map((option) => ({
      property: properties['Status'],
      status: { does_not_equal: option },
    }));
    expect(views[0]).toMatchObject({
      filter: { and: [{ property: properties['Assignee'], people: { contains: 'me' } }, ...isOpen] },
      sorts: [{ property: properties['Resolution due'], direction: 'ascending' }],
    });
    expect(views[5]).toMatchObject({
      filter: { and: isOpen },
      configuration: {
        group_by: { type: 'select', property_id: properties['Queue'] },
        properties: ['Priority', 'Assignee', 'SLA state'].map((title) => ({
          property_id: properties[title],
          visible: true,
        })),
      },
    });
  });

  it('has a status in its groups, and people for the assignee where every agent is a member', async () => {
    await connect({});
    const row = at.notion.people.type('Tickets', { Ticket: 'A', Status: 'On hold', Assignee: ['Lea'] });
    expect(at.notion.people.row('Tickets', row)).toMatchObject({ Status: 'On hold', Assignee: ['Lea'] });
    expect(await groupsOf('Status')).toEqual({
      'To-do': ['New'],
      'In progress': ['Open', 'Pending', 'On hold', 'Needs info'],
      Complete: ['Resolved', 'Closed'],
    });
  });

  it('makes do with a select where the workspace lets no program make a status', async () => {
    at.notion.settings.createsStatus = false;
    await connect({});
    const row = at.notion.people.type('Tickets', { Ticket: 'A', Status: 'On hold' });
    expect(at.notion.people.row('Tickets', row)).toMatchObject({ Status: 'On hold' });
    expect(await groupsOf('Status')).toEqual({});
  });

  it('is made once although the answer says that it failed', async () => {
    at.notion.settings.faults = ({ method, path }) =>
      method === 'POST' && path === '/v1/databases' ? { kind: 'saved-but-unavailable' } : null;
    const { settings } = await connect({});
    expect(settings).toMatchObject({ dataSource: at.notion.database('Tickets').dataSourceId });
    expect(changes().filter((each) => each === 'POST /v1/databases')).toHaveLength(1);
  });

  it('is not made a second time when nobody knows whether it was made, but may be chosen then', async () => {
    at.notion.settings.faults = ({ method, path }) =>
      method === 'POST' && path === '/v1/databases' ? { kind: 'commit-then-drop' } : null;
    await expect(connect({})).rejects.toMatchObject({
      code: 'notion.database-maybe-made',
      message: 'Notion did not say whether it made the database "Tickets".',
    });
    expect(changes()).toEqual(['POST /v1/databases']);
    const { id, dataSourceId } = at.notion.database('Tickets');
    const again = await connect({ database: `https://www.notion.so/${id.replaceAll('-', '')}` });
    expect(again.settings).toMatchObject({ dataSource: dataSourceId });
    expect(changes()).toEqual(['POST /v1/databases', ...VIEWS.map(() => 'POST /v1/views')]);
  });

  it('says how to make the views that Notion does not make', async () => {
    at.notion.settings.faults = ({ path, method }) =>
      method === 'POST' && path === '/v1/views' ? { kind: 'server-error' } : null;
    const { next } = await connect({});
    expect(next.join('\n')).toContain(
      '  By queue (Board)\n    Filter: Status is not Resolved, Closed\n    Sort: Resolution due, ascending\n    Group: Queue\n',
    );
  });

  it('is made under a page that is given by its link, listed or not', async () => {
    at.notion.settings.searchLagMs = 60_000;
    const link = `https://www.notion.so/support/Help-desk-${at.page.replaceAll('-', '')}?pvs=4`;
    await connect({ page: link, 'new-database': 'Requests' });
    expect(at.notion.database('Requests').dataSourceId).toMatch(/^[0-9a-f-]{36}$/);
    await expect(connect({ page: 'Elsewhere' })).rejects.toMatchObject({
      code: 'notion.no-link',
      message: '"Elsewhere" is neither shared with the connection nor a link to a page or a database of Notion.',
    });
  });

  it('takes the plan for free where files are small, and else for the slowest that costs', async () => {
    at.notion.settings.plan = 'business';
    expect((await connect({})).settings).toMatchObject({ plan: 'plus' });
    at.notion.settings.plan = 'free';
    expect((await connect({ database: 'new' })).settings).toMatchObject({ plan: 'free' });
  });

  async function viewsOf(databaseId: string): Promise<{ name: string; type: string }[]> {
    const { results } = (await asked(`/views?database_id=${databaseId}`)) as { results: { id: string }[] };
    const views = await Promise.all(results.map((view) => asked(`/views/${view.id}`)));
    return views.filter((view) => VIEWS.some(({ name }) => name === view['name'])) as {
      name: string;
      type: string;
    }[];
  }

  async function asked(path: string): Promise<Record<string, unknown>> {
    const headers = { authorization: `Bearer ${at.token}`, 'notion-version': '2026-03-11' };
    const answer = await at.notion.handle(new Request(`https://api.notion.com/v1${path}`, { headers }));
    return (await answer.json()) as Record<string, unknown>;
  }

  async function groupsOf(name: string): Promise<Record<string, string[]>> {
    const { dataSourceId } = at.notion.database('Tickets');
    const told = (await asked(`/data_sources/${dataSourceId}`)) as {
      properties: Record<
        string,
        { status?: { options: { id: string; name: string }[]; groups: { name: string; option_ids: string[] }[] } }
      >;
    };
    const { options = [], groups = [] } = told.properties[name]?.status ?? {};
    const nameOf = (id: string) => options.find((option) => option.id === id)?.name ?? id;
    return Object.fromEntries(groups.map((group) => [group.name, group.option_ids.map(nameOf)]));
  }
});

describe('a database that there is', () => {
  const PROPERTIES: readonly DesignedProperty[] = [
    { name: 'What it is about', type: 'title' },
    { name: 'Details', type: 'rich_text' },
    { name: 'E-mail', type: 'email' },
    {
      name: 'Status',
      type: 'status',
      options: [
        { name: 'New', group: 'To-do' },
        { name: 'Open', group: 'In progress' },
        { name: 'Waiting', group: 'In progress' },
      ],
    },
    { name: 'Priority', type: 'number' },
    { name: 'Kind', type: 'select', options: ['bug'] },
  ];

  function aDatabase(properties = PROPERTIES) {
    return at.notion.addDatabase({ name: 'Requests', parentPageId: at.page, properties });
  }

  it('is mapped by title, by what such properties are called, and by type; the rest is made with one request', async () => {
    const { properties, dataSourceId } = aDatabase();
    const { settings, comments, said } = await connect({ database: 'Requests' });
    const { columns } = settings as unknown as Bound;
    expect(columns).toMatchObject({
      subject: 'title',
      description: properties['Details'],
      requesterEmail: properties['E-mail'],
      status: properties['Status'],
      category: properties['Kind'],
    });
    // A number holds no priority: a property of that title stays what it is, and another is made.
    expect(comments['columns.priority']).toBe('Priority (Tabledesk)');
    expect(said).toContain('The database "Requests" has 6 properties.');
    expect(said).toContain('Options to be added to Status: Pending, On hold, Needs info, Resolved, Closed.');
    expect(changes()).toEqual(['PATCH /v1/data_sources/…', ...VIEWS.map(() => 'POST /v1/views')]);
    const row = at.notion.people.type(dataSourceId, { 'What it is about': 'A', Status: 'On hold', Kind: 'billing' });
    expect(at.notion.people.row(dataSourceId, row)).toMatchObject({ Status: 'On hold', Kind: 'billing' });
    expect(at.notion.people.type(dataSourceId, { Status: 'Waiting' })).not.toBe('');
  });

  it('is found by its link, too', async () => {
    const { id, dataSourceId } = aDatabase();
    const link = `https://www.notion.so/${id.replaceAll('-', '')}?v=1f0e1d2c3b4a49588776655443322110`;
    expect((await connect({ database: link })).settings).toMatchObject({ dataSource: dataSourceId });
  });

  it('is mapped property by property where somebody says so', async () => {
    const { properties } = aDatabase([...PROPERTIES, { name: 'Head', type: 'rich_text' }]);
    const answers = {
      database: 'Requests',
      mapping: 'one by one',
      'column.subject': 'Head',
      'column.channel': 'leave',
    };
    const { settings } = await connect(answers);
    const { columns } = settings as unknown as Bound;
    expect(columns['subject']).toBe(properties['Head']);
    expect(columns['channel']).toBeUndefined();
    await expect(connect({ ...answers, 'column.category': 'Priority' })).rejects.toMatchObject({
      code: 'ask.not-a-choice',
    });
  });

  it('gives its rows away only when that is said', async () => {
    const { dataSourceId } = aDatabase();
    for (let row = 0; row < 130; row += 1) {
      at.notion.people.submit(dataSourceId, { 'What it is about': `Request ${row}` });
    }
    at.notion.people.submit(dataSourceId, { Kind: 'bug' });
    at.notion.clearLog();
    await expect(connect({ database: 'Requests' })).rejects.toMatchObject({ code: 'connect.declined' });
    expect(changes()).toEqual([]);
    const { said } = await connect({ database: 'Requests', adopt: true });
    expect(said).toContain('130 rows without a key will become tickets at the next start, settled ones too');
  });

  it('keeps its views to itself where somebody says so, and is told how to make ours', async () => {
    aDatabase();
    const { next } = await connect({ database: 'Requests', views: false });
    expect(changes()).toEqual(['PATCH /v1/data_sources/…']);
    expect(next.join('\n')).toContain('  Breached (Table)\n    Filter: SLA state is Breached, and Status is not');
  });

  it('is found as it is when it is connected again, and nothing is made', async () => {
    const { settings } = await connect({ plan: 'plus' });
    at.notion.designers.renameProperty('Tickets', 'Status', 'Zustand');
    at.notion.clearLog();
    const again = await connect({}, { settings });
    expect(changes()).toEqual([]);
    expect(again.settings).toEqual(settings);
    expect(again.comments['columns.status']).toBe('Zustand');
  });
});

describe('a connection', () => {
  it('is asked for its token again until Notion knows it', async () => {
    const asked: string[] = [];
    const usual = createAsk({ answers: {}, takesUsual: true }, null);
    const ask: Ask = {
      ...usual,
      secret: (name, question) => {
        asked.push(`${name}: ${question}`);
        return Promise.resolve(asked.length === 1 ? 'ntn_wrong' : at.token);
      },
    };
    const { secrets, said } = await connect({}, { token: 'ntn_old', ask });
    expect(secrets).toEqual({ NOTION_TOKEN: at.token });
    expect(asked).toEqual([
      'NOTION_TOKEN: Notion does not know this token. Another one',
      'NOTION_TOKEN: Notion does not know this token. Another one',
    ]);
    expect(said).toContain('Notion knows the token: it is "Tabledesk" of the workspace "Support".');
  });

  it('is explained with the capabilities to tick, and how a page is shared', async () => {
    const usual = createAsk({ answers: {}, takesUsual: true }, null);
    const ask: Ask = { ...usual, secret: () => Promise.resolve(at.token) };
    const { said } = await connect({}, { token: '', ask });
    expect(said).toContain('Open https://www.notion.so/profile/integrations and press "New connection"');
    for (const capability of [
      'Read content',
      'Update content',
      'Insert content',
      'Read user information including email addresses',
    ]) {
      expect(said).toContain(`       ${capability} `);
    }
    expect(said).toContain('Share one page with it');
  });

  it.each([
    ['Read content', 'see any content', ['update content', 'insert content']],
    ['Insert content', 'make a database', ['read content', 'update content']],
  ] as const)('without "%s" is told so', async (capability, wanted, capabilities) => {
    at.notion.setCapabilities(at.token, capabilities);
    await expect(connect({})).rejects.toMatchObject({
      code: 'notion.capability-missing',
      message: `The connection may not ${wanted} (403).`,
      fix: expect.stringContaining(`tick "${capability}"`) as unknown,
    });
  });

  it('that may not change properties is told so before anything is lost', async () => {
    at.notion.setCapabilities(at.token, ['read content', 'insert content']);
    at.notion.addDatabase({ name: 'Requests', parentPageId: at.page });
    await expect(connect({ database: 'Requests' })).rejects.toMatchObject({ code: 'notion.schema-locked' });
  });

  it('that may not know people gets a list of names for the assignee', async () => {
    at.notion.setCapabilities(at.token, ['read content', 'update content', 'insert content']);
    await connect({});
    const row = at.notion.people.type('Tickets', { Assignee: 'Lea' });
    expect(at.notion.people.row('Tickets', row)).toMatchObject({ Assignee: 'Lea' });
  });

  it('with which nothing is shared is told how to share a page', async () => {
    const token = at.notion.addConnection();
    await expect(connect({}, { token })).rejects.toMatchObject({
      code: 'notion.nothing-shared',
      fix: expect.stringContaining('press ••• at the upper right, choose "Connections"') as unknown,
    });
  });

  it('looks again for whoever shares a page meanwhile', async () => {
    const token = at.notion.addConnection();
    const usual = createAsk({ answers: {}, takesUsual: true }, null);
    const asked: string[] = [];
    const ask: Ask = {
      ...usual,
      isAttended: true,
      confirm: (name) => {
        asked.push(name);
        at.notion.share(token, at.page);
        return Promise.resolve(true);
      },
    };
    const { secrets } = await connect({}, { token, ask });
    expect(secrets).toEqual({ NOTION_TOKEN: token });
    expect(asked).toEqual(['look-again']);
  });

  it('in a workspace without blocks left is told so', async () => {
    at.notion.addUser({ name: 'Tom', email: 'tom@example.com' });
    Object.assign(at.notion.settings, { plan: 'free', blockLimit: 1, blockGraceSeconds: 0 });
    await expect(connect({})).rejects.toMatchObject({ code: 'notion.block-limit' });
  });

  it('with several pages is asked which', async () => {
    const other = at.notion.addPage('Sales');
    at.notion.share(at.token, other);
    await expect(connect({})).rejects.toMatchObject({ code: 'ask.no-answer', message: /Under which page/ });
    await connect({ page: 'sales' });
    expect(at.notion.database('Tickets').id).not.toBe('');
  });
});
