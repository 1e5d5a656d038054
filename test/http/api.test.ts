import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aServer, TOKEN, type TestServer } from '../support/http-server.ts';
import { aQuietBase } from '../support/quiet-base.ts';
import { aDesk, aForm, allTickets, postForm } from '../support/pipeline.ts';

/** The names that scripts rely on, as `design` promises them. */
const TICKET_NAMES = [
  ...[
    'number',
    'key',
    'subject',
    'requester',
    'channel',
    'externalId',
    'language',
    'status',
    'category',
    'severity',
    'priority',
  ],
  ...['queue', 'assignee', 'tags', 'owner', 'collaborators', 'handoff', 'firstResponseDueAt', 'resolutionDueAt'],
  ...['promisedResponseAt', 'promisedResolutionAt', 'slaState', 'needsReview'],
  ...['escalationLevel', 'accountable', 'stepsDone'],
  ...['confidence', 'why', 'resolution', 'satisfaction', 'surveyComment', 'followUpOf'],
  ...['incident', 'knownIncident', 'linkedCount', 'createdAt', 'updatedAt'],
];

interface Listed {
  tickets: { number: number; [name: string]: unknown }[];
  next: string | null;
}

describe.each(ENGINES)('the API on %s', (engine) => {
  let database: TestDatabase;
  let server: TestServer;
  let numbers: number[];
  const made = { room: 0 };
  beforeAll(async () => {
    database = await aDatabase(engine);
    const locked = [{ name: 'priority', message: 'It is locked.', fix: 'Open it.', isToBeTried: false }];
    const makeRoom = async () => void (made.room += 1);
    server = await aServer(database.connection, { base: aQuietBase({ locked: () => locked, makeRoom }) });
    const desk = aDesk(database.connection);
    for (const name of ['Ada', 'Bob', 'Cy', 'Dee', 'Eve'])
      await postForm(database.connection, aForm(name, `${name} asks.`));
    await desk.pipeline.drainInbox();
    const tickets = await allTickets(database.connection);
    numbers = tickets.map((ticket) => ticket.number);
    const first = tickets[0];
    if (first === undefined) throw new Error('no ticket was made');
    await desk.pipeline.note(first.key, { by: 'Agent', text: 'Only for us.' });
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  function get(
    path: string,
    headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` },
  ): Promise<Response> {
    return fetch(`${server.address}${path}`, { headers });
  }

  async function read<Shape>(path: string): Promise<Shape> {
    const response = await get(path);
    expect(response.status).toBe(200);
    return (await response.json()) as Shape;
  }

  it.each([
    '/api/tickets',
    '/api/tickets/1',
    '/api/tickets/1/decisions',
    '/api/status',
    '/api/learning',
    '/api/export/tickets',
    '/api/anything',
  ])('opens %s to nobody without the token', async (path) => {
    const tries: Record<string, string>[] = [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: TOKEN },
      { 'x-token': TOKEN },
    ];
    for (const headers of tries) {
      const response = await get(path, headers);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await response.json()).toMatchObject({ error: { code: 'api.not-authorised' } });
    }
  });

  it('lists tickets under exactly the names that were promised', async () => {
    const { tickets, next } = await read<Listed>('/api/tickets');
    expect(tickets.map((ticket) => ticket.number)).toEqual(numbers);
    expect(next).toBeNull();
    for (const ticket of tickets) expect(Object.keys(ticket)).toEqual(TICKET_NAMES);
    expect(tickets[0]).toMatchObject({
      subject: 'Payment failed',
      requester: { name: 'Ada', email: 'ada@example.com' },
      channel: 'website',
    });
    expect(tickets[0]?.['owner']).not.toBe('');
  });

  it('leads from page to page until all are read, each once', async () => {
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Listed = await read<Listed>(`/api/tickets?limit=2&cursor=${cursor}`);
      expect(page.tickets.length).toBeLessThanOrEqual(2);
      seen.push(...page.tickets.map((ticket) => ticket.number));
      cursor = page.next;
    }
    expect(seen).toEqual(numbers);
  });

  it.each([
    'cursor=x',
    'cursor=-1',
    'cursor=1e3',
    'limit=0',
    'limit=201',
    'limit=all',
    'cursor=9999999999999999',
    'cursor=1&cursor=2',
  ])('refuses a page of ?%s', async (query) => {
    const response = await get(`/api/tickets?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'api.bad-page' } });
  });

  it('shows one ticket by its number or its name, with its conversation', async () => {
    const [number] = numbers;
    const byNumber = await read<{ messages: Record<string, unknown>[] }>(`/api/tickets/${number}`);
    const byName = await read(`/api/tickets/T-${number}`);
    expect(byName).toEqual(byNumber);
    expect(Object.keys(byNumber)).toEqual([...TICKET_NAMES, 'messages']);
    const shown = byNumber.messages.map(({ author, visibility, text }) => ({ author, visibility, text }));
    expect(shown).toEqual(
      expect.arrayContaining([
        { author: 'customer', visibility: 'public', text: 'Ada asks.' },
        { author: 'agent', visibility: 'internal', text: 'Only for us.' },
      ]),
    );
  });

  it('shows why a ticket is as it is, each in one sentence with its source and config version (A-034)', async () => {
    const { decisions } = await read<{ decisions: Record<string, unknown>[] }>(`/api/tickets/${numbers[0]}/decisions`);
    expect(decisions.length).toBeGreaterThan(0);
    for (const decision of decisions) {
      expect(String(decision['sentence']).length).toBeGreaterThan(0);
      expect(String(decision['sentence']).length).toBeLessThanOrEqual(200);
      expect(decision['source']).toHaveProperty('kind');
      expect(decision['configVersion']).not.toBe('');
    }
  });

  it.each(['999999', 'T-999999', 'nonsense', '1042x', "1' or '1'='1", '%00', '99999999999999999999'])(
    'says that there is no ticket %s',
    async (number) => {
      const response = await get(`/api/tickets/${encodeURIComponent(number)}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'ticket.not-found' } });
    },
  );

  it('tells what waits where', async () => {
    await postForm(database.connection, aForm('Fay'));
    expect(await read('/api/status')).toMatchObject({
      inbox: { waiting: 1, lost: 0, ignored: 0 },
      outbox: { waiting: expect.any(Number) },
      deadLetters: 0,
      sync: { waiting: expect.any(Number), lagSeconds: expect.any(Number), refused: 0 },
      base: {
        store: 'embedded',
        requestsSpent: null,
        lockedColumns: [{ column: 'priority', message: 'It is locked.', fix: 'Open it.' }],
      },
      tickets: { open: 5 },
      config: { refused: null },
      database: engine,
    });
  });

  it('makes room for whoever is about to look at the base, and asks for the token first', async () => {
    const address = `${server.address}/api/base/look`;
    expect((await fetch(address, { method: 'POST' })).status).toBe(401);
    expect(made.room).toBe(0);
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await fetch(address, { method: 'POST', headers })).status).toBe(204);
    expect(made.room).toBe(1);
  });

  it('tells how it stands with learning, and has it learned when it is asked to', async () => {
    expect(await read('/api/learning')).toMatchObject({ isOn: true, promise: 0.95, model: null, isWanted: false });
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await fetch(`${server.address}/api/learning`, { method: 'POST', headers })).status).toBe(202);
  });

  it('says so in JSON when there is nothing at an address, without a stack', async () => {
    const response = await get('/api/anything');
    const text = await response.text();
    expect(response.status).toBe(404);
    expect(text).toContain('http.unknown-address');
    expect(text).not.toMatch(/\bat .*\.(ts|js)\b/);
  });

  it('gives tables for other tools, as they are asked for', async () => {
    const csv = await get('/api/export/tickets');
    expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect((await csv.text()).trim().split('\r\n')).toHaveLength(1 + numbers.length);
    const lines = (await (await get('/api/export/tickets?format=jsonl')).text()).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { number: number }).number)).toEqual(numbers);
    const none = await get('/api/export/messages?format=jsonl&from=2020-01-01&to=2020-01-31');
    expect([none.status, await none.text()]).toEqual([200, '']);
  });

  it.each([
    ['/api/export/customers', 'there is no customers'],
    ['/api/export/tickets?format=xlsx', 'there is no format xlsx'],
    ['/api/export/tickets?from=2026-13-01&to=2026-01-01', '2026-13-01 to 2026-01-01 are no days'],
  ])('says of %s that there is nothing by it', async (path, says) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 'export.not-found' } });
    expect(await (await get(path)).text()).toContain(says);
  });
});
