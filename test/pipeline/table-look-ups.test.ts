import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { baseRows, tickets } from '../../src/db/schema.ts';
import { identityName } from '../../src/domain/requester.ts';
import type { Cells } from '../../src/ports/ticket-store.ts';
import { MORNING } from '../support/builders.ts';
import { aConfig } from '../support/config.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aJsonChannel } from '../support/http-server.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aDesk, aForm, allDecisions, allTickets, postForm, postJson } from '../support/pipeline.ts';

const FILES = {
  'desk.yaml': 'name: Test desk\nstore: { kind: base }\n',
  'triage.yaml': `
rules:
  - { name: Gold, why: They pay for it., owner: Ana, when: { requester.tier: gold }, then: { priority: high } }
`,
  'customers.yaml': `
lookups:
  - name: contacts
    table: Contacts
    when: { fields.Kind: { empty: true } }
    match: { email: Email, domain: Domains, chat: Chat }
    answers: { account: Company, tier: Plan, vip: VIP }
    samePerson: Others
`,
};

const GRETA = { Email: 'greta@example.com', Company: 'Acme', Plan: 'gold', VIP: false, Others: 'g@home.example' };

describe('a look-up in a table of the base', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  function openDesk() {
    const { policy, tableLookUps } = aConfig(FILES);
    const config = aLiveConfig({ policy, tableLookUps, channels: [aChannel(), aJsonChannel()] });
    return aDesk(database.connection, { config });
  }

  /** The copy of the table as the lane has just read it. */
  async function copy(desk: ReturnType<typeof openDesk>, rows: Readonly<Record<string, Cells>>): Promise<void> {
    const { queries } = database.connection;
    await queries.delete(baseRows);
    const copied = Object.entries(rows).map(([rowId, cells]) => ({ rowId, cells, tableName: 'Contacts' }));
    if (copied.length > 0) await queries.insert(baseRows).values(copied.map((row) => ({ ...row, readAt: MORNING })));
    await desk.pipeline.tableChanged('Contacts');
  }

  async function arrive(desk: ReturnType<typeof openDesk>, ...names: readonly string[]): Promise<void> {
    for (const name of names) await postForm(database.connection, aForm(name, `I am ${name}.`));
    await desk.pipeline.drainInbox();
  }

  async function accounts() {
    return (await allTickets(database.connection)).map(({ requester }) => requester.account);
  }

  async function told(): Promise<readonly string[]> {
    const decisions = await allDecisions(database.connection);
    return decisions.map(({ sentence }) => sentence).filter((each) => each.includes('contacts'));
  }

  it('tells the account before triage, without asking anybody (A-019)', async () => {
    const desk = openDesk();
    await copy(desk, { greta: GRETA, acme: { Domains: 'example.com', Company: 'House' } });
    await arrive(desk, 'Greta', 'Ole');
    const [greta, ole] = await allTickets(database.connection);
    expect(greta).toMatchObject({ priority: 'high', requester: { account: { name: 'Acme', tier: 'gold' } } });
    expect(ole).toMatchObject({ priority: 'medium', requester: { account: { name: 'House' } } });
    expect(await told()).toEqual([
      'contacts says: account Acme, tier gold and vip false.',
      'contacts says: account House.',
    ]);
  });

  it('wakes those whom a changed row concerns, and nobody else', async () => {
    const desk = openDesk();
    await copy(desk, { greta: GRETA });
    await arrive(desk, 'Greta', 'Ole');
    expect(desk.woken).not.toContain('sweep');
    await copy(desk, { greta: { ...GRETA, Phone: '1' } });
    expect(desk.woken).not.toContain('sweep');

    await copy(desk, { greta: { ...GRETA, Plan: 'silver', VIP: true } });
    expect(desk.woken).toContain('sweep');
    const woken = await database.connection.queries.select().from(tickets).where(eq(tickets.wakeAt, MORNING));
    expect(woken.map(({ ticket }) => ticket.requester.name)).toEqual(['Greta']);
    expect(await desk.pipeline.wakeDue()).toBe(1);
    expect(await accounts()).toEqual([{ name: 'Acme', tier: 'silver', vip: true }, {}]);
    expect((await told()).at(-1)).toBe('contacts says: tier silver and vip true.');

    await copy(desk, { other: { Email: 'other@example.com' } });
    await desk.pipeline.wakeDue();
    expect(await accounts()).toEqual([{}, {}]);
    expect((await told()).at(-1)).toBe('contacts says: no account, no tier and no vip.');
  });

  it('takes neither of two rows that fit, and says so (A-019)', async () => {
    const desk = openDesk();
    await copy(desk, { greta: GRETA, again: { Email: 'GRETA@example.com', Company: 'Beta' } });
    await arrive(desk, 'Greta');
    expect(await accounts()).toEqual([{}]);
    expect(await told()).toEqual(['Nothing is taken from contacts: 2 of its rows fit greta@example.com.']);
    await copy(desk, { greta: GRETA });
    await desk.pipeline.wakeDue();
    expect(await accounts()).toEqual([{ name: 'Acme', tier: 'gold', vip: false }]);
  });

  it('knows a person by their chat, and by their other addresses (A-019, A-023)', async () => {
    const desk = openDesk();
    await copy(desk, { greta: { ...GRETA, Chat: 'U7' } });
    await arrive(desk, 'Greta');
    await postJson(database.connection, { name: 'Greta', text: 'By chat, too.', chat_id: 'slack:U7' });
    await postJson(database.connection, { name: 'G', email: 'g@home.example', text: 'From home, at last.' });
    await desk.pipeline.drainInbox();
    expect((await accounts()).map(({ name }) => name)).toEqual(['Acme', 'Acme', 'Acme']);
    const [, , home] = await allTickets(database.connection);
    expect(home?.requester.identities?.map(identityName)).toContain('greta@example.com');
  });

  it('makes nobody one person with all the others of a domain', async () => {
    const desk = openDesk();
    await copy(desk, { house: { Domains: 'example.com', Company: 'House', Others: 'boss@example.com' } });
    await arrive(desk, 'Greta', 'Ole');
    const requesters = (await allTickets(database.connection)).map(({ requester }) => requester);
    expect(requesters.map(({ account, identities = [] }) => [account['name'], identities])).toEqual([
      ['House', []],
      ['House', []],
    ]);
  });

  it('is not asked of tickets that it is not for', async () => {
    const desk = openDesk();
    await copy(desk, { greta: GRETA });
    await postForm(database.connection, { ...aForm('Greta'), Kind: 'internal' });
    await desk.pipeline.drainInbox();
    expect(await accounts()).toEqual([{}]);
  });

  it('says nothing before it was read, and what it said stays when its copy is lost', async () => {
    const desk = openDesk();
    await arrive(desk, 'Greta');
    await copy(desk, { greta: GRETA });
    await desk.pipeline.wakeDue();
    const [known] = await accounts();
    expect(known).toEqual({ name: 'Acme', tier: 'gold', vip: false });
    await copy(desk, {});
    await desk.pipeline.reviewAll();
    await openDesk().pipeline.reviewAll();
    expect(await accounts()).toEqual([known]);
  });
});
