import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../simulators/notion/index.ts';
import { aSupportWorkspace } from '../../support/notion/a-support-workspace.ts';

function tooMany(reason: string, seconds: number) {
  return {
    status: 429,
    body: {
      object: 'error',
      code: 'rate_limited',
      message: 'You have been rate limited. Please try again in a few minutes.',
      additional_data: { rate_limit_reason: reason, retry_after: String(seconds) },
    },
  };
}

function aWorkspace(given: Partial<Settings> = {}) {
  const desk = aSupportWorkspace({ requestsPerWindow: null, ...given });
  const ask = (times = 1, token = desk.token) =>
    Array.from({ length: times }).reduce<ReturnType<typeof desk.ask>>(
      async (before) => {
        await before;
        return desk.ask('GET', '/users/me', undefined, { token });
      },
      Promise.resolve({ status: 0, body: {}, results: [], headers: new Headers() }),
    );
  return { ...desk, askTimes: ask };
}

describe('the window of a connection', () => {
  it.each([
    ['free', 180],
    ['plus', 180],
    ['business', 600],
    ['enterprise', 600],
  ] as const)('of the plan %s lets %i requests through in 60 seconds, all at once if need be', async (plan, most) => {
    const { askTimes, notion } = aWorkspace({ plan });
    expect((await askTimes(most)).status).toBe(200);
    const refused = await askTimes();
    expect(refused).toMatchObject(tooMany('public_api_request_rate_limit', 60));
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(notion.counters()).toMatchObject({ requests: most + 1, tooMany: 1, mostInAWindow: most + 1 });
  });

  it('begins with its first request and ends after 60 seconds: Retry-After says when', async () => {
    const { askTimes, clock } = aWorkspace({ requestsPerWindow: 3 });
    clock.pass({ seconds: 20 });
    await askTimes(3);
    clock.pass({ seconds: 45.5 });
    const refused = await askTimes();
    expect(refused).toMatchObject(tooMany('public_api_request_rate_limit', 15));
    expect(refused.headers.get('retry-after')).toBe('15');
    clock.pass({ seconds: 14.5 });
    expect((await askTimes(3)).status).toBe(200);
    expect((await askTimes()).status).toBe(429);
  });

  it('counts each connection for itself, and refused requests do not prolong it', async () => {
    const { askTimes, notion, clock } = aWorkspace({ requestsPerWindow: 1 });
    await askTimes(5);
    expect((await askTimes(1, notion.addConnection())).status).toBe(200);
    clock.pass({ seconds: 60 });
    expect((await askTimes()).status).toBe(200);
  });

  it('counts what is refused for other reasons', async () => {
    const { ask, askTimes } = aWorkspace({ requestsPerWindow: 1 });
    expect((await ask('GET', '/pages/x')).status).toBe(400);
    expect((await askTimes()).status).toBe(429);
  });

  it('takes another limit while it runs, as of a workspace that pays more', async () => {
    const { askTimes, notion } = aWorkspace({ plan: 'plus' });
    await askTimes(181);
    notion.settings.plan = 'business';
    expect((await askTimes()).status).toBe(200);
  });
});

describe('other limits', () => {
  it('hold all connections of a workspace, for longer than a minute', async () => {
    const { askTimes, notion, clock } = aWorkspace({ workspaceLimit: { requests: 2, windowSeconds: 300 } });
    await askTimes();
    const other = notion.addConnection();
    await askTimes(1, other);
    expect(await askTimes()).toMatchObject(tooMany('public_api_space_request_rate_limit', 300));
    expect((await askTimes(1, other)).headers.get('retry-after')).toBe('300');
    clock.pass({ seconds: 300 });
    expect((await askTimes()).status).toBe(200);
  });

  it('hold one endpoint', async () => {
    const { ask, askTimes, database } = aWorkspace({ endpointLimits: { query: 1 } });
    const path = `/data_sources/${database.dataSourceId}/query`;
    expect((await ask('POST', path, {})).status).toBe(200);
    expect(await ask('POST', path, {})).toMatchObject(tooMany('public_api_endpoint_rate_limit', 60));
    expect((await askTimes()).status).toBe(200);
  });

  it('block a connection for good, without a time to come back', async () => {
    const { askTimes, notion, token, clock } = aWorkspace();
    notion.setBlocked(token, true);
    const refused = await askTimes();
    expect(refused.body['additional_data']).toEqual({ rate_limit_reason: 'public_api_request_blocked' });
    expect(refused.headers.get('retry-after')).toBeNull();
    clock.pass({ days: 3 });
    expect((await askTimes()).status).toBe(429);
    notion.setBlocked(token, false);
    expect((await askTimes()).status).toBe(200);
  });
});

describe('writes to one page', () => {
  it('conflict where the second comes before the first is answered, and the second is not saved', async () => {
    const gate = Promise.withResolvers<void>();
    const desk = aSupportWorkspace({ latencyMs: 100, wait: () => gate.promise });
    const id = desk.notion.people.paste('Tickets', {});
    const other = desk.notion.people.paste('Tickets', {});
    const set = (page: string, number: number) =>
      desk.ask('PATCH', `/pages/${page}`, { properties: { Number: { number } } });
    const asked = [set(id, 1), set(id, 2), set(other, 3)];
    // The three are at the simulator before the first is let go.
    await new Promise((later) => setImmediate(later));
    gate.resolve();
    const [first, second, third] = await Promise.all(asked);
    expect([first?.status, second?.status, third?.status]).toEqual([200, 409, 200]);
    expect(second?.body).toMatchObject({
      code: 'conflict_error',
      message: 'Conflict occurred while saving. Please try again.',
    });
    expect(desk.notion.people.row('Tickets', id)).toMatchObject({ Number: 1 });
    expect((await set(id, 4)).status).toBe(200);
  });
});

describe('the log', () => {
  it('says of each request what it was, when, how it went and about how many pages', async () => {
    const { ask, notion, database, clock } = aSupportWorkspace();
    await ask('POST', '/pages', { parent: { data_source_id: database.dataSourceId } });
    clock.pass({ seconds: 1 });
    await ask('POST', `/data_sources/${database.dataSourceId}/query`, {});
    expect(notion.requests()).toEqual([
      {
        number: 1,
        method: 'POST',
        path: '/v1/pages',
        status: 200,
        at: Date.parse('2026-11-21T09:00:00Z'),
        kind: 'create',
        pages: 1,
        fault: null,
      },
      expect.objectContaining({ number: 2, kind: 'query', at: Date.parse('2026-11-21T09:00:01Z'), pages: 1 }),
    ]);
  });

  it('is counted by kind, and begins anew when it is cleared', async () => {
    const { ask, notion, database, pageId } = aSupportWorkspace();
    const { body } = await ask('POST', '/pages', { parent: { data_source_id: database.dataSourceId } });
    await ask('PATCH', `/pages/${String(body['id'])}`, {});
    await ask('GET', `/pages/${pageId}`);
    await ask('GET', `/nowhere`);
    expect(notion.counters()).toEqual({
      requests: 4,
      byKind: { create: 1, update: 1, get: 1, other: 1 },
      tooMany: 0,
      pagesWritten: 2,
      pagesRead: 1,
      mostInAWindow: 4,
    });
    notion.clearLog();
    expect(notion.counters()).toMatchObject({ requests: 0, byKind: {} });
  });
});
