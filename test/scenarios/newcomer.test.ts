import { afterEach, describe, expect, it } from 'vitest';
import { outbox } from '../../src/db/schema.ts';
import { at } from '../support/builders.ts';
import { aMailServer } from '../support/mail-server.ts';
import { aRunningDesk, type RunningDesk, type RunningDeskGiven } from '../support/running-desk.ts';

/** A Wednesday at ten: Ana is on her morning shift, and the office is open until six. */
const WEDNESDAY = at('2026-11-18T10:00:00Z');

const REQUEST = {
  name: 'Greta Holm',
  email: 'greta@example.com',
  subject: 'Payment failed twice',
  message: 'Payment failed twice, my card was charged.',
};

interface Decision {
  sentence: string;
  field: string | null;
  to: unknown;
}

describe('somebody who has just started it', () => {
  const open: { remove(): unknown }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.remove();
  });

  async function aDesk(given: RunningDeskGiven = {}): Promise<RunningDesk> {
    const desk = await aRunningDesk({ now: () => WEDNESDAY, ...given });
    open.push(desk);
    return desk;
  }

  it('fills in the form, is shown a number, and finds the ticket triaged, owned and timed (A-003, A-034, A-048)', async () => {
    const desk = await aDesk({ data: 'empty' });
    const form = await (await fetch(`${desk.address}/forms/website`)).text();
    expect(form).toContain('action="/hooks/website"');
    expect(form).toContain('name="message"');

    const posted = await fetch(`${desk.address}/hooks/website`, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: new URLSearchParams(REQUEST),
      redirect: 'manual',
    });
    expect(posted.status).toBe(303);
    const page = await fetch(`${desk.address}${posted.headers.get('location')}`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('T-1001');

    const ticket = await desk.api<Record<string, unknown>>('/api/tickets/T-1001');
    expect(ticket).toMatchObject({
      subject: 'Payment failed twice',
      requester: { name: 'Greta Holm', email: 'greta@example.com' },
      channel: 'website',
      category: 'billing',
      priority: 'high',
      queue: 'billing',
      assignee: 'Ana Torres',
      owner: 'Ana Torres',
      // Two open hours for the first answer; nine to the solution, of which eight are left today.
      firstResponseDueAt: '2026-11-18T12:00:00Z',
      resolutionDueAt: '2026-11-19T10:00:00Z',
      slaState: 'on_track',
      messages: [{ author: 'customer', text: 'Payment failed twice, my card was charged.' }],
    });
    expect(String(ticket['why'])).toMatch(/^.{20,200}$/);

    const { decisions } = await desk.api<{ decisions: Decision[] }>('/api/tickets/T-1001/decisions');
    expect(decisions.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['category', 'priority', 'queue', 'assignee']),
    );
    for (const { sentence } of decisions) expect(sentence).toMatch(/^.{10,200}$/);
  });

  it('finds the acknowledgement in the outbox, not sent, with the reason', async () => {
    const desk = await aDesk();
    expect(await desk.post(REQUEST)).toBe(202);
    await desk.ticketAbout(REQUEST.subject);
    await desk.settled();
    const sent = await desk.afterwards(({ queries }) => queries.select().from(outbox));
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      kind: 'message',
      template: 'acknowledgement',
      recipient: 'greta@example.com',
      subject: 'We have your request: Payment failed twice [T-1001]',
      state: 'not_sent',
      problem: { code: 'outbox.not-configured', message: 'not sent: no SMTP_URL' },
    });
  });

  it('gets the acknowledgement once when there is a mail server, also after a second start', async () => {
    const server = await aMailServer();
    open.push({ remove: server.close });
    const desk = await aDesk({ variables: { SMTP_URL: server.url, MAIL_FROM: 'Help desk <help@example.com>' } });
    await desk.post(REQUEST);
    await desk.ticketAbout(REQUEST.subject);
    await desk.settled();
    const again = await desk.startAgain();
    open.push(again);
    await again.settled();
    const sent = await again.afterwards(({ queries }) => queries.select().from(outbox));
    expect(sent.map(({ state, attempts }) => ({ state, attempts }))).toEqual([{ state: 'sent', attempts: 1 }]);
    const [mail, ...others] = server.arrived;
    expect(others).toEqual([]);
    expect(mail?.to).toBe('greta@example.com');
    expect(mail?.text).toMatch(/^To: greta@example\.com$/m);
    expect(mail?.text).toMatch(/^Subject: We have your request: Payment failed twice \[T-1001\]$/m);
    expect(mail?.text.replaceAll('=\r\n', '')).toContain('Your request has arrived as T-1001');
  });
});
