import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessSettings } from '../../src/config/access.ts';
import { readAudit } from '../../src/db/audit.ts';
import { audit, signInFailures } from '../../src/db/schema.ts';
import { anAgent, aPolicy, aQueue, MORNING } from '../support/builders.ts';
import { type ConsoleServer, PASSWORD, PASSWORDS, serveConsole } from '../support/console-server.ts';
import { aVisitor, type Visitor } from '../support/console-visitor.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aDesk, type TestDesk } from '../support/pipeline.ts';
import { aSignInProvider, CLIENT, type SignInProvider } from '../support/sign-in-provider.ts';

/** What all tests of this file share; made before the first. */
const world = {} as {
  database: TestDatabase;
  desk: TestDesk;
  provider: SignInProvider;
  server: ConsoleServer;
};

const POLICY = aPolicy({
  agents: [anAgent({ name: 'Ana', email: 'ana@desk.example' }), anAgent({ name: 'Ben', email: null })],
  queues: [aQueue({ name: 'support', members: ['Ana', 'Ben'] }), aQueue({ name: 'review', members: [] })],
});

function settings(changes: Partial<AccessSettings> = {}): AccessSettings {
  return {
    provider: {
      title: 'House',
      issuer: world.provider.issuer,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      scopes: ['openid', 'email', 'profile', 'groups'],
      nameClaim: 'name',
      internal: true,
    },
    who: [
      { access: 'admin', emails: ['ana@desk.example'], domains: [], claim: null, values: [] },
      { access: 'agent', emails: [], domains: [], claim: 'groups', values: ['support'] },
      { access: 'viewer', emails: [], domains: ['desk.example'], claim: null, values: [] },
    ],
    passwords: 'all',
    ...changes,
  };
}

/** A console with settings of its own, over the same database. */
function serve(access: AccessSettings): Promise<ConsoleServer> {
  return serveConsole(world.database.connection, world.desk, { config: aLiveConfig({ policy: POLICY, access }) });
}

beforeAll(async () => {
  world.database = await aDatabase('pglite');
  world.desk = aDesk(world.database.connection, { config: aLiveConfig({ policy: POLICY }) });
  world.provider = await aSignInProvider();
  world.server = await serve(settings());
  world.provider.knowDesk(world.server.address);
});
afterAll(async () => {
  await world.server.close();
  await world.provider.close();
  await world.database.drop();
});

/** Sends somebody to the provider and gives the way back that they come by, as the path of an address. */
async function sentBack(visitor: Visitor, person: string, next = '/'): Promise<string> {
  const { location } = await visitor.get(`/signin/provider?next=${encodeURIComponent(next)}`);
  const back = await world.provider.signInAs(person, location ?? '');
  return back.replace(world.server.address, '');
}

async function signedIn(person: string): Promise<Visitor> {
  const visitor = aVisitor(world.server.address);
  await visitor.get(await sentBack(visitor, person));
  return visitor;
}

function whoIs(text: string): string {
  return (/Working as <strong>([^<]*)<\/strong>([^<]*)/.exec(text)?.slice(1).join('') ?? 'nobody').replace(/:.*/, '');
}

describe('single sign-on', () => {
  it('stands on the page for signing in, where the config names a provider', async () => {
    const { text } = await aVisitor(world.server.address).get('/signin?next=%2Fhealth');
    expect(text).toMatch(/<a [^>]*href="\/signin\/provider\?next=%2Fhealth"\s*>Sign in with House<\/a/);
    const other = await serve(settings({ provider: null }));
    expect((await aVisitor(other.address).get('/signin')).text).not.toContain('Sign in with');
    expect((await aVisitor(other.address).get('/signin/provider')).status).toBe(400);
    await other.close();
  });

  it.each([
    ['ana', 'Ana', 'an admin by their address, with the name that the desk has for it'],
    ['ben', 'Ben, as an agent', 'an agent by a group'],
    ['mallory', 'Ana (mallory@desk.example), as a viewer', 'a viewer by their domain, and not the agent of that name'],
  ])('lets %s in as %s: %s', async (person, who) => {
    const visitor = await signedIn(person);
    expect(whoIs((await visitor.get('/')).text)).toBe(who);
  });

  it('leads to where somebody wanted to go', async () => {
    const visitor = aVisitor(world.server.address);
    const { status, location } = await visitor.get(await sentBack(visitor, 'ana', '/reports?x=1'));
    expect([status, location]).toEqual([303, '/reports?x=1']);
    const away = aVisitor(world.server.address);
    expect((await away.get(await sentBack(away, 'ana', '//evil.example'))).location).toBe('/');
  });

  it('gives the name, which nobody chooses', async () => {
    const ben = await signedIn('ben');
    expect((await ben.get('/')).text).not.toContain('Somebody else works here');
    expect((await ben.get('/me')).status).toBe(403);
    const csrf = /name="_csrf" value="([^"]+)"/.exec((await ben.get('/')).text)?.[1] ?? '';
    const { status, text } = await ben.postBare('/me', { _csrf: csrf, person: 'Ana' });
    expect([status, text.includes('Your name is given')]).toEqual([403, true]);
    expect(whoIs((await ben.get('/')).text)).toBe('Ben, as an agent');
  });

  it.each([
    [
      'otto',
      'otto@elsewhere.example is known to House, and may not come in here. Ask an admin of this desk for access.',
    ],
    ['eve', 'eve@desk.example is not verified at House, so that it counts for nothing here.'],
  ])('does not let %s in, and says why', async (person, words) => {
    const { queries } = world.database.connection;
    await queries.delete(audit);
    const visitor = aVisitor(world.server.address);
    const { status, text } = await visitor.get(await sentBack(visitor, person));
    expect([status, text.includes(words), visitor.cookies.has('tabledesk_session')]).toEqual([403, true, false]);
    const [noted] = await readAudit(queries, { person: null, kind: 'refused', before: null }, 5);
    expect(noted).toMatchObject({ act: 'sign_in_refused', access: null, target: 'House' });
  });

  it('notes who came in by it', async () => {
    const { queries } = world.database.connection;
    await queries.delete(audit);
    await signedIn('ben');
    const entries = await readAudit(queries, { person: null, kind: null, before: null }, 5);
    expect(entries).toMatchObject([
      { act: 'signed_in', person: 'Ben', access: 'agent', target: 'House', address: '127.0.0.1', at: MORNING },
    ]);
  });

  it('takes nobody back whom this browser did not send, and nobody twice', async () => {
    const ana = aVisitor(world.server.address);
    const back = await sentBack(ana, 'ana');
    const stranger = aVisitor(world.server.address);
    const unsent = await stranger.get(back);
    expect([unsent.status, unsent.text.includes('in another browser. Begin once more.')]).toEqual([400, true]);
    // Somebody else's way back, in a browser that has gone for itself.
    await stranger.get('/signin/provider');
    const foreign = await stranger.get(back);
    expect([foreign.status, foreign.text.includes('What came from House did not hold')]).toEqual([403, true]);
    expect(stranger.cookies.has('tabledesk_session')).toBe(false);
    expect((await ana.get(back)).status).toBe(303);
    expect((await ana.get(back)).status).toBe(400);
  });

  it('takes no code that was not made for the way that this browser went', async () => {
    const ana = aVisitor(world.server.address);
    const code = new URL(await sentBack(ana, 'ana'), world.server.address).searchParams.get('code') ?? '';
    const mallory = aVisitor(world.server.address);
    const own = new URL(await sentBack(mallory, 'mallory'), world.server.address);
    own.searchParams.set('code', code);
    const { status } = await mallory.get(`${own.pathname}${own.search}`);
    expect([status, mallory.cookies.has('tabledesk_session')]).toEqual([403, false]);
  });

  it('takes nobody back who was away for longer than ten minutes', async () => {
    const visitor = aVisitor(world.server.address);
    const back = await sentBack(visitor, 'ana');
    world.desk.clock.forward({ minutes: 10, seconds: 1 });
    const { status, text } = await visitor.get(back);
    world.desk.clock.set(MORNING);
    expect([status, text.includes('begun too long ago')]).toEqual([400, true]);
  });

  it('says what the provider says to somebody who went and would not', async () => {
    const visitor = aVisitor(world.server.address);
    const { location } = await visitor.get('/signin/provider');
    const back = await world.provider.cancel(location ?? '');
    const { status, text } = await visitor.get(back.replace(world.server.address, ''));
    expect([status, /House did not let you in: [^<]+\./.test(text)]).toEqual([403, true]);
  });

  it('says so while the provider is down, and leaves the password', async () => {
    const down = settings();
    const provider = { ...(down.provider as NonNullable<AccessSettings['provider']>), issuer: 'http://127.0.0.1:1' };
    const server = await serve({ ...down, provider });
    const visitor = aVisitor(server.address);
    const { status, text } = await visitor.get('/signin/provider');
    expect([status, text.includes('House cannot be reached at the moment.')]).toEqual([502, true]);
    expect((await visitor.postBare('/signin', { secret: PASSWORD })).status).toBe(303);
    await server.close();
  });

  it('asks no provider in a network of our own that the config does not call internal', async () => {
    const { provider } = settings();
    const server = await serve(settings({ provider: provider === null ? null : { ...provider, internal: false } }));
    expect((await aVisitor(server.address).get('/signin/provider')).status).toBe(502);
    await server.close();
  });

  it('holds back whoever comes back again and again with nothing good', async () => {
    const visitor = aVisitor(world.server.address);
    await world.database.connection.queries.delete(signInFailures);
    for (let attempt = 0; attempt < 8; attempt++) {
      await visitor.get('/signin/provider');
      expect((await visitor.get('/signin/callback?code=guess&state=guess')).status).toBe(403);
    }
    await visitor.get('/signin/provider');
    expect((await visitor.get('/signin/callback?code=guess&state=guess')).status).toBe(429);
    await world.database.connection.queries.delete(signInFailures);
  });

  it('ends with the sign-out, after half a day, and with a change of who may come in', async () => {
    const gone = await signedIn('ana');
    const csrf = /name="_csrf" value="([^"]+)"/.exec((await gone.get('/')).text)?.[1] ?? '';
    const cookie = gone.cookies.get('tabledesk_session') ?? '';
    await gone.postBare('/signout', { _csrf: csrf });
    gone.cookies.set('tabledesk_session', cookie);
    expect((await gone.get('/')).location).toBe('/signin');

    const kept = await signedIn('ana');
    const other = await serve(settings({ who: settings().who.slice(1) }));
    const moved = aVisitor(other.address);
    for (const [name, value] of kept.cookies) moved.cookies.set(name, value);
    expect((await moved.get('/')).location).toBe('/signin');
    await other.close();
    world.desk.clock.forward({ hours: 11, minutes: 59 });
    expect((await kept.get('/')).status).toBe(200);
    world.desk.clock.forward({ minutes: 1 });
    expect((await kept.get('/')).location).toBe('/signin');
    world.desk.clock.set(MORNING);
  });

  it('can leave the password to admins alone', async () => {
    const server = await serve(settings({ passwords: 'admin' }));
    const tried = async (secret: string) => (await aVisitor(server.address).postBare('/signin', { secret })).status;
    expect([await tried(PASSWORDS.agent), await tried(PASSWORDS.viewer), await tried(PASSWORDS.admin)]).toEqual([
      401, 401, 303,
    ]);
    await server.close();
  });
});
