import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/kit/log.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { createPull } from '../../src/sync/pull.ts';
import { aDeskBase, type DeskBase } from '../connectors/airtable/desk-base.ts';
import { aDefinition, aDeskThatEscalates, after } from '../decide/escalation/escalated-case.ts';
import { aRule } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aFreeMeter } from '../support/free-meter.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aDesk, aForm, allDecisions, allOutgoing, allTickets, postForm } from '../support/pipeline.ts';

/** How often a desk on the plan Team looks for edits, in milliseconds. */
const POLL = 23_000;

const MINUTE = 60_000;

/** Billing, ticked off in four steps, and escalated when a quarter of an hour goes by without progress. */
const POLICY = aDeskThatEscalates(
  [
    aDefinition({
      name: 'Nothing moves',
      after: after({ noProgressMinutes: 15 }),
      priority: 'critical',
      until: ['condition_clears'],
    }),
  ],
  {
    triage: {
      rules: [aRule({ category: 'billing' })],
      steps: { billing: ['Receive', 'Validate', 'Solve', 'Close'] },
    },
  },
);

describe('an escalated ticket in Airtable', () => {
  let database: TestDatabase;
  let base: DeskBase;
  let desk: ReturnType<typeof aDesk>;
  let pull: ReturnType<typeof createPull>;
  let flush: ReturnType<typeof createFlush>;

  beforeAll(async () => {
    database = await aDatabase('pglite');
    base = await aDeskBase(deskColumns(POLICY));
    const { clock, store } = base;
    const standing = { now: clock.now, set: () => undefined, forward: () => undefined };
    desk = aDesk(database.connection, { config: aLiveConfig({ policy: POLICY }), clock: standing });
    const { connection } = database;
    const sync = {
      store,
      pipeline: desk.pipeline,
      policy: () => POLICY,
      meter: aFreeMeter(),
      log: createLog('silent'),
    };
    const parts = { ...sync, connection, now: clock.now, pause: clock.pause };
    [pull, flush] = [createPull(parts), createFlush(parts)];
    await pull.run();
    await postForm(connection, aForm('Greta'), { receivedAt: clock.now() });
    await desk.pipeline.drainInbox();
    await flush.run();
  });
  afterAll(async () => {
    await base.close();
    await database.drop();
  });

  function theRow() {
    const [row] = base.airtable.people.rows('Tickets');
    return { id: row?.id ?? '', ...row?.fields };
  }

  /** Time passes, people's edits are read, what is due is looked at, and the row is written. */
  async function pass(milliseconds: number): Promise<void> {
    await base.clock.pause(milliseconds);
    await pull.run();
    await desk.pipeline.wakeDue();
    await flush.run();
  }

  async function notices(): Promise<readonly string[]> {
    const all = await allOutgoing(database.connection);
    return all.filter(({ template }) => template.endsWith('escalated')).map(({ key }) => key);
  }

  it('is put off by a step that a person ticks in the row (A-064, A-078)', async () => {
    await pass(10 * MINUTE);
    base.airtable.people.as('Ana').edit('Tickets', theRow().id, { 'Steps done': ['Receive', 'Validate'] });
    await pass(POLL);
    await pass(8 * MINUTE);
    expect(theRow()).not.toHaveProperty('Escalation');
    const [ticked] = (await allDecisions(database.connection)).filter(({ code }) => code === 'edit.steps_ticked');
    expect(ticked).toMatchObject({
      sentence: 'Somebody in the base did Receive and Validate.',
      source: { kind: 'person' },
    });
  });

  it('shows its level, who answers for it and why, while its status stays (A-067, A-068)', async () => {
    await pass(8 * MINUTE);
    expect(theRow()).toMatchObject({ Escalation: 'Level 1', Priority: 'Critical', Status: 'New', Accountable: 'Ana' });
    expect(theRow()).toHaveProperty('Why', expect.stringContaining('Escalated to level 1 by “Nothing moves”'));
    expect(await notices()).toEqual([expect.stringMatching(/^escalated:.*:1:1:lead@desk\.example$/)]);
  });

  it('fires nothing again when our database is lost, and goes on from its row (A-071)', async () => {
    const [before] = await allTickets(database.connection);
    await database.empty();
    await pull.run();
    await pass(POLL);
    const [now] = await allTickets(database.connection);
    expect(now?.escalation).toEqual(before?.escalation);
    expect(await notices()).toEqual([]);
  });

  it('is ended by whoever empties the cell, and its priority comes back (A-070)', async () => {
    base.airtable.people.as('Ben').edit('Tickets', theRow().id, { Escalation: null });
    await pass(POLL);
    expect(theRow()).not.toHaveProperty('Escalation');
    expect(theRow()).toMatchObject({ Priority: 'Medium' });
    expect(await notices()).toEqual([expect.stringMatching(/^deescalated:.*:1:lead@desk\.example$/)]);
  });

  it('is escalated by whoever chooses a level, and told to the owner and the queue', async () => {
    base.airtable.people.as('Ben').edit('Tickets', theRow().id, { Escalation: 'Level 3' });
    await pass(POLL);
    expect(theRow()).toMatchObject({ Escalation: 'Level 3', Why: 'Somebody in the base escalated it to level 3.' });
    const news = (await notices()).filter((key) => key.startsWith('escalated:')).toSorted();
    expect(news).toEqual([expect.stringMatching(/:2:3:ana@/), expect.stringMatching(/:2:3:lead@/)]);
  });
});
