import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CONNECTORS } from '../../connectors/index.ts';
import { createSecretKeeper } from '../../src/config/secret-keeper.ts';
import { watchConfig } from '../../src/config/watch.ts';
import { createConsole } from '../../src/console/index.ts';
import { ticketByNumber } from '../../src/db/ticket-queries.ts';
import { Problem } from '../../src/domain/problem.ts';
import { createLog } from '../../src/kit/log.ts';
import { createTestMarks } from '../../src/kit/test-marks.ts';
import { consoleParts, QUIET_DOORS } from '../support/console-server.ts';
import { aVisitor, type Visitor } from '../support/console-visitor.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aServer, type TestServer } from '../support/http-server.ts';
import { aDesk, type TestDesk } from '../support/pipeline.ts';

const FILES = {
  'desk.yaml': 'name: Help\n',
  'people.yaml': 'agents: { Ana: { email: ana@example.com } }\n',
  'channels.yaml': `
channels:
  website: { kind: form, title: "Website <form>" }
  json: { kind: json, title: JSON, token: env:JSON_TOKEN }
  help-form: { kind: typeform, secret: env:TYPEFORM_SECRET, access: env:TYPEFORM_TOKEN }
  chat: { kind: slack, secret: env:SLACK_SECRET }
  team: { kind: teams, secret: env:TEAMS_TOKEN, settings: { workflow: env:TEAMS_WORKFLOW } }
  mail: { kind: imap, access: env:IMAP_PASSWORD, settings: { host: imap.example.com, user: me } }
`,
};

/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:47';

const Receipt = z.object({ id: z.string() });

const LOST = new Problem({ code: 'mail.gone', message: 'The server hung up.', fix: 'It is tried again.' });

interface World {
  database: TestDatabase;
  desk: TestDesk;
  server: TestServer;
  ana: Visitor;
  /** What was written into `.env`. */
  written: Record<string, string>;
}

/** A whole desk with files of its own, at whose doors anybody may knock. */
async function aWorld(publicAddress: string | null = null): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'tabledesk-channels-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  const variables: Record<string, string> = { JSON_TOKEN: 't0ken', TYPEFORM_TOKEN: 'outside', IMAP_PASSWORD: 'pass' };
  const watched = await watchConfig({
    folder,
    environment: variables,
    connectors: CONNECTORS,
    schedule: () => ({ cancel: () => undefined }),
  });
  await watched.close();
  rmSync(folder, { recursive: true });
  const config = Object.assign(watched, { change: () => undefined });
  const database = await aDatabase('pglite');
  const { connection } = database;
  const desk = aDesk(connection, { config });
  const written: Record<string, string> = {};
  const file = {
    isOutside: (name: string) => name === 'TYPEFORM_TOKEN',
    write: (given: Readonly<Record<string, string>>) => void Object.assign(written, given),
  };
  const testMarks = createTestMarks({});
  const now = desk.clock.now;
  const server = await aServer(connection, {
    config,
    now,
    testMarks,
    wake: () => desk.pipeline.drainInbox(),
    consoleOf: (inbox) => {
      const parts = consoleParts(connection, desk);
      const doors = {
        ...QUIET_DOORS,
        lastTurnedAway: inbox.lastTurnedAway,
        listening: () => [{ channel: 'mail', since: null, problem: LOST }],
        markOf: (channel: string, id: string) => testMarks.of(channel, id, now()),
      };
      const keeper = createSecretKeeper({ variables, file, config, log: createLog('silent') });
      return createConsole({ ...parts, doors, keeper, status: { ...parts.status, publicAddress } });
    },
  });
  const ana = aVisitor(server.address);
  await ana.signIn('Ana');
  return { database, desk, server, ana, written };
}

describe('the page of a channel', () => {
  let world: World;
  beforeAll(async () => {
    world = await aWorld();
  });
  afterAll(async () => {
    await world.server.close();
    await world.database.drop();
  });

  const text = async (path: string) => (await world.ana.get(path)).text.replaceAll('&#61;', '=');

  async function post(path: string, body: string, contentType = 'application/json'): Promise<number> {
    const headers = { 'content-type': contentType };
    const { status } = await fetch(`${world.server.address}${path}`, { method: 'POST', headers, body });
    await world.server.inbox.drained();
    world.desk.clock.forward({ seconds: 1 });
    return status;
  }

  it('says where it is reached, and waits for the first request by itself', async () => {
    const page = await text('/channels/website');
    expect(page).toContain(`value="${world.server.address}/hooks/website"`);
    expect(page).toContain('Website &#60;form&#62;');
    expect(page).toContain('Waiting for the first request…');
    expect(page).toContain('<noscript><meta http-equiv="refresh"');
    expect(page).toContain('id="live" data-every="4000"');
  });

  it('shows what was understood of a request and what was not, with nothing of it as markup', async () => {
    const body = { name: 'Greta', email: 'greta@example.com', message: '<b>It burns.</b>', room: '4', hidden: null };
    await post('/hooks/json/t0ken', JSON.stringify([body]));
    const page = await text('/channels/json');
    expect(page).toContain('<bdi>Greta, greta@example.com</bdi>');
    expect(page).toContain('&#60;b&#62;It burns.&#60;/b&#62;');
    expect(page).toContain('Field <bdi>room</bdi>');
    expect(page).not.toContain('Not used');
    expect(page).not.toContain('http-equiv="refresh"');
  });

  it('tells in full what could not be read, and what came before that', async () => {
    await post('/hooks/json/t0ken', '{');
    const page = await text('/channels/json');
    expect(page).toContain('The request says that it is JSON, but it is not');
    const [, before] = /href="(\/channels\/json\?request=\w+)#requests"/.exec(page) ?? [];
    expect(await text(before ?? '')).toContain('<bdi>Greta, greta@example.com</bdi>');
  });

  it('tells what was turned away and what to compare, while the sender learns nothing', async () => {
    expect(await post('/hooks/json/wrong', '{"message": "hi"}')).toBe(401);
    const page = await text('/channels/json');
    expect(page).toContain('The request could not prove who sent it: the token is not one of those in force.');
    expect(page).not.toContain('t0ken');
    expect(await text('/health')).toContain('Turned something away');
  });

  it('is there for channels alone', async () => {
    expect((await world.ana.get('/channels/nowhere')).status).toBe(404);
    expect((await world.ana.get('/channels/constructor')).status).toBe(404);
    expect((await world.ana.post('/channels/constructor/test')).status).toBe(404);
  });

  it('says how a channel is that fetches, and what to do on the other side', async () => {
    const page = await text('/channels/mail');
    expect(page).toContain('The server hung up.');
    expect(page).toContain('Send a mail to the mailbox.');
    expect(page).not.toContain('/hooks/mail');
    expect(page).not.toContain('Send a test');
  });

  it('leads from the page of health, where each channel is told at a glance', async () => {
    const page = await text('/health');
    const glance = (name: string) =>
      new RegExp(`href="/channels/${name}"[^]*?td-lost-state[^>]*>([^<]*)<`).exec(page)?.[1];
    expect(['website', 'help-form', 'mail'].map(glance)).toEqual([
      'Waits for its first request',
      'Needs a secret',
      'No connection',
    ]);
  });

  it('leads to the guide, in which the address is its own', async () => {
    const { ana, server } = world;
    const guide = await text('/docs/channels/typeform.md?channel=help-form');
    expect(guide).toContain(`<code>${server.address}/hooks/help-form</code>`);
    expect(guide).toContain('<strong>Add a webhook</strong>');
    expect(guide).toContain('href="/docs/channels/json.md?channel=help-form#what-is-guessed"');
    expect(await text('/docs/channels/README.md')).toContain('href="/docs/channels/slack.md"');
    for (const path of ['/docs/channels/nothing.md', '/docs/..%2fpackage.json', '/docs/%2e%2e/SECURITY.md']) {
      expect((await ana.get(path)).status).toBe(404);
    }
  });

  const act = (fields: Readonly<Record<string, string>>, channel = 'help-form') =>
    world.ana.post(`/channels/${channel}/secret`, fields);
  const inForce = (channel = 'help-form') => world.desk.config.current().channels[channel]?.secrets?.signing;

  it('is made at a click, shown once, and in force at once', async () => {
    expect((await world.ana.get('/channels/help-form')).text).toContain('Make one');
    const made = await act({ variable: 'TYPEFORM_SECRET', act: 'make', was: '0' });
    const value = /id="made" readonly value="([0-9a-f]{48})"/.exec(made.text.replaceAll(/\s+/g, ' '))?.[1] ?? 'none';
    expect(inForce()).toEqual([value]);
    expect(world.written).toEqual({ TYPEFORM_SECRET: value });
    expect((await world.ana.get('/channels/help-form')).text).not.toContain(value);
    expect(world.server.log.join('\n')).not.toContain(value);
  });

  it('is not made twice by a second click', async () => {
    const [value] = inForce() ?? [];
    const { location } = await act({ variable: 'TYPEFORM_SECRET', act: 'make', was: '0' });
    expect(location).toBe('/channels/help-form?done=secret_other#secrets');
    expect(inForce()).toEqual([value]);
  });

  it('is changed without a gap: the one before counts until it is ended', async () => {
    const [before] = inForce() ?? [];
    await act({ variable: 'TYPEFORM_SECRET', act: 'make', was: '1' });
    expect(inForce()).toEqual([expect.not.stringMatching(String(before)), before]);
    expect((await world.ana.get('/channels/help-form')).text).toContain('End the one before');
    await act({ variable: 'TYPEFORM_SECRET', act: 'end', was: '2' });
    expect(inForce()).toHaveLength(1);
    expect(world.written['TYPEFORM_SECRET_BEFORE']).toBe('');
  });

  it('is entered where the sender makes it, with where it is found', async () => {
    expect((await world.ana.get('/channels/chat')).text).toContain('<strong>Signing Secret</strong>');
    const { location } = await act({ variable: 'SLACK_SECRET', act: 'set', was: '0', value: ' s1gning ' }, 'chat');
    expect(location).toBe('/channels/chat?done=secret_set#secrets');
    expect(inForce('chat')).toEqual(['s1gning']);
    expect((await world.ana.get('/channels/chat')).text).not.toContain('s1gning');
  });

  it('is entered where the settings name it, too', async () => {
    expect((await world.ana.get('/channels/team')).text).toContain('for="value-TEAMS_WORKFLOW"');
    await act({ variable: 'TEAMS_WORKFLOW', act: 'set', was: '0', value: 'https://flow.example.com/1' }, 'team');
    expect(world.written['TEAMS_WORKFLOW']).toBe('https://flow.example.com/1');
  });

  it('is left to the environment where that sets it, and to nobody where no channel names it', async () => {
    expect((await world.ana.get('/channels/help-form')).text).toContain('The environment sets it');
    expect((await act({ variable: 'TYPEFORM_TOKEN', act: 'set', was: '0', value: 'x' })).status).toBe(422);
    expect((await act({ variable: 'PATH', act: 'set', was: '0', value: 'x' })).status).toBe(404);
    expect((await act({ variable: 'SLACK_SECRET', act: 'set', was: '1', value: 'x' })).status).toBe(404);
    expect(world.desk.config.current().channels['help-form']?.access).toBe('outside');
  });
});

describe('a test of a channel', () => {
  let world: World;
  beforeAll(async () => {
    world = await aWorld(NOBODY);
  });
  afterAll(async () => {
    await world.server.close();
    await world.database.drop();
  });

  it('goes the way of senders, then to the door itself, and says how far it came', async () => {
    const { ana, server, database } = world;
    await ana.post('/channels/json/test');
    await server.inbox.drained();
    const page = (await ana.get('/channels/json')).text.replaceAll(/\s+/g, ' ');
    expect(page).toContain('<code>http://127.0.0.1:47/hooks/json</code> is not reached: nobody listens there.');
    expect(page).toContain(`<code>${server.address}/hooks/json</code> is reached from this machine alone.`);
    expect(page).toContain('Believed, and on disk.');
    expect(page).toContain('Read, and a ticket: <a href="/tickets/1001">T-1001</a>.');
    expect(await ticketByNumber(database.connection.queries, 1001)).toMatchObject({
      subject: 'Test of JSON',
      tags: ['test'],
      requester: { name: 'Ana', email: 'ana@example.com' },
    });
  });

  it('is closed at a click, and nothing else is', async () => {
    const { ana, server, database } = world;
    const { text } = await ana.get('/channels/json');
    const request = /name="request" value="(\w+)"/.exec(text)?.[1] ?? '';
    await ana.post('/channels/json/test/close', { request });
    expect(await ticketByNumber(database.connection.queries, 1001)).toMatchObject({ status: 'closed' });
    const said = { method: 'POST', body: '{"message": "no test"}', headers: { 'x-tabledesk-test': 'yes' } };
    const { id } = Receipt.parse(await (await fetch(`${server.address}/hooks/json/t0ken`, said)).json());
    await server.inbox.drained();
    expect((await ana.post('/channels/json/test/close', { request: id })).status).toBe(404);
    expect(await ticketByNumber(database.connection.queries, 1002)).toMatchObject({ status: 'new', tags: [] });
  });

  it('is not offered while a secret is missing', async () => {
    const { text } = await world.ana.get('/channels/help-form');
    expect(text).toContain('Once its secret is set, it can be tried.');
    expect((await world.ana.post('/channels/help-form/test')).location).toBe('/channels/help-form#test');
  });
});
