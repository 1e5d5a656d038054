import { describe, expect, it } from 'vitest';
import type { ConsoleParts } from '../../src/console/index.ts';
import { sessions, signInFailures } from '../../src/db/schema.ts';
import type { Access } from '../../src/kit/access.ts';
import { aConsoleDesk } from '../support/console-desk.ts';
import { consoleParts, PASSWORD, PASSWORDS, serveConsole } from '../support/console-server.ts';
import { aVisitor, type Visitor } from '../support/console-visitor.ts';

const { world, nobody, somebody } = aConsoleDesk();

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

  it('keeps sessions under digests, which open nothing', async () => {
    const rows = await world.database.connection.queries.select({ id: sessions.id }).from(sessions);
    expect(rows.every(({ id }) => /^[0-9a-f]{64}$/.test(id))).toBe(true);
  });
});
