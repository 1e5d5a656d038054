import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { draftText } from '../../src/config/drafts.ts';
import { PURPOSE_FIELDS, type Purpose } from '../../src/config/replies.ts';
import { events, messages, outbox } from '../../src/db/schema.ts';
import type { FieldChange } from '../../src/domain/occasion.ts';
import { NOTICE_KINDS } from '../../src/domain/effect.ts';
import type { FieldValue, Ticket, TicketField } from '../../src/domain/ticket.ts';
import { EVENT_TYPES } from '../../src/domain/ticket-event.ts';
import { createPageLinks } from '../../src/kit/page-links.ts';
import { anSlaPolicy, aTarget } from '../decide/sla/clocked-ticket.ts';
import { aDefinition } from '../decide/escalation/escalated-case.ts';
import { ALWAYS, aContract, anAgent, anArticle, aPolicy, aQueue, aRule, waysForAll } from '../support/builders.ts';
import { findingsOf } from '../support/config.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { everyGap } from '../support/every-gap.ts';
import { aServer, type TestServer } from '../support/http-server.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aSubscription } from '../support/subscriptions.ts';
import { aDesk, allDecisions, allOutgoing, allTickets, postForm, type TestDesk } from '../support/pipeline.ts';

/** Stands in every note, and nowhere else. */
const CANARY = 'canary-7f3a';

/** As the config names whoever is told: people of the desk, and the address of a customer among them. */
const TOLD = ['lead@desk.example', 'greta@example.com'];

const PURPOSES = Object.keys(PURPOSE_FIELDS) as readonly Purpose[];

function about(subject: string) {
  return { kind: 'is' as const, field: 'subject' as const, values: [subject.toLowerCase()] };
}

/** A desk that sends everything that can be sent, by templates that are named for what they are for. */
const POLICY = aPolicy({
  agents: ['Ana', 'Ben'].map((name) => anAgent({ name })),
  queues: [
    aQueue({ members: ['Ana'], giveBackMinutes: 300, notify: TOLD }),
    aQueue({ name: 'technical', members: ['Ben'], notify: ['Ben', ...TOLD] }),
    aQueue({ name: 'review', members: [], method: 'none', notify: TOLD }),
  ],
  triage: {
    rules: [
      aRule({ category: 'account' }, { when: about('Password') }),
      aRule({ category: 'technical' }, { when: about('Locked') }),
      aRule({ category: 'billing' }),
    ],
    selfService: {
      account: { template: 'selfService', steps: [], withArticle: null, urgent: false },
      technical: { template: 'articleAnswer', steps: [], withArticle: 0.1, urgent: false },
    },
  },
  routing: {
    rules: [aRule({ skills: ['unicorns'] }, { when: about('Stranded') })],
    handoffs: [aContract({ needs: ['note'], answerMinutes: 120, remindMinutes: 60, customer: 'handoff' })],
  },
  sla: {
    policies: [
      anSlaPolicy([aTarget('first_reply', 60, { calendar: null })], {
        promises: [aTarget('first_reply', 120, { calendar: null })],
      }),
    ],
  },
  escalation: {
    definitions: [
      aDefinition({
        when: { kind: 'is', field: 'priority', values: ['critical'] },
        who: ['owner', 'queue', ...TOLD],
        by: ['email', 'team', 'alone'],
        customer: 'escalation',
        until: ['by_hand'],
      }),
    ],
  },
  incidents: {
    windowMinutes: 60,
    similarity: 1,
    reports: 9,
    when: ALWAYS,
    notify: TOLD,
    template: 'incident',
    resolvedTemplate: 'incident',
  },
  intake: {
    acknowledgement: 'acknowledgement',
    acknowledgementsPerDay: 99,
    lettersPerDay: 99,
    breaker: { messages: 3, withinMinutes: 5 },
    clarify: [
      {
        name: 'Which product',
        why: 'Each has a team.',
        owner: 'lead',
        place: 'intake.yaml:1',
        when: about('Question'),
        ask: [{ field: 'product', question: 'Which product?', choices: [], rememberMinutes: null }],
        template: 'clarification',
        remindAfterMinutes: 60,
        giveUpAfterMinutes: 600,
        calendar: null,
      },
    ],
  },
  followUp: {
    silence: { statuses: ['pending'], calendar: null, remindMinutes: 60, resolveMinutes: 600, reminder: 'reminder' },
    summary: {
      wait: { minutes: 0, calendar: null },
      template: 'summary',
      advice: { billing: 'Keep a second card.' },
      afterSilence: true,
    },
    checkIns: [
      {
        name: 'Soon',
        why: 'It is risky.',
        owner: 'lead',
        place: 'follow-up.yaml:1',
        when: ALWAYS,
        since: 'answered',
        wait: { minutes: 30, calendar: null },
        template: 'checkIn',
      },
    ],
    closing: { minutes: 60, calendar: null },
    survey: { share: 1, pauseDays: 1, template: 'survey', when: ALWAYS, place: 'follow-up.yaml:2' },
  },
  notices: {
    ways: {
      team: { kind: 'chat', isRoom: true, findsByAddress: true },
      alone: { kind: 'chat', isRoom: false, findsByAddress: true },
    },
    by: waysForAll(['email', 'team', 'alone']),
  },
  replies: Object.fromEntries(PURPOSES.map((purpose) => [purpose, everyGap(purpose, purpose)])),
  offers: {
    drafts: PURPOSES.map((reply) => ({ reply, title: reply, why: null, when: ALWAYS, place: `replies/${reply}.md` })),
    articles: [anArticle({ name: 'locked', title: 'Locked', body: 'Wait for an hour.', approved: true })],
  },
});

/** A system that is told as much as any can be. */
const FOLLOWS_ALL = aSubscription({ messages: true });

/** As much of an event as this test looks at. */
const Told = z.object({
  data: z.object({ changes: z.array(z.object({ field: z.string(), to: z.unknown(), why: z.string() })) }),
});

/** What all tests of this file share, in the order in which they stand. */
const world = {} as { database: TestDatabase; desk: TestDesk; server: TestServer; sent: Map<string, Outgoing> };

type Outgoing = Awaited<ReturnType<typeof allOutgoing>>[number];

describe('an internal note', () => {
  const pages = createPageLinks({ secret: 'of the tests', publicAddress: 'https://help.example' });

  beforeAll(async () => {
    world.database = await aDatabase('pglite');
    world.sent = new Map();
    world.desk = aDesk(world.database.connection, {
      config: aLiveConfig({ policy: POLICY, subscriptions: [FOLLOWS_ALL] }),
      pages,
    });
    const { clock, pipeline } = world.desk;
    world.server = await aServer(world.database.connection, { now: clock.now, pages, rate: pipeline.rate });
  });
  afterAll(async () => {
    await world.server.close();
    await world.database.drop();
  });

  async function newest(): Promise<Ticket> {
    const ticket = (await allTickets(world.database.connection)).at(-1);
    if (ticket === undefined) throw new Error('no ticket');
    return ticket;
  }

  async function write(subject: string, minutes = 20): Promise<void> {
    const { clock, pipeline } = world.desk;
    clock.forward({ minutes });
    const form = { name: 'Greta', email: 'greta@example.com', subject, message: `All about ${subject}.` };
    await postForm(world.database.connection, form, { receivedAt: clock.now() });
    await pipeline.drainInbox();
  }

  /** A ticket with notes: one from the console, and a comment beside its row. */
  async function noted(subject: string): Promise<Ticket> {
    const { clock, pipeline } = world.desk;
    await write(subject);
    const { key } = await newest();
    await pipeline.note(key, { by: 'Ben', text: `Do not tell her: ${CANARY}.` });
    const comment = { id: `comment on ${key}`, at: clock.now() };
    await pipeline.note(key, { by: 'Ben', text: `Nor this: ${CANARY}.`, comment });
    return newest();
  }

  async function pass(minutes: number): Promise<void> {
    world.desk.clock.forward({ minutes });
    await world.desk.pipeline.wakeDue();
    await leave();
  }

  /** What goes out now; some of it would be taken back if it lay here longer. */
  async function leave(): Promise<void> {
    for (const row of await allOutgoing(world.database.connection)) world.sent.set(row.key, row);
  }

  async function edit(key: string, changes: Partial<Record<TicketField, FieldValue>>, by = 'Ana'): Promise<void> {
    const ticket = (await allTickets(world.database.connection)).find((each) => each.key === key);
    const all = Object.entries(changes) as [TicketField, FieldValue][];
    const made = all.map(([field, to]): FieldChange => ({ field, from: ticket?.[field] ?? null, to }));
    await world.desk.pipeline.edit(key, { by, at: world.desk.clock.now(), changes: made });
  }

  async function handOff(key: string, asking: string): Promise<void> {
    const handoff = { to: 'technical', reason: 'It is a bug.', key: asking };
    await world.desk.pipeline.edit(key, { by: 'Ana', at: world.desk.clock.now(), changes: [], handoff });
  }

  /** As the mail server would have it. */
  async function giveUpReplies(): Promise<void> {
    const problem = { code: 'email.refused', message: 'No.', fix: 'Look there.' };
    await world.database.connection.queries
      .update(outbox)
      .set({ state: 'dead', finishedAt: world.desk.clock.now(), problem })
      .where(eq(outbox.template, 'reply'));
  }

  /** Its clocks run out, another queue is asked twice, it is answered, resolved and closed. */
  async function liveWholeLife(): Promise<void> {
    const { pipeline, clock } = world.desk;
    const { key } = await noted('Invoice');
    for (const minutes of [50, 20, 30, 25, 180]) await pass(minutes);
    await edit(key, { assignee: 'Ana' });
    await handOff(key, 'one');
    for (const minutes of [60, 60]) await pass(minutes);
    await handOff(key, 'two');
    await pipeline.edit(key, {
      by: 'Ben',
      at: clock.now(),
      changes: [],
      answer: { accepts: true, code: null, key: 'three' },
    });
    await pipeline.reply(key, { by: 'Ben', text: 'It is mended.' });
    await giveUpReplies();
    await pass(30);
    await edit(key, { priority: 'critical' }, 'Ben');
    await edit(key, { escalationLevel: 0 }, 'Ben');
    await edit(key, { status: 'pending' }, 'Ben');
    await pass(60);
    await edit(key, { status: 'resolved', resolution: 'We charged the card again.' }, 'Ben');
    for (const minutes of [1, 60]) await pass(minutes);
  }

  async function reportIncident(): Promise<void> {
    const incident = await noted('Outage');
    await edit(incident.key, { knownIncident: true, incidentMessage: 'We are on it.' });
    const report = await noted('Nothing loads');
    await edit(report.key, { incident: incident.number });
    await pass(1);
    await edit(incident.key, { status: 'resolved' });
    await pass(1);
  }

  /** A ticket is resolved, and its requester writes again. */
  async function comeBack(): Promise<void> {
    await noted('Receipt');
    const { key, number } = await newest();
    await edit(key, { status: 'resolved' });
    const { clock, pipeline } = world.desk;
    clock.forward({ minutes: 5 });
    const form = { name: 'Greta', email: 'greta@example.com', message: 'It came back.', ticket: `T-${number}` };
    await postForm(world.database.connection, form, { receivedAt: clock.now() });
    await pipeline.drainInbox();
  }

  it('stays inside on every way out that there is, for letters and notices alike (A-057)', async () => {
    await liveWholeLife();
    await reportIncident();
    await noted('Question');
    await pass(60);
    await noted('Password');
    await noted('Locked');
    await noted('Stranded');
    for (const subject of ['One', 'Two', 'Three', 'Four']) await write(subject, 0);
    await leave();
    const off = { subscription: 'crm', at: world.desk.clock.now(), reason: 'Nobody answers.', to: TOLD };
    await world.desk.pipeline.tellOfSwitchedOff({ ...off, ticketKey: (await newest()).key });
    await leave();
    const sent = [...world.sent.values()];
    // Whatever is added to these lists is to be sent above, too.
    expect(new Set(sent.map(({ template }) => template))).toEqual(new Set([...PURPOSES, ...NOTICE_KINDS]));
    expect(sent.some(({ kind, recipient }) => kind === 'notify' && recipient === 'greta@example.com')).toBe(true);
    // Over every way: by mail, into a room, and to each person alone.
    for (const way of [null, 'team', 'alone']) {
      const kinds = sent.filter((row) => row.kind === 'notify' && row.way === way).map(({ template }) => template);
      expect(new Set(kinds)).toEqual(new Set(NOTICE_KINDS));
    }
    expect(sent.filter((row) => JSON.stringify(row).includes(CANARY))).toEqual([]);
    const said = await world.database.connection.queries.select().from(messages);
    const notes = said.filter(({ text }) => text.includes(CANARY));
    expect(new Set(notes.map(({ visibility }) => visibility))).toEqual(new Set(['internal']));
    expect(notes).toHaveLength(14);
  });

  it('is in no answer that is offered to an agent', async () => {
    for (const ticket of await allTickets(world.database.connection)) {
      expect(JSON.stringify(ticket)).not.toContain(CANARY);
      const drafts = PURPOSES.map((reply) => draftText(POLICY, ticket, reply));
      expect(drafts.join('\n')).not.toContain(CANARY);
    }
  });

  it('is on no page that customers see: the request form, the survey, what follows it', async () => {
    const mail = (await allOutgoing(world.database.connection)).find(({ template }) => template === 'survey');
    const path = /https:\/\/help\.example(\/survey\/\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    const { number } = await newest();
    const body = new URLSearchParams({ comment: 'Fine.' });
    for (const [page, init] of [
      ['/forms/website', {}],
      [`/forms/website?ticket=T-${number}`, {}],
      [path, {}],
      [path, { method: 'POST', body }],
      [path, { method: 'POST', body: new URLSearchParams({ score: '4' }) }],
    ] as const) {
      const answer = await fetch(`${world.server.address}${page}`, { ...init, headers: { accept: 'text/html' } });
      const text = await answer.text();
      expect([page, text.includes('<html'), text.includes(CANARY)]).toEqual([page, true, false]);
    }
  });

  it('is in no event, of which other systems are told each change that was recorded, once (A-057, A-110)', async () => {
    await comeBack();
    const { queries } = world.database.connection;
    const told = await queries.select().from(events).orderBy(events.seq);
    expect(new Set(told.map(({ type }) => type))).toEqual(new Set(EVENT_TYPES));
    expect(told.filter(({ body }) => body.includes(CANARY))).toEqual([]);
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
    const recorded = (await allDecisions(world.database.connection)).filter(({ field }) => field !== null);
    const changes = told
      .filter(({ type }) => type === 'ticket.created' || type === 'ticket.updated')
      .flatMap(({ body, ticketKey }) =>
        Told.parse(JSON.parse(body)).data.changes.map((each) => ({ ...each, ticketKey })),
      );
    expect(changes).toEqual(
      recorded.map(({ ticketKey, field, toValue: to, sentence: why }) => ({ ticketKey, field, to, why })),
    );
    expect(changes.length).toBeGreaterThan(50);
  });

  it.each(['note', 'ticket.notes', 'ticket.internal_notes', 'messages', 'note.text'])(
    'is named by no template: check refuses {{ %s }}',
    (gap) => {
      const findings = findingsOf({ 'replies/hello.md': `---\nsubject: Hello\n---\n\n{{ ${gap} }}\n` });
      expect(findings).toEqual([expect.stringContaining(`"${gap}" is not a field of a reply`)]);
    },
  );
});
