import { setupServer } from 'msw/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveNotion, type Fault } from '../../../simulators/notion/index.ts';
import { answerNotion } from '../../support/notion/answer-notion.ts';
import { aSupportWorkspace, inside, text, type SupportWorkspace } from '../../support/notion/a-support-workspace.ts';

interface Way {
  desk: SupportWorkspace;
  address: string;
}

/** Asks for a new ticket by `fetch`: the status and text of the answer, or the word that it broke. */
async function create({ desk, address }: Way, signal?: AbortSignal): Promise<[number, string] | 'broken'> {
  try {
    const response = await fetch(`${address}/v1/pages`, {
      method: 'POST',
      headers: headersOf(desk),
      body: JSON.stringify({ parent: { data_source_id: desk.database.dataSourceId } }),
      ...(signal !== undefined && { signal }),
    });
    return [response.status, await response.text()];
  } catch {
    return 'broken';
  }
}

function headersOf({ token }: SupportWorkspace): Record<string, string> {
  return { authorization: `Bearer ${token}`, 'notion-version': '2026-03-11' };
}

/** The same faults in this process and over a socket. */
const WAYS: readonly [string, (fault: Fault) => Promise<Way>][] = [
  ['by msw', inProcess],
  ['over a port', served],
];

async function inProcess(fault: Fault): Promise<Way> {
  const desk = aSupportWorkspace({ faults: () => fault });
  const server = setupServer(...answerNotion(desk.notion));
  server.listen({ onUnhandledRequest: 'error' });
  onTestFinished(() => server.close());
  return { desk, address: 'https://api.notion.com' };
}

async function served(fault: Fault): Promise<Way> {
  const desk = aSupportWorkspace({ faults: () => fault });
  const { address, close } = await serveNotion(desk.notion);
  onTestFinished(close);
  return { desk, address };
}

describe.each(WAYS)('faults %s', (_, start) => {
  it.each([
    [{ kind: 'bad-gateway' }, 502, '<html>', 0],
    [{ kind: 'bad-gateway', commits: true }, 502, '<html>', 1],
    [{ kind: 'gateway-timeout' }, 504, '"gateway_timeout"', 0],
    [{ kind: 'gateway-timeout', commits: true }, 504, '"gateway_timeout"', 1],
    [{ kind: 'unavailable' }, 503, '"service_unavailable"', 0],
    [{ kind: 'unavailable', commits: true }, 503, '"service_unavailable"', 1],
    [{ kind: 'saved-but-unavailable' }, 503, '"committed_resource_id"', 1],
    [{ kind: 'database-unavailable' }, 503, '"database_connection_unavailable"', 0],
    [{ kind: 'database-unavailable', commits: true }, 503, '"database_connection_unavailable"', 1],
    [{ kind: 'server-error' }, 500, '"internal_server_error"', 0],
    [{ kind: 'server-error', commits: true }, 500, '"internal_server_error"', 1],
    [{ kind: 'conflict' }, 409, '"conflict_error"', 0],
    [{ kind: 'row-limit' }, 409, '"row_limit_exceeded"', 0],
    [{ kind: 'overloaded' }, 529, '"service_overload"', 0],
    [{ kind: 'rate-limited' }, 429, '"rate_limited"', 0],
    [{ kind: 'slow-headers', milliseconds: 5 }, 200, '"object":"page"', 1],
    [{ kind: 'slow-headers', milliseconds: 5, commits: 'late' }, 200, '"object":"page"', 1],
  ] as const)('%j answers %i, and leaves as many pages', async (fault, status, words, left) => {
    const way = await start(fault);
    expect(await create(way)).toEqual([status, expect.stringContaining(words)]);
    expect(way.desk.notion.people.rows('Tickets')).toHaveLength(left);
    expect(way.desk.notion.requests()).toMatchObject([{ status, kind: 'create', fault: fault.kind }]);
  });

  it.each([
    [{ kind: 'reset' }, 0],
    [{ kind: 'commit-then-drop' }, 1],
  ] as const)('%j breaks the connection and leaves %i pages', async (fault, left) => {
    const way = await start(fault);
    expect(await create(way)).toBe('broken');
    expect(way.desk.notion.people.rows('Tickets')).toHaveLength(left);
    expect(way.desk.notion.requests()).toMatchObject([{ status: 0, fault: fault.kind }]);
  });
});

// Over a port only: msw does not tell a body of its own that somebody stopped waiting for it.
describe('an answer that nobody can wait for', () => {
  it('begins and never ends, and what was asked is done', async () => {
    const { desk, address } = await served({ kind: 'stalled-body' });
    const response = await fetch(`${address}/v1/users/me`, {
      headers: headersOf(desk),
      signal: AbortSignal.timeout(300),
    });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('aborted due to timeout');
  });

  it.each([
    ['at-once', 1],
    ['late', 0],
  ] as const)('comes after the caller gave up, and the page is there %s', async (commits, left) => {
    const gate = Promise.withResolvers<void>();
    const way = await served({ kind: 'slow-headers', milliseconds: 60_000, commits });
    way.desk.notion.settings.wait = () => gate.promise;
    expect(await create(way, AbortSignal.timeout(300))).toBe('broken');
    expect(way.desk.notion.people.rows('Tickets')).toHaveLength(left);
    gate.resolve();
    await expect.poll(() => way.desk.notion.people.rows('Tickets')).toHaveLength(1);
  });
});

describe('a write that was saved and still answers 503', () => {
  it('names the page that was made or changed', async () => {
    const { ask, notion, database } = aSupportWorkspace({ faults: () => ({ kind: 'saved-but-unavailable' }) });
    const made = await ask('POST', '/pages', { parent: { data_source_id: database.dataSourceId } });
    const [row] = notion.people.rows('Tickets');
    const data = { committed_resource_id: row?.id, elapsed_ms: 60_000, deadline_ms: 60_000 };
    expect(made).toMatchObject({ status: 503, body: { code: 'service_unavailable', additional_data: data } });
    const changed = await ask('PATCH', `/pages/${row?.id}`, { properties: { Number: { number: 1 } } });
    expect(changed.body['additional_data']).toEqual(data);
    expect(notion.people.row('Tickets', row?.id ?? '')).toMatchObject({ Number: 1 });
  });

  it('names the parent of an append, and the new blocks', async () => {
    const { ask, notion, pageId } = aSupportWorkspace({
      faults: ({ number }) => (number === 1 ? { kind: 'saved-but-unavailable' } : null),
    });
    const path = `/blocks/${pageId}/children`;
    const { body } = await ask('PATCH', path, { children: [{ paragraph: { rich_text: text('a') } }] });
    const { results } = await ask('GET', path);
    expect(body['additional_data']).toMatchObject({
      committed_resource_id: pageId,
      committed_child_ids: results.map(({ id }) => id),
    });
    expect(notion.requests()).toHaveLength(2);
  });

  it('names nothing where nothing was written', async () => {
    const { ask, pageId } = aSupportWorkspace({ faults: () => ({ kind: 'saved-but-unavailable' }) });
    const { body } = await ask('GET', `/pages/${pageId}`);
    expect(inside(body['additional_data'])).not.toHaveProperty('committed_resource_id');
  });

  it('is refused as ever where it could not be saved', async () => {
    const { ask } = aSupportWorkspace({ faults: () => ({ kind: 'saved-but-unavailable' }) });
    expect((await ask('POST', '/pages', { parent: {} })).status).toBe(400);
  });
});

describe('a 429 or 529 out of the blue', () => {
  it('pauses the connection like any other, for as long as is told', async () => {
    const faults: (Fault | null)[] = [
      { kind: 'rate-limited', reason: 'public_api_space_request_rate_limit', retryAfterSeconds: 200 },
    ];
    const { ask, clock } = aSupportWorkspace({ faults: () => faults.shift() ?? null });
    const first = await ask('GET', '/users/me');
    expect(first.headers.get('retry-after')).toBe('200');
    expect(first.body['additional_data']).toEqual({
      rate_limit_reason: 'public_api_space_request_rate_limit',
      retry_after: '200',
    });
    clock.pass({ seconds: 150 });
    expect((await ask('GET', '/users/me')).headers.get('retry-after')).toBe('50');
    clock.pass({ seconds: 50 });
    expect((await ask('GET', '/users/me')).status).toBe(200);
  });

  it('may come without a time to wait', async () => {
    const { ask, notion } = aSupportWorkspace({ faults: () => ({ kind: 'overloaded', retryAfterSeconds: 7 }) });
    expect((await ask('GET', '/users/me')).headers.get('retry-after')).toBe('7');
    notion.settings.faults = () => ({ kind: 'overloaded' });
    expect((await ask('GET', '/users/me')).headers.get('retry-after')).toBeNull();
  });
});

describe('faults for some requests', () => {
  it('are chosen by method, path and number', async () => {
    const { ask, pageId } = aSupportWorkspace({
      faults: ({ method, path, number }) =>
        method === 'GET' && path.startsWith('/v1/pages/') && number === 2 ? { kind: 'server-error' } : null,
    });
    const statuses: number[] = [];
    for (let asked = 0; asked < 3; asked += 1) statuses.push((await ask('GET', `/pages/${pageId}`)).status);
    expect(statuses).toEqual([200, 500, 200]);
  });
});
