import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readArticleRecords } from '../../src/db/article-uses.ts';
import { anArticle, aPolicy, MORNING } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aServer, type TestServer } from '../support/http-server.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';

const ARTICLES = [
  anArticle({
    name: 'password',
    title: 'Reset your <password>',
    keywords: ['log in', 'locked'],
    category: 'account',
    body: 'Choose **Forgot** on the page. <script>alert(1)</script>\n\n[Bad](javascript:alert(1))',
    approved: true,
  }),
  anArticle({ name: 'refund', title: 'Get a refund', category: 'billing', body: 'Within 30 days.', approved: true }),
  anArticle({ name: 'passwort', title: 'Neues Passwort', language: 'de', body: 'Wählen Sie …', approved: true }),
  anArticle({ name: 'draft', title: 'Rules for codes, half written', body: 'Eight letters' }),
  anArticle({ name: 'runbook', title: 'How we unlock an account', audience: 'internal' }),
];

describe('help before there is a ticket (A-088)', () => {
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  beforeEach(async () => {
    await database.empty();
    server = await serve();
  });
  afterAll(() => database.drop());

  function serve(helpPage = true): Promise<TestServer> {
    const policy = aPolicy({ offers: { articles: ARTICLES } });
    return aServer(database.connection, { config: aLiveConfig({ policy, channels: [aChannel()], helpPage }) });
  }

  function get(path: string, language = 'en'): Promise<Response> {
    const headers = { accept: 'text/html', 'accept-language': language };
    return fetch(`${server.address}${path}`, { headers, redirect: 'manual' });
  }

  function post(path: string, fields: Record<string, string>): Promise<Response> {
    const headers = { accept: 'text/html' };
    return fetch(`${server.address}${path}`, {
      method: 'POST',
      headers,
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  }

  it('lists approved articles by category, in the language of who reads', async () => {
    const english = await (await get('/help')).text();
    expect(english).toMatch(/<h2><bdi>account<\/bdi><\/h2>[^]*Reset your &#60;password&#62;[^]*<h2><bdi>billing/);
    expect(english).not.toMatch(/half written|How we unlock|Neues Passwort/);
    expect(english).toContain('href="/help?lang=de"');
    const german = await (await get('/help', 'de-AT,en;q=0.5')).text();
    expect(german).toContain('<html lang="de">');
    expect(german).toContain('Neues Passwort');
    expect(german).not.toContain('refund');
  });

  it('shows an article, with nothing of what its writer might smuggle in', async () => {
    const response = await get('/help/password');
    const page = await response.text();
    expect(page).toContain('<h1>Reset your &#60;password&#62;</h1>');
    expect(page).toContain('<strong>Forgot</strong>');
    expect(page).toContain('&#60;script&#62;');
    expect(page).not.toMatch(/<script|javascript:alert\(1\)"/);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  });

  it('has neither what nobody approved, nor what is for the team, nor anything where the page is off', async () => {
    for (const name of ['draft', 'runbook', 'nothing', '..%2fhealth']) {
      expect((await get(`/help/${name}`)).status).toBe(404);
    }
    await server.close();
    server = await serve(false);
    for (const path of ['/help', '/help/password']) expect((await get(path)).status).toBe(404);
    expect((await post('/help/suggest', { text: 'password' })).status).toBe(404);
    expect(await (await get('/forms/website')).text()).not.toContain('data-suggest');
  });

  it('finds by what is typed, and keeps nothing of it: not in an address, not in the log, not in a table', async () => {
    const secret = 'my pasword hunter2 does not work';
    const page = await (await post('/help', { text: secret })).text();
    expect(page).toContain('Reset your');
    const part = await (await post('/help/suggest', { text: secret })).text();
    expect(part).toContain('This may answer it');
    expect(part).toContain('formaction="/help/password/answered?lang=en"');
    expect(server.log.join('\n')).not.toContain('hunter2');
    expect(await (await post('/help/suggest', { text: 'the and of' })).text()).toBe('');
  });

  it('is suggested on the request form by a script of ours and nothing else', async () => {
    const response = await get('/forms/website');
    const page = await response.text();
    expect(page).toContain('data-suggest="/help/suggest?lang&#61;en"');
    const script = /<script src="(\/forms\/suggest-[0-9a-f]{12}\.js)" defer>/.exec(page)?.[1] ?? '';
    const served = await get(script);
    expect(served.headers.get('content-type')).toContain('javascript');
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; script-src 'self'; connect-src 'self'",
    );
  });

  it('comes in a second step without a script, with everything that was typed', async () => {
    const typed = { name: 'Greta', email: 'greta@example.com', subject: 'Locked', message: 'I cannot <log in>' };
    const page = await (await post('/forms/website/articles', typed)).text();
    expect(page).toContain('Reset your');
    expect(page).toContain('value="greta@example.com"');
    expect(page).toContain('I cannot &#60;log in&#62;</textarea>');
    expect(page).toContain('action="/hooks/website"');
    const none = await (await post('/forms/website/articles', { ...typed, subject: '', message: 'Xyzzy' })).text();
    expect(none).toContain('No article fits what you wrote.');
  });

  it('counts what was read and what answered, and closes nothing', async () => {
    await get('/help/password');
    const answered = await post('/help/password/answered', { name: 'Greta', message: 'typed before' });
    expect(answered.status).toBe(303);
    const page = await (await get(answered.headers.get('location') ?? '')).text();
    expect(page).toContain('Good to hear. Nothing was sent');
    expect(await (await post('/help/password/answered', { part: 'yes' })).text()).toContain('Good to hear');
    const records = await readArticleRecords(database.connection.queries, MORNING.subtract({ hours: 24 }));
    expect(records.get('password')).toMatchObject({ opened: 1, answered: 2, sent: 0 });
  });

  it('is shown although the count cannot be kept', async () => {
    await database.connection.script('alter table article_uses rename to article_uses_away');
    expect((await get('/help/password')).status).toBe(200);
    await database.connection.script('alter table article_uses_away rename to article_uses');
    expect(server.log.join('\n')).toContain('the use of an article could not be counted');
  });

  it('is asked at most so often by one visitor, who is told when to come back', async () => {
    const answers = [];
    for (let time = 0; time < 41; time++) answers.push(await post('/help/suggest', { text: 'password' }));
    expect(answers.slice(0, 40).every(({ status }) => status === 200)).toBe(true);
    expect(answers[40]?.status).toBe(429);
    expect(Number(answers[40]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
