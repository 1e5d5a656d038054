import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { inbox, marks, outbox, tickets } from '../../src/db/schema.ts';
import type { CallState } from '../../src/sync/base-watch.ts';
import { at } from '../support/builders.ts';
import { aConsoleDesk } from '../support/console-desk.ts';
import { consoleParts, serveConsole } from '../support/console-server.ts';
import { aVisitor } from '../support/console-visitor.ts';
import { aQuietBase } from '../support/quiet-base.ts';

const { world, somebody, theTicket } = aConsoleDesk();

describe('the desk’s health', () => {
  it('sends a message again that was given up', async () => {
    const { queries } = world.database.connection;
    const ticket = await theTicket();
    await queries.insert(outbox).values({
      key: 'dead-1',
      ticketKey: ticket.key,
      kind: 'message',
      recipient: 'greta@example.com',
      subject: 'We have your request',
      text: 'Hello',
      template: 'received',
      state: 'dead',
      nextAt: world.desk.clock.now(),
      createdAt: world.desk.clock.now(),
      problem: { code: 'email.rejected', message: 'The server refused <it>.', fix: 'Correct the address.' },
    });
    const visitor = await somebody();
    expect((await visitor.get('/health')).text).toContain('The server refused &#60;it&#62;. Correct the address.');
    const { location } = await visitor.post('/outbox/retry', { key: 'dead-1', next: '/health#dead' });
    expect(location).toBe('/health?done=outbox_retried#dead');
    const [row] = await queries.select({ state: outbox.state }).from(outbox).where(eq(outbox.key, 'dead-1'));
    expect(row?.state).toBe('waiting');
  });

  it('writes again the rows that the base refused', async () => {
    const { queries } = world.database.connection;
    const ticket = await theTicket();
    const problem = { code: 'airtable.base-full', message: 'The base is <full>.', fix: 'Make room.' };
    await queries.update(tickets).set({ rowProblem: problem }).where(eq(tickets.key, ticket.key));
    const visitor = await somebody();
    expect((await visitor.get('/health')).text).toContain('The base is &#60;full&#62;. Make room.');
    const { location } = await visitor.post('/base/write-refused');
    expect(location).toBe('/health?done=rows_retried#machine');
    const [row] = await queries.select().from(tickets).where(eq(tickets.key, ticket.key));
    expect(row?.dirtySince).toEqual(world.desk.clock.now());
    await queries.update(tickets).set({ rowProblem: null }).where(eq(tickets.key, ticket.key));
  });

  it('sends a message that had no way to be sent, once there is one', async () => {
    const { queries } = world.database.connection;
    const ticket = await theTicket();
    await queries.insert(outbox).values({
      key: 'not-sent-1',
      ticketKey: ticket.key,
      kind: 'message',
      recipient: 'greta@example.com',
      subject: 'We have your request',
      text: 'Hello',
      template: 'received',
      state: 'not_sent',
      nextAt: world.desk.clock.now(),
      createdAt: world.desk.clock.now(),
      problem: { code: 'mail.not-configured', message: 'not sent: no SMTP_URL', fix: 'Set it and start again.' },
    });
    const visitor = await somebody();
    const { text } = await visitor.get('/tickets/1042');
    expect(text).toContain('Not sent: no SMTP_URL. Set it and start again.');
    expect(text).toContain('Send it now');
    const { location } = await visitor.post('/outbox/retry', { key: 'not-sent-1', next: '/tickets/1042' });
    expect(location).toBe('/tickets/1042?done=outbox_retried#outgoing');
    const [row] = await queries.select({ state: outbox.state }).from(outbox).where(eq(outbox.key, 'not-sent-1'));
    expect(row?.state).toBe('waiting');
  });

  it('shows what was lost, hands it out byte for byte, and makes a ticket of it', async () => {
    const { queries } = world.database.connection;
    const body = Buffer.from([0x3c, 0x62, 0x3e, 0xff, 0x00, 0x0a]);
    await queries.insert(inbox).values({
      id: 'lost-1',
      channel: 'website',
      deliveryId: 'lost-1',
      receivedAt: world.desk.clock.now(),
      headers: { 'content-type': 'text/plain' },
      body,
      state: 'lost',
      problem: { code: 'form.unreadable', message: 'Nobody can read it.', fix: 'Look for yourself.' },
    });
    const visitor = await somebody();
    const { text } = await visitor.get('/health');
    expect(text).toContain('Nobody can read it. Look for yourself.');
    expect(text).toContain('&#60;b&#62;');
    const raw = await fetch(`${world.server.address}/inbox/lost-1/raw`, {
      headers: { cookie: `tabledesk_session=${visitor.cookies.get('tabledesk_session')}` },
    });
    expect(raw.headers.get('content-disposition')).toBe('attachment; filename="request.bin"');
    expect(Buffer.from(await raw.arrayBuffer())).toEqual(body);
    await visitor.post('/inbox/lost-1/insist');
    const [row] = await queries
      .select({ state: inbox.state, insisted: inbox.insisted })
      .from(inbox)
      .where(eq(inbox.id, 'lost-1'));
    expect(row).toEqual({ state: 'waiting', insisted: true });
  });

  it('says why the base is left alone, and until when', async () => {
    const { queries } = world.database.connection;
    const until = world.desk.clock.now().add({ hours: 1 });
    const problem = { code: 'airtable.month-spent', message: 'The month is spent.', fix: 'Wait, or change the plan.' };
    expect((await (await somebody()).get('/health')).text).not.toContain('id="base"');
    await queries.insert(marks).values({ name: 'rest:pull', value: { failures: 1, until: until.toString(), problem } });
    const { text } = await (await somebody()).get('/health');
    await queries.delete(marks);
    expect(text).toContain('The month is spent. Wait, or change the plan. It is tried again at');
    expect(text).toContain(`datetime="${until.toString()}"`);
  });

  it('says which columns of the base may not be written, and how many rows are behind in them', async () => {
    const { connection } = world.database;
    const locked = [{ name: 'why', message: 'The column "Why" is locked.', fix: 'Open it.', isToBeTried: false }];
    const { status } = consoleParts(connection, world.desk);
    const base = aQuietBase({ locked: () => locked });
    const server = await serveConsole(connection, world.desk, { status: { ...status, base } });
    await connection.queries
      .update(tickets)
      .set({ withheld: ['why'] })
      .where(eq(tickets.number, 1042));
    const visitor = aVisitor(server.address);
    await visitor.signIn('Ana');
    const { text } = await visitor.get('/health');
    await connection.queries.update(tickets).set({ withheld: [] });
    await server.close();
    expect(text).toContain('The column &#34;Why&#34; is locked. Open it.');
    expect(text).toContain('1 row is behind in what may not be written.');
    expect(text).toContain('href="#base"');
  });

  const agreed: CallState = {
    hasAddress: true,
    agreement: { until: null },
    calledAt: null,
    missedAt: null,
    problem: null,
    byHand: null,
  };
  const byHand = {
    address: 'https://desk.example/stores/notion/news',
    steps: { enter: 'Enter it in the base.', paste: 'Paste it in the base.' },
    openUntil: null,
    secret: null,
  };
  it.each<[string, CallState | null, string | null]>([
    ['of a base that calls nobody', null, null],
    [
      'without an address',
      { ...agreed, hasAddress: false },
      'embedded does not call when something changes: PUBLIC_URL is',
    ],
    [
      'that was refused',
      { ...agreed, problem: { code: 'x', message: 'No webhook for us.', fix: 'Give it the scope.' } },
      'embedded does not call when something changes. No webhook for us. Give it the scope.',
    ],
    ['that is new', { ...agreed, agreement: null }, 'embedded is about to be asked to call'],
    [
      'that a person has to set up',
      { ...agreed, agreement: null, byHand },
      'embedded does not call when something changes: <a href="#calls">set that up</a>.',
    ],
    ['that agreed', agreed, 'embedded has agreed to call; no call has come through yet.'],
    [
      'that calls',
      { ...agreed, agreement: { until: at('2026-11-27T10:00:00Z') }, calledAt: at('2026-11-20T09:00:00Z') },
      'embedded calls when something changes (renewed until ',
    ],
    [
      'that missed one',
      { ...agreed, calledAt: at('2026-11-20T09:00:00Z'), missedAt: at('2026-11-20T09:30:00Z') },
      'did not come, so it is asked as often as ever.',
    ],
  ])('says how the calls stand %s', async (_, calls, words) => {
    const { connection } = world.database;
    const { status } = consoleParts(connection, world.desk);
    const base = aQuietBase({ calls: async () => calls });
    const server = await serveConsole(connection, world.desk, { status: { ...status, base } });
    const visitor = aVisitor(server.address);
    await visitor.signIn('Ana');
    const { text } = await visitor.get('/health');
    await server.close();
    if (words === null) expect(text).not.toContain('something changes');
    else expect(text).toContain(words);
  });

  /** The page Health of a desk whose base a person asks to call, and how often that was begun. */
  async function healthOf(calls: CallState | null) {
    const { connection } = world.database;
    const { status } = consoleParts(connection, world.desk);
    const opened: string[] = [];
    const base = aQuietBase({ calls: async () => calls, openCalls: async () => void opened.push('opened') });
    const server = await serveConsole(connection, world.desk, { status: { ...status, base } });
    return { opened, visitor: aVisitor(server.address), close: () => server.close() };
  }

  it.each<[string, CallState | null, string[], string[]]>([
    ['nobody has to ask', agreed, [], ['id="calls"']],
    [
      'was not asked yet',
      { ...agreed, agreement: null, byHand },
      ['>\n        Set the calls up\n'],
      ['Paste it in', byHand.address],
    ],
    [
      'is waited for',
      {
        ...agreed,
        agreement: null,
        byHand: { ...byHand, openUntil: at('2026-11-20T11:00:00Z'), secret: 'secret_old' },
      },
      ['Enter it in the base.', `value="${byHand.address}"`, 'datetime="2026-11-20T11:00:00Z"'],
      ['secret_old', 'Set the calls up'],
    ],
    [
      'has brought its secret',
      { ...agreed, byHand: { ...byHand, secret: 'secret_"new"' } },
      ['Paste it in the base.', 'value="secret_&#34;new&#34;"', 'Set the calls up anew'],
      [byHand.address],
    ],
    [
      'calls',
      { ...agreed, calledAt: at('2026-11-20T09:00:00Z'), byHand },
      ['Set the calls up anew'],
      ['Paste it in the base.', byHand.address],
    ],
  ])('shows what to enter in a base that %s', async (_, calls, shown, hidden) => {
    const { visitor, close } = await healthOf(calls);
    await visitor.signIn('Ana');
    const { text } = await visitor.get('/health');
    await close();
    for (const words of shown) expect(text).toContain(words);
    for (const words of hidden) expect(text).not.toContain(words);
  });

  it('waits for the secret of a base when somebody who is signed in wants it, and shows nothing to others', async () => {
    const { opened, visitor, close } = await healthOf({ ...agreed, byHand: { ...byHand, secret: 'secret_new' } });
    const before = await visitor.get('/health');
    expect([before.status, before.text.includes('secret_new')]).toEqual([303, false]);
    await visitor.postBare('/base/calls');
    expect(opened).toEqual([]);
    await visitor.signIn('Ana');
    await visitor.postBare('/base/calls');
    expect(opened).toEqual([]);
    const { location } = await visitor.post('/base/calls');
    await close();
    expect(opened).toEqual(['opened']);
    expect(location).toBe('/health?done=calls_opened#calls');
  });

  it('tells each lane, the database and the channels', async () => {
    const { text } = await (await somebody()).get('/health');
    expect(text).toContain('href="/channels/website"');
    expect(text).toContain(world.database.connection.place);
    expect(text).toContain('Full pass');
  });
});
