import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ticket } from '../../src/domain/ticket.ts';
import { createLog } from '../../src/kit/log.ts';
import type { Cells } from '../../src/ports/ticket-store.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { createPull } from '../../src/sync/pull.ts';
import { aDeskBase as inAirtable } from '../connectors/airtable/desk-base.ts';
import { aDeskBase as inNotion } from '../connectors/notion/desk-base.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aFreeMeter } from '../support/free-meter.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aDesk, allDecisions, allOutgoing, allTickets, postForm } from '../support/pipeline.ts';
import { theShopWithAll } from '../support/shop-with-all.ts';

const DOCS = join(import.meta.dirname, '../../docs/columns.md');

const { policy, channels } = theShopWithAll();
const COLUMNS = deskColumns(policy);
const PEOPLE = policy.agents.map(({ name, email }) => ({ name, email: email ?? '' }));

/** What the scenario needs of a base, whichever it is, and how its requests are told. */
const BASES = {
  async Airtable() {
    const base = await inAirtable(COLUMNS, {}, { workers: PEOPLE });
    const rows = () => base.airtable.people.rows('Tickets');
    const clear = () => base.airtable.clearLog();
    return { ...base, rows, clear, written: () => base.airtable.counters().recordsWritten };
  },
  async Notion() {
    const base = await inNotion(COLUMNS, {}, { workers: PEOPLE });
    const rows = () => base.notion.people.rows('Tickets');
    const clear = () => base.notion.clearLog();
    return { ...base, rows, clear, written: () => base.notion.counters().pagesWritten };
  },
};

const NIAMH = { name: 'Niamh Daly', email: 'niamh@harbour.example' };
const [UNA, TOM, SAM, RIA, MAX] = [aBuyer('Una'), aBuyer('Tom'), aBuyer('Sam'), aBuyer('Ria'), aBuyer('Max')];

/** Each of a house of their own. */
function aBuyer(name: string): typeof NIAMH {
  return { name, email: `me@${name.toLowerCase()}.example` };
}

describe.each(['Airtable', 'Notion'] as const)('a shop that uses everything, in %s', (kind) => {
  let database: TestDatabase;
  let base: Awaited<ReturnType<(typeof BASES)[typeof kind]>>;
  let parts: ReturnType<typeof aDeskOn>;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    base = await BASES[kind]();
    parts = aDeskOn();
    await parts.pull.run();
  });
  afterAll(async () => {
    await base?.close();
    await database.drop();
  });

  /** The service as after a start: it knows what the database and the base hold, and no more. */
  function aDeskOn() {
    const { connection } = database;
    const { clock, openStore } = base;
    const config = aLiveConfig({ policy, channels: Object.values(channels) });
    const standing = { now: clock.now, set: () => undefined, forward: () => undefined };
    const { pipeline } = aDesk(connection, { config, clock: standing });
    const [log, meter] = [createLog('silent'), aFreeMeter()];
    const { now, pause } = clock;
    const given = { connection, store: openStore(), pipeline, policy: () => policy, meter, now, pause, log };
    return { pipeline, flush: createFlush(given), pull: createPull(given) };
  }

  /** As the lanes do, in minutes of the desk. */
  async function pass(minutes: number): Promise<void> {
    await base.clock.pause(minutes * 60_000);
    await parts.pull.run();
    await parts.pipeline.wakeDue();
    await parts.flush.run();
  }

  /** Sends the form, which names the ticket where it answers one. */
  async function write(by: { name: string; email: string }, message: string, ticket = ''): Promise<void> {
    const fields = { ...by, subject: message.slice(0, 20), message, ticket };
    await postForm(database.connection, fields, { receivedAt: base.clock.now() });
    await parts.pipeline.drainInbox();
    await pass(1);
  }

  function tickets(): Promise<readonly Ticket[]> {
    return allTickets(database.connection);
  }

  async function ticketOf(number: number): Promise<Ticket> {
    const ticket = (await tickets()).find((each) => each.number === number);
    if (ticket === undefined) throw new Error(`no ticket ${number}`);
    return ticket;
  }

  function rowOf(number: number): string {
    return base.rows().find(({ fields }) => fields['Number'] === number)?.id ?? '';
  }

  /** Until what may wait has been written, too. */
  async function settle(): Promise<void> {
    for (let looks = 0; looks < 4; looks += 1) await pass(5);
  }

  /** A person edits cells, and by and by both sides know. */
  async function edit(number: number, cells: Cells, by = 'Daniel Roche'): Promise<void> {
    await base.byHand.editByHand(rowOf(number), cells, by);
    await pass(2);
  }

  async function cells(number: number): Promise<Cells> {
    return (await base.byHand.readBack(rowOf(number)))?.cells ?? {};
  }

  async function letters(to: string) {
    const sent = await allOutgoing(database.connection);
    return sent.filter(({ recipient }) => recipient === to).map(({ template }) => template);
  }

  it('has every column that the page on columns names', async () => {
    const named = [...readFileSync(DOCS, 'utf8').matchAll(/^\| `([^`]+)`/gm)].map(([, title]) => title);
    expect(named.filter((title) => !COLUMNS.some((column) => column.title === title))).toEqual([]);
    expect(await base.openStore().check()).toEqual([]);
  });

  it('asks what is missing, takes the answer, and shows what may help', async () => {
    await write(NIAMH, 'How do I return boots that are too small?');
    expect(await cells(1001)).toMatchObject({ status: 'Needs info', category: null, customerVip: true });
    await write(NIAMH, 'It is LF-1234567.', 'LF-1001');
    expect(await cells(1001)).toMatchObject({
      status: 'New',
      category: 'return',
      queue: 'returns',
      customerAccount: 'Harbour Hotel, trade',
      suggestedReply: 'The label is in your mail, Niamh Daly. Put it on the parcel.',
      suggestedArticles: 'How returns work: https://larkfield.example/returns',
      promisedResponseAt: expect.any(String) as unknown,
      promisedResolutionAt: expect.any(String) as unknown,
    });
    expect(await letters(NIAMH.email)).toEqual(['missing']);
  });

  it('shows within a minute where a ticket stands, whose it is, when it is due and what was last (A-083)', async () => {
    const wroteAt = base.clock.now();
    await write(NIAMH, 'The label has not come yet.', 'LF-1001');
    expect(base.clock.now().since(wroteAt).total('seconds')).toBeLessThan(70);
    const { owner, ...shown } = await cells(1001);
    const { why, assignee, queue, lastCustomerMessageAt, resolutionDueAt } = await ticketOf(1001);
    expect(owner).toBe(assignee ?? queue);
    expect(shown).toMatchObject({ status: 'New', why });
    expect(minuteOf(shown['lastCustomerMessageAt'])).toBe(minuteOf(String(lastCustomerMessageAt)));
    expect(lastCustomerMessageAt.since(wroteAt).total('seconds')).toBe(0);
    expect(minuteOf(shown['resolutionDueAt'])).toBe(minuteOf(String(resolutionDueAt)));
  });

  it('takes steps, tags, the draft and an answer as people give them', async () => {
    await edit(1001, { stepsDone: ['label sent'], tags: ['winter', 'boots'], sendSuggestion: true });
    expect(await cells(1001)).toMatchObject({ status: 'Open', suggestedReply: null });
    await edit(1001, { stepsDone: ['label sent', 'parcel came'], reply: 'It is here.', send: true }, 'Ines Duarte');
    const ticket = await ticketOf(1001);
    expect(ticket).toMatchObject({ stepsDone: ['label sent', 'parcel came'], status: 'open' });
    expect(ticket.tags.toSorted()).toEqual(['boots', 'winter']);
    expect(await letters(NIAMH.email)).toEqual(['missing', 'reply', 'reply']);
    expect(isEmptied(await cells(1001), ['reply', 'send', 'sendSuggestion'])).toBe(true);
  });

  it('hands a ticket over, has others help, and ends that', async () => {
    await edit(1001, { handoffReason: 'It came back.', handoffTo: 'money' });
    expect(await cells(1001)).toMatchObject({ handoffState: 'Waiting for acceptance by money', queue: 'returns' });
    await edit(1001, { handoffAnswer: 'Accept' }, 'Siobhan Keane');
    expect(await cells(1001)).toMatchObject({ handoffState: 'Handed from returns to money', queue: 'money' });
    await edit(1001, { handoffTo: 'warehouse' }, 'Siobhan Keane');
    expect(await cells(1001)).toMatchObject({ queue: 'money', collaborators: ['warehouse'] });
    await edit(1001, { collaborators: [] }, 'Siobhan Keane');
    expect(await ticketOf(1001)).toMatchObject({ collaborators: [], queue: 'money' });
    expect(isEmptied(await cells(1001), ['handoffTo', 'handoffReason', 'handoffAnswer', 'collaborators'])).toBe(true);
    expect(await letters(NIAMH.email)).toEqual(['missing', 'reply', 'reply', 'passed-on']);
  });

  it('escalates by hand, names who answers for it, and ends it', async () => {
    await edit(1001, { escalationLevel: 'Level 2' });
    expect(await ticketOf(1001)).toMatchObject({ escalationLevel: 2 });
    await edit(1001, { accountable: 'Aoife Byrne' });
    expect(await ticketOf(1001)).toMatchObject({ accountable: 'Aoife Byrne', escalationLevel: 2 });
    await edit(1001, { escalationLevel: null });
    expect(await ticketOf(1001)).toMatchObject({ escalationLevel: 0, accountable: null });
  });

  it('links reports of an incident, tells of it, unlinks one, and resolves the others', async () => {
    for (const by of [UNA, TOM]) await write(by, 'The tracking page of my parcel shows an empty page.');
    await edit(1002, { incidentMessage: 'The carrier has no pages today.', knownIncident: true });
    expect(await cells(1003)).toMatchObject({ incident: 'LF-1002' });
    await write(SAM, 'My parcel: the tracking page is empty.');
    await write(RIA, 'Do you have this coat in blue?');
    expect(await letters(SAM.email)).toEqual(['incident-known']);
    await edit(1005, { incident: '1002' });
    await edit(1003, { incident: null });
    expect((await tickets()).map(({ incident }) => incident)).toEqual([null, null, null, 1002, 1002]);
    await edit(1002, { status: 'Resolved' });
    const statuses = (await tickets()).slice(1).map(({ status }) => status);
    expect(statuses).toEqual(['resolved', 'new', 'resolved', 'resolved']);
    await settle();
    expect(await cells(1002)).toMatchObject({ linkedCount: 2 });
    expect((await cells(1003))['incident'] || null).toBe(null);
  });

  it('sums up what was done, closes, asks how it was, and shows the score', async () => {
    await edit(1001, { resolution: 'The money is sent.', status: 'Resolved' }, 'Siobhan Keane');
    for (let days = 0; days < 6; days += 1) await pass(24 * 60);
    expect(await cells(1001)).toMatchObject({ status: 'Closed', resolution: 'The money is sent.' });
    expect((await letters(NIAMH.email)).slice(-2)).toEqual(['summary', 'survey']);
    await parts.pipeline.rate((await ticketOf(1001)).key, { score: 4, comment: 'Quick.' });
    await write(NIAMH, 'The money has not come, for the boots that I returned.', 'LF-1001');
    await settle();
    expect(await cells(1001)).toMatchObject({ satisfaction: 4, surveyComment: 'Quick.' });
    expect(await cells(1006)).toMatchObject({ followUpOf: 'LF-1001' });
    expect((await cells(1006))['related']).toContain('LF-1001 Closed');
  });

  it('writes nothing once nothing happens any more', async () => {
    await settle();
    base.clear();
    const decided = (await allDecisions(database.connection)).length;
    await settle();
    expect(base.written()).toBe(0);
    expect(await allDecisions(database.connection)).toHaveLength(decided);
  });

  it('comes back whole after its database was lost, with all that is under way', async () => {
    await write(MAX, 'I want to send back a coat.');
    await write(TOM, 'I return the gloves of LF-7654321, they are too small.');
    await edit(1008, {
      handoffReason: 'They came back.',
      handoffTo: 'money',
      stepsDone: ['label sent'],
      tags: ['gloves'],
    });
    await edit(1008, { escalationLevel: 'Level 1', accountable: 'Aoife Byrne' });
    await settle();
    const before = await tickets();
    expect(before.slice(-2)).toMatchObject([
      { status: 'needs_info', clarification: { endedAt: null } },
      { handoff: { state: 'asked' }, escalationLevel: 1, accountable: 'Aoife Byrne', stepsDone: ['label sent'] },
    ]);
    await database.empty();
    parts = aDeskOn();
    await parts.pull.run();
    expect((await tickets()).map(kept)).toEqual(before.map(kept));
    base.clear();
    await settle();
    expect(base.written()).toBe(0);
    expect(await allOutgoing(database.connection)).toEqual([]);
    await edit(1008, { handoffAnswer: 'Accept' }, 'Siobhan Keane');
    expect(await ticketOf(1008)).toMatchObject({ queue: 'money', handoff: { state: 'accepted' } });
    expect(base.written()).toBeGreaterThan(0);
  });
});

/** All of a ticket that must not be lost with our database; the rest says when we looked last. */
function kept(ticket: Ticket): object {
  return { ...ticket, updatedAt: null, why: null };
}

/** Whether nothing stands in them; how a base tells that differs. */
function isEmptied(row: Cells, names: readonly string[]): boolean {
  return names.every((name) => ['', 'false'].includes(String(row[name] ?? '')));
}

/** A moment to the minute: Notion keeps no seconds. */
function minuteOf(written: unknown): string {
  return Temporal.Instant.from(String(written)).round({ smallestUnit: 'minute', roundingMode: 'floor' }).toString();
}
