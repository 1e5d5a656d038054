import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { eq } from 'drizzle-orm';
import { inbox, messages, outbox, tickets } from '../../src/db/schema.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { at } from '../support/builders.ts';
import { CHROMIUM, NO_BROWSER, openBrowser } from '../support/browser.ts';
import { type ConsoleServer, PASSWORD, PASSWORDS, serveConsole } from '../support/console-server.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { OVERFLOW, PAGE_AUDIT } from '../support/page-audit.ts';
import { aClock, aDesk, postForm, type TestDesk } from '../support/pipeline.ts';
import { aSoftwareDesk } from '../support/seed-desk.ts';

/** Friday, eleven in Berlin. */
const NOW = at('2026-11-20T10:00:00Z');

/** A machine that does other things besides takes its time. */
const PATIENCE = 60_000;

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** Each would run, load or break out if it were let onto a page as it is. */
const HOSTILE = [
  '<script>alert("script")</script>',
  '"><img src=x onerror=alert("image")>',
  `'><svg/onload=alert('svg')>`,
  '</textarea></pre></title><script>alert("out")</script>',
  '<a href="javascript:alert(1)">javascript</a>',
  '<style>body{display:none}</style><iframe srcdoc="<script>alert(1)</script>">',
  '${alert(1)}{{constructor.constructor("alert(1)")()}}',
  '--><!--<script>alert(1)</script>',
  '&lt;script&gt;alert("entity")&lt;/script&gt;&#60;script&#62;',
  '\u202E<b>backwards\u0007',
];

/** What all tests of this file share; made before the first. */
const world = {} as {
  browser: Browser;
  database: TestDatabase;
  desk: TestDesk;
  server: ConsoleServer;
  /** Of Ana, who is signed in; the tests that need nothing else share it, and what it has loaded. */
  shared: BrowserContext;
};

describe.skipIf(CHROMIUM === null)(CHROMIUM === null ? `the console (${NO_BROWSER})` : 'the console', () => {
  vi.setConfig({ testTimeout: PATIENCE });

  beforeAll(async () => {
    world.database = await aDatabase('pglite');
    world.desk = aDesk(world.database.connection, {
      config: aSoftwareDesk(),
      clock: aClock(NOW.subtract({ minutes: 40 })),
    });
    world.server = await serveConsole(world.database.connection, world.desk);
    await someRequests();
    world.desk.clock.set(NOW);
    world.browser = await openBrowser();
    world.shared = await aContext({});
    const page = await world.shared.newPage();
    await page.goto('/signin');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Ana Brandt' }).click();
    await page.getByRole('heading', { name: 'Open tickets' }).waitFor();
  });
  afterAll(async () => {
    await world.browser.close();
    await world.server.close();
    await world.database.drop();
  });

  // Pages that nobody looks at would go on counting.
  afterEach(async () => {
    for (const page of world.shared.pages()) await page.close();
    for (const context of world.browser.contexts()) if (context !== world.shared) await context.close();
  });

  describe('signing in', () => {
    it('takes the right password only, and leads to where one wanted to go', async () => {
      const page = await openPage({}, { signedIn: false });
      await page.goto('/health');
      await page.getByLabel('Password').fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('That is not the password.').waitFor();
      await page.getByLabel('Password').fill(PASSWORD);
      await page.keyboard.press('Enter');
      await page.getByLabel('Somebody else').fill('Visiting Vera');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('heading', { name: 'Health', level: 1 }).waitFor();
      await page.getByText('Visiting Vera').first().click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.goto('/');
      expect(new URL(page.url()).pathname).toBe('/signin');
    });
  });

  describe('the queue', () => {
    it('shows the urgent first, with owner, reason and a time that counts', async () => {
      const page = await openPage({});
      await page.goto('/');
      const first = page.getByRole('row').nth(1);
      expect(await first.innerText()).toContain('API down for all our shops');
      expect(await first.innerText()).toContain('Critical');
      const due = first.locator('time');
      expect(await due.innerText()).toBe('10 min late');
      const second = page.getByRole('row').nth(2).locator('time');
      expect(await second.innerText()).toBe('in 1 h 20 min');
      await page.clock.pauseAt(NOW.add({ minutes: 20, seconds: 30 }).epochMilliseconds);
      expect(await second.innerText()).toBe('in 59 min');
      await page.clock.runFor(61 * 60_000);
      expect(await second.innerText()).toBe('1 min late');
      expect(await due.innerText()).toBe('1 h 31 min late');
      expect(await page.locator('.td-due-late', { has: page.locator('time') }).count()).toBe(2);
    });

    it('filters by view, queue and words, and lets each filter go again', async () => {
      const page = await openPage();
      await page.goto('/');
      await page.getByRole('navigation', { name: 'Queues' }).getByRole('link', { name: 'billing' }).click();
      await page.waitForURL('/?queue=billing');
      expect(await subjects(page)).toEqual(['Payment failed twice', 'Invoice for October']);
      await page.getByRole('link', { name: 'Without filter Queue billing' }).click();
      await page.waitForURL('/');
      await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Needs review' }).click();
      await page.waitForURL('/?review=1');
      expect(await subjects(page)).toContain('Hello');
      await page.getByLabel('Search tickets').fill('october');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Search: october' }).waitFor();
      expect(await subjects(page)).toEqual(['Invoice for October']);
      await page.getByLabel('Search tickets').fill('nothing has these words');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'No ticket has these words' }).waitFor();
    });

    it('is worked by keys: down, up, open, search, help, go', async () => {
      const page = await openPage();
      await page.goto('/');
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('k');
      expect(await page.locator(':focus').innerText()).toContain('API down');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Payment failed twice', level: 1 }).waitFor();
      await page.keyboard.press('m');
      await page.keyboard.type('j and k are letters here');
      expect(await page.getByLabel('Your note to the team').inputValue()).toBe('j and k are letters here');
      await page.locator(':focus').blur();
      await page.keyboard.press('g');
      await page.keyboard.press('h');
      await page.getByRole('heading', { name: 'Health', level: 1 }).waitFor();
      await page.keyboard.press('/');
      expect(await page.locator(':focus').getAttribute('id')).toBe('search');
    });

    it('has no keys for viewers that lead to pages kept from them', async () => {
      const page = await openPage({}, { signedIn: false });
      await page.goto('/signin');
      await page.getByLabel('Password').fill(PASSWORDS.viewer);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Ana Brandt' }).click();
      await page.getByRole('heading', { name: 'Open tickets' }).waitFor();
      const asked: string[] = [];
      page.on('request', (request) => request.isNavigationRequest() && asked.push(new URL(request.url()).pathname));
      for (const key of ['n', 'g', 'r', 'g', 'h']) await page.keyboard.press(key);
      await page.getByRole('heading', { name: 'Health', level: 1 }).waitFor();
      expect(asked).toEqual(['/health']);
      await page.keyboard.press('?');
      const list = await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).innerText();
      expect(list).toContain('Go to the playbook');
      expect(list).not.toMatch(/New ticket|Go to the review|Reply|Skip/);
      await page.context().close();
    });

    it('looks again by itself, and keeps the chosen ticket chosen', async () => {
      const page = await openPage({});
      await page.goto('/?queue=accounts');
      expect(await subjects(page)).toEqual(['Cannot log in']);
      await page.keyboard.press('j');
      await post('Nora', 'Password does not work', 'My password does not work.');
      await page.clock.runFor(31_000);
      await page.getByText('Password does not work').waitFor();
      expect(await page.locator(':focus').innerText()).toBe('Cannot log in');
    });
  });

  describe('a ticket', () => {
    it('shows the request whole, with the evidence marked, and why everything is so', async () => {
      const page = await openTicket('Payment failed twice');
      expect(await page.locator('.td-request .td-text').innerText()).toBe(
        'My payment failed twice.\n\n  I was charged.',
      );
      expect(await page.locator('.td-request mark').allInnerTexts()).toEqual(['payment failed']);
      const log = page.getByRole('region', { name: 'Why it is so' });
      await log.getByText('Rule “Failed payment goes to billing”, kept by finance lead').first().waitFor();
      await page.getByRole('heading', { name: 'First reply', level: 3 }).waitFor();
    });

    it('takes an answer and shows it, and stops the clock (A-072)', async () => {
      const page = await openTicket('Cannot log in');
      await page.getByLabel('Your answer to').fill('Your account is open again.');
      await page.getByLabel('Then').selectOption('resolved');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Send reply' }).click();
      await page.getByText('Your answer is recorded and on its way.').waitFor();
      await page.locator('.td-message-agent').getByText('Your account is open again.').waitFor();
      expect(await page.locator('.td-ticket-facts').innerText()).toContain('Resolved');
      expect(await page.locator('.td-clock').filter({ hasText: 'First reply' }).innerText()).toContain('Met');
    });

    it('sends what is being written with Ctrl and Enter', async () => {
      const page = await openTicket('Hello');
      await page.keyboard.press('r');
      await page.keyboard.type('What can we do for you?');
      await page.keyboard.press('Control+Enter');
      const answer = page.locator('.td-message-agent');
      await answer.waitFor();
      expect(await answer.innerText()).toContain('What can we do for you?');
    });

    it('takes a note, which looks like nothing that a customer sees', async () => {
      const page = await openTicket('Invoice for October');
      await page.getByText('Internal note', { exact: true }).click();
      await page.getByLabel('Your note to the team').fill('Ask finance.');
      await page.getByRole('button', { name: 'Add note' }).click();
      const note = page.locator('.td-message-note');
      expect(await note.innerText()).toContain('Internal note');
      const colour = 'getComputedStyle(document.querySelector(".td-message-note")).backgroundColor';
      const other = 'getComputedStyle(document.querySelector(".td-request")).backgroundColor';
      expect(await page.evaluate(colour)).not.toBe(await page.evaluate(other));
    });

    it('changes only the fields that were changed, and notices who was faster', async () => {
      const page = await openTicket('Invoice for October');
      const colleague = await openPage();
      await colleague.goto(page.url());
      await page.getByLabel('Priority').selectOption('low');
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByText('Your changes are recorded, with your name.').waitFor();
      await colleague.getByLabel('Severity').selectOption('high');
      await colleague.getByRole('button', { name: 'Save changes' }).click();
      await colleague.getByText('Your changes are recorded, with your name.').waitFor();
      await page.getByLabel('Priority').selectOption('medium');
      await colleague.getByLabel('Priority').selectOption('critical');
      await page.getByRole('button', { name: 'Save changes' }).click();
      await colleague.getByRole('button', { name: 'Save changes' }).click();
      await colleague.getByRole('heading', { name: /changed while you looked at it/ }).waitFor();
      await colleague.getByRole('button', { name: 'Save what I want' }).click();
      expect(await colleague.getByLabel('Priority').inputValue()).toBe('critical');
      expect(await colleague.getByLabel('Severity').inputValue()).toBe('high');
    });

    it('is opened by hand, assigned and given back', async () => {
      const page = await openPage();
      await page.goto('/');
      await page.keyboard.press('n');
      await page.getByLabel('Who asks').fill('Gunnar Lind');
      await page.getByLabel('Subject').fill('Wants a call');
      await page.getByLabel('What they said').fill('Please call me about my invoice.');
      await page.getByRole('button', { name: 'Open ticket' }).click();
      await page.getByText('The ticket is open, triaged and timed.').waitFor();
      await page.getByLabel('Assignee').selectOption('Ben Okafor');
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByRole('button', { name: 'Assign to me' }).click();
      await page.getByText('The ticket is yours.').waitFor();
      expect(await page.getByLabel('Assignee').inputValue()).toBe('Ana Brandt');
      await page.getByRole('button', { name: 'Give back' }).click();
      await page.getByText('The ticket is given back to its queue.').waitFor();
      expect(await page.getByLabel('Assignee').inputValue()).not.toBe('Ana Brandt');
    });

    it('is handed off by keys alone, and says so (A-050)', async () => {
      const number = await post('Nils', 'Export is empty', 'The export has no rows.');
      const page = await openPage();
      await page.goto(`/tickets/${number}`);
      await page.keyboard.press('h');
      expect(await page.locator(':focus').getAttribute('id')).toBe('handoff-to');
      await page.getByLabel('To the queue').selectOption('billing');
      await page.keyboard.press('Tab');
      await page.keyboard.type('needs a log file');
      await page.keyboard.press('Enter');
      await page.getByText('The ticket is handed off.').waitFor();
      expect(await page.locator('.td-ticket-why').innerText()).toMatch(
        /^Ana Brandt handed it from technical to billing: needs a log file\.$/,
      );
      expect(await page.locator('#field-queue').inputValue()).toBe('billing');
    });
  });

  describe('the desk’s health', () => {
    it('tries a message again that was given up', async () => {
      const ticket = await ticketCalled('Hello');
      await world.database.connection.queries.insert(outbox).values({
        key: 'dead-1',
        ticketKey: ticket.key,
        kind: 'message',
        recipient: 'hello@example.com',
        subject: 'Did not arrive',
        text: 'Hello',
        template: 'received',
        state: 'dead',
        nextAt: NOW,
        createdAt: NOW,
        problem: { code: 'email.rejected', message: 'The server refused it.', fix: 'Correct the address.' },
      });
      const page = await openPage();
      await page.goto('/health');
      const card = page.getByRole('region', { name: 'Messages given up' });
      expect(await card.innerText()).toContain('The server refused it. Correct the address.');
      await card.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('It is on its way once more.').waitFor();
      await card.getByText('None.').waitFor();
    });
  });

  describe('what customers write', () => {
    it('runs nothing and breaks nothing, whatever stands in whichever field', async () => {
      const numbers = await hostileTickets();
      const page = await openPage();
      const happened: string[] = [];
      page.on('dialog', (dialog) => {
        happened.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('pageerror', (error) => happened.push(`error ${error.message}`));
      page.on('console', (message) => message.type() === 'error' && happened.push(`console ${message.text()}`));
      page.on('request', (request) => {
        if (!request.url().startsWith(world.server.address) && !request.url().startsWith('data:'))
          happened.push(request.url());
      });
      for (const path of ['/', '/?status=all&q=alert', `/?q=${encodeURIComponent(HOSTILE[1] ?? '')}`, '/health']) {
        await page.goto(path);
        expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
      }
      for (const number of numbers) {
        await page.goto(`/tickets/${number}`);
        expect(await page.getByRole('button', { name: 'Send reply' }).isVisible()).toBe(true);
        expect(
          await page
            .locator('main script, main iframe, main img, main style, main [onerror], main a[href^=javascript]')
            .count(),
        ).toBe(0);
      }
      expect(happened).toEqual([]);
    });

    it('stays within the page: long words, long subjects, other directions of writing', async () => {
      const numbers = [
        await post('W'.repeat(200), 'x'.repeat(10_000), 'y'.repeat(20_000)),
        await post('أمل', 'مرحبا '.repeat(60), '😀'.repeat(900)),
      ];
      for (const options of [{ viewport: DESKTOP }, PHONE]) {
        const page = await openPage(options);
        for (const path of ['/?status=all', '/review', ...numbers.map((number) => `/tickets/${number}`)]) {
          await page.goto(path);
          expect([path, await page.evaluate(OVERFLOW)]).toEqual([path, 0]);
        }
      }
    });
  });

  describe('on every screen', () => {
    const CHANNELS = ['/channels/website', '/docs/channels/google-forms.md?channel=typeform'];
    const PAGES = [
      '/',
      '/?owner=Nobody+here',
      '/tickets/1001',
      '/review',
      '/knowledge',
      '/learning',
      '/tickets/new',
      '/health',
      ...CHANNELS,
      '/me',
      '/nowhere',
    ];

    it('fits a phone: nothing to scroll sideways', async () => {
      const page = await openPage(PHONE);
      for (const path of [...PAGES, '/signin']) {
        await page.goto(path);
        expect([path, await page.evaluate(OVERFLOW)]).toEqual([path, 0]);
      }
    });

    it('keeps the words of requests and of the menu readable on a tablet', async () => {
      const page = await openPage();
      await page.goto('/');
      for (const width of [1180, 1020, 900, 861]) {
        await page.setViewportSize({ width, height: 900 });
        expect([width, await page.evaluate(OVERFLOW)]).toEqual([width, 0]);
        const request = await page.locator('.td-cell-subject').first().boundingBox();
        expect(request?.width).toBeGreaterThan(140);
        const lines = await page.locator('.td-nav a').evaluateAll((links) => links.map((link) => link.clientHeight));
        expect(new Set(lines).size).toBe(1);
      }
    });

    it('is looked at by an audit that finds what is wrong', async () => {
      const page = await openPage();
      await page.setContent(
        '<h3></h3><input id="a"><a href="#" id="a"></a><svg></svg><nav><p style="color:#999">pale</p></nav>',
      );
      expect(await page.evaluate(PAGE_AUDIT)).toEqual([
        'not one h1',
        'not one main',
        'no language',
        'no title',
        'a field without a label: <input id="a">',
        'a control without a name: <a href="#" id="a"></a>',
        'a picture without words: <svg></svg>',
        'a landmark without a name: <nav><p style="color:#999">pale</p></nav>',
        'an id twice: a',
        'an id twice: a',
        'contrast 2.85: <p style="color:#999">pale</p>',
      ]);
    });

    it.each(['light', 'dark'] as const)('can be read and heard, in %s colours', async (colorScheme) => {
      const page = await openPage({ colorScheme });
      for (const path of PAGES) {
        await page.goto(path);
        await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
        expect([path, await page.evaluate(PAGE_AUDIT)]).toEqual([path, []]);
      }
      const outside = await openPage({ colorScheme }, { signedIn: false });
      await outside.goto('/signin');
      expect(await outside.evaluate(PAGE_AUDIT)).toEqual([]);
    });

    it('follows the colours of the system, until somebody chooses others', async () => {
      const page = await openPage({ colorScheme: 'dark' });
      const background = `(() => { const ink = document.createElement('canvas').getContext('2d'); ink.fillStyle = getComputedStyle(document.body).backgroundColor; ink.fillRect(0, 0, 1, 1); return ink.getImageData(0, 0, 1, 1).data[0]; })()`;
      await page.goto('/tickets/1001');
      expect(await page.evaluate(background)).toBeLessThan(60);
      await page.getByLabel('Your answer to').fill('half written');
      await page.locator('.td-menu > summary').click();
      const saved = page.waitForResponse('**/theme');
      await page.getByRole('button', { name: 'Light' }).click();
      await saved;
      expect(await page.evaluate(background)).toBeGreaterThan(200);
      expect(await page.getByLabel('Your answer to').inputValue()).toBe('half written');
      await page.goto('/');
      expect(await page.evaluate(background)).toBeGreaterThan(200);
    });

    it('works without a script: sign in, filter, answer, change, hand off, other colours', async () => {
      const page = await openPage({ javaScriptEnabled: false }, { signedIn: false });
      await page.goto('/signin');
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Dev Patel' }).click();
      await page.getByText('Filter', { exact: true }).click();
      await page.getByLabel('Queue', { exact: true }).selectOption('technical');
      await page.getByRole('button', { name: 'Show' }).click();
      await page.getByRole('link', { name: 'API down for all our shops' }).click();
      await page.getByLabel('Your answer to').fill('The certificate ran out; a new one is there.');
      await page.getByRole('button', { name: 'Send reply' }).click();
      await page.getByText('Your answer is recorded and on its way.').waitFor();
      await page.getByLabel('Status', { exact: true }).selectOption('pending');
      await page.getByRole('button', { name: 'Save changes' }).click();
      expect(await page.locator('.td-ticket-facts').innerText()).toContain('Pending');
      await page.locator('#hand-off > summary').click();
      await page.getByLabel('To the queue').selectOption('billing');
      await page.getByRole('button', { name: 'Hand off' }).click();
      await page.getByText('The ticket is handed off.').waitFor();
      await page.locator('.td-menu > summary').click();
      await page.getByRole('button', { name: 'Dark' }).click();
      expect(await page.locator('html').getAttribute('data-bs-theme')).toBe('dark');
    });
  });
});

async function aContext(options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await world.browser.newContext({ viewport: DESKTOP, baseURL: world.server.address, ...options });
  context.setDefaultTimeout(15_000);
  if (options.javaScriptEnabled !== false) {
    await context.clock.install({ time: NOW.subtract({ seconds: 1 }).epochMilliseconds });
    await context.clock.pauseAt(NOW.epochMilliseconds);
  }
  return context;
}

/** A page of Ana's, in the context that all share unless other options are asked for. */
async function openPage(options?: BrowserContextOptions, { signedIn = true } = {}): Promise<Page> {
  if (options === undefined) return world.shared.newPage();
  const context = await aContext(options);
  if (signedIn) await context.addCookies(await world.shared.cookies());
  return context.newPage();
}

async function openTicket(subject: string): Promise<Page> {
  const page = await openPage();
  await page.goto(`/tickets/${(await ticketCalled(subject)).number}`);
  return page;
}

function subjects(page: Page): Promise<string[]> {
  return page.locator('.td-subject').allInnerTexts();
}

async function ticketCalled(subject: string): Promise<Ticket> {
  const rows = await world.database.connection.queries.select({ ticket: tickets.ticket }).from(tickets);
  const found = rows.find(({ ticket }) => ticket.subject === subject);
  if (found === undefined) throw new Error(`no ticket called ${subject}`);
  return found.ticket;
}

/** A request over the form, made a ticket. Returns its number. */
async function post(
  name: string,
  subject: string,
  message: string,
  more: Record<string, string> = {},
): Promise<number> {
  const fields = { name, email: 'somebody@example.com', subject, message, ...more };
  const id = await postForm(world.database.connection, fields, { receivedAt: world.desk.clock.now() });
  await world.desk.pipeline.drainInbox();
  const [row] = await world.database.connection.queries
    .select({ number: tickets.number })
    .from(inbox)
    .innerJoin(tickets, eq(tickets.key, inbox.ticketKey))
    .where(eq(inbox.id, id));
  if (row === undefined) throw new Error('no ticket came of it');
  return row.number;
}

async function someRequests(): Promise<void> {
  await post('Ravi', 'API down for all our shops', 'Every call answers 503.');
  await post('Diego', 'Payment failed twice', 'My payment failed twice.\n\n  I was charged.', { order: 'A-77' });
  await post('Greta', 'Cannot log in', 'I cannot log in.');
  await post('Maria', 'Invoice for October', 'Please send the invoice again.');
  await post('Clara', 'Hello', 'Please call me.');
}

/** Tickets with hostile words in every field that somebody from outside can fill, and some that only a base can. */
async function hostileTickets(): Promise<number[]> {
  const { queries } = world.database.connection;
  const numbers: number[] = [];
  for (const hostile of [HOSTILE.slice(0, 4), HOSTILE.slice(4, 7), HOSTILE.slice(7)].map((each) => each.join(' '))) {
    const number = await post(hostile, hostile, `payment failed ${hostile}`, { [hostile]: hostile });
    numbers.push(number);
    const [row] = await queries.select({ ticket: tickets.ticket }).from(tickets).where(eq(tickets.number, number));
    if (row === undefined) throw new Error('no ticket');
    const { ticket } = row;
    await world.desk.pipeline.note(ticket.key, { by: hostile, text: hostile });
    await world.desk.pipeline.reply(ticket.key, { by: hostile, text: hostile });
    const requester = { ...ticket.requester, email: hostile, account: { [hostile]: hostile } };
    const held = {
      ...ticket,
      requester,
      tags: [hostile],
      queue: hostile,
      assignee: hostile,
      category: hostile,
      why: hostile,
      channel: hostile,
    };
    await queries
      .update(tickets)
      .set({ ticket: held, rowProblem: { code: 'x', message: hostile, fix: hostile } })
      .where(eq(tickets.number, number));
    const attachments = [
      { name: hostile, contentType: hostile, size: 7, url: 'javascript:alert(1)' },
      { name: hostile, contentType: hostile, size: 7, url: `https://files.example/${hostile}` },
    ];
    await queries.update(messages).set({ attachments }).where(eq(messages.ticketKey, ticket.key));
    const problem = { code: 'x', message: hostile, fix: hostile };
    await queries
      .update(outbox)
      .set({ state: 'dead', problem, subject: hostile, text: hostile, recipient: hostile })
      .where(eq(outbox.ticketKey, ticket.key));
    await queries.insert(inbox).values({
      id: `hostile-${number}`,
      channel: hostile,
      deliveryId: `hostile-${number}`,
      receivedAt: NOW,
      headers: { 'content-type': hostile },
      body: Buffer.from(hostile),
      state: 'lost',
      problem,
    });
  }
  return numbers;
}
