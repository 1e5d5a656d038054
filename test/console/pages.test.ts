import { describe, expect, it } from 'vitest';
import { createConsole } from '../../src/console/index.ts';
import { aConsoleDesk } from '../support/console-desk.ts';
import { consoleParts, serveConsole } from '../support/console-server.ts';
import { aVisitor, type Visitor } from '../support/console-visitor.ts';
import { routesOf } from '../support/routes-of.ts';

/** Every route, and what it answers: to nobody, to somebody of the desk, and to a form that is not of our pages. */
const ROUTES = [
  { route: 'GET /signin', nobody: 200, somebody: 303 },
  { route: 'POST /signin', nobody: 401, somebody: 401, foreign: 403 },
  { route: 'GET /signin/provider', nobody: 400, somebody: 400 },
  { route: 'GET /signin/callback', nobody: 400, somebody: 400 },
  { route: 'GET /me', nobody: 303, somebody: 200 },
  { route: 'POST /me', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /theme', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'GET /', nobody: 303, somebody: 200 },
  { route: 'GET /review', nobody: 303, somebody: 200 },
  { route: 'POST /review/:number', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /review/:number/undo', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'GET /tickets/new', nobody: 303, somebody: 200 },
  { route: 'POST /tickets', nobody: 401, somebody: 422, foreign: 403 },
  { route: 'GET /tickets/:number', nobody: 303, somebody: 200 },
  { route: 'POST /tickets/:number/reply', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /tickets/:number/note', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /tickets/:number/edit', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /tickets/:number/proposal', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /tickets/:number/steps', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /tickets/:number/take', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /tickets/:number/give-back', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /tickets/:number/hand-off', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /tickets/:number/accept', nobody: 401, somebody: 409, foreign: 403 },
  { route: 'POST /tickets/:number/reject', nobody: 401, somebody: 409, foreign: 403 },
  { route: 'POST /tickets/:number/take-back', nobody: 401, somebody: 409, foreign: 403 },
  { route: 'POST /tickets/:number/end-help', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /tickets/:number/link', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /tickets/:number/incident', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /tickets/:number/requester', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'GET /requesters/:id', nobody: 303, somebody: 404 },
  { route: 'POST /requesters/:id/same', nobody: 401, somebody: 422, foreign: 403 },
  { route: 'POST /requesters/:id/other', nobody: 401, somebody: 422, foreign: 403 },
  { route: 'POST /requesters/:id/held', nobody: 401, somebody: 404, foreign: 403 },
  { route: 'GET /requesters/:id/erasure', nobody: 303, somebody: 404 },
  { route: 'POST /requesters/:id/erasure', nobody: 401, somebody: 404, foreign: 403 },
  { route: 'GET /files/:id', nobody: 303, somebody: 404 },
  { route: 'GET /channels/:channel', nobody: 303, somebody: 404 },
  { route: 'POST /channels/:channel/secret', nobody: 401, somebody: 404, foreign: 403 },
  { route: 'POST /channels/:channel/test', nobody: 401, somebody: 404, foreign: 403 },
  { route: 'POST /channels/:channel/test/close', nobody: 401, somebody: 404, foreign: 403 },
  { route: 'GET /docs/*page', nobody: 303, somebody: 404 },
  { route: 'GET /events', nobody: 303, somebody: 200 },
  { route: 'GET /events/:name', nobody: 303, somebody: 404 },
  { route: 'POST /events/:name/test', nobody: 401, somebody: 404, foreign: 403 },
  { route: 'POST /events/:name/again', nobody: 401, somebody: 404, foreign: 403 },
  { route: 'POST /events/:name/off', nobody: 401, somebody: 404, foreign: 403 },
  { route: 'POST /events/:name/on', nobody: 401, somebody: 404, foreign: 403 },
  { route: 'GET /learning', nobody: 303, somebody: 200 },
  { route: 'POST /learning', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'GET /backtest', nobody: 303, somebody: 200 },
  { route: 'POST /backtest', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /backtest/cancel', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'GET /team', nobody: 303, somebody: 200 },
  { route: 'GET /knowledge', nobody: 303, somebody: 200 },
  { route: 'POST /team/away', nobody: 401, somebody: 404, foreign: 403 },
  { route: 'GET /reports', nobody: 303, somebody: 200 },
  { route: 'GET /reports/weekly', nobody: 303, somebody: 200 },
  { route: 'POST /reports/weekly/base', nobody: 401, somebody: 404, foreign: 403 },
  { route: 'GET /reports/speed', nobody: 303, somebody: 200 },
  { route: 'GET /reports/flow', nobody: 303, somebody: 200 },
  { route: 'GET /reports/team', nobody: 303, somebody: 200 },
  { route: 'GET /reports/customers', nobody: 303, somebody: 200 },
  { route: 'GET /reports/ahead', nobody: 303, somebody: 200 },
  { route: 'GET /reports/quality', nobody: 303, somebody: 200 },
  { route: 'GET /reports/export', nobody: 303, somebody: 200 },
  { route: 'GET /reports/export/:file', nobody: 303, somebody: 404 },
  { route: 'GET /reports/value', nobody: 303, somebody: 200 },
  { route: 'GET /reports/quality/cases', nobody: 303, somebody: 404 },
  { route: 'GET /reports/figures/:figure', nobody: 303, somebody: 200 },
  { route: 'GET /tickets/:number/why', nobody: 303, somebody: 200 },
  { route: 'GET /playbook', nobody: 303, somebody: 200 },
  { route: 'GET /playbook/rule', nobody: 303, somebody: 404 },
  { route: 'POST /playbook/rule/reviewed', nobody: 401, somebody: 404, foreign: 403 },
  { route: 'GET /playbook/versions', nobody: 303, somebody: 200 },
  { route: 'GET /playbook/versions/:version', nobody: 303, somebody: 404 },
  { route: 'GET /playbook/versions/:version/rule', nobody: 303, somebody: 404 },
  { route: 'GET /playbook/versions/:version/file', nobody: 303, somebody: 404 },
  { route: 'GET /audit', nobody: 303, somebody: 200 },
  { route: 'GET /health', nobody: 303, somebody: 200 },
  { route: 'GET /inbox/:id/raw', nobody: 303, somebody: 404 },
  { route: 'POST /inbox/:id/retry', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /inbox/:id/insist', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /outbox/retry', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /addresses/reachable', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /ways/test', nobody: 401, somebody: 422, foreign: 403 },
  { route: 'POST /base/tables', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /base/calls', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /base/write-refused', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'POST /signout', nobody: 401, somebody: 303, foreign: 403 },
  { route: 'GET /assets/:name', nobody: 404, somebody: 404 },
] as const;

const { world, nobody, somebody, theTicket } = aConsoleDesk();

async function call(visitor: Visitor, route: string, headers: Record<string, string> = {}) {
  const [method = '', path = ''] = route.split(' ');
  const address = path
    .replace(':number', '1042')
    .replace(':id', 'none')
    .replace(':figure', 'opened')
    .replace(':name', 'none.css');
  if (method === 'GET') return visitor.get(address, headers);
  return visitor.post(address, { was: (await theTicket()).assignee ?? '' }, headers);
}

describe('who may see and do what', () => {
  it('is written down for every route there is', () => {
    const found = routesOf(createConsole(consoleParts(world.database.connection, world.desk)));
    // Each once in the lines that say who may, and once as the route itself; what pages load is for everybody.
    const lines = ROUTES.map(({ route }) => route).filter((route) => route !== 'GET /assets/:name');
    expect(found.toSorted()).toEqual([...lines, ...lines, 'GET /assets/:name'].toSorted());
  });

  it.each(ROUTES)('$route answers nobody with $nobody', async ({ route, nobody: status }) => {
    expect((await call(nobody(), route)).status).toBe(status);
  });

  it.each(ROUTES)('$route answers somebody of the desk with $somebody', async ({ route, somebody: status }) => {
    expect((await call(await somebody(), route)).status).toBe(status);
  });

  const forms = ROUTES.filter((each) => 'foreign' in each);
  it.each(forms)('$route refuses a form of another site', async ({ route, foreign }) => {
    const visitor = await somebody();
    expect((await call(visitor, route, { origin: 'https://evil.example' })).status).toBe(foreign);
    expect((await call(visitor, route, { 'sec-fetch-site': 'cross-site' })).status).toBe(foreign);
    expect((await call(visitor, route, { origin: 'null' })).status).toBe(foreign);
  });

  it.each(forms.filter(({ route }) => route !== 'POST /signin'))(
    '$route refuses a form without the token of the session',
    async ({ route }) => {
      const visitor = await somebody();
      const path = route.split(' ')[1]?.replace(':number', '1042').replace(':id', 'none') ?? '';
      expect((await visitor.postBare(path, {}, { origin: world.server.address })).status).toBe(403);
      expect((await visitor.postBare(path, { _csrf: 'x'.repeat(43) }, { origin: world.server.address })).status).toBe(
        403,
      );
    },
  );
});

describe('every page', () => {
  it('lets nothing run or be framed that is not ours, and is kept by no browser', async () => {
    const { headers } = await (await somebody()).get('/');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('asks for nothing inline, and for assets that are kept for a year', async () => {
    const visitor = await somebody();
    for (const path of ['/', '/tickets/1042', '/tickets/new', '/health', '/me', '/nothing']) {
      const { text } = await visitor.get(path);
      expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i);
      expect(text).not.toMatch(/<script(?! src="\/assets\/)/);
    }
    const addresses = [...(await visitor.get('/')).text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(
      ([, found]) => found,
    );
    expect(addresses).toHaveLength(6);
    for (const address of addresses) {
      const { status, headers } = await nobody().get(address ?? '');
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
  });

  it('says on each that the config on disk is refused, and shows the line', async () => {
    const finding = {
      severity: 'error' as const,
      file: 'triage.yaml',
      line: 2,
      column: 13,
      path: 'rules.0.then.category',
      message: '"biling" is not a category',
      fix: 'Did you mean "billing"?',
    };
    const parts = consoleParts(world.database.connection, world.desk);
    const broken = await serveConsole(world.database.connection, world.desk, {
      config: { ...world.desk.config, refused: () => [finding] },
      status: { ...parts.status, configSource: () => 'rules:\n  category: biling\n' },
    });
    const visitor = aVisitor(broken.address);
    await visitor.signIn();
    expect((await visitor.get('/')).text).toContain(
      'The config on disk has an error; version a1b2c3d4 stays in force.',
    );
    const { text } = await visitor.get('/health');
    expect(text).toContain('triage.yaml:2:13');
    expect(text).toContain('<strong>&#34;biling&#34; is not a category.</strong> Did you mean &#34;billing&#34;?');
    expect(text).toContain('2 |   category: biling\n                ^</pre');
    await broken.close();
  });

  it('tells of a fault of ours without telling what it is', async () => {
    const failing = await serveConsole(world.database.connection, world.desk, {
      pipeline: { ...world.desk.pipeline, reply: () => Promise.reject(new Error('secret detail')) },
    });
    const visitor = aVisitor(failing.address);
    await visitor.signIn();
    const { status, text } = await visitor.post('/tickets/1042/reply', { text: 'Hello' });
    expect(status).toBe(500);
    expect(text).toContain('Something of ours went wrong');
    expect(text).not.toContain('secret detail');
    await failing.close();
  });

  it('gives back what was typed when it could not be taken', async () => {
    const { status, text } = await nobody().postBare('/tickets/1042/reply', { text: '\nDear <Greta>,' });
    expect(status).toBe(401);
    expect(text).toContain('You are signed out');
    expect(text).toContain('\n\nDear &#60;Greta&#62;,</textarea>');
  });

  it('refuses a form that is too large', async () => {
    const { status, text } = await (await somebody()).post('/tickets/1042/note', { text: 'x'.repeat(1_100_000) });
    expect(status).toBe(413);
    expect(text).toContain('That is too much text');
  });
});
