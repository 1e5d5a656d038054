import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reviewTableOf } from '../../src/config/review-table.ts';
import { type ConsoleParts, createConsole } from '../../src/console/index.ts';
import { identities, inbox, outbox, subscriptions, tickets, undeliverable } from '../../src/db/schema.ts';
import { ACCESSES, type Access } from '../../src/kit/access.ts';
import { ALWAYS, aHandoff, anAgent, aPolicy, aQueue, aRule, MORNING } from '../support/builders.ts';
import { consoleParts, type ConsoleServer, serveConsole } from '../support/console-server.ts';
import { aVisitor, type Visitor } from '../support/console-visitor.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aLearningState } from '../support/learning-states.ts';
import { aLiveConfig, aWay } from '../support/live-config.ts';
import { aDesk, aForm, allTickets, postForm, type TestDesk } from '../support/pipeline.ts';
import { aQuietBase } from '../support/quiet-base.ts';
import { routesOf } from '../support/routes-of.ts';
import { aSubscription } from '../support/subscriptions.ts';

/** Every route that asks who somebody is, by the least that they must be. */
const ROUTES: Readonly<Record<Access, readonly string[]>> = {
  viewer: [
    'GET /signin',
    'POST /signin',
    'GET /signin/provider',
    'GET /signin/callback',
    'GET /me',
    'POST /me',
    'POST /theme',
    'POST /signout',
    'GET /',
    'GET /tickets/:number',
    'GET /tickets/:number/why',
    'GET /requesters/:id',
    'GET /files/:id',
    'GET /docs/*page',
    'GET /team',
    'GET /knowledge',
    'GET /events',
    'GET /events/:name',
    'GET /learning',
    'GET /reports',
    'GET /reports/weekly',
    'GET /reports/speed',
    'GET /reports/flow',
    'GET /reports/team',
    'GET /reports/customers',
    'GET /reports/ahead',
    'GET /reports/quality',
    'GET /reports/quality/cases',
    'GET /reports/value',
    'GET /reports/export',
    'GET /reports/export/:file',
    'GET /reports/figures/:figure',
    'GET /playbook',
    'GET /playbook/rule',
    'GET /playbook/versions',
    'GET /playbook/versions/:version',
    'GET /playbook/versions/:version/rule',
    'GET /playbook/versions/:version/file',
    'GET /health',
  ],
  agent: [
    'GET /review',
    'POST /review/:number',
    'POST /review/:number/undo',
    'GET /tickets/new',
    'POST /tickets',
    'POST /tickets/:number/reply',
    'POST /tickets/:number/note',
    'POST /tickets/:number/edit',
    'POST /tickets/:number/proposal',
    'POST /tickets/:number/steps',
    'POST /tickets/:number/take',
    'POST /tickets/:number/give-back',
    'POST /tickets/:number/hand-off',
    'POST /tickets/:number/accept',
    'POST /tickets/:number/reject',
    'POST /tickets/:number/take-back',
    'POST /tickets/:number/end-help',
    'POST /tickets/:number/link',
    'POST /tickets/:number/incident',
    'POST /tickets/:number/requester',
    'POST /requesters/:id/same',
    'POST /requesters/:id/other',
    'POST /team/away',
    'POST /outbox/retry',
    'POST /addresses/reachable',
  ],
  admin: [
    'GET /audit',
    'POST /requesters/:id/held',
    'GET /requesters/:id/erasure',
    'POST /requesters/:id/erasure',
    'GET /channels/:channel',
    'POST /channels/:channel/secret',
    'POST /channels/:channel/test',
    'POST /channels/:channel/test/close',
    'POST /events/:name/test',
    'POST /events/:name/again',
    'POST /events/:name/off',
    'POST /events/:name/on',
    'POST /learning',
    'GET /backtest',
    'POST /backtest',
    'POST /backtest/cancel',
    'POST /reports/weekly/base',
    'POST /playbook/rule/reviewed',
    'GET /inbox/:id/raw',
    'POST /inbox/:id/retry',
    'POST /inbox/:id/insist',
    'POST /ways/test',
    'POST /base/tables',
    'POST /base/calls',
    'POST /base/write-refused',
  ],
};

const ALL = ACCESSES.flatMap((least) => ROUTES[least].map((route) => ({ route, least })));

/** What nobody of these may do. */
const KEPT_FROM: Readonly<Record<Access, readonly Access[]>> = {
  viewer: ['agent', 'admin'],
  agent: ['admin'],
  admin: [],
};

/** Begins the page that says who may. */
const REFUSED = /<h1>This is for (?:agents and admins|admins)<\/h1>/;

/** What all tests of this file share; made before the first. */
const world = {} as { database: TestDatabase; desk: TestDesk; server: ConsoleServer; parts: ConsoleParts };

const POLICY = aPolicy({
  desk: { firstNumber: 1042 },
  agents: ['Ana', 'Ben'].map((name) => anAgent({ name })),
  queues: [
    aQueue({ name: 'support', members: ['Ana', 'Ben'] }),
    aQueue({ name: 'billing', members: ['Ben'] }),
    aQueue({ name: 'review', members: [] }),
  ],
  categories: ['billing'],
  triage: { rules: [aRule({ category: 'billing' }, { name: 'Money' })], steps: { billing: ['Look', 'Pay'] } },
  incidents: {
    windowMinutes: 240,
    similarity: 0.3,
    reports: 3,
    when: ALWAYS,
    notify: [],
    template: null,
    resolvedTemplate: null,
  },
});

beforeAll(async () => {
  const database = await aDatabase('pglite');
  const subscriptions = [aSubscription(), aSubscription({ name: 'erp' })];
  const table = reviewTableOf({ at: 'Mon 08:00', to: [], by: [], table: 'Reviews' });
  const weekly = { weekday: 1, time: Temporal.PlainTime.from('08:00'), to: [], by: [], table };
  const config = aLiveConfig({ policy: POLICY, ways: [aWay()], subscriptions, weekly });
  const desk = aDesk(database.connection, { config });
  const parts = partsWithMuchToDo(database, desk);
  Object.assign(world, { database, desk, parts, server: await serveConsole(database.connection, desk, parts) });
  for (const name of ['Greta', 'Hans']) await postForm(database.connection, aForm(name));
  await desk.pipeline.drainInbox();
  await leaveMuchToDo();
});
afterAll(async () => {
  await world.server.close();
  await world.database.drop();
});

/** A console on whose pages there is as much to press as can be. */
function partsWithMuchToDo({ connection }: TestDatabase, desk: TestDesk): ConsoleParts {
  const parts = consoleParts(connection, desk);
  const byHand = {
    address: 'https://desk.example/news',
    steps: { enter: 'Enter.', paste: 'Paste.' },
    openUntil: null,
    secret: 'secret_calls',
  };
  const calls = {
    hasAddress: true,
    agreement: null,
    calledAt: null,
    missedAt: null,
    problem: null,
    byHand,
  };
  const table = { table: 'Agents', address: null, problem: null, readAt: MORNING, rows: 2 };
  return {
    ...parts,
    learning: { ...parts.learning, state: async () => aLearningState() },
    tables: { ...parts.tables, state: async () => [table] as never },
    status: { ...parts.status, base: aQuietBase({ calls: async () => calls }) },
  };
}

async function leaveMuchToDo(): Promise<void> {
  const { connection } = world.database;
  const { queries } = connection;
  const [first] = await allTickets(connection);
  if (first === undefined) throw new Error('no ticket was made');
  await world.desk.pipeline.reply(first.key, { by: 'Ana', text: 'We look into it.' });
  await queries.update(outbox).set({
    state: 'dead',
    finishedAt: MORNING,
    problem: { code: 'email.rejected', message: 'No such user.', fix: 'Correct it.' },
  });
  await queries
    .update(tickets)
    .set({ rowProblem: { code: 'x', message: 'Refused.', fix: 'Mend it.' } })
    .where(eq(tickets.number, 1043));
  const handoff = aHandoff({ to: 'billing', state: 'asked', askedAt: MORNING });
  await queries
    .update(tickets)
    .set({ ticket: { ...first, handoff, collaborators: ['billing'] } })
    .where(eq(tickets.key, first.key));
  const [known] = await queries.select().from(identities);
  if (known !== undefined) await queries.insert(identities).values({ ...known, kind: 'phone', value: '+4915112345' });
  const dead = { address: 'ada@example.com', since: MORNING, reason: '550', ticketKey: first.key };
  await queries.insert(undeliverable).values(dead);
  await queries.insert(subscriptions).values({ name: 'crm', offAt: MORNING, offBy: 'Ana' });
  await queries.insert(inbox).values({
    id: 'lost-1',
    channel: 'website',
    deliveryId: 'lost-1',
    receivedAt: MORNING,
    headers: {},
    body: Buffer.from('?'),
    state: 'lost',
    problem: { code: 'form.unreadable', message: 'Nobody can read it.', fix: 'Look for yourself.' },
  });
}

async function somebody(access: Access): Promise<Visitor> {
  const visitor = aVisitor(world.server.address);
  await visitor.signIn('Ana', access);
  return visitor;
}

/** Asks as a link or a foreign form would: of what is let through nothing happens. */
function touch(visitor: Visitor, route: string) {
  const [method = '', path = ''] = route.split(' ');
  const address = path.replace(':number', '1042').replace('*page', 'none').replaceAll(/:\w+/g, 'none');
  return method === 'GET' ? visitor.get(address) : visitor.postBare(address);
}

describe('what somebody may do in the console', () => {
  it('is written down for every route there is', () => {
    const routes = routesOf(createConsole(world.parts)).filter((route) => route !== 'GET /assets/:name');
    expect([...new Set(routes)].toSorted()).toEqual(ALL.map(({ route }) => route).toSorted());
  });

  it.each(ACCESSES)('is for a %s what the table says, and no more', async (access) => {
    const visitor = await somebody(access);
    const refused: string[] = [];
    // Signing out comes last.
    const routes = ALL.toSorted(
      (one, other) => Number(one.route === 'POST /signout') - Number(other.route === 'POST /signout'),
    );
    for (const { route } of routes) {
      const { status, text } = await touch(visitor, route);
      if (REFUSED.test(text)) refused.push(`${status} ${route}`);
    }
    const kept = KEPT_FROM[access].flatMap((least) => ROUTES[least].map((route) => `403 ${route}`));
    expect(refused.toSorted()).toEqual(kept.toSorted());
  });

  it('is said to whoever sends a form all the same, and nothing is done', async () => {
    const viewer = await somebody('viewer');
    const { status, text } = await viewer.post('/tickets/1042/edit', { status: 'closed', 'was.status': 'open' });
    expect(status).toBe(403);
    expect(text).toContain('You are signed in as a viewer, who reads. Nothing was changed. Ask an admin');
    expect((await allTickets(world.database.connection)).map((ticket) => ticket.status)).not.toContain('closed');
    const agent = await somebody('agent');
    expect((await agent.post('/learning')).text).toContain('You are signed in as an agent, who works tickets.');
  });

  it('opens no address that has no line, by no way of writing one', async () => {
    const viewer = await somebody('viewer');
    expect((await viewer.get('/anything')).status).toBe(404);
    for (const path of ['/Learning', '/learning/', '/LEARNING?x=1']) {
      expect([path, (await viewer.post(path)).status]).toEqual([path, 403]);
    }
    expect((await viewer.post('/%6cearning')).status).toBe(404);
  });
});

/** Where a page leads and what it can send: `GET /team`, `POST /team/away`. */
function waysFrom(page: string): string[] {
  const text = page.replaceAll('&#38;', '&').replaceAll('&#61;', '=');
  const links = [...text.matchAll(/<a\b[^>]*?\shref="(\/playbook\/rule\?[^"#]*|\/[^"#?]*)/g)].map(
    ([, path]) => `GET ${path}`,
  );
  const forms = [...text.matchAll(/<form\b[^>]*?action="([^"]*)"/g)]
    .filter(([form]) => form.includes('method="post"'))
    .map(([, path]) => `POST ${path}`);
  return [...links, ...forms].filter((way) => !/^GET \/(?:assets|forms|docs)\//.test(way));
}

/** What somebody is offered, and what of the pages was refused when they went there. */
interface Offered {
  ways: ReadonlySet<string>;
  refused: readonly string[];
}

/** Opens every page that a link leads to, from the queue on, and gathers all that is offered on them. */
async function offeredTo(access: Access): Promise<Offered> {
  const visitor = await somebody(access);
  const ways = new Set(['GET /']);
  const refused: string[] = [];
  // A set is walked on to what is added meanwhile.
  for (const way of ways) {
    if (way === 'POST /signout') continue;
    const [method, path = ''] = way.split(' ');
    const { text } = method === 'GET' ? await visitor.get(path) : await visitor.postBare(path);
    if (REFUSED.test(text)) refused.push(way);
    for (const next of waysFrom(text)) ways.add(next);
  }
  return { ways, refused };
}

describe('pages', () => {
  it('offer a viewer nothing that is refused then, and nothing to change but their name and colours', async () => {
    const { ways, refused } = await offeredTo('viewer');
    expect(refused).toEqual([]);
    const forms = [...ways].filter((way) => way.startsWith('POST '));
    expect(forms.toSorted()).toEqual(['POST /me', 'POST /signout', 'POST /theme']);
  });

  it('offer an agent nothing that is refused then', async () => {
    expect((await offeredTo('agent')).refused).toEqual([]);
  });

  it('offer an admin all the rest, so that it is known what the others are not offered', async () => {
    const { ways, refused } = await offeredTo('admin');
    const offered = [...ways].map((way) => way.replace(/\?.*$/, ''));
    const isOffered = (route: string) => {
      const pattern = new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`);
      return offered.some((way) => pattern.test(way));
    };
    expect(refused).toEqual([]);
    expect([...ROUTES.agent, ...ROUTES.admin].filter((route) => !isOffered(route))).toEqual([
      // Nothing is to be reviewed here; that the page is kept from viewers stands above.
      'POST /review/:number',
      'POST /review/:number/undo',
      // The card of opinions has tests of its own.
      'POST /tickets/:number/proposal',
      // On pages that only admins open.
      'POST /channels/:channel/secret',
      'POST /channels/:channel/test/close',
      'POST /backtest/cancel',
    ]);
  });

  it('show no secret of the base to who may not set it up', async () => {
    const shown = async (access: Access) =>
      (await (await somebody(access)).get('/health')).text.includes('secret_calls');
    expect([await shown('viewer'), await shown('agent'), await shown('admin')]).toEqual([false, false, true]);
  });

  it('say in the corner what somebody may do', async () => {
    expect((await (await somebody('viewer')).get('/')).text).toContain('you read, and change nothing');
    expect((await (await somebody('agent')).get('/')).text).toContain('you work tickets, and set nothing up');
    expect((await (await somebody('admin')).get('/')).text).toContain('Working as <strong>Ana</strong></p>');
  });
});
