import type { Browser, Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeAccess } from '../../src/console/route-access.ts';
import type { Door } from '../../src/console/visit.ts';
import { createPageLinks } from '../../src/kit/page-links.ts';
import { MORNING } from '../support/builders.ts';
import { CHROMIUM, NO_BROWSER, openBrowser } from '../support/browser.ts';
import { ALL_HOSTILE_MARKUP, HOSTILE_MARKUP } from '../support/hostile-markup.ts';
import { CHANNEL_VARIABLES, CHANNELS_YAML, hostileForm, hostileRequests } from '../support/hostile-requests.ts';
import { aMailServer, type MailServer } from '../support/mail-server.ts';
import { type PageSafety, watchSafety } from '../support/page-safety.ts';
import { routesOf } from '../support/routes-of.ts';
import { aRunningDesk, type RunningDesk } from '../support/running-desk.ts';
import { filesOfShopWithAll } from '../support/shop-with-all.ts';

const PUBLIC = 'https://help.example';
const PASSWORD = 'a long enough password';
const LINKS = { secret: 'of the tests', publicAddress: PUBLIC };

const EVENTS = `subscriptions:
  crm: { why: Sales sees what is asked., owner: sales lead, url: env:CRM_URL, secret: env:A_SECRET, events: [ticket.created] }
`;

/** Every address of the console, with gaps. */
const ROUTES = routesOf(routeAccess({ notFound: () => undefined } as unknown as Door))
  .filter((route) => route.startsWith('GET '))
  .map((route) => route.slice('GET '.length));

/** Handed out for saving, and never shown. */
const FILES = ['/files/:id', '/reports/export/:file', '/inbox/:id/raw'];

/** Where no link leads, and where what is typed or written stands in the address. */
const BEGINNINGS = [
  '/',
  '/audit',
  '/events',
  '/learning',
  '/reports/quality/cases?check=triage',
  ...['/?status=all&q=', '/signin?next=', '/signin/provider?next=', '/signin/callback?state=x&error='].map(
    (address) => `${address}${encodeURIComponent(ALL_HOSTILE_MARKUP)}`,
  ),
];

/** Every ticket is looked at, and of all other kinds of pages so many. */
const MOST = 1;

/** Of Markdown and of templates, and what only turns the letters round: HTML makes nothing of it. */
const INERT = HOSTILE_MARKUP.filter((markup) => /^(\[a link|\$|\u202E)/.test(markup));

const LINKS_OF_PAGE = `[...document.querySelectorAll('a[href]')]
  .filter((link) => link.origin === location.origin)
  .map((link) => link.pathname + (link.pathname.startsWith('/tickets/') ? '' : link.search))`;

const at = {} as {
  mails: MailServer;
  desk: RunningDesk;
  browser: Browser;
  page: Page;
  safety: PageSafety;
  sent: readonly string[];
};

describe.skipIf(CHROMIUM === null)(`markup in whatever comes in${CHROMIUM === null ? ` (${NO_BROWSER})` : ''}`, () => {
  beforeAll(async () => {
    at.mails = await aMailServer();
    at.desk = await aRunningDesk({
      now: () => MORNING,
      config: {
        ...filesOfShopWithAll(),
        'channels.yaml': CHANNELS_YAML,
        'events.yaml': EVENTS,
        'knowledge.yaml': 'helpPage: true\n',
        'articles/returns.md': '---\ntitle: Returns\napproved: true\nkeywords: [script]\n---\n\nSend it back.\n',
      },
      variables: {
        ...CHANNEL_VARIABLES,
        CRM_URL: 'https://127.0.0.1:9/',
        PUBLIC_URL: PUBLIC,
        TABLEDESK_PASSWORD: PASSWORD,
        SURVEY_SECRET: LINKS.secret,
        SMTP_URL: at.mails.url,
        MAIL_FROM: 'desk@example.com',
      },
    });
    at.browser = await openBrowser();
    at.page = await at.browser.newPage();
    at.safety = await watchSafety(at.page, at.desk.address);
    at.sent = await sendThroughAll();
  });
  afterAll(async () => {
    await at.browser.close();
    await at.desk.remove();
    await at.mails.close();
  });

  it('is found by those who look for it here', async () => {
    // Without scripts no dialog comes in between.
    const page = await at.browser.newPage({ javaScriptEnabled: false });
    const { show } = await watchSafety(page, at.desk.address);
    const unseen: string[] = [];
    for (const markup of HOSTILE_MARKUP) {
      const raw = `<p title="${markup}"></p><p title='${markup}'></p><a href="${markup}"></a><div>${markup}</div>`;
      if ((await show(raw)).length === 0) unseen.push(markup);
    }
    await page.close();
    expect(unseen).toEqual(INERT);
  });

  it('becomes a ticket through every channel', async () => {
    const tickets = await at.desk.api<{ tickets: { channel: string }[] }>('/api/tickets?limit=200');
    expect(tickets.tickets.map(({ channel }) => channel).toSorted()).toEqual(at.sent.toSorted());
  });

  it('runs nothing on any page of the console, loads nothing, and leads nowhere', async () => {
    await signIn(HOSTILE_MARKUP[2]);
    await answer('/tickets/1001');
    const { seen, files } = await walk(BEGINNINGS);
    expect(ROUTES.filter((route) => !FILES.includes(route) && !seen.has(route))).toEqual([]);
    expect(at.safety.complaints()).toEqual([]);
    const answers = await Promise.all(files.map((file) => at.page.request.get(`${at.desk.address}${file}`)));
    const kept = answers.map((answer) => [answer.status(), answer.headers()['content-disposition']?.split(';')[0]]);
    expect(kept.length).toBeGreaterThan(4);
    expect(kept).toEqual(kept.map(() => [200, 'attachment']));
  });

  it('runs nothing on the pages of customers', async () => {
    const links = createPageLinks(LINKS);
    const tickets = await at.desk.tickets();
    const pages = tickets.map(({ key }) => pathOf(links.linkTo('ticket', key, MORNING)));
    for (const page of [...pages, '/forms/form', '/help/returns', '/help'])
      expect(await at.safety.open(page)).toBe(200);
    await at.safety.press('Find', { 'What is it about?': ALL_HOSTILE_MARKUP });
    const [{ key } = { key: '' }] = tickets;
    await at.safety.open(pathOf(links.linkTo('survey', key, MORNING)));
    await at.page.getByRole('radio').first().check();
    await at.safety.press('Send', { 'Anything else?': ALL_HOSTILE_MARKUP });
    expect(at.safety.complaints()).toEqual([]);
  });

  it('is text in every letter, where nothing would keep it from running', async () => {
    await at.desk.settled();
    const letters = await Promise.all(at.mails.arrived.map(({ text }) => PostalMime.parse(text)));
    expect(letters.length).toBeGreaterThan(10);
    for (const { html } of letters) await at.safety.show(html ?? '');
    expect(at.safety.complaints()).toEqual([]);
  });
});

async function sendThroughAll(): Promise<readonly string[]> {
  const sent: string[] = [];
  for (const { channel, sample } of hostileRequests(PUBLIC, MORNING)) {
    const path = sample.token === null ? channel : `${channel}/${sample.token}`;
    await post(path, { headers: sample.headers, body: Buffer.from(sample.body) });
    sent.push(channel);
  }
  await post('form', { body: hostileForm() });
  await post(`json/${CHANNEL_VARIABLES.JSON_TOKEN}`, { body: `{"broken": ${ALL_HOSTILE_MARKUP}` });
  await at.desk.settled();
  return [...sent, 'form', 'json'];
}

async function post(path: string, given: RequestInit): Promise<void> {
  const { ok, status } = await fetch(`${at.desk.address}/hooks/${path}`, { method: 'POST', ...given });
  if (!ok) throw new Error(`${path} answers ${status}.`);
}

async function signIn(name: string): Promise<void> {
  await at.safety.open('/signin');
  await at.page.getByLabel('Password').fill(PASSWORD);
  await at.page.keyboard.press('Enter');
  await at.page.getByLabel('Somebody else').fill(name);
  await at.page.getByRole('button', { name: 'Continue' }).click();
  await at.page.getByRole('heading', { name: 'Open tickets' }).waitFor();
}

/** What people of the desk write is no markup either. */
async function answer(ticket: string): Promise<void> {
  await at.safety.open(ticket);
  await at.page.getByLabel('Your answer to').fill(ALL_HOSTILE_MARKUP);
  await at.page.getByRole('button', { name: 'Send reply' }).click();
  await at.page.getByText('Your answer is recorded and on its way.').waitFor();
  await at.page.keyboard.press('h');
  await at.page.getByLabel('To the queue').selectOption({ index: 1 });
  await at.page.keyboard.press('Tab');
  await at.page.keyboard.insertText(HOSTILE_MARKUP[0]);
  await at.page.keyboard.press('Enter');
  await at.page.getByText('The ticket is handed off.').waitFor();
}

/** Goes wherever links lead. Gives back which kinds of pages there were, and the addresses of files. */
async function walk(from: readonly string[]): Promise<{ seen: ReadonlyMap<string, number>; files: readonly string[] }> {
  const seen = new Map<string, number>();
  const known = new Set(from);
  for (const address of known) {
    const route = routeOf(address);
    const times = seen.get(route) ?? 0;
    const isSpared = times >= MOST && route !== '/tickets/:number' && !from.includes(address);
    if (route === '' || FILES.includes(route) || isSpared) continue;
    seen.set(route, times + 1);
    await at.safety.open(address);
    for (const link of (await at.page.evaluate(LINKS_OF_PAGE)) as string[]) known.add(link);
  }
  return { seen, files: [...known].filter((address) => FILES.includes(routeOf(address))) };
}

/** Of which kind a page is; nothing where it is none of the console. */
function routeOf(address: string): string {
  const { pathname } = new URL(address, PUBLIC);
  const written = (route: string) => route.replaceAll(/:\w+/g, '[^/]+').replaceAll(/\*\w+/g, '.+');
  return ROUTES.find((route) => new RegExp(`^${written(route)}$`).test(pathname)) ?? '';
}

function pathOf(link: string | null): string {
  return (link ?? '').slice(PUBLIC.length);
}
