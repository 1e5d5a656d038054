import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiAccess } from '../../src/http/api-access.ts';
import { apiRouter } from '../../src/http/api.ts';
import { audit } from '../../src/db/schema.ts';
import type { HttpParts } from '../../src/http/parts.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aServer, READ_TOKEN, type TestServer, TOKEN } from '../support/http-server.ts';
import { aDesk, aForm, allTickets, postForm } from '../support/pipeline.ts';
import { routesOf } from '../support/routes-of.ts';

/** Every route of the API, and what it answers to each caller. */
const ROUTES = [
  { route: 'GET /tickets', viewer: 200, admin: 200 },
  { route: 'GET /tickets/:number', viewer: 200, admin: 200 },
  { route: 'GET /tickets/:number/decisions', viewer: 200, admin: 200 },
  { route: 'GET /status', viewer: 200, admin: 200 },
  { route: 'GET /reports/playbook', viewer: 200, admin: 200 },
  { route: 'GET /reports/unused-rules', viewer: 200, admin: 200 },
  { route: 'GET /reports/weekly', viewer: 200, admin: 200 },
  { route: 'GET /reports/quality', viewer: 200, admin: 200 },
  { route: 'GET /reports/value', viewer: 200, admin: 200 },
  { route: 'GET /export/:what', viewer: 200, admin: 200 },
  { route: 'GET /learning', viewer: 200, admin: 200 },
  { route: 'POST /learning', viewer: 403, admin: 202, noted: 'learning_asked' },
  { route: 'GET /backtest', viewer: 403, admin: 200 },
  { route: 'POST /backtest', viewer: 403, admin: 400, noted: 'backtest_begun' },
  { route: 'DELETE /backtest', viewer: 403, admin: 202, noted: 'backtest_ended' },
  { route: 'POST /baseline', viewer: 403, admin: 422, noted: 'baseline_imported' },
  { route: 'DELETE /baseline', viewer: 403, admin: 200, noted: 'baseline_forgotten' },
  { route: 'POST /base/look', viewer: 403, admin: 204, noted: 'base_read' },
  { route: 'POST /noted/desk_mended', viewer: 403, admin: 204, noted: 'desk_mended' },
  { route: 'POST /noted/base_connected', viewer: 403, admin: 204, noted: 'base_connected' },
  { route: 'GET /people/:who', viewer: 403, admin: 200, noted: 'person_shown' },
  { route: 'GET /people/:who/erasure', viewer: 403, admin: 200, noted: 'person_shown' },
  { route: 'DELETE /people/:who', viewer: 403, admin: 200, noted: 'person_erased' },
] as const;

/** What all tests of this file share; made before the first. */
const world = {} as { database: TestDatabase; server: TestServer; number: number };

beforeAll(async () => {
  world.database = await aDatabase('pglite');
  world.server = await aServer(world.database.connection);
  const desk = aDesk(world.database.connection);
  await postForm(world.database.connection, aForm('Ada'));
  await desk.pipeline.drainInbox();
  const [ticket] = await allTickets(world.database.connection);
  if (ticket === undefined) throw new Error('no ticket was made');
  world.number = ticket.number;
});
afterAll(async () => {
  await world.server.close();
  await world.database.drop();
});

async function noteNothing(): Promise<void> {}

function call(route: string, token: string | null): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  const address = path
    .replace(':number', String(world.number))
    .replace(':what', 'tickets')
    .replace(':who', 'nobody@example.com');
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  return fetch(`${world.server.address}/api${address}`, { method, headers });
}

describe('the API', () => {
  it.each(ROUTES)(
    'answers $route to nobody 401, to a viewer $viewer, to an admin $admin, and notes what is changed',
    async (line) => {
      const { queries } = world.database.connection;
      await queries.delete(audit);
      const nobody = [await call(line.route, null), await call(line.route, 'wrong')];
      const [viewer, admin] = [await call(line.route, READ_TOKEN), await call(line.route, TOKEN)];
      expect(nobody.map(({ status }) => status)).toEqual([401, 401]);
      expect([viewer.status, admin.status]).toEqual([line.viewer, line.admin]);
      const noted = await queries.select().from(audit);
      expect(noted.map(({ act, by, access }) => [act, by, access])).toEqual(
        'noted' in line ? [[line.noted, 'api', 'admin']] : [],
      );
      const body = await viewer.text();
      if (line.viewer === 403) expect(JSON.parse(body)).toMatchObject({ error: { code: 'api.read-only' } });
    },
  );

  it('has no route that stands not in the table above', () => {
    const { connection } = world.database;
    const apiTokens = { token: TOKEN, readToken: null };
    // The routes read the other parts when they are called, and nobody calls them here.
    const all = routesOf(apiRouter({ connection, apiTokens } as HttpParts));
    const lines = routesOf(apiAccess(apiTokens, noteNothing));
    const wanted = ROUTES.map(({ route }) => route).toSorted();
    expect(lines.toSorted()).toEqual(wanted);
    // Each once in the lines that say who may, and once as the route itself.
    expect(all.toSorted()).toEqual([...wanted, ...wanted].toSorted());
  });

  it.each([
    ['a name', { 'tabledesk-caller': encodeURIComponent('Zoë <b> on desk-1') }, 'Zoë <b> on desk-1'],
    [
      'a long one of two lines',
      { 'tabledesk-caller': encodeURIComponent(`a\n\u202Eb${'c'.repeat(2000)}`) },
      `a b${'c'.repeat(77)}`,
    ],
    ['what is no name', { 'tabledesk-caller': '%E0%A4%A' }, null],
    ['nothing', {}, null],
  ])('notes who is said to call, in a line: %s', async (_said, headers, person) => {
    const { queries } = world.database.connection;
    await queries.delete(audit);
    const authorization = `Bearer ${TOKEN}`;
    await fetch(`${world.server.address}/api/noted/desk_mended`, {
      method: 'POST',
      headers: { ...headers, authorization },
    });
    expect(await queries.select().from(audit)).toMatchObject([{ by: 'api', person, access: 'admin' }]);
  });

  it('opens an address without a line to nobody, and by no other writing of a line', async () => {
    expect((await call('GET /anything', TOKEN)).status).toBe(404);
    expect((await call('PUT /baseline', TOKEN)).status).toBe(404);
    expect((await call('POST /%6cearning', READ_TOKEN)).status).toBe(404);
    for (const path of ['/Learning', '/learning/', '/LEARNING/?x=1'])
      expect([path, (await call(`POST ${path}`, READ_TOKEN)).status]).toEqual([path, 403]);
    expect((await call('HEAD /status', READ_TOKEN)).status).toBe(200);
  });

  it('does not start where both tokens are one', () => {
    expect(() => apiAccess({ token: TOKEN, readToken: TOKEN }, noteNothing)).toThrow(
      'TABLEDESK_READ_TOKEN is the same',
    );
  });
});
