import {
  APIErrorCode,
  APIResponseError,
  Client,
  ClientErrorCode,
  collectPaginatedAPI,
  extractNotionId,
  isFullComment,
  isFullDatabase,
  isFullDataSource,
  isFullPage,
  isFullUser,
  isFullView,
  LogLevel,
  UnknownHTTPResponseError,
  verifyWebhookSignature,
} from '@notionhq/client';
import { setupServer } from 'msw/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveNotion, type Fault, type Settings } from '../../../simulators/notion/index.ts';
import { answerNotion } from '../../support/notion/answer-notion.ts';
import { aSupportWorkspace, type SupportWorkspace } from '../../support/notion/a-support-workspace.ts';

interface Way {
  desk: SupportWorkspace;
  client: Client;
}

/** The client as a connector uses it: no repetition of its own, and a version that is named. */
function aClient({ token }: SupportWorkspace, baseUrl?: string, timeoutMs = 60_000): Client {
  return new Client({
    auth: token,
    notionVersion: '2026-03-11',
    retry: false,
    logLevel: LogLevel.ERROR,
    timeoutMs,
    ...(baseUrl !== undefined && { baseUrl }),
  });
}

async function inProcess(given: Partial<Settings> = {}): Promise<Way> {
  const desk = aSupportWorkspace(given);
  const server = setupServer(...answerNotion(desk.notion));
  server.listen({ onUnhandledRequest: 'error' });
  onTestFinished(() => server.close());
  return { desk, client: aClient(desk) };
}

async function served(given: Partial<Settings> = {}, timeoutMs?: number): Promise<Way> {
  const desk = aSupportWorkspace(given);
  const { address, close } = await serveNotion(desk.notion);
  onTestFinished(close);
  return { desk, client: aClient(desk, address, timeoutMs) };
}

const WAYS: readonly [string, (given?: Partial<Settings>) => Promise<Way>][] = [
  ['by msw', inProcess],
  ['over a port', served],
];

describe.each(WAYS)('@notionhq/client 5.26.0 %s', (_, start) => {
  it('makes a database under a page, reads its schema and changes it', async () => {
    const { desk, client } = await start();
    const database = await client.databases.create({
      parent: { type: 'page_id', page_id: desk.pageId },
      title: [{ text: { content: 'Desk' } }],
      initial_data_source: {
        properties: { Ticket: { title: {} }, Priority: { select: { options: [{ name: 'High', color: 'red' }] } } },
      },
    });
    if (!isFullDatabase(database)) throw new Error('Only a part of the database came.');
    const data_source_id = database.data_sources[0]?.id ?? '';
    const source = await client.dataSources.update({ data_source_id, properties: { Due: { date: {} } } });
    expect(isFullDataSource(source)).toBe(true);
    expect(Object.keys(source.properties)).toEqual(['Ticket', 'Priority', 'Due']);
    expect(await client.dataSources.retrieve({ data_source_id })).toMatchObject({
      id: data_source_id,
      properties: source.properties,
    });
  });

  it('makes a status with groups, which its types do not know', async () => {
    const { desk, client } = await start();
    const status = { options: [{ name: 'New', group: 'To-do' }] };
    const database = await client.request<{ id: string }>({
      path: 'databases',
      method: 'post',
      body: {
        parent: { type: 'page_id', page_id: desk.pageId },
        initial_data_source: { properties: { Ticket: { title: {} }, Status: { status } } },
      },
    });
    expect(desk.notion.database(database.id).properties).toHaveProperty('Status');
  });

  it('makes, reads, changes and trashes pages', async () => {
    const { desk, client } = await start();
    const page = await client.pages.create({
      parent: { type: 'data_source_id', data_source_id: desk.database.dataSourceId },
      properties: { Ticket: { title: [{ text: { content: 'Printer' } }] }, Status: { status: { name: 'Open' } } },
    });
    const page_id = page.id;
    expect(isFullPage(page)).toBe(true);
    await client.pages.update({ page_id, properties: { Number: { number: 7 } } });
    expect(desk.notion.people.row('Tickets', page_id)).toMatchObject({ Ticket: 'Printer', Status: 'Open', Number: 7 });
    const number = desk.database.properties['Number'] ?? '';
    expect(await client.pages.retrieve({ page_id, filter_properties: [number] })).toMatchObject({
      properties: { Number: { number: 7 } },
    });
    expect(await client.pages.properties.retrieve({ page_id, property_id: number })).toMatchObject({ number: 7 });
    await client.pages.update({ page_id, in_trash: true });
    expect(desk.notion.people.row('Tickets', page_id)).toBeNull();
  });

  it('queries over several pages, with filter, sorts and the properties that it wants', async () => {
    const { desk, client } = await start();
    for (let Number = 0; Number < 250; Number += 1) desk.notion.people.paste('Tickets', { Number });
    const { properties, dataSourceId } = desk.database;
    const Number = properties['Number'] ?? '';
    const rows = await collectPaginatedAPI(client.dataSources.query, {
      data_source_id: dataSourceId,
      filter: { property: Number, number: { greater_than_or_equal_to: 100 } },
      sorts: [{ property: Number, direction: 'ascending' }],
      filter_properties: [Number],
    });
    const numbers = rows.map((row) => ('properties' in row ? row.properties['Number'] : undefined));
    expect(numbers).toMatchObject(Array.from({ length: 150 }, (__, index) => ({ number: 100 + index })));
    expect(desk.notion.counters().byKind).toEqual({ query: 2 });
  });

  it('writes and reads comments, blocks, Markdown, users and views', async () => {
    const { desk, client } = await start();
    const page_id = desk.notion.people.paste('Tickets', {});
    const comment = await client.comments.create({ parent: { page_id }, rich_text: [{ text: { content: 'Hi' } }] });
    expect(isFullComment(comment)).toBe(true);
    expect((await client.comments.list({ block_id: page_id })).results).toHaveLength(1);
    await client.blocks.children.append({
      block_id: page_id,
      children: [{ paragraph: { rich_text: [{ text: { content: 'a' } }] } }],
      position: { type: 'start' },
    });
    expect((await client.blocks.children.list({ block_id: page_id })).results).toHaveLength(1);
    expect(await client.pages.retrieveMarkdown({ page_id })).toMatchObject({ markdown: 'a' });
    const users = await collectPaginatedAPI(client.users.list, {});
    expect(users.every(isFullUser)).toBe(true);
    expect(users.map(({ type }) => type)).toEqual(['person', 'person', 'bot']);
    expect(await client.users.me({})).toMatchObject({ type: 'bot' });
    const { id: database_id, dataSourceId: data_source_id } = desk.database;
    const view = await client.views.create({ database_id, data_source_id, name: 'Open', type: 'table' });
    expect(isFullView(view)).toBe(true);
  });

  it('uploads a file, in two steps, and puts it into a page', async () => {
    const { desk, client } = await start();
    const { id } = await client.fileUploads.create({ filename: 'a.txt', content_type: 'text/plain' });
    await client.fileUploads.send({
      file_upload_id: id,
      file: { filename: 'a.txt', data: new Blob(['hello'], { type: 'text/plain' }) },
    });
    const page_id = desk.notion.people.paste('Tickets', {});
    await client.pages.update({ page_id, properties: { Files: { files: [{ file_upload: { id } }] } } });
    expect(desk.notion.people.row('Tickets', page_id)).toMatchObject({ Files: ['a.txt'] });
  });

  it('passes on what was refused: status, code, words, the id of the request and what else is told', async () => {
    const { desk, client } = await start({
      faults: ({ number }) => (number === 2 ? { kind: 'saved-but-unavailable' } : null),
    });
    const refused = await failureOf(client.pages.retrieve({ page_id: desk.database.id }));
    expect(refused).toBeInstanceOf(APIResponseError);
    expect(refused).toMatchObject({
      status: 404,
      code: APIErrorCode.ObjectNotFound,
      message: expect.stringContaining('Could not find page with ID'),
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const parent = { data_source_id: desk.database.dataSourceId };
    expect(await failureOf(client.pages.create({ parent }))).toMatchObject({
      status: 503,
      code: APIErrorCode.ServiceUnavailable,
      additional_data: { committed_resource_id: desk.notion.people.rows('Tickets')[0]?.id },
    });
  });

  it('gives up at once on 429 and 529 when it is told not to repeat them', async () => {
    const faults: Fault[] = [{ kind: 'rate-limited', retryAfterSeconds: 30 }, { kind: 'overloaded' }];
    const { desk, client } = await start({ faults: () => faults.shift() ?? null });
    const limited = await failureOf(client.users.me({}));
    expect(limited).toMatchObject({
      code: APIErrorCode.RateLimited,
      additional_data: { rate_limit_reason: 'public_api_request_rate_limit', retry_after: '30' },
    });
    desk.clock.pass({ seconds: 30 });
    expect(await failureOf(client.users.me({}))).toMatchObject({ status: 529, code: APIErrorCode.ServiceOverload });
    expect(desk.notion.counters().requests).toBe(2);
  });

  it('does not know some codes, and keeps but the text of their answers', async () => {
    const faults: Fault[] = [{ kind: 'database-unavailable' }, { kind: 'bad-gateway' }];
    const { client } = await start({ faults: () => faults.shift() ?? null });
    for (const [status, words] of [
      [503, 'database_connection_unavailable'],
      [502, '<html>'],
    ] as const) {
      const failure = await failureOf(client.users.me({}));
      expect(failure).toBeInstanceOf(UnknownHTTPResponseError);
      expect(failure).toMatchObject({
        status,
        code: ClientErrorCode.ResponseError,
        body: expect.stringContaining(words),
      });
    }
  });

  it('takes a broken connection for no error of its own', async () => {
    const { desk, client } = await start({ faults: () => ({ kind: 'commit-then-drop' }) });
    const failure = await failureOf(client.pages.create({ parent: { data_source_id: desk.database.dataSourceId } }));
    expect(failure).toBeInstanceOf(TypeError);
    expect(desk.notion.people.rows('Tickets')).toHaveLength(1);
  });

  it('reaches archived rows by a request of its own alone', async () => {
    const { desk, client } = await start();
    const id = desk.notion.people.paste('Tickets', {});
    desk.notion.people.archive('Tickets', id, true);
    const path = `data_sources/${desk.database.dataSourceId}/query`;
    expect(await client.request({ path, method: 'post', body: { is_archived: true } })).toMatchObject({
      results: [{ id, is_archived: true }],
    });
  });
});

describe('a client that lost patience', () => {
  it('leaves the request to go on: the page is made all the same', async () => {
    const gate = Promise.withResolvers<void>();
    const { desk, client } = await served(
      { faults: () => ({ kind: 'slow-headers', milliseconds: 60_000, commits: 'late' }) },
      200,
    );
    desk.notion.settings.wait = () => gate.promise;
    const parent = { data_source_id: desk.database.dataSourceId };
    expect(await failureOf(client.pages.create({ parent }))).toMatchObject({ code: ClientErrorCode.RequestTimeout });
    expect(desk.notion.people.rows('Tickets')).toEqual([]);
    gate.resolve();
    await expect.poll(() => desk.notion.people.rows('Tickets')).toHaveLength(1);
  });
});

describe('what else the client brings', () => {
  it('knows our signatures, and our addresses of pages', async () => {
    const sent: { body: string; headers: Record<string, string> }[] = [];
    const { notion, token, clock, pageId, ask } = aSupportWorkspace({
      async post(__, init) {
        sent.push(init);
        return new Response();
      },
    });
    const id = notion.webhooks.subscribe({ token, url: 'https://desk.example.com/webhook' });
    await notion.deliverWebhooks();
    const verificationToken = /secret_\w+/.exec(sent[0]?.body ?? '')?.[0] ?? '';
    notion.webhooks.verify(id, verificationToken);
    notion.people.paste('Tickets', {});
    clock.pass({ minutes: 1 });
    await notion.deliverWebhooks();
    const body = sent[1]?.body ?? '';
    const signature = sent[1]?.headers['x-notion-signature'] ?? null;
    expect(await verifyWebhookSignature({ body, signature, verificationToken })).toBe(true);
    expect(await verifyWebhookSignature({ body: `${body} `, signature, verificationToken })).toBe(false);
    expect(extractNotionId(String((await ask('GET', `/pages/${pageId}`)).body['url']))).toBe(pageId);
  });
});

async function failureOf(asked: Promise<unknown>): Promise<unknown> {
  try {
    await asked;
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}
