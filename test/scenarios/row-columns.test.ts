import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/kit/log.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { createPull } from '../../src/sync/pull.ts';
import { openRequestMeter } from '../../src/sync/request-meter.ts';
import { storeColumns } from '../../src/sync/team-columns.ts';
import { aDeskBase, type DeskBase } from '../connectors/airtable/desk-base.ts';
import { aConfig } from '../support/config.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aForm, allDecisions, allTickets, aDesk, postForm } from '../support/pipeline.ts';

const { policy: POLICY } = aConfig({
  'desk.yaml': 'name: Test desk\nstore: { kind: base }\n',
  'people.yaml':
    'agents:\n  Ana: { email: ana@desk.example }\nqueues:\n  support: { members: [Ana] }\n  big: { members: [Ana] }\n',
  'triage.yaml': `categories: [billing]
rules:
  - name: All is billing
    why: It is the one thing that we do.
    owner: Ana
    when: {}
    then: { category: billing }
  - name: Gold goes first
    why: They pay for it.
    owner: Ana
    when:
      row.Plan: { is: Gold }
      'row.Contract value': { above: 1000 }
    then: { priority: high }
`,
  'routing.yaml': `defaultQueue: support
rules:
  - name: Large contracts
    why: The large ones know their customers.
    owner: Ana
    when: { row.Size: large }
    then: { queue: big }
`,
});

describe('a base with columns of the team’s own', () => {
  let database: TestDatabase;
  let base: DeskBase;
  let sync: { pull(): Promise<unknown>; flush(): Promise<unknown>; drain(): Promise<void> };

  beforeAll(async () => {
    database = await aDatabase('pglite');
    base = await aDeskBase(
      storeColumns({ ...POLICY, triage: { ...POLICY.triage, rules: [] }, routing: { ...POLICY.routing, rules: [] } }),
    );
    const { designers } = base.airtable;
    designers.addField('Tickets', { name: 'Plan', type: 'singleSelect', choices: ['Silver', 'Gold'] });
    designers.addField('Tickets', { name: 'Contract value', type: 'number', options: { precision: 0 } });
    const formula = "IF({Contract value} > 5000, 'large', 'small')";
    designers.addField('Tickets', { name: 'Size', type: 'formula', options: { formula } });
    const { connection } = database;
    const { now, pause } = base.clock;
    const config = aLiveConfig({ policy: POLICY });
    const { pipeline } = aDesk(connection, { config, clock: { now, set: () => undefined, forward: () => undefined } });
    const store = base.openStore({ columns: storeColumns(POLICY) });
    const parts = { connection, store, pipeline, policy: () => POLICY, meter: await openRequestMeter(connection, now) };
    const given = { ...parts, now, pause, log: createLog('silent') };
    const [pull, flush] = [createPull(given), createFlush(given)];
    sync = { pull: () => pull.run(), flush: () => flush.run(), drain: () => pipeline.drainInbox() };
  });
  afterAll(async () => {
    await base.close();
    await database.drop();
  });

  async function theTicket() {
    const [ticket] = await allTickets(database.connection);
    return ticket;
  }

  function theRow() {
    const [row] = base.airtable.people.rows('Tickets');
    return { id: row?.id ?? '', ...row?.fields };
  }

  it('takes a person’s edit of one up with the next look, by the rules, and says why in the row', async () => {
    await sync.pull();
    await postForm(database.connection, aForm('Greta'));
    await sync.drain();
    await sync.flush();
    await base.clock.pause(60_000);
    await sync.pull();
    expect(theRow()).toMatchObject({ Priority: 'Medium', Queue: 'support' });
    base.airtable.people.as('Ana').edit('Tickets', theRow().id, { Plan: 'Gold', 'Contract value': 9000 });
    await base.clock.pause(60_000);
    base.airtable.clearLog();
    await sync.pull();
    expect(base.airtable.counters().requests).toBe(1);
    expect(await theTicket()).toMatchObject({
      priority: 'high',
      queue: 'big',
      row: { plan: 'Gold', 'contract value': 9000, size: 'large' },
    });
    await sync.flush();
    const why = 'because Plan in the row is Gold and Contract value in the row is 9000 (rule Gold goes first).';
    expect(theRow()).toMatchObject({
      Plan: 'Gold',
      'Contract value': 9000,
      Priority: 'High',
      Queue: 'big',
      Activity: expect.stringContaining(`Priority high, ${why}`) as unknown,
    });
  });

  it('comes to rest, and asks the base no more than once a look', async () => {
    const decided = await allDecisions(database.connection);
    for (let time = 0; time < 3; time += 1) {
      await base.clock.pause(60_000);
      base.airtable.clearLog();
      await sync.pull();
      await sync.flush();
      expect(base.airtable.counters().requests).toBeLessThanOrEqual(1);
    }
    expect(await allDecisions(database.connection)).toEqual(decided);
  });
});
