import dns from 'node:dns/promises';
import { syncBuiltinESMExports } from 'node:module';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import type { Browser, Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { routeAccess } from '../../src/console/route-access.ts';
import type { Door } from '../../src/console/visit.ts';
import { createPageLinks } from '../../src/kit/page-links.ts';
import { PUBLIC_KEY, signed } from '../connectors/discord/discord.ts';
import { MORNING } from '../support/builders.ts';
import { CHROMIUM, NO_BROWSER, openBrowser } from '../support/browser.ts';
import { ALL_HOSTILE_MARKUP, HOSTILE_MARKUP } from '../support/hostile-markup.ts';
import { CHANNEL_VARIABLES, channelsYaml, hostileForm, hostileRequests } from '../support/hostile-requests.ts';
import {
  CERTIFICATE,
  CERTIFICATE_URL,
  hostileAnnouncement,
  hostileInteraction,
  hostileMail,
  TOPIC,
} from '../support/hostile-senders.ts';
import { anImapServer, IMAP_USER, type ImapServer } from '../support/imap-server.ts';
import { aMailServer, type MailServer } from '../support/mail-server.ts';
import { type PageSafety, watchSafety } from '../support/page-safety.ts';
import { routesOf } from '../support/routes-of.ts';
import { aRunningDesk, type RunningDesk } from '../support/running-desk.ts';
import { filesOfShopWithAll } from '../support/shop-with-all.ts';
import { until } from '../support/until.ts';

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

interface Posted {
  headers?: Readonly<Record<string, string>>;
  body: Uint8Array | string | FormData;
}

/** How the answer of the customer begins. */
const FROM_PORTAL = 'Written on the page of the ticket.';

const at = {} as {
  mails: MailServer;
  mailbox: ImapServer;
  desk: RunningDesk;
  browser: Browser;
  page: Page;
  safety: PageSafety;
  sent: readonly string[];
};

describe.skipIf(CHROMIUM === null)(`markup in whatever comes in${CHROMIUM === null ? ` (${NO_BROWSER})` : ''}`, () => {
  beforeAll(async () => {
    at.mails = await aMailServer();
    at.mailbox = await anImapServer();
    at.desk = await aRunningDesk({
      now: () => MORNING,
      config: {
        ...filesOfShopWithAll(),
        'channels.yaml': channelsYaml(unsampled(at.mailbox.port)),
        'events.yaml': EVENTS,
        'knowledge.yaml': 'helpPage: true\n',
        'articles/returns.md': '---\ntitle: Returns\napproved: true\nkeywords: [script]\n---\n\nSend it back.\n',
      },
      variables: {
        ...CHANNEL_VARIABLES,
        DISCORD_KEY: PUBLIC_KEY,
        IMAP_PASSWORD: IMAP_USER.pass,
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
    await at.mailbox.close();
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

  it('becomes a message of the ticket on whose page it was written', async () => {
    const { messages } = await at.desk.api<{ messages: { text: string }[] }>('/api/tickets/1001');
    expect(messages.map(({ text }) => text)).toContainEqual(expect.stringContaining(FROM_PORTAL));
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

/** Channels whose requests no sample of ours is: they are signed by others, or fetched, or come from a page of ours. */
function unsampled(port: number): Readonly<Record<string, object>> {
  const mailbox = { host: '127.0.0.1', port, encryption: 'none', user: IMAP_USER.user, begin: 'everything' };
  return {
    portal: { kind: 'portal' },
    discord: { kind: 'discord', secret: 'env:DISCORD_KEY' },
    ses: { kind: 'ses', settings: { topics: [TOPIC] } },
    imap: { kind: 'imap', access: 'env:IMAP_PASSWORD', settings: mailbox },
  };
}

async function sendThroughAll(): Promise<readonly string[]> {
  const sent: string[] = [];
  for (const { channel, sample } of hostileRequests(PUBLIC, MORNING)) {
    const path = sample.token === null ? channel : `${channel}/${sample.token}`;
    await post(path, { headers: sample.headers, body: Buffer.from(sample.body) });
    sent.push(channel);
  }
  await post('form', { body: hostileForm() });
  await post(`json/${CHANNEL_VARIABLES.JSON_TOKEN}`, { body: `{"broken": ${ALL_HOSTILE_MARKUP}` });
  await post('discord', signed(hostileInteraction()));
  await besideAws(() => post('ses', hostileAnnouncement(MORNING)));
  at.mailbox.arrive(hostileMail('imap', 'html'));
  await until('the mail is read', async () => at.mailbox.folders['INBOX']?.mails[0]?.flags.has('\\Seen'));
  await at.desk.settled();
  await answerAsCustomer();
  return [...sent, 'form', 'json', 'discord', 'ses', 'imap'];
}

/** While AWS gives its certificate to whoever asks. */
async function besideAws(act: () => Promise<void>): Promise<void> {
  const aws = setupServer(http.get(CERTIFICATE_URL, () => new HttpResponse(CERTIFICATE)));
  const names = vi.spyOn(dns, 'lookup').mockResolvedValue([{ address: '52.94.5.1', family: 4 }] as never);
  aws.listen({ onUnhandledRequest: 'bypass' });
  // Whoever imported these by their names gets what stands in their place.
  syncBuiltinESMExports();
  try {
    await act();
  } finally {
    aws.close();
    names.mockRestore();
    syncBuiltinESMExports();
  }
}

/** What the page of a ticket posts. */
async function answerAsCustomer(): Promise<void> {
  const [{ key } = { key: '' }] = await at.desk.tickets();
  const form = new FormData();
  form.set('page', pathOf(createPageLinks(LINKS).linkTo('ticket', key, MORNING)).slice('/ticket/'.length));
  form.set('key', HOSTILE_MARKUP[0]);
  form.set('message', `${FROM_PORTAL}\n${ALL_HOSTILE_MARKUP}`);
  form.append('files', new Blob([ALL_HOSTILE_MARKUP], { type: 'text/html' }), `${HOSTILE_MARKUP[1]}.html`);
  await post('portal', { body: form });
  await at.desk.settled();
}

async function post(path: string, { headers = {}, body }: Posted): Promise<void> {
  const given = { method: 'POST', headers, body: body instanceof Uint8Array ? Buffer.from(body) : body };
  const { ok, status } = await fetch(`${at.desk.address}/hooks/${path}`, given);
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
