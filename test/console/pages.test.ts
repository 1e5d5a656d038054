import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleParts, createConsole } from '../../src/console/index.ts';
import { inbox, marks, messages, outbox, sessions, signInFailures, tickets } from '../../src/db/schema.ts';
import type { Access } from '../../src/kit/access.ts';
import type { CallState } from '../../src/sync/base-watch.ts';
import { aPolicy, at } from '../support/builders.ts';
import { consoleParts, type ConsoleServer, PASSWORD, PASSWORDS, serveConsole } from '../support/console-server.ts';
import { aVisitor, type Visitor } from '../support/console-visitor.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aQuietBase } from '../support/quiet-base.ts';
import { aDesk, aForm, allDecisions, allTickets, postForm, type TestDesk } from '../support/pipeline.ts';
import { routesOf } from '../support/routes-of.ts';

/** Every route, and what it answers: to nobody, to somebody of the world.desk, and to a form that is not of our pages. */
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

/** What all tests of this file share; made before the first. */
const world = {} as {
  database: TestDatabase;
  desk: TestDesk;
  server: ConsoleServer;
};

beforeAll(async () => {
  world.database = await aDatabase('pglite');
  world.desk = aDesk(world.database.connection, {
    config: aLiveConfig({ policy: aPolicy({ desk: { firstNumber: 1042 } }) }),
  });
  world.server = await serveConsole(world.database.connection, world.desk);
  await postForm(world.database.connection, aForm('Greta'));
  await world.desk.pipeline.drainInbox();
});
afterAll(async () => {
  await world.server.close();
  await world.database.drop();
});

function nobody(): Visitor {
  return aVisitor(world.server.address);
}

async function somebody(person = 'Ana', access: Access = 'admin'): Promise<Visitor> {
  const visitor = aVisitor(world.server.address);
  await visitor.signIn(person, access);
  return visitor;
}

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

async function theTicket() {
  const [ticket] = await allTickets(world.database.connection);
  if (ticket === undefined) throw new Error('no ticket');
  return ticket;
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

describe('signing in', () => {
  it('opens nothing by a link alone', async () => {
    const visitor = nobody();
    const { status, text } = await visitor.get(`/signin?token=${encodeURIComponent(PASSWORD)}`);
    expect(status).toBe(200);
    expect(text).toContain(`value="${PASSWORD}"`);
    expect(visitor.cookies.size).toBe(0);
    expect((await visitor.get('/')).location).toBe('/signin');
  });

  it('takes the token when there is no password, and only the password when there is one', async () => {
    const parts = consoleParts(world.database.connection, world.desk);
    const open = await serveConsole(world.database.connection, world.desk, {
      secret: { password: null, token: 'the-token', passwords: { agent: null, viewer: null } },
    });
    expect((await aVisitor(open.address).postBare('/signin', { secret: 'the-token' })).status).toBe(303);
    expect((await nobody().postBare('/signin', { secret: parts.secret.token })).status).toBe(401);
    await open.close();
  });

  it('keeps the cookie from scripts and other sites, and only its digest in the database', async () => {
    const visitor = nobody();
    const { headers } = await visitor.postBare('/signin', { secret: PASSWORD });
    expect(headers.getSetCookie()[0]).toMatch(
      /^tabledesk_session=[\w-]{43}; Max-Age=1209600; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
    const cookie = visitor.cookies.get('tabledesk_session') ?? '';
    const rows = await world.database.connection.queries.select().from(sessions);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(cookie);
  });

  it('marks the cookie for https alone where people come by https', async () => {
    const parts = consoleParts(world.database.connection, world.desk);
    const behind = await serveConsole(world.database.connection, world.desk, {
      status: { ...parts.status, publicAddress: 'https://desk.example' },
    });
    const { headers } = await aVisitor(behind.address).postBare('/signin', { secret: PASSWORD });
    expect(headers.getSetCookie()[0]).toContain('; Secure');
    await behind.close();
  });

  it('leads back to where somebody wanted to go, and nowhere else', async () => {
    const { location } = await nobody().get('/tickets/1042');
    expect(location).toBe('/signin?next=%2Ftickets%2F1042');
    const inside = await nobody().postBare('/signin', { secret: PASSWORD, next: '/tickets/1042' });
    expect(inside.location).toBe('/tickets/1042');
    const outside = await nobody().postBare('/signin', { secret: PASSWORD, next: '//evil.example' });
    expect(outside.location).toBe('/');
  });

  it('ends with the sign-out, with its time, and with a change of the password', async () => {
    const gone = await somebody();
    const cookie = gone.cookies.get('tabledesk_session') ?? '';
    await gone.post('/signout');
    gone.cookies.set('tabledesk_session', cookie);
    expect((await gone.get('/')).location).toBe('/signin');

    const kept = await somebody();
    world.desk.clock.forward({ hours: 14 * 24 - 1 });
    expect((await kept.get('/')).status).toBe(200);
    const other = await serveConsole(world.database.connection, world.desk, {
      secret: { password: 'another one', token: 't', passwords: { agent: null, viewer: null } },
    });
    const moved = aVisitor(other.address);
    for (const [name, value] of kept.cookies) moved.cookies.set(name, value);
    expect((await moved.get('/')).location).toBe('/signin');
    await other.close();
    world.desk.clock.forward({ hours: 2 });
    expect((await kept.get('/')).location).toBe('/signin');
  });

  it('opens as far as the password says, and asks for what there is', async () => {
    const opened = async (access: Access) => {
      const visitor = await somebody('Ana', access);
      return [
        (await visitor.get('/')).status,
        (await visitor.get('/review')).status,
        (await visitor.get('/backtest')).status,
      ];
    };
    expect(await opened('viewer')).toEqual([200, 403, 403]);
    expect(await opened('agent')).toEqual([200, 200, 403]);
    expect(await opened('admin')).toEqual([200, 200, 200]);
    const { connection } = world.database;
    const asked = async (secret: ConsoleParts['secret']) => {
      const server = await serveConsole(connection, world.desk, { secret });
      const { text } = await aVisitor(server.address).get('/signin');
      await server.close();
      return /<label[^>]*>([^<]*)<\/label/.exec(text)?.[1];
    };
    const none = { agent: null, viewer: null };
    expect(await asked({ password: null, token: 't', passwords: none })).toBe('Token');
    expect(await asked({ password: 'p', token: 't', passwords: none })).toBe('Password');
    expect(await asked({ password: null, token: 't', passwords: { ...none, agent: 'a' } })).toBe('Password or token');
  });

  it('ends with a change of the password by which somebody came, and of no other', async () => {
    const viewer = await somebody('Ana', 'viewer');
    const agent = await somebody('Ben', 'agent');
    const afterChange = async (visitor: Visitor, passwords: ConsoleParts['secret']['passwords']) => {
      const secret = { password: PASSWORDS.admin, token: 't', passwords };
      const server = await serveConsole(world.database.connection, world.desk, { secret });
      const moved = aVisitor(server.address);
      for (const [name, value] of visitor.cookies) moved.cookies.set(name, value);
      const { location } = await moved.get('/review');
      const { status } = await moved.get('/');
      await server.close();
      return location ?? status;
    };
    const { admin, ...lesser } = PASSWORDS;
    expect(await afterChange(viewer, { ...lesser, agent: 'another of agents' })).toBe(200);
    expect(await afterChange(agent, { ...lesser, agent: 'another of agents' })).toBe('/signin?next=%2Freview');
    // What was the viewers' is the agents' now: it opens nothing that began with it before.
    expect(await afterChange(viewer, { agent: lesser.viewer, viewer: admin })).toBe('/signin?next=%2Freview');
    expect(await afterChange(agent, { agent: null, viewer: null })).toBe('/signin?next=%2Freview');
  });

  it('makes whoever guesses wait', async () => {
    const guessed = await serveConsole(world.database.connection, world.desk);
    const visitor = aVisitor(guessed.address);
    for (let attempt = 0; attempt < 8; attempt++) {
      expect((await visitor.postBare('/signin', { secret: `guess ${attempt}` })).status).toBe(401);
    }
    const { status, headers, text } = await visitor.postBare('/signin', { secret: PASSWORD });
    expect(status).toBe(429);
    expect(headers.get('retry-after')).toBe('900');
    expect(text).toContain('Too many attempts. Try again in 15 minutes.');
    await guessed.close();
    await world.database.connection.queries.delete(signInFailures);
  });

  it('asks once whose name changes are to bear, and remembers', async () => {
    const visitor = nobody();
    await visitor.postBare('/signin', { secret: PASSWORD });
    expect((await visitor.get('/health')).location).toBe('/me?next=%2Fhealth');
    await visitor.post('/me', { person: 'Ben' });
    await visitor.post('/signout');
    await visitor.postBare('/signin', { secret: PASSWORD });
    expect((await visitor.get('/')).text).toContain('Working as <strong>Ben</strong>');
  });
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

describe('working a ticket', () => {
  it('sends an answer once, however often its form is sent', async () => {
    const visitor = await somebody('Ben');
    const form = { text: 'We are on it.', key: '01JD3G2N000000000000000ABC' };
    await Promise.all([visitor.post('/tickets/1042/reply', form), visitor.post('/tickets/1042/reply', form)]);
    await visitor.post('/tickets/1042/reply', form);
    const written = await world.database.connection.queries
      .select()
      .from(messages)
      .where(eq(messages.text, 'We are on it.'));
    expect(written).toHaveLength(1);
    expect(written[0]).toMatchObject({ authorName: 'Ben', visibility: 'public' });
  });

  it('sends another answer from the same form, after a step back in the browser', async () => {
    const visitor = await somebody('Ben');
    await visitor.post('/tickets/1042/reply', { text: 'One more thing.', key: '01JD3G2N000000000000000ABC' });
    const written = await world.database.connection.queries
      .select()
      .from(messages)
      .where(eq(messages.text, 'One more thing.'));
    expect(written).toHaveLength(1);
  });

  it('writes a note once, and it leaves for nobody (A-057)', async () => {
    const visitor = await somebody('Cy');
    const sent = async (): Promise<number> => (await world.database.connection.queries.select().from(outbox)).length;
    const before = await sent();
    const form = { text: 'Looks like fraud.', key: 'one-form' };
    await Promise.all([visitor.post('/tickets/1042/note', form), visitor.post('/tickets/1042/note', form)]);
    const written = await world.database.connection.queries
      .select()
      .from(messages)
      .where(eq(messages.text, 'Looks like fraud.'));
    expect(written.map((message) => message.visibility)).toEqual(['internal']);
    expect(await sent()).toBe(before);
  });

  it('records a change with the name of who made it (A-036)', async () => {
    const visitor = await somebody('Cy');
    const ticket = await theTicket();
    const answer = await visitor.post('/tickets/1042/edit', { 'was.priority': ticket.priority, priority: 'critical' });
    expect(answer.location).toBe('/tickets/1042?done=changed');
    expect(await theTicket()).toMatchObject({ priority: 'critical', overrides: { priority: { by: 'Cy' } } });
  });

  it('shows both values when somebody else was faster, and saves on a second asking', async () => {
    const visitor = await somebody('Ana');
    const { status, text } = await visitor.post('/tickets/1042/edit', { 'was.priority': 'medium', priority: 'low' });
    expect(status).toBe(409);
    expect(text).toContain('T-1042 changed while you looked at it');
    expect(text).toMatch(/<td>Medium<\/td>\s*<td><strong>Critical<\/strong><\/td>\s*<td>Low<\/td>/);
    expect((await theTicket()).priority).toBe('critical');
    const carried = Object.fromEntries(
      [...text.matchAll(/name="((?:was\.)?priority)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    );
    expect(carried).toEqual({ priority: 'low', 'was.priority': 'critical' });
    await visitor.post('/tickets/1042/edit', carried);
    expect((await theTicket()).priority).toBe('low');
  });

  it('does not take a ticket from somebody whom the page did not show', async () => {
    const ticket = await theTicket();
    const other = ['Ana', 'Ben', 'Cy'].find((name) => name !== ticket.assignee) ?? 'Ana';
    const { status } = await (await somebody(other)).post('/tickets/1042/take', { was: 'Nobody at all' });
    expect(status).toBe(409);
    await (await somebody(other)).post('/tickets/1042/take', { was: ticket.assignee ?? '' });
    expect((await theTicket()).assignee).toBe(other);
  });

  describe('handing it off', () => {
    const form = async (more: Record<string, string>) => ({
      was: (await theTicket()).queue,
      key: '01JD3G2N000000000000000AAA',
      reason: '',
      ...more,
    });

    it('moves it once to the queue that was chosen, with name and reason, however often the form is sent (A-050)', async () => {
      const visitor = await somebody('Ben');
      expect((await visitor.get('/tickets/1042')).text).toContain('<option value="support"');
      const sent = await form({ to: 'support', reason: ' Looks odd. ' });
      const twice = await Promise.all([sent, sent].map((each) => visitor.post('/tickets/1042/hand-off', each)));
      twice.push(await visitor.post('/tickets/1042/hand-off', sent));
      expect(twice.map(({ location }) => location)).toEqual(Array(3).fill('/tickets/1042?done=handed_off'));
      expect(await theTicket()).toMatchObject({
        queue: 'support',
        why: 'Ben handed it from review to support: Looks odd.',
        overrides: { queue: { by: 'Ben' } },
      });
      const trail = (await allDecisions(world.database.connection)).filter(({ stage }) => stage === 'handoff');
      expect(trail.map(({ code, params }) => [code, params['from'], params['to'], params['reason']])).toEqual([
        ['handoff.moved', 'review', 'support', 'Looks odd.'],
      ]);
    });

    it('offers every queue but its own', async () => {
      const { text } = await (await somebody()).get('/tickets/1042');
      const [, offered = ''] = /<select[^>]*id="handoff-to"[^>]*>([^]*?)<\/select>/.exec(text) ?? [];
      expect([...offered.matchAll(/value="([^"]*)"/g)].map(([, value]) => value)).toEqual(['', 'review']);
    });

    it('moves nothing when somebody else moved it meanwhile, and gives the reason back', async () => {
      const visitor = await somebody('Cy');
      const { status, text } = await visitor.post(
        '/tickets/1042/hand-off',
        await form({ was: 'billing', to: 'review', reason: 'For <you>' }),
      );
      expect([status, (await theTicket()).queue]).toEqual([409, 'support']);
      expect(text).toContain('It is in support now');
      expect(text).toContain('For &#60;you&#62;');
    });

    it('says that it could not be, and why', async () => {
      const visitor = await somebody('Cy');
      const answer = await visitor.post('/tickets/1042/hand-off', await form({ to: 'nowhere' }));
      expect(answer.location).toBe('/tickets/1042?done=not_handed_off');
      expect((await visitor.get('/tickets/1042')).text).toContain(
        'Not handed off, because “nowhere” is no queue of this desk. It can be review.',
      );
      // The page is still open: another choice from it is another asking.
      await visitor.post('/tickets/1042/hand-off', await form({ to: 'review' }));
      expect((await theTicket()).queue).toBe('review');
    });

    it('is not offered for a ticket that is resolved', async () => {
      const visitor = await somebody('Cy');
      const { status } = await theTicket();
      await visitor.post('/tickets/1042/edit', { 'was.status': status, status: 'resolved' });
      expect((await visitor.get('/tickets/1042')).text).not.toContain('id="hand-off"');
      await visitor.post('/tickets/1042/edit', { 'was.status': 'resolved', status: 'open' });
      expect((await visitor.get('/tickets/1042')).text).toContain('id="hand-off"');
    });
  });

  it('finds a ticket by whichever way its number is written', async () => {
    const visitor = await somebody();
    expect((await visitor.get('/tickets/T-1042')).location).toBe('/tickets/1042');
    expect((await visitor.get('/?q=t-1042')).location).toBe('/tickets/1042');
    expect((await visitor.get('/tickets/9999999')).status).toBe(404);
    expect((await visitor.get('/tickets/1042x')).status).toBe(404);
  });

  it('opens a ticket that is told on the phone, once (A-015)', async () => {
    const visitor = await somebody('Ana');
    const typed = { key: 'k', name: 'Gunnar', email: '', subject: 'No dial tone', text: 'The phone is dead.' };
    const [first, second] = [await visitor.post('/tickets', typed), await visitor.post('/tickets', typed)];
    expect(first.status).toBe(303);
    expect(second.location).toBe(first.location);
    const page = await visitor.get(first.location ?? '');
    expect(page.text).toContain('The phone is dead.');
  });

  it('says what is missing of a ticket, and keeps what was typed', async () => {
    const visitor = await somebody('Ana');
    const { status, text } = await visitor.post('/tickets', {
      name: 'Gunnar',
      email: 'no address',
      subject: 'S',
      text: 'T',
    });
    expect(status).toBe(422);
    expect(text).toContain('“no address” is no mail address.');
    expect(text).toContain('value="Gunnar"');
  });
});

describe('the desk’s health', () => {
  it('sends a message again that was given up', async () => {
    const { queries } = world.database.connection;
    const ticket = await theTicket();
    await queries.insert(outbox).values({
      key: 'dead-1',
      ticketKey: ticket.key,
      kind: 'message',
      recipient: 'greta@example.com',
      subject: 'We have your request',
      text: 'Hello',
      template: 'received',
      state: 'dead',
      nextAt: world.desk.clock.now(),
      createdAt: world.desk.clock.now(),
      problem: { code: 'email.rejected', message: 'The server refused <it>.', fix: 'Correct the address.' },
    });
    const visitor = await somebody();
    expect((await visitor.get('/health')).text).toContain('The server refused &#60;it&#62;. Correct the address.');
    const { location } = await visitor.post('/outbox/retry', { key: 'dead-1', next: '/health#dead' });
    expect(location).toBe('/health?done=outbox_retried#dead');
    const [row] = await queries.select({ state: outbox.state }).from(outbox).where(eq(outbox.key, 'dead-1'));
    expect(row?.state).toBe('waiting');
  });

  it('writes again the rows that the base refused', async () => {
    const { queries } = world.database.connection;
    const ticket = await theTicket();
    const problem = { code: 'airtable.base-full', message: 'The base is <full>.', fix: 'Make room.' };
    await queries.update(tickets).set({ rowProblem: problem }).where(eq(tickets.key, ticket.key));
    const visitor = await somebody();
    expect((await visitor.get('/health')).text).toContain('The base is &#60;full&#62;. Make room.');
    const { location } = await visitor.post('/base/write-refused');
    expect(location).toBe('/health?done=rows_retried#machine');
    const [row] = await queries.select().from(tickets).where(eq(tickets.key, ticket.key));
    expect(row?.dirtySince).toEqual(world.desk.clock.now());
    await queries.update(tickets).set({ rowProblem: null }).where(eq(tickets.key, ticket.key));
  });

  it('sends a message that had no way to be sent, once there is one', async () => {
    const { queries } = world.database.connection;
    const ticket = await theTicket();
    await queries.insert(outbox).values({
      key: 'not-sent-1',
      ticketKey: ticket.key,
      kind: 'message',
      recipient: 'greta@example.com',
      subject: 'We have your request',
      text: 'Hello',
      template: 'received',
      state: 'not_sent',
      nextAt: world.desk.clock.now(),
      createdAt: world.desk.clock.now(),
      problem: { code: 'mail.not-configured', message: 'not sent: no SMTP_URL', fix: 'Set it and start again.' },
    });
    const visitor = await somebody();
    const { text } = await visitor.get('/tickets/1042');
    expect(text).toContain('Not sent: no SMTP_URL. Set it and start again.');
    expect(text).toContain('Send it now');
    const { location } = await visitor.post('/outbox/retry', { key: 'not-sent-1', next: '/tickets/1042' });
    expect(location).toBe('/tickets/1042?done=outbox_retried#outgoing');
    const [row] = await queries.select({ state: outbox.state }).from(outbox).where(eq(outbox.key, 'not-sent-1'));
    expect(row?.state).toBe('waiting');
  });

  it('shows what was lost, hands it out byte for byte, and makes a ticket of it', async () => {
    const { queries } = world.database.connection;
    const body = Buffer.from([0x3c, 0x62, 0x3e, 0xff, 0x00, 0x0a]);
    await queries.insert(inbox).values({
      id: 'lost-1',
      channel: 'website',
      deliveryId: 'lost-1',
      receivedAt: world.desk.clock.now(),
      headers: { 'content-type': 'text/plain' },
      body,
      state: 'lost',
      problem: { code: 'form.unreadable', message: 'Nobody can read it.', fix: 'Look for yourself.' },
    });
    const visitor = await somebody();
    const { text } = await visitor.get('/health');
    expect(text).toContain('Nobody can read it. Look for yourself.');
    expect(text).toContain('&#60;b&#62;');
    const raw = await fetch(`${world.server.address}/inbox/lost-1/raw`, {
      headers: { cookie: `tabledesk_session=${visitor.cookies.get('tabledesk_session')}` },
    });
    expect(raw.headers.get('content-disposition')).toBe('attachment; filename="request.bin"');
    expect(Buffer.from(await raw.arrayBuffer())).toEqual(body);
    await visitor.post('/inbox/lost-1/insist');
    const [row] = await queries
      .select({ state: inbox.state, insisted: inbox.insisted })
      .from(inbox)
      .where(eq(inbox.id, 'lost-1'));
    expect(row).toEqual({ state: 'waiting', insisted: true });
  });

  it('says why the base is left alone, and until when', async () => {
    const { queries } = world.database.connection;
    const until = world.desk.clock.now().add({ hours: 1 });
    const problem = { code: 'airtable.month-spent', message: 'The month is spent.', fix: 'Wait, or change the plan.' };
    expect((await (await somebody()).get('/health')).text).not.toContain('id="base"');
    await queries.insert(marks).values({ name: 'rest:pull', value: { failures: 1, until: until.toString(), problem } });
    const { text } = await (await somebody()).get('/health');
    await queries.delete(marks);
    expect(text).toContain('The month is spent. Wait, or change the plan. It is tried again at');
    expect(text).toContain(`datetime="${until.toString()}"`);
  });

  it('says which columns of the base may not be written, and how many rows are behind in them', async () => {
    const { connection } = world.database;
    const locked = [{ name: 'why', message: 'The column "Why" is locked.', fix: 'Open it.', isToBeTried: false }];
    const { status } = consoleParts(connection, world.desk);
    const base = aQuietBase({ locked: () => locked });
    const server = await serveConsole(connection, world.desk, { status: { ...status, base } });
    await connection.queries
      .update(tickets)
      .set({ withheld: ['why'] })
      .where(eq(tickets.number, 1042));
    const visitor = aVisitor(server.address);
    await visitor.signIn('Ana');
    const { text } = await visitor.get('/health');
    await connection.queries.update(tickets).set({ withheld: [] });
    await server.close();
    expect(text).toContain('The column &#34;Why&#34; is locked. Open it.');
    expect(text).toContain('1 row is behind in what may not be written.');
    expect(text).toContain('href="#base"');
  });

  const agreed: CallState = {
    hasAddress: true,
    agreement: { until: null },
    calledAt: null,
    missedAt: null,
    problem: null,
    byHand: null,
  };
  const byHand = {
    address: 'https://desk.example/stores/notion/news',
    steps: { enter: 'Enter it in the base.', paste: 'Paste it in the base.' },
    openUntil: null,
    secret: null,
  };
  it.each<[string, CallState | null, string | null]>([
    ['of a base that calls nobody', null, null],
    [
      'without an address',
      { ...agreed, hasAddress: false },
      'embedded does not call when something changes: PUBLIC_URL is',
    ],
    [
      'that was refused',
      { ...agreed, problem: { code: 'x', message: 'No webhook for us.', fix: 'Give it the scope.' } },
      'embedded does not call when something changes. No webhook for us. Give it the scope.',
    ],
    ['that is new', { ...agreed, agreement: null }, 'embedded is about to be asked to call'],
    [
      'that a person has to set up',
      { ...agreed, agreement: null, byHand },
      'embedded does not call when something changes: <a href="#calls">set that up</a>.',
    ],
    ['that agreed', agreed, 'embedded has agreed to call; no call has come through yet.'],
    [
      'that calls',
      { ...agreed, agreement: { until: at('2026-11-27T10:00:00Z') }, calledAt: at('2026-11-20T09:00:00Z') },
      'embedded calls when something changes (renewed until ',
    ],
    [
      'that missed one',
      { ...agreed, calledAt: at('2026-11-20T09:00:00Z'), missedAt: at('2026-11-20T09:30:00Z') },
      'did not come, so it is asked as often as ever.',
    ],
  ])('says how the calls stand %s', async (_, calls, words) => {
    const { connection } = world.database;
    const { status } = consoleParts(connection, world.desk);
    const base = aQuietBase({ calls: async () => calls });
    const server = await serveConsole(connection, world.desk, { status: { ...status, base } });
    const visitor = aVisitor(server.address);
    await visitor.signIn('Ana');
    const { text } = await visitor.get('/health');
    await server.close();
    if (words === null) expect(text).not.toContain('something changes');
    else expect(text).toContain(words);
  });

  /** The page Health of a desk whose base a person asks to call, and how often that was begun. */
  async function healthOf(calls: CallState | null) {
    const { connection } = world.database;
    const { status } = consoleParts(connection, world.desk);
    const opened: string[] = [];
    const base = aQuietBase({ calls: async () => calls, openCalls: async () => void opened.push('opened') });
    const server = await serveConsole(connection, world.desk, { status: { ...status, base } });
    return { opened, visitor: aVisitor(server.address), close: () => server.close() };
  }

  it.each<[string, CallState | null, string[], string[]]>([
    ['nobody has to ask', agreed, [], ['id="calls"']],
    [
      'was not asked yet',
      { ...agreed, agreement: null, byHand },
      ['>\n        Set the calls up\n'],
      ['Paste it in', byHand.address],
    ],
    [
      'is waited for',
      {
        ...agreed,
        agreement: null,
        byHand: { ...byHand, openUntil: at('2026-11-20T11:00:00Z'), secret: 'secret_old' },
      },
      ['Enter it in the base.', `value="${byHand.address}"`, 'datetime="2026-11-20T11:00:00Z"'],
      ['secret_old', 'Set the calls up'],
    ],
    [
      'has brought its secret',
      { ...agreed, byHand: { ...byHand, secret: 'secret_"new"' } },
      ['Paste it in the base.', 'value="secret_&#34;new&#34;"', 'Set the calls up anew'],
      [byHand.address],
    ],
    [
      'calls',
      { ...agreed, calledAt: at('2026-11-20T09:00:00Z'), byHand },
      ['Set the calls up anew'],
      ['Paste it in the base.', byHand.address],
    ],
  ])('shows what to enter in a base that %s', async (_, calls, shown, hidden) => {
    const { visitor, close } = await healthOf(calls);
    await visitor.signIn('Ana');
    const { text } = await visitor.get('/health');
    await close();
    for (const words of shown) expect(text).toContain(words);
    for (const words of hidden) expect(text).not.toContain(words);
  });

  it('waits for the secret of a base when somebody who is signed in wants it, and shows nothing to others', async () => {
    const { opened, visitor, close } = await healthOf({ ...agreed, byHand: { ...byHand, secret: 'secret_new' } });
    const before = await visitor.get('/health');
    expect([before.status, before.text.includes('secret_new')]).toEqual([303, false]);
    await visitor.postBare('/base/calls');
    expect(opened).toEqual([]);
    await visitor.signIn('Ana');
    await visitor.postBare('/base/calls');
    expect(opened).toEqual([]);
    const { location } = await visitor.post('/base/calls');
    await close();
    expect(opened).toEqual(['opened']);
    expect(location).toBe('/health?done=calls_opened#calls');
  });

  it('tells each lane, the database and the channels', async () => {
    const { text } = await (await somebody()).get('/health');
    expect(text).toContain('href="/channels/website"');
    expect(text).toContain(world.database.connection.place);
    expect(text).toContain('Full pass');
  });

  it('keeps sessions under digests, which open nothing', async () => {
    const rows = await world.database.connection.queries.select({ id: sessions.id }).from(sessions);
    expect(rows.every(({ id }) => /^[0-9a-f]{64}$/.test(id))).toBe(true);
  });
});
