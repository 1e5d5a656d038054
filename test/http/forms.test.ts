import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aJsonChannel, aServer, type TestServer } from '../support/http-server.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aDesk } from '../support/pipeline.ts';

describe('the request form', () => {
  const channels = [
    aChannel({ settings: { heading: 'Contact <us>', intro: 'Ask & we answer.' } }),
    aChannel({ name: 'shut', paused: true }),
    aChannel({ name: 'private', secrets: { tokens: ['letmein'], signing: [] } }),
    aChannel({ name: 'leads-on', settings: { redirect: 'https://shop.example.com/thanks' } }),
    aJsonChannel(),
  ];
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    server = await aServer(database.connection, { channels });
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  function get(path: string): Promise<Response> {
    return fetch(`${server.address}${path}`, { headers: { accept: 'text/html' }, redirect: 'manual' });
  }

  function send(channel: string, fields: Record<string, string>): Promise<Response> {
    return fetch(`${server.address}/hooks/${channel}`, {
      method: 'POST',
      headers: { accept: 'text/html,application/xhtml+xml' },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  }

  it('asks for name, email, subject and message, each with a label, and posts to its channel', async () => {
    const page = await (await get('/forms/website')).text();
    for (const name of ['name', 'email', 'subject', 'message']) {
      expect(page).toContain(`<label for="${name}">`);
      expect(page).toMatch(new RegExp(`<(input|textarea)[^>]*id="${name}"[^>]*name="${name}"`));
    }
    expect(page).toContain('action="/hooks/website"');
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('width=device-width');
  });

  it('shows what the config says, as text', async () => {
    const page = await (await get('/forms/website')).text();
    expect(page).toContain('<h1>Contact &#60;us&#62;</h1>');
    expect(page).toContain('Ask &#38; we answer.');
  });

  it('says when it was shown', async () => {
    const page = await (await get('/forms/website')).text();
    expect(page).toContain('<input type="hidden" name="hp_shown" value="2026-11-20T10:00:00Z" />');
  });

  it('hides its trap from people, from the tab key and from screen readers', async () => {
    const page = await (await get('/forms/website')).text();
    expect(page).toMatch(/class="aside" aria-hidden="true"[^]*name="hp_website" tabindex="-1" autocomplete="off"/);
  });

  it('loads its style from us and nothing else, and runs no script', async () => {
    const response = await get('/forms/website');
    const page = await response.text();
    const style = /href="(\/forms\/page-[0-9a-f]{12}\.css)"/.exec(page)?.[1] ?? '';
    const served = await get(style);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self'");
    expect(page).not.toContain('<script');
    expect(served.headers.get('content-type')).toContain('text/css');
    expect(served.headers.get('cache-control')).toContain('immutable');
  });

  it.each([
    ['nowhere', 404, 'There is no form'],
    ['json', 404, 'There is no form'],
    ['private', 404, 'There is no form'],
    ['shut', 503, 'takes no requests at the moment'],
  ])('is a plain page at /forms/%s', async (channel, status, words) => {
    const response = await get(`/forms/${channel}`);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(words);
  });

  it('leads to a page that shows the number as soon as there is a ticket (A-003)', async () => {
    const sent = await send('website', { name: 'Zoë', email: 'zoe@example.com', subject: 'Hello', message: 'Help me' });
    const address = sent.headers.get('location') ?? '';
    expect(sent.status).toBe(303);
    expect(address).toMatch(/^\/forms\/website\/received\/[0-9A-Z]{26}$/);

    const waiting = get(address);
    const desk = aDesk(database.connection, { config: aLiveConfig({ channels }) });
    await desk.pipeline.drainInbox();
    const page = await (await waiting).text();
    expect(page).toContain('Your ticket number');
    expect(page).toMatch(/<strong>T-\d+<\/strong>/);
    expect(page).not.toContain('http-equiv="refresh"');
  });

  it('looks again by itself while there is no ticket, and stops promising after a while', async () => {
    const sent = await send('website', { email: 'zoe@example.com', message: 'Not drained' });
    const address = sent.headers.get('location') ?? '';
    const first = await (await get(address)).text();
    const last = await (await get(`${address}?again=5`)).text();
    expect(first).toContain(`content="3;url=${address}?again&#61;1"`);
    expect(first).toContain('its number is on the way');
    expect(last).not.toContain('http-equiv="refresh"');
    expect(last).toContain('with our first answer');
  });

  it('shows nothing of a request under another channel, or of one that never came', async () => {
    const sent = await send('website', { message: 'Mine alone' });
    const id = sent.headers.get('location')?.split('/').at(-1);
    expect((await get(`/forms/leads-on/received/${id}`)).status).toBe(404);
    expect((await get('/forms/website/received/01JXXXXXXXXXXXXXXXXXXXXXXX')).status).toBe(404);
  });

  it('leads on to the page of the config, when it names one', async () => {
    const sent = await send('leads-on', { message: 'Take me there' });
    expect(sent.headers.get('location')).toBe('https://shop.example.com/thanks');
  });

  it('lets a script have JSON', async () => {
    const body = new URLSearchParams({ message: 'From a script' });
    const response = await fetch(`${server.address}/hooks/website`, { method: 'POST', body });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ id: expect.stringMatching(/^[0-9A-Z]{26}$/) });
  });
});
