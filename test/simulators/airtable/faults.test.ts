import { setupServer } from 'msw/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveAirtable, type Fault } from '../../../simulators/airtable/index.ts';
import { answerAirtable } from '../../support/airtable/answer-airtable.ts';
import { aSupportBase, type SupportBase } from '../../support/airtable/a-support-base.ts';

/** Whatever comes by `fetch`: its status and text, or the word that it broke. */
async function fetched(
  desk: SupportBase,
  address: string,
  init: RequestInit = {},
): Promise<[number, string] | 'broken'> {
  const headers = { authorization: `Bearer ${desk.token}` };
  try {
    const response = await fetch(`${address}/v0/${desk.base.id}/Tickets`, { ...init, headers });
    return [response.status, await response.text()];
  } catch {
    return 'broken';
  }
}

const CREATE = { method: 'POST', body: JSON.stringify({ fields: { Ticket: 'a' } }) };

interface Way {
  desk: SupportBase;
  address: string;
}

/** The same faults in this process and over a socket. */
const WAYS: readonly [string, (fault: Fault) => Promise<Way>][] = [
  ['by msw', inProcess],
  ['over a port', served],
];

async function inProcess(fault: Fault): Promise<Way> {
  const desk = aSupportBase({ faults: () => fault });
  const server = setupServer(...answerAirtable(desk.airtable));
  server.listen({ onUnhandledRequest: 'error' });
  onTestFinished(() => server.close());
  return { desk, address: 'https://api.airtable.com' };
}

async function served(fault: Fault): Promise<Way> {
  const desk = aSupportBase({ faults: () => fault });
  const { address, close } = await serveAirtable(desk.airtable);
  onTestFinished(close);
  return { desk, address };
}

describe.each(WAYS)('faults %s', (_, start) => {
  it.each([
    [{ kind: 'bad-gateway' }, 502, '<html>', 0],
    [{ kind: 'bad-gateway', commits: true }, 502, '<html>', 1],
    [{ kind: 'gateway-timeout', commits: true }, 504, '<html>', 1],
    [{ kind: 'unavailable' }, 503, '"SERVICE_UNAVAILABLE"', 0],
    [{ kind: 'unavailable', commits: true }, 503, '"SERVICE_UNAVAILABLE"', 1],
    [{ kind: 'server-error' }, 500, '"SERVER_ERROR"', 0],
    [{ kind: 'slow-headers', milliseconds: 5 }, 200, '"Ticket":"a"', 1],
  ] as const)('%j answers %i, and leaves as many records', async (fault, status, text, left) => {
    const { desk, address } = await start(fault);
    expect(await fetched(desk, address, CREATE)).toEqual([status, expect.stringContaining(text)]);
    expect(desk.airtable.people.rows('Tickets')).toHaveLength(left);
    expect(desk.airtable.requests()).toMatchObject([{ status, fault: fault.kind }]);
  });

  it.each([
    [{ kind: 'reset' }, 0],
    [{ kind: 'commit-then-drop' }, 1],
  ] as const)('%j breaks the connection and leaves %i records', async (fault, left) => {
    const { desk, address } = await start(fault);
    expect(await fetched(desk, address, CREATE)).toBe('broken');
    expect(desk.airtable.people.rows('Tickets')).toHaveLength(left);
    expect(desk.airtable.requests()).toMatchObject([{ status: 0, fault: fault.kind }]);
  });

  it('Retry-After comes with 503 and 429 where it is asked for', async () => {
    for (const kind of ['unavailable', 'rate-limited'] as const) {
      const { desk, address } = await start({ kind, retryAfterSeconds: 45 });
      const response = await fetch(`${address}/v0/${desk.base.id}/Tickets`);
      expect(response.headers.get('retry-after')).toBe('45');
      await response.text();
    }
  });
});

// Over a port only: msw does not tell a body of its own that somebody stopped waiting for it.
describe('a stalled body', () => {
  it('begins and never ends, and what was asked is done', async () => {
    const { desk, address } = await served({ kind: 'stalled-body' });
    const response = await fetch(`${address}/v0/${desk.base.id}/Tickets`, {
      ...CREATE,
      headers: { authorization: `Bearer ${desk.token}` },
      signal: AbortSignal.timeout(300),
    });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('aborted due to timeout');
    expect(desk.airtable.people.rows('Tickets')).toHaveLength(1);
  });
});

describe('a 429 out of the blue', () => {
  it('pauses the base like any other', async () => {
    const faults: (Fault | null)[] = [{ kind: 'rate-limited' }];
    const { ask, base, clock } = aSupportBase({ faults: () => faults.shift() ?? null });
    expect((await ask('GET', `/${base.id}/Tickets`)).status).toBe(429);
    expect((await ask('GET', `/${base.id}/Tickets`)).status).toBe(429);
    clock.pass({ seconds: 30 });
    expect((await ask('GET', `/${base.id}/Tickets`)).status).toBe(200);
  });
});

describe('faults for some requests', () => {
  it('are chosen by method, path and number', async () => {
    const { ask, base } = aSupportBase({
      faults: ({ method, path, number }) =>
        method === 'GET' && path.startsWith('/v0/app') && number === 2 ? { kind: 'server-error' } : null,
    });
    const statuses: number[] = [];
    for (let asked = 0; asked < 3; asked += 1) statuses.push((await ask('GET', `/${base.id}/Tickets`)).status);
    expect(statuses).toEqual([200, 500, 200]);
  });
});
