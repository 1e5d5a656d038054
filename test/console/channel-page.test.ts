import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { MORNING } from '../support/builders.ts';
import { serveConsole, type ConsoleServer } from '../support/console-server.ts';
import { aVisitor, type Visitor } from '../support/console-visitor.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aDesk, aForm, postForm, postJson, type TestDesk } from '../support/pipeline.ts';

const CHANNELS = [
  aChannel({ title: 'Website <form>' }),
  aChannel({ name: 'json', kind: 'json', title: 'JSON', secrets: { tokens: ['t0ken'], signing: [] } }),
  aChannel({ name: 'typeform', kind: 'typeform', secrets: null, missingSecrets: ['TYPEFORM_SECRET'] }),
  aChannel({ name: 'mail', kind: 'json' }),
];

describe('the page of a channel', () => {
  let database: TestDatabase;
  let desk: TestDesk;
  let server: ConsoleServer;
  let ana: Visitor;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    desk = aDesk(database.connection, { config: aLiveConfig({ channels: CHANNELS }) });
    const lost = new Problem({ code: 'mail.gone', message: 'The server hung up.', fix: 'It is tried again.' });
    server = await serveConsole(database.connection, desk, {
      doors: {
        lastTurnedAway: (name) => (name === 'json' ? { at: MORNING, status: 401, reason: 'There is no token.' } : null),
        listening: () => [{ channel: 'mail', since: null, problem: lost }],
      },
    });
    ana = aVisitor(server.address);
    await ana.signIn('Ana');
    await postForm(database.connection, { ...aForm('Greta', '<b>It burns.</b>'), room: '4' });
    await postJson(database.connection, {});
    await desk.pipeline.drainInbox();
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  const text = async (path: string) => (await ana.get(path)).text;

  it('says where it is reached, and what was made of what came last', async () => {
    const page = await text('/channels/website');
    expect(page).toContain(`value="${server.address}/hooks/website"`);
    expect(page).toContain('Website &#60;form&#62;');
    expect(page).toContain('T-1000 <bdi>Payment failed</bdi>');
    expect(page).toContain('<bdi>greta@example.com</bdi>');
    expect(page).toContain('<bdi>room</bdi>');
  });

  it('tells what was turned away, and what could not be read', async () => {
    const page = await text('/channels/json');
    expect(page).toContain('There is no token.');
    expect(page).toContain('The request has nothing in it to make a ticket of.');
    expect(page).toContain(`value="${server.address}/hooks/json/t0ken"`);
  });

  it('names the secret that is missing, and why a line is broken', async () => {
    expect(await text('/channels/typeform')).toContain('Set TYPEFORM_SECRET in the environment');
    const fetching = await text('/channels/mail');
    expect(fetching).toContain('The server hung up.');
    expect(fetching).not.toContain('/hooks/mail');
  });

  it('is there for channels alone, and leads to them from the page of health', async () => {
    expect((await ana.get('/channels/nowhere')).status).toBe(404);
    expect((await ana.get('/channels/constructor')).status).toBe(404);
    expect(await text('/health')).toContain('href="/channels/typeform"');
  });
});
