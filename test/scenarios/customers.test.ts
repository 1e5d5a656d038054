import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/db/connection.ts';
import { aConfig } from '../support/config.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aClock, aDesk, aForm, allDecisions, allTickets, postForm } from '../support/pipeline.ts';

/** A desk of one person, who takes one ticket at a time. */
const FILES = {
  'people.yaml': `
agents: { Ana: { cap: 1 } }
queues:
  billing: { members: [Ana], method: load }
  support: { members: [Ana], method: load }
`,
  'triage.yaml': `
categories: [billing]
rules:
  - { name: Payments, why: Finance mends them., owner: Ana, when: { text: { mentions: payment } }, then: { category: billing } }
`,
  'routing.yaml': `
defaultQueue: support
rules:
  - { name: Billing, why: Finance mends them., owner: Ana, when: { category: billing }, then: { queue: billing } }
`,
  'customers.yaml': `
accounts: { Acme: { domains: [acme.example], tier: enterprise } }
vips: [board@acme.example]
`,
};

describe('a day with customers', () => {
  let database: TestDatabase;
  let connection: Connection;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    connection = database.connection;
  });
  afterAll(() => database.drop());

  it('gives the next free place in the right queue to the VIP who wrote last (A-030)', async () => {
    const clock = aClock();
    const { pipeline } = aDesk(connection, { clock, config: aLiveConfig({ policy: aConfig(FILES).policy }) });
    for (const email of ['first@else.example', 'second@acme.example', 'board@acme.example']) {
      await postForm(connection, { ...aForm('Greta'), email });
      await pipeline.drainInbox();
      clock.forward({ minutes: 5 });
    }
    const [first, second, board] = await allTickets(connection);
    expect([first, second, board].map((ticket) => ticket?.queue)).toEqual(['billing', 'billing', 'billing']);
    expect([first, second, board].map((ticket) => ticket?.assignee)).toEqual(['Ana', null, null]);
    const to = 'resolved';
    const changes = [{ field: 'status', from: 'new', to } as const];
    await pipeline.edit(first?.key ?? '', { by: 'Ana', at: clock.now(), changes });
    const after = await allTickets(connection);
    expect(after.map(({ assignee }) => assignee)).toEqual(['Ana', null, 'Ana']);
    const said = (await allDecisions(connection)).filter(({ ticketKey }) => ticketKey === board?.key);
    expect(said.map(({ sentence }) => sentence)).toEqual(
      expect.arrayContaining([
        'Belongs to Acme, by the domain acme.example: tier enterprise.',
        'Greta is a VIP by board@acme.example: goes before all who are not.',
        'Waits at the head of billing as a VIP, because nobody can take it now: Ana: at cap.',
      ]),
    );
  });
});
