import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { messages, outbox } from '../../src/db/schema.ts';
import { aConsoleDesk } from '../support/console-desk.ts';
import { allDecisions } from '../support/pipeline.ts';

const { world, somebody, theTicket } = aConsoleDesk();

describe('working a ticket', () => {
  it('sends an answer once, however often its form is sent', async () => {
    const visitor = await somebody('Ben');
    const form = { text: 'We are on it.', key: '01JD3G2N000000000000000ABC' };
    await Promise.all([visitor.post('/tickets/1042/reply', form), visitor.post('/tickets/1042/reply', form)]);
    await visitor.post('/tickets/1042/reply', form);
    const written = await world.database.connection.queries
      .select()
      .from(messages)
      .where(eq(messages.text, 'We are on it.'));
    expect(written).toHaveLength(1);
    expect(written[0]).toMatchObject({ authorName: 'Ben', visibility: 'public' });
  });

  it('sends another answer from the same form, after a step back in the browser', async () => {
    const visitor = await somebody('Ben');
    await visitor.post('/tickets/1042/reply', { text: 'One more thing.', key: '01JD3G2N000000000000000ABC' });
    const written = await world.database.connection.queries
      .select()
      .from(messages)
      .where(eq(messages.text, 'One more thing.'));
    expect(written).toHaveLength(1);
  });

  it('writes a note once, and it leaves for nobody (A-057)', async () => {
    const visitor = await somebody('Cy');
    const sent = async (): Promise<number> => (await world.database.connection.queries.select().from(outbox)).length;
    const before = await sent();
    const form = { text: 'Looks like fraud.', key: 'one-form' };
    await Promise.all([visitor.post('/tickets/1042/note', form), visitor.post('/tickets/1042/note', form)]);
    const written = await world.database.connection.queries
      .select()
      .from(messages)
      .where(eq(messages.text, 'Looks like fraud.'));
    expect(written.map((message) => message.visibility)).toEqual(['internal']);
    expect(await sent()).toBe(before);
  });

  it('records a change with the name of who made it (A-036)', async () => {
    const visitor = await somebody('Cy');
    const ticket = await theTicket();
    const answer = await visitor.post('/tickets/1042/edit', { 'was.priority': ticket.priority, priority: 'critical' });
    expect(answer.location).toBe('/tickets/1042?done=changed');
    expect(await theTicket()).toMatchObject({ priority: 'critical', overrides: { priority: { by: 'Cy' } } });
  });

  it('shows both values when somebody else was faster, and saves on a second asking', async () => {
    const visitor = await somebody('Ana');
    const { status, text } = await visitor.post('/tickets/1042/edit', { 'was.priority': 'medium', priority: 'low' });
    expect(status).toBe(409);
    expect(text).toContain('T-1042 changed while you looked at it');
    expect(text).toMatch(/<td>Medium<\/td>\s*<td><strong>Critical<\/strong><\/td>\s*<td>Low<\/td>/);
    expect((await theTicket()).priority).toBe('critical');
    const carried = Object.fromEntries(
      [...text.matchAll(/name="((?:was\.)?priority)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    );
    expect(carried).toEqual({ priority: 'low', 'was.priority': 'critical' });
    await visitor.post('/tickets/1042/edit', carried);
    expect((await theTicket()).priority).toBe('low');
  });

  it('does not take a ticket from somebody whom the page did not show', async () => {
    const ticket = await theTicket();
    const other = ['Ana', 'Ben', 'Cy'].find((name) => name !== ticket.assignee) ?? 'Ana';
    const { status } = await (await somebody(other)).post('/tickets/1042/take', { was: 'Nobody at all' });
    expect(status).toBe(409);
    await (await somebody(other)).post('/tickets/1042/take', { was: ticket.assignee ?? '' });
    expect((await theTicket()).assignee).toBe(other);
  });

  describe('handing it off', () => {
    const form = async (more: Record<string, string>) => ({
      was: (await theTicket()).queue,
      key: '01JD3G2N000000000000000AAA',
      reason: '',
      ...more,
    });

    it('moves it once to the queue that was chosen, with name and reason, however often the form is sent (A-050)', async () => {
      const visitor = await somebody('Ben');
      expect((await visitor.get('/tickets/1042')).text).toContain('<option value="support"');
      const sent = await form({ to: 'support', reason: ' Looks odd. ' });
      const twice = await Promise.all([sent, sent].map((each) => visitor.post('/tickets/1042/hand-off', each)));
      twice.push(await visitor.post('/tickets/1042/hand-off', sent));
      expect(twice.map(({ location }) => location)).toEqual(Array(3).fill('/tickets/1042?done=handed_off'));
      expect(await theTicket()).toMatchObject({
        queue: 'support',
        why: 'Ben handed it from review to support: Looks odd.',
        overrides: { queue: { by: 'Ben' } },
      });
      const trail = (await allDecisions(world.database.connection)).filter(({ stage }) => stage === 'handoff');
      expect(trail.map(({ code, params }) => [code, params['from'], params['to'], params['reason']])).toEqual([
        ['handoff.moved', 'review', 'support', 'Looks odd.'],
      ]);
    });

    it('offers every queue but its own', async () => {
      const { text } = await (await somebody()).get('/tickets/1042');
      const [, offered = ''] = /<select[^>]*id="handoff-to"[^>]*>([^]*?)<\/select>/.exec(text) ?? [];
      expect([...offered.matchAll(/value="([^"]*)"/g)].map(([, value]) => value)).toEqual(['', 'review']);
    });

    it('moves nothing when somebody else moved it meanwhile, and gives the reason back', async () => {
      const visitor = await somebody('Cy');
      const { status, text } = await visitor.post(
        '/tickets/1042/hand-off',
        await form({ was: 'billing', to: 'review', reason: 'For <you>' }),
      );
      expect([status, (await theTicket()).queue]).toEqual([409, 'support']);
      expect(text).toContain('It is in support now');
      expect(text).toContain('For &#60;you&#62;');
    });

    it('says that it could not be, and why', async () => {
      const visitor = await somebody('Cy');
      const answer = await visitor.post('/tickets/1042/hand-off', await form({ to: 'nowhere' }));
      expect(answer.location).toBe('/tickets/1042?done=not_handed_off');
      expect((await visitor.get('/tickets/1042')).text).toContain(
        'Not handed off, because “nowhere” is no queue of this desk. It can be review.',
      );
      // The page is still open: another choice from it is another asking.
      await visitor.post('/tickets/1042/hand-off', await form({ to: 'review' }));
      expect((await theTicket()).queue).toBe('review');
    });

    it('is not offered for a ticket that is resolved', async () => {
      const visitor = await somebody('Cy');
      const { status } = await theTicket();
      await visitor.post('/tickets/1042/edit', { 'was.status': status, status: 'resolved' });
      expect((await visitor.get('/tickets/1042')).text).not.toContain('id="hand-off"');
      await visitor.post('/tickets/1042/edit', { 'was.status': 'resolved', status: 'open' });
      expect((await visitor.get('/tickets/1042')).text).toContain('id="hand-off"');
    });
  });

  it('finds a ticket by whichever way its number is written', async () => {
    const visitor = await somebody();
    expect((await visitor.get('/tickets/T-1042')).location).toBe('/tickets/1042');
    expect((await visitor.get('/?q=t-1042')).location).toBe('/tickets/1042');
    expect((await visitor.get('/tickets/9999999')).status).toBe(404);
    expect((await visitor.get('/tickets/1042x')).status).toBe(404);
  });

  it('opens a ticket that is told on the phone, once (A-015)', async () => {
    const visitor = await somebody('Ana');
    const typed = { key: 'k', name: 'Gunnar', email: '', subject: 'No dial tone', text: 'The phone is dead.' };
    const [first, second] = [await visitor.post('/tickets', typed), await visitor.post('/tickets', typed)];
    expect(first.status).toBe(303);
    expect(second.location).toBe(first.location);
    const page = await visitor.get(first.location ?? '');
    expect(page.text).toContain('The phone is dead.');
  });

  it('says what is missing of a ticket, and keeps what was typed', async () => {
    const visitor = await somebody('Ana');
    const { status, text } = await visitor.post('/tickets', {
      name: 'Gunnar',
      email: 'no address',
      subject: 'S',
      text: 'T',
    });
    expect(status).toBe(422);
    expect(text).toContain('“no address” is no mail address.');
    expect(text).toContain('value="Gunnar"');
  });
});
