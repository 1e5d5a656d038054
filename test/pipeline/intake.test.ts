import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CONNECTORS } from '../../connectors/index.ts';
import type { Connection } from '../../src/db/connection.ts';
import { aLiveConfig, aChannel } from '../support/live-config.ts';
import { ALWAYS, anAgent, aPolicy, aQueue, aRule } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import {
  aDesk,
  aForm,
  allDecisions,
  allOutgoing,
  allTickets,
  inboxRow,
  postForm,
  postJson,
} from '../support/pipeline.ts';

const BILLING = aRule({ category: 'billing' }, { when: ALWAYS });

describe.each(ENGINES)('intake on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  it('makes one ticket of one form, with number, owner and reason (A-001, A-048)', async () => {
    const { connection } = database;
    const desk = aDesk(connection, { config: aLiveConfig({ policy: aPolicy({ triage: { rules: [BILLING] } }) }) });
    const id = await postForm(connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
    const [ticket, ...others] = await allTickets(connection);
    expect(others).toEqual([]);
    expect(ticket).toMatchObject({ number: 1000, category: 'billing', queue: 'support', assignee: 'Ana' });
    expect(ticket?.why).not.toBe('');
    expect(await inboxRow(connection, id)).toMatchObject({ state: 'done', ticketKey: ticket?.key });
    expect(desk.woken).toContain('flush');
  });

  it('gives 100 requests 100 numbers and 100 confirmations (A-003)', async () => {
    const { connection } = database;
    const policy = aPolicy({
      intake: { acknowledgement: 'acknowledgement' },
      replies: { acknowledgement: { name: 'acknowledgement', subject: '{{ ticket.number }}', body: 'We have it.' } },
    });
    const desk = aDesk(connection, { config: aLiveConfig({ policy }) });
    for (let index = 0; index < 100; index += 1) await postForm(connection, aForm(`Guest${index}`));
    await desk.pipeline.drainInbox();
    const numbers = (await allTickets(connection)).map((ticket) => ticket.number);
    expect(new Set(numbers).size).toBe(100);
    const sent = (await allOutgoing(connection)).filter((row) => row.template === 'acknowledgement');
    expect(new Set(sent.map((row) => row.subject)).size).toBe(100);
    expect(new Set(sent.map((row) => row.recipient)).size).toBe(100);
  });

  it('knows the same text of the same person again, within one batch and across two', async () => {
    const { connection } = database;
    const desk = aDesk(connection);
    await postForm(connection, aForm('Greta'));
    await postForm(connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
    await postForm(connection, aForm('Greta'));
    await postForm(connection, aForm('Hans'));
    await desk.pipeline.drainInbox();
    expect((await allTickets(connection)).map((ticket) => ticket.requester.name)).toEqual(['Greta', 'Hans']);
    const codes = (await allDecisions(connection)).map((decision) => decision.code);
    expect(codes.filter((code) => code === 'intake.duplicate')).toHaveLength(2);
  });

  it('deals a batch out as if its tickets had come one by one (A-046)', async () => {
    const { connection } = database;
    const desk = aDesk(connection, { config: aLiveConfig({ policy: aPolicy({ triage: { rules: [BILLING] } }) }) });
    for (const name of ['A', 'B', 'C', 'D', 'E', 'F']) await postForm(connection, aForm(name, `I am ${name}`));
    await desk.pipeline.drainInbox();
    expect((await allTickets(connection)).map((ticket) => ticket.assignee)).toEqual([
      'Ana',
      'Ben',
      'Cy',
      'Ana',
      'Ben',
      'Cy',
    ]);
  });

  it('judges by text and account together; either alone is not enough (A-035)', async () => {
    const { connection } = database;
    const unpaid = { kind: 'is' as const, field: 'requester.account.invoice', values: ['unpaid'] };
    const failed = { kind: 'is' as const, field: 'subject', values: ['payment failed'] };
    const rule = aRule({ category: 'billing' }, { when: { kind: 'all', of: [failed, unpaid] } });
    const channel = aChannel({
      name: 'json',
      kind: 'json',
      settings: connectorSettings({ account: { invoice: 'invoice' }, fields: { subject: 'subject', message: 'text' } }),
    });
    const config = aLiveConfig({ policy: aPolicy({ triage: { rules: [rule] } }), channels: [channel] });
    const desk = aDesk(connection, { config });
    await postJson(connection, { subject: 'Payment failed', text: 'both', invoice: 'unpaid' });
    await postJson(connection, { subject: 'Payment failed', text: 'text alone', invoice: 'paid' });
    await postJson(connection, { subject: 'Hello', text: 'account alone', invoice: 'unpaid' });
    await desk.pipeline.drainInbox();
    expect((await allTickets(connection)).map((ticket) => [ticket.description, ticket.category])).toEqual([
      ['both', 'billing'],
      ['text alone', null],
      ['account alone', null],
    ]);
  });

  it('sets a request aside whose channel is gone, and takes it in when a person tries again', async () => {
    const { connection } = database;
    const desk = aDesk(connection);
    const id = await postForm(connection, aForm('Greta'), { channel: 'elsewhere' });
    await desk.pipeline.drainInbox();
    expect(await inboxRow(connection, id)).toMatchObject({ state: 'lost', problem: { code: 'inbox.no-channel' } });
    const again = aDesk(connection, { config: aLiveConfig({ channels: [aChannel({ name: 'elsewhere' })] }) });
    await again.pipeline.retryInbox(id);
    expect(again.woken).toEqual(['inbox']);
    await again.pipeline.drainInbox();
    expect(await allTickets(connection)).toHaveLength(1);
  });

  it('makes a ticket of what nobody can read when a person insists, body and all (A-013)', async () => {
    const { connection } = database;
    const desk = aDesk(connection);
    const id = await postForm(connection, { note: 'no\0body' }, { channel: 'elsewhere' });
    await desk.pipeline.drainInbox();
    await desk.pipeline.insistInbox(id);
    await desk.pipeline.drainInbox();
    const [ticket] = await allTickets(connection);
    expect(ticket).toMatchObject({ description: 'note=no%00body', subject: 'Unreadable request over elsewhere' });
  });

  it('holds one bad request back without holding up those behind it', async () => {
    const { connection } = database;
    const poison = await postForm(connection, aForm('Greta'));
    const fine = await postForm(connection, aForm('Hans'));
    const desk = aDesk(connection, { config: aLiveConfig({ policy: poisonedFor('Greta') }) });
    for (let attempt = 0; attempt < 3; attempt += 1) await desk.pipeline.drainInbox();
    expect(await inboxRow(connection, fine)).toMatchObject({ state: 'done' });
    expect(await inboxRow(connection, poison)).toMatchObject({
      state: 'lost',
      attempts: 3,
      problem: { code: 'inbox.failed' },
    });
    expect((await allTickets(connection)).map((ticket) => ticket.requester.name)).toEqual(['Hans']);
  });

  it('counts nothing against requests while the database has no room, or only reads, and takes them in afterwards', async () => {
    const { connection } = database;
    const ids = [await postForm(connection, aForm('Greta')), await postForm(connection, aForm('Hans'))];
    const desk = aDesk(connection);
    for (const code of ['53100', '25006', '53100', '25006']) {
      await whileTicketsFail(connection, `raise exception 'not now' using errcode = '${code}';`, () =>
        expect(desk.pipeline.drainInbox()).rejects.toThrow('insert into "tickets"'),
      );
    }
    for (const id of ids) expect(await inboxRow(connection, id)).toMatchObject({ state: 'waiting', attempts: 0 });
    await desk.pipeline.drainInbox();
    expect((await allTickets(connection)).map(({ requester }) => requester.name)).toEqual(['Greta', 'Hans']);
  });

  it('counts against a request what the database will not keep of it alone', async () => {
    const { connection } = database;
    const id = await postForm(connection, aForm('Greta'));
    const desk = aDesk(connection);
    await whileTicketsFail(connection, "raise exception 'too long' using errcode = '22001';", () =>
      desk.pipeline.drainInbox(),
    );
    expect(await inboxRow(connection, id)).toMatchObject({ state: 'waiting', attempts: 1 });
  });

  it('gives a ticket one owner and one notice when two instances take it at once, 40 times (RT-9)', async () => {
    const { connection } = database;
    const { one, other } = twoInstances({ cap: null });
    for (let round = 0; round < 40; round += 1) {
      await postForm(connection, aForm(`Guest${round}`));
      await Promise.all([one.pipeline.drainInbox(), other.pipeline.drainInbox()]);
    }
    const owned = (await allTickets(connection)).filter(({ assignee }) => assignee === 'Ana');
    expect(owned).toHaveLength(40);
    const notices = (await allOutgoing(connection)).filter(({ template }) => template === 'assigned');
    expect(notices.map(({ ticketKey }) => ticketKey)).toEqual(owned.map(({ key }) => key));
  });

  it('gives one place to one ticket when two instances decide at once', async () => {
    const { connection } = database;
    const { one, other } = twoInstances({ cap: 1 });
    for (let round = 0; round < 50; round += 1) await postForm(connection, aForm(`Guest${round}`));
    await Promise.all([one.pipeline.drainInbox(), other.pipeline.drainInbox(), one.pipeline.drainInbox()]);
    const all = await allTickets(connection);
    expect(all).toHaveLength(50);
    expect(all.filter((ticket) => ticket.assignee === 'Ana')).toHaveLength(1);
    expect((await allOutgoing(connection)).filter((row) => row.template === 'assigned')).toHaveLength(1);
  });

  /** Of one desk, where Ana has room for so many. */
  function twoInstances({ cap }: { cap: number | null }) {
    const policy = aPolicy({
      agents: [anAgent({ name: 'Ana', cap })],
      queues: [aQueue({ members: ['Ana'] }), aQueue({ name: 'review', members: [], method: 'none' })],
      triage: { rules: [BILLING] },
    });
    const config = aLiveConfig({ policy });
    return { one: aDesk(database.connection, { config }), other: aDesk(database.connection, { config }) };
  }
});

/** A policy whose rules fail on the requests of one person, as a fault of ours would. */
function poisonedFor(name: string) {
  const field = { kind: 'matches' as const, in: 'text' as const, pattern: name, find: failing };
  return aPolicy({
    triage: { rules: [aRule({ category: 'billing' }, { when: { kind: 'all', of: [isFrom(name), field] } })] },
  });
}

/** Works while the database answers every new ticket with an error of its own. */
async function whileTicketsFail(connection: Connection, raise: string, work: () => Promise<unknown>): Promise<void> {
  await connection.script(`
    create function fail_ticket() returns trigger language plpgsql as $$ begin ${raise} end $$;
    create trigger fail_ticket before insert on tickets for each row execute function fail_ticket();
  `);
  try {
    await work();
  } finally {
    await connection.script('drop trigger fail_ticket on tickets; drop function fail_ticket');
  }
}

/** Settings of a JSON channel, with their defaults. */
function connectorSettings(written: object): unknown {
  return CONNECTORS['json']?.channel?.settings.parse(written);
}

function isFrom(name: string) {
  return { kind: 'is' as const, field: 'requester.name', values: [name.toLowerCase()] };
}

function failing(): never {
  throw new Error('a fault of ours');
}
