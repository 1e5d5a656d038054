import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messages } from '../../src/db/schema.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { anAgent, aPolicy, aQueue, aRule, MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aDesk, aForm, allDecisions, allOutgoing, allTickets, postForm, type TestDesk } from '../support/pipeline.ts';

const RULES = { rules: [aRule({ category: 'billing' })] };
const REVIEW = aQueue({ name: 'review', members: [], method: 'none' });

/** Ana alone, with room for one. */
const ONE_PLACE = aPolicy({
  agents: [anAgent({ name: 'Ana', cap: 1 })],
  queues: [aQueue({ members: ['Ana'] }), REVIEW],
  triage: RULES,
});

describe.each(ENGINES)('what people do, on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  function deskOf(policy = aPolicy({ triage: RULES })): TestDesk {
    return aDesk(database.connection, { config: aLiveConfig({ policy }) });
  }

  /** Takes in a form of each, and gives the ticket of the last. */
  async function received(desk: TestDesk, ...names: string[]): Promise<Ticket> {
    for (const name of names) await postForm(database.connection, aForm(name));
    await desk.pipeline.drainInbox();
    return ticketOf(names.at(-1) ?? '');
  }

  async function ticketOf(name: string): Promise<Ticket> {
    const found = (await allTickets(database.connection)).find((ticket) => ticket.requester.name === name);
    if (found === undefined) throw new Error(`no ticket of ${name}`);
    return found;
  }

  it('keeps a category that a person chose, and remembers who chose it (A-036)', async () => {
    const desk = deskOf();
    const { key } = await received(desk, 'Greta');
    const change = { field: 'category' as const, from: 'billing', to: 'account' };
    await desk.pipeline.edit(key, { by: 'Ben', at: MORNING, changes: [change] });
    await desk.pipeline.reviewAll();
    expect(await ticketOf('Greta')).toMatchObject({ category: 'account', overrides: { category: { by: 'Ben' } } });
  });

  it('sends an answer once, even when it is told twice (A-089)', async () => {
    const desk = deskOf();
    const { key: ticketKey } = await received(desk, 'Greta');
    const reply = { by: 'Ana', text: 'We are on it.', key: 'row1:abc' };
    await desk.pipeline.reply(ticketKey, reply);
    await desk.pipeline.reply(ticketKey, reply);
    const sent = (await allOutgoing(database.connection)).filter((row) => row.template === 'reply');
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ recipient: 'greta@example.com', key: 'reply:row1:abc' });
    expect((await ticketOf('Greta')).firstRespondedAt).toEqual(MORNING);
  });

  it('keeps a note inside: nothing goes out, no clock stops (A-057)', async () => {
    const desk = deskOf();
    const { key } = await received(desk, 'Greta');
    const before = await allOutgoing(database.connection);
    await desk.pipeline.note(key, { by: 'Ana', text: 'A difficult one.' });
    expect(await allOutgoing(database.connection)).toEqual(before);
    expect((await ticketOf('Greta')).firstRespondedAt).toBeNull();
    const notes = (await database.connection.queries.select().from(messages)).filter(
      (row) => row.visibility === 'internal',
    );
    expect(notes.map((row) => row.text)).toEqual(['A difficult one.']);
  });

  it('makes one note of a comment however often it is told, says so in the log, and tells nobody outside (A-057)', async () => {
    const desk = deskOf();
    const { key } = await received(desk, 'Greta');
    const [sent, ticket, logged] = [
      await allOutgoing(database.connection),
      await ticketOf('Greta'),
      await allDecisions(database.connection),
    ];
    const comment = { id: 'comment-1', at: MORNING.subtract({ minutes: 5 }) };
    const note = { by: 'Ana', text: 'A dificult one.', comment };
    await desk.pipeline.note(key, note);
    await desk.pipeline.note(key, note);
    await desk.pipeline.note(key, { ...note, text: 'A difficult one.' });
    const all = await database.connection.queries.select().from(messages);
    expect(all.filter(({ visibility }) => visibility === 'internal')).toMatchObject([
      { author: 'agent', authorName: 'Ana', text: 'A difficult one.', at: comment.at },
    ]);
    expect((await allDecisions(database.connection)).slice(logged.length)).toMatchObject([
      { code: 'edit.commented', sentence: 'Ana wrote a comment in the base; it is an internal note here.' },
      { code: 'edit.comment_corrected', sentence: 'Ana corrected a comment in the base; the note here follows it.' },
    ]);
    expect(await allOutgoing(database.connection)).toEqual(sent);
    expect(await ticketOf('Greta')).toEqual(ticket);
  });

  it('opens a ticket that was told on the phone like any other (A-015)', async () => {
    const desk = deskOf();
    const opened = await desk.pipeline.open({
      by: 'Ana',
      subject: 'Card declined',
      text: 'He called: his card is declined.',
      requester: { name: 'Hans', email: null },
    });
    expect(opened.number).toBe(1000);
    expect(await ticketOf('Hans')).toMatchObject({ channel: 'console', category: 'billing', assignee: 'Ana' });
  });

  it('adopts a row once and leaves alone what its writer filled in (A-015)', async () => {
    const desk = deskOf();
    const row = {
      rowId: 'row7',
      by: 'Ben',
      createdAt: MORNING,
      subject: 'Card declined',
      text: '',
      requester: { name: 'Hans', email: null },
      chosen: { category: 'account' as const, assignee: 'Cy' },
      row: {},
    };
    const first = await desk.pipeline.adopt(row);
    const second = await desk.pipeline.adopt(row);
    expect(second).toEqual(first);
    expect(await ticketOf('Hans')).toMatchObject({ category: 'account', assignee: 'Cy' });
  });

  it('gives a place that becomes free to the most urgent who wait, not to whoever comes next (RT-5)', async () => {
    const desk = deskOf(ONE_PLACE);
    await received(desk, 'First', 'Normal', 'Urgent');
    const urgent = await ticketOf('Urgent');
    const raise = { field: 'priority' as const, from: 'medium', to: 'critical' };
    await desk.pipeline.edit(urgent.key, { by: 'Ana', at: MORNING, changes: [raise] });
    expect((await ticketOf('Urgent')).assignee).toBeNull();
    const first = await ticketOf('First');
    const solve = { field: 'status' as const, from: first.status, to: 'resolved' };
    await postForm(database.connection, aForm('Late'));
    await desk.pipeline.edit(first.key, { by: 'Ana', at: MORNING, changes: [solve] });
    await desk.pipeline.drainInbox();
    const owners = (await allTickets(database.connection)).map((ticket) => [ticket.requester.name, ticket.assignee]);
    expect(owners).toEqual([
      ['First', 'Ana'],
      ['Normal', null],
      ['Urgent', 'Ana'],
      ['Late', null],
    ]);
  });

  it('offers a freed place to the queues of whoever has room, past any crowd that waits elsewhere', async () => {
    const unclear = aPolicy({
      agents: [anAgent({ name: 'Ana', cap: 1 }), anAgent({ name: 'Ben', cap: 0 })],
      queues: [aQueue({ members: ['Ana'] }), REVIEW, aQueue({ name: 'other', members: ['Ben'] })],
      triage: {
        rules: [
          aRule(
            { category: 'billing' },
            { when: { kind: 'is', field: 'requester.name', values: ['first', 'second'] } },
          ),
        ],
      },
    });
    const desk = deskOf(unclear);
    const crowd = Array.from({ length: 60 }, (_, index) => `Crowd${index}`);
    await received(desk, 'First', ...crowd, 'Second');
    const first = await ticketOf('First');
    const solve = { field: 'status' as const, from: first.status, to: 'resolved' };
    await desk.pipeline.edit(first.key, { by: 'Ana', at: MORNING, changes: [solve] });
    expect((await ticketOf('Second')).assignee).toBe('Ana');
  });

  it('frees the place of whoever had a ticket that is handed off, and tells the customer nothing (A-055)', async () => {
    const other = aQueue({ name: 'other', members: ['Ben'] });
    const agents = [anAgent({ name: 'Ana', cap: 1 }), anAgent({ name: 'Ben' })];
    const desk = deskOf(aPolicy({ agents, queues: [aQueue({ members: ['Ana'] }), REVIEW, other], triage: RULES }));
    expect((await received(desk, 'First', 'Second')).assignee).toBeNull();
    const { key } = await ticketOf('First');
    const before = (await allOutgoing(database.connection)).length;
    const handoff = { to: 'other', reason: 'needs a log file', key: 'row1:abc' };
    for (let time = 0; time < 2; time += 1) {
      await desk.pipeline.edit(key, { by: 'Ana', at: MORNING, changes: [], handoff });
    }
    expect(await ticketOf('First')).toMatchObject({ queue: 'other', assignee: 'Ben', assignmentCount: 2 });
    expect((await ticketOf('Second')).assignee).toBe('Ana');
    const sent = (await allOutgoing(database.connection)).slice(before);
    expect(sent.map(({ kind, template, recipient }) => [kind, template, recipient])).toEqual([
      ['notify', 'assigned', 'ben@desk.example'],
      ['notify', 'assigned', 'ana@desk.example'],
    ]);
    expect(sent[0]?.text.split('\n')[0]).toBe('Ana handed it from support to other: needs a log file.');
    const trail = (await allDecisions(database.connection)).filter(({ stage }) => stage === 'handoff');
    expect(trail).toHaveLength(1);
  });

  it('counts what was assigned by hand before it gives out the next (RT-11)', async () => {
    const desk = deskOf(ONE_PLACE);
    expect((await received(desk, 'First', 'Second')).assignee).toBeNull();
    const first = await ticketOf('First');
    await desk.pipeline.edit(first.key, {
      by: 'Ana',
      at: MORNING,
      changes: [{ field: 'status', from: first.status, to: 'resolved' }],
    });
    expect((await ticketOf('Second')).assignee).toBe('Ana');
  });

  it('refuses to act on a ticket that is not there', async () => {
    const desk = deskOf();
    await expect(desk.pipeline.note('01XYZ', { by: 'Ana', text: 'hello' })).rejects.toMatchObject({
      code: 'ticket.not-found',
    });
    expect(await allDecisions(database.connection)).toEqual([]);
  });
});
