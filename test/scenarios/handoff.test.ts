import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ticket } from '../../src/domain/ticket.ts';
import { ticketShape } from '../../src/decide/ticket-shape.ts';
import { messageShape } from '../../src/http/api-shapes.ts';
import { messages } from '../../src/db/schema.ts';
import { aContract, anAgent, aPolicy, aQueue, aRule } from '../support/builders.ts';
import { type ConsoleServer, serveConsole } from '../support/console-server.ts';
import { aVisitor, type Visitor } from '../support/console-visitor.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { everyGap } from '../support/every-gap.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aDesk, aForm, allDecisions, allOutgoing, allTickets, postForm, type TestDesk } from '../support/pipeline.ts';
import { anSlaPolicy, aTarget } from '../decide/sla/clocked-ticket.ts';

/** Said among ourselves, in every place that there is for it. */
const SECRET = 'They never pay';

const POLICY = aPolicy({
  desk: { firstNumber: 1042 },
  agents: ['Ana', 'Ben', 'Cy'].map((name) => anAgent({ name })),
  queues: [
    aQueue({ name: 'billing', members: ['Ana', 'Ben'] }),
    aQueue({ name: 'technical', members: ['Cy'] }),
    aQueue({ name: 'review', members: [], method: 'none', notify: ['lead@desk.example'] }),
  ],
  triage: { rules: [aRule({ category: 'billing' })] },
  routing: {
    rules: [aRule({ queue: 'billing' })],
    defaultQueue: 'billing',
    handoffs: [
      aContract({
        name: 'Billing to technical',
        from: ['billing'],
        to: ['technical'],
        needs: ['severity', 'note'],
        remindMinutes: 60,
        customer: 'handed-over',
      }),
      aContract({ name: 'Help', from: ['technical'], to: ['review'], transfer: 'collaborate' }),
    ],
  },
  sla: {
    policies: [
      anSlaPolicy([aTarget('first_reply', 240, { calendar: null })], {
        promises: [aTarget('first_reply', 480, { calendar: null })],
      }),
    ],
    pausedIn: {},
  },
  intake: { acknowledgement: 'received' },
  replies: {
    received: everyGap('received', 'acknowledgement'),
    reply: everyGap('reply', 'reply'),
    'handed-over': everyGap('handed-over', 'handoff'),
  },
});

/** What all tests of this file share, in the order in which they stand. */
const world = {} as { database: TestDatabase; desk: TestDesk; server: ConsoleServer; ana: Visitor; cy: Visitor };

describe('a hand-off under a contract, from the form to the last letter', () => {
  beforeAll(async () => {
    world.database = await aDatabase('pglite');
    world.desk = aDesk(world.database.connection, { config: aLiveConfig({ policy: POLICY }) });
    world.server = await serveConsole(world.database.connection, world.desk);
    await postForm(world.database.connection, aForm('Greta'));
    await world.desk.pipeline.drainInbox();
    world.ana = aVisitor(world.server.address);
    world.cy = aVisitor(world.server.address);
    await world.ana.signIn('Ana');
    await world.cy.signIn('Cy');
  });
  afterAll(async () => {
    await world.server.close();
    await world.database.drop();
  });

  async function theTicket(): Promise<Ticket> {
    const [ticket] = await allTickets(world.database.connection);
    if (ticket === undefined) throw new Error('no ticket');
    return ticket;
  }

  async function handOff(to: string): Promise<string | null> {
    const { queue } = await theTicket();
    const form = { was: queue, to, reason: `${SECRET}, and it is a bug.`, key: '' };
    return (await world.ana.post('/tickets/1042/hand-off', form)).location;
  }

  async function answer(how: 'accept' | 'reject' | 'take-back', code = ''): Promise<string | null> {
    const { handoff } = await theTicket();
    const form = { instance: String(handoff?.instance), code };
    const { location, status } = await world.cy.post(`/tickets/1042/${how}`, form);
    return location ?? String(status);
  }

  it('says beforehand what the contract asks for, and is held for it (A-051)', async () => {
    const { text } = await world.ana.get('/tickets/1042');
    expect(text).toContain('is asked to accept it. Needs severity, an internal note. The customer is told.');
    expect(await handOff('technical')).toBe('/tickets/1042?done=handoff_held');
    expect((await world.ana.get('/tickets/1042')).text).toContain(
      'Not with technical yet: needs severity and an internal note',
    );
  });

  it('goes on by itself with the last thing that was missing, be it a note (A-051)', async () => {
    const { key, severity } = await theTicket();
    const changes = [{ field: 'severity' as const, from: severity, to: 'high' }];
    await world.desk.pipeline.edit(key, { by: 'Ana', at: world.desk.clock.now(), changes });
    expect((await theTicket()).handoff).toMatchObject({ state: 'held', missing: ['note'] });
    await world.desk.pipeline.note(key, { by: 'Ana', text: SECRET });
    expect(await theTicket()).toMatchObject({ queue: 'billing', assignee: 'Ana', handoff: { state: 'asked' } });
  });

  it('stands in the view of those who are asked, with its number (A-053)', async () => {
    for (const queue of ['', '&queue=billing', '&queue=technical']) {
      const { text } = await world.cy.get(`/?asked=1${queue}`);
      expect(text).toMatch(/<span>Waiting for acceptance<\/span><span class="td-count ?">1<\/span>/);
      expect(text).toContain('For <bdi>technical</bdi>');
    }
    expect((await world.cy.get('/?asked=1&queue=review')).text).not.toContain('For <bdi>technical</bdi>');
  });

  it('can be rejected and asked for anew; an old page answers nothing any more (A-053)', async () => {
    const { handoff } = await theTicket();
    expect(await answer('reject', 'not_ours')).toBe('/tickets/1042?done=handoff_rejected');
    expect(await theTicket()).toMatchObject({ queue: 'billing', handoff: { state: 'rejected', code: 'not_ours' } });
    expect(await handOff('technical')).toBe('/tickets/1042?done=handoff_asked');
    const old = await world.cy.post('/tickets/1042/accept', { instance: String(handoff?.instance) });
    expect([old.status, (await theTicket()).handoff?.state]).toEqual([409, 'asked']);
  });

  it('is reminded of and comes back when nobody answers, without anybody looking (A-053)', async () => {
    world.desk.clock.forward({ minutes: 60 });
    await world.desk.pipeline.wakeDue();
    world.desk.clock.forward({ minutes: 180 });
    await world.desk.pipeline.wakeDue();
    expect(await theTicket()).toMatchObject({ queue: 'billing', handoff: { state: 'returned', code: 'no_answer' } });
    const notices = (await allOutgoing(world.database.connection)).filter(({ kind }) => kind === 'notify');
    const ofSecond = notices
      .filter(({ key }) => key.split(':')[2] === '2')
      .map(({ template, recipient }) => [template, recipient]);
    expect(ofSecond).toEqual(
      ['handoff_asked', 'handoff_reminder', 'handoff_returned'].flatMap((template) =>
        (template === 'handoff_asked' ? ['cy'] : ['ana', 'cy']).map((name) => [template, `${name}@desk.example`]),
      ),
    );
  });

  it('is accepted in the end, and one letter goes out (A-053, A-055)', async () => {
    await handOff('technical');
    expect(await answer('accept')).toBe('/tickets/1042?done=handoff_accepted');
    expect(await answer('accept')).toBe('409');
    expect(await theTicket()).toMatchObject({ queue: 'technical', assignee: 'Cy', handoff: { instance: 3 } });
    const letters = (await allOutgoing(world.database.connection)).filter(({ template }) => template === 'handed-over');
    expect(letters.map(({ recipient }) => recipient)).toEqual(['greta@example.com']);
    expect(letters[0]?.text).toContain('technical');
  });

  it('shows the new owner what was tried, why, and where it stopped (A-050, A-056)', async () => {
    const { text } = await world.cy.get('/tickets/1042');
    const [, trail = ''] = /<ol class="td-trail"[^>]*>([^]*?)<\/ol>/.exec(text) ?? [];
    const steps = [...trail.matchAll(/<span dir="auto">([^<]*)<\/span>/g)].map(
      ([, said = '']) => said.split(',')[0]?.split(':')[0],
    );
    expect(steps).toEqual([
      'Not with technical yet',
      'Not with technical yet',
      'Ana asks technical to take it from billing',
      'Cy rejected it for technical (not ours); it stays with Ana.',
      'Ana asks technical to take it from billing',
      'technical gave no answer in 240 minutes; it stays with Ana.',
      'Ana asks technical to take it from billing',
      'Cy accepted it; Ana handed it from billing to technical',
    ]);
    expect(text).toContain(SECRET);
    expect(text).toContain('Promised to the requester');
  });

  it('tells whoever gave it away of the first answer, and of no other (A-054)', async () => {
    const { key } = await theTicket();
    for (const text of ['We look into it.', 'Still looking.']) {
      world.desk.clock.forward({ minutes: 5 });
      await world.desk.pipeline.reply(key, { by: 'Cy', text });
    }
    const news = (await allOutgoing(world.database.connection)).filter(({ template }) => template === 'handoff_update');
    expect(news.map(({ recipient }) => recipient)).toEqual(['ana@desk.example']);
    expect((await theTicket()).assignee).toBe('Cy');
  });

  it('can ask for help instead, which leaves owner and clocks alone (A-052)', async () => {
    const before = await theTicket();
    expect(await handOff('review')).toBe('/tickets/1042?done=handoff_helps');
    const { assignee, queue, clocks, collaborators } = await theTicket();
    expect({ assignee, queue, clocks, collaborators }).toEqual({
      assignee: 'Cy',
      queue: 'technical',
      clocks: before.clocks,
      collaborators: ['review'],
    });
    expect((await world.cy.post('/tickets/1042/end-help', { queue: 'review' })).location).toBe(
      '/tickets/1042?done=changed',
    );
    expect((await theTicket()).collaborators).toEqual([]);
  });

  it('lets nothing that was said among ourselves reach the requester (A-057)', async () => {
    const { key } = await theTicket();
    await world.desk.pipeline.edit(key, {
      by: 'Ana',
      at: world.desk.clock.now(),
      changes: [{ field: 'status', from: 'open', to: 'resolved' }],
    });
    await world.desk.pipeline.note(key, { by: 'Cy', text: SECRET, comment: { id: 'c1', at: world.desk.clock.now() } });
    const outgoing = await allOutgoing(world.database.connection);
    const letters = outgoing.filter(({ kind }) => kind === 'message');
    expect(new Set(letters.map(({ template }) => template))).toEqual(new Set(['received', 'reply', 'handed-over']));
    expect(letters.filter(({ recipient }) => recipient !== 'greta@example.com')).toEqual([]);
    expect(letters.filter(({ subject, text }) => `${subject}${text}`.includes(SECRET))).toEqual([]);
    // The team's own notices quote the reason of a hand-off, and never a note.
    const notes = (await world.database.connection.queries.select().from(messages)).filter(
      ({ text }) => text === SECRET,
    );
    expect(notes.map(({ visibility }) => visibility)).toEqual(['internal', 'internal']);
    const notices = outgoing.filter(({ kind, text }) => kind === 'notify' && text.split('\n').includes(SECRET));
    expect([notices, outgoing.filter(({ recipient }) => recipient === 'greta@example.com').length]).toEqual([
      [],
      letters.length,
    ]);
  });

  it('marks notes as internal for those who read them by the API, and lists none with the tickets (A-057)', async () => {
    expect(JSON.stringify(ticketShape(await theTicket()))).not.toContain(`"${SECRET}"`);
    const all = await world.database.connection.queries.select().from(messages);
    const shown = all.map((message) => messageShape({ ...message, attachments: [] }, []));
    expect(shown.filter(({ text, visibility }) => text.includes(SECRET) && visibility !== 'internal')).toEqual([]);
    const told = (await allDecisions(world.database.connection)).filter(({ stage }) => stage === 'handoff');
    expect(told.every(({ params }) => 'instance' in params || 'why' in params)).toBe(true);
  });
});
