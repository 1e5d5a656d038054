import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messages } from '../../src/db/schema.ts';
import { createPageLinks } from '../../src/kit/page-links.ts';
import { aPolicy } from '../support/builders.ts';
import { channelsWith } from '../support/channels.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aServer, type TestServer } from '../support/http-server.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aClock, aDesk, aForm, allDecisions, allOutgoing, allTickets, postForm } from '../support/pipeline.ts';

const LINKS = { secret: 'of the tests', publicAddress: 'https://help.example' };
const CHANNELS = [aChannel(), aChannel({ name: 'portal', kind: 'portal' })];
const POLICY = aPolicy({
  replies: { received: { name: 'received', subject: 'Yours', body: 'Follow {{ ticket.link }}' } },
  intake: { acknowledgement: 'received' },
});

describe.each(ENGINES)('the page of a ticket on %s', (engine) => {
  const clock = aClock();
  const pages = createPageLinks(LINKS);
  const config = aLiveConfig({ policy: POLICY, channels: CHANNELS });
  const channelOf = channelsWith({ environment: { SURVEY_SECRET: LINKS.secret }, now: clock.now });
  let database: TestDatabase;
  let server: TestServer;
  let desk: ReturnType<typeof aDesk>;
  beforeAll(async () => {
    database = await aDatabase(engine);
    desk = aDesk(database.connection, { clock, config, channelOf, pages });
    server = await aServer(database.connection, { now: clock.now, channels: CHANNELS, channelOf, pages });
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });
  beforeEach(async () => {
    await database.empty();
    await postForm(database.connection, aForm('Greta', 'The printer burns.'), { receivedAt: clock.now() });
    await desk.pipeline.drainInbox();
  });

  const newest = async () => {
    const ticket = (await allTickets(database.connection)).at(-1);
    if (ticket === undefined) throw new Error('There is no ticket.');
    return ticket;
  };

  /** The path to which the latest letter with a link leads. */
  async function path(): Promise<string> {
    const texts = (await allOutgoing(database.connection)).map(({ text }) => text).join('\n');
    return [...texts.matchAll(/https:\/\/help\.example(\S+)/g)].at(-1)?.[1] ?? '';
  }

  async function look(address: string): Promise<[number, string]> {
    const response = await fetch(`${server.address}${address}`);
    return [response.status, await response.text()];
  }

  /** What a browser sends that has the page open. */
  async function send(html: string, fields: Readonly<Record<string, string | File>>): Promise<Response> {
    const form = new FormData();
    for (const name of ['page', 'key'])
      form.set(name, new RegExp(`name="${name}"\\s+value="([^"]+)"`).exec(html)?.[1] ?? '');
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const response = await fetch(`${server.address}/hooks/portal`, { method: 'POST', body: form, redirect: 'manual' });
    await desk.pipeline.drainInbox();
    return response;
  }

  it('shows what was said, and nothing that is not for the requester (A-057)', async () => {
    const { key } = await newest();
    await desk.pipeline.reply(key, { by: 'Ana', text: 'Pull <b>the</b> plug.' });
    await desk.pipeline.note(key, { by: 'Ben', text: 'CANARY: she is always like that.' });
    const [status, html] = await look(await path());
    expect(status).toBe(200);
    expect(html).toContain('The printer burns.');
    expect(html).toContain('Pull &#60;b&#62;the&#60;/b&#62; plug.');
    expect(html).not.toContain('CANARY');
    expect(html).not.toContain('greta@example.com');
  });

  it('speaks the language of the ticket', async () => {
    const form = { ...aForm('Zoë', 'Der Drucker brennt.'), language: 'Deutsch' };
    await postForm(database.connection, form, { receivedAt: clock.now() });
    await desk.pipeline.drainInbox();
    const [, html] = await look(`${await path()}?sent=1`);
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('Ihre Antwort');
    expect(html).toContain('Danke, es ist angekommen.');
    expect(html).not.toMatch(/Your answer|Thank you|This is solved|Send</);
  });

  it('takes an answer with a file, once', async () => {
    const [, html] = await look(await path());
    const file = new File(['hot'], 'log.txt', { type: 'text/plain' });
    const sent = await send(html, { message: 'Still burning.', files: file });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `${await path()}?sent=1`]);
    await send(html, { message: 'Still burning.', files: file });
    const said = await database.connection.queries.select().from(messages);
    expect(said.map(({ text, authorName }) => [text, authorName])).toEqual([
      ['The printer burns.', 'Greta'],
      ['Still burning.', 'Greta'],
    ]);
    const [, after] = await look(`${await path()}?sent=1`);
    expect(after).toContain('Thank you, we have it.');
    expect(after).toMatch(/<a href="\/files\/[^"]+"><bdi>log\.txt<\/bdi><\/a>/);
  });

  it('resolves the ticket at the press of a button, and opens it again at an answer', async () => {
    await send((await look(await path()))[1], { solved: 'yes' });
    expect((await newest()).status).toBe('resolved');
    const sentences = (await allDecisions(database.connection)).map(({ sentence }) => sentence);
    expect(sentences).toContain('Resolved, because Greta says that it is solved.');
    await send((await look(await path()))[1], { message: 'It burns again.' });
    expect(await newest()).toMatchObject({ status: 'open', reopenCount: 1 });
  });

  it('makes a new request of what is written after the ticket was closed, of the same person', async () => {
    const { key, number } = await newest();
    const changes = [{ field: 'status', from: 'new', to: 'closed' } as const];
    await desk.pipeline.edit(key, { by: 'Ana', at: clock.now(), changes });
    await send((await look(await path()))[1], { message: 'It burns again.' });
    expect(await newest()).toMatchObject({
      subject: 'It burns again.',
      requester: { name: 'Greta', email: 'greta@example.com' },
      followUpOf: { number },
    });
  });

  it('opens by no other address, and says when a link has ended', async () => {
    const address = await path();
    const survey = address.replace('/ticket/', '/survey/');
    for (const wrong of [address.slice(0, -1), survey, '/ticket/x']) expect((await look(wrong))[0]).toBe(404);
    clock.forward({ hours: 180 * 24 + 1 });
    expect((await look(address))[0]).toBe(410);
  });

  it('is not written in the log', async () => {
    const address = await path();
    await look(address);
    expect(server.log.join('')).toContain('/ticket/***');
    expect(server.log.join('')).not.toContain(address.slice('/ticket/'.length));
  });
});
