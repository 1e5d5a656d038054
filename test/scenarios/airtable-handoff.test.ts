import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/decide/policy.ts';
import { createLog } from '../../src/kit/log.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { createPull } from '../../src/sync/pull.ts';
import { aDeskBase, type DeskBase } from '../connectors/airtable/desk-base.ts';
import { aContract, aPolicy, aQueue, aRule } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aFreeMeter } from '../support/free-meter.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aDesk, aForm, allDecisions, allOutgoing, allTickets, postForm } from '../support/pipeline.ts';

/** How often a desk on the plan Team looks for edits, in milliseconds. */
const POLL = 23_000;

/** Ana and Ben do the billing, Cy the technical things; every request is about billing. */
const POLICY = aPolicy({
  queues: [
    aQueue({ name: 'billing', members: ['Ana', 'Ben'] }),
    aQueue({ name: 'technical', members: ['Cy'] }),
    aQueue({ name: 'review', members: [], method: 'none' }),
  ],
  triage: { rules: [aRule({ category: 'billing' })] },
  routing: { rules: [aRule({ queue: 'billing' })], defaultQueue: 'billing' },
  intake: { acknowledgement: null },
});

/** The same, but technical wants to know how bad it is and to see a note before it is asked. */
const AGREED: Policy = {
  ...POLICY,
  routing: {
    ...POLICY.routing,
    handoffs: [
      aContract({ from: ['billing'], to: ['technical'], needs: ['severity', 'note'] }),
      aContract({ name: 'Help', from: ['billing'], to: ['review'], transfer: 'collaborate' }),
    ],
  },
};

describe('a hand-off that is asked for in Airtable', () => {
  let policy: Policy = POLICY;
  let database: TestDatabase;
  let base: DeskBase;
  let ways: { pull: ReturnType<typeof createPull>; flush: ReturnType<typeof createFlush> };
  let desk: ReturnType<typeof aDesk>;
  let rowId: string;

  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    await database.empty();
    base = await aDeskBase(deskColumns(policy));
    const { clock, store } = base;
    const standing = { now: clock.now, set: () => undefined, forward: () => undefined };
    desk = aDesk(database.connection, { config: aLiveConfig({ policy: policy }), clock: standing });
    const parts = {
      connection: database.connection,
      store,
      pipeline: desk.pipeline,
      policy: () => policy,
      meter: aFreeMeter(),
      now: clock.now,
      pause: clock.pause,
      log: createLog('silent'),
    };
    ways = { pull: createPull(parts), flush: createFlush(parts) };
    await ways.pull.run();
    await postForm(database.connection, aForm('Greta'), { receivedAt: clock.now() });
    await desk.pipeline.drainInbox();
    await ways.flush.run();
    rowId = base.airtable.people.rows('Tickets')[0]?.id ?? '';
    return () => base.close();
  });

  async function poll(): Promise<void> {
    await base.clock.pause(POLL);
    await ways.pull.run();
    await ways.flush.run();
  }

  async function row() {
    const { queue, assignee, owner, why, handoffTo, handoffReason } = (await base.byHand.readBack(rowId))?.cells ?? {};
    return { queue, assignee, owner, why, handoffTo, handoffReason };
  }

  const CLEARED = { handoffTo: null, handoffReason: null };

  it('is done with the next look: the ticket is another person’s, and the row says why (A-050)', async () => {
    expect(await row()).toMatchObject({ queue: 'billing', assignee: 'Ana', ...CLEARED });
    await base.byHand.editByHand(rowId, { handoffReason: 'needs a log file' }, 'Ana');
    await poll();
    expect(await row()).toMatchObject({ queue: 'billing', handoffReason: 'needs a log file' });
    await base.byHand.editByHand(rowId, { handoffTo: 'technical' }, 'Ana');
    await poll();
    const after = {
      queue: 'technical',
      assignee: 'Cy',
      owner: 'Cy',
      why: 'Somebody in the base handed it from billing to technical: needs a log file.',
      ...CLEARED,
    };
    expect(await row()).toEqual(after);
    for (let time = 0; time < 3; time += 1) await poll();
    expect(await row()).toEqual(after);
    expect((await allOutgoing(database.connection)).filter(({ kind }) => kind === 'message')).toEqual([]);
  });

  it('takes a reason along that is typed after the queue was taken (A-050)', async () => {
    await base.byHand.editByHand(rowId, { handoffTo: 'technical' }, 'Ana');
    await poll();
    expect(await row()).toMatchObject({ why: 'Somebody in the base handed it from billing to technical.', ...CLEARED });
    await base.byHand.editByHand(rowId, { handoffReason: 'needs a log file' }, 'Ana');
    await poll();
    expect(await row()).toMatchObject({
      assignee: 'Cy',
      why: 'Somebody in the base handed it from billing to technical: needs a log file.',
      ...CLEARED,
    });
    const trail = (await allDecisions(database.connection)).filter(({ stage }) => stage === 'handoff');
    const same = { from: 'billing', to: 'technical' };
    expect(trail.map(({ params }) => params)).toMatchObject([
      { ...same, reason: null },
      { ...same, reason: 'needs a log file' },
    ]);
  });

  it('loses no reason that is typed between our look and our write (A-050)', async () => {
    await base.byHand.editByHand(rowId, { handoffTo: 'technical' }, 'Ana');
    await base.clock.pause(POLL);
    await ways.pull.run();
    await base.byHand.editByHand(rowId, { handoffReason: 'needs a log file' }, 'Ana');
    await ways.flush.run();
    await poll();
    expect(await row()).toMatchObject({ ...CLEARED, queue: 'technical' });
    const [ticket] = await allTickets(database.connection);
    expect(ticket?.handoff).toMatchObject({ from: 'billing', to: 'technical', reason: 'needs a log file' });
  });

  it('can be done without: all else goes on in a base that never had its columns', async () => {
    for (const title of ['Hand off to', 'Hand-off reason']) base.airtable.designers.removeField('Tickets', title);
    await base.byHand.editByHand(rowId, { priority: 'Critical' }, 'Ana');
    await poll();
    await base.clock.pause(3_600_000);
    await base.byHand.editByHand(rowId, { status: 'Open' }, 'Ana');
    await poll();
    expect((await allTickets(database.connection)).map(({ priority, status }) => [priority, status])).toEqual([
      ['critical', 'open'],
    ]);
    expect((await base.store.check()).map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', 'The column "Hand off to" is missing.'],
      ['warning', 'The column "Hand-off reason" is missing.'],
    ]);
  });

  it('goes to no queue that only the column offers, and says which there are', async () => {
    base.airtable.designers.addOption('Tickets', 'Hand off to', 'logistics');
    await base.byHand.editByHand(rowId, { handoffTo: 'logistics', handoffReason: 'A parcel' }, 'Ana');
    await poll();
    expect(await row()).toMatchObject({
      queue: 'billing',
      assignee: 'Ana',
      why: 'Not handed off, because “logistics” is no queue of this desk. It can be technical or review.',
      ...CLEARED,
    });
  });

  it('is offered the queues of the config, and no others', async () => {
    expect(await base.optionsOf('Hand off to')).toEqual(['billing', 'technical', 'review']);
  });

  describe('under a contract', () => {
    beforeAll(() => void (policy = AGREED));

    async function contractCells() {
      const { queue, owner, handoffState, handoffAnswer, handoffTo, collaborators } =
        (await base.byHand.readBack(rowId))?.cells ?? {};
      return { queue, owner, handoffState, handoffAnswer, handoffTo, collaborators };
    }

    it('is held, asked, rejected and accepted by cells alone (A-051, A-053)', async () => {
      expect(await base.optionsOf('Hand-off answer')).toEqual([
        'Accept',
        'Reject: not ours',
        'Reject: more information',
      ]);
      const waits = { queue: 'billing', owner: 'Ana', handoffAnswer: null, handoffTo: null };
      await base.byHand.editByHand(rowId, { handoffTo: 'technical' }, 'Ana');
      await poll();
      const held = 'Not with technical yet: needs severity and an internal note';
      expect(await contractCells()).toMatchObject({ ...waits, handoffState: held });
      await base.byHand.editByHand(rowId, { severity: 'High', internalNotes: 'It began on Monday.' }, 'Ana');
      await poll();
      expect(await contractCells()).toMatchObject({ ...waits, handoffState: 'Waiting for acceptance by technical' });
      await base.byHand.editByHand(rowId, { handoffAnswer: 'Reject: not ours' }, 'Cy');
      await poll();
      expect(await contractCells()).toMatchObject({ ...waits, handoffState: 'Rejected by technical: not ours' });
      await base.byHand.editByHand(rowId, { handoffTo: 'technical' }, 'Ana');
      await poll();
      await base.byHand.editByHand(rowId, { handoffAnswer: 'Accept' }, 'Cy');
      await poll();
      const moved = { queue: 'technical', owner: 'Cy', handoffAnswer: null, handoffTo: null };
      expect(await contractCells()).toMatchObject({ ...moved, handoffState: 'Handed from billing to technical' });
      const asked = (await allOutgoing(database.connection)).filter(({ template }) => template === 'handoff_asked');
      expect(asked.map(({ key }) => key.split(':')[2])).toEqual(['1', '1', '2', '2']);
    });

    it('shows who helps, and lets people end it (A-052)', async () => {
      await base.byHand.editByHand(rowId, { handoffTo: 'review' }, 'Ana');
      await poll();
      expect(await contractCells()).toMatchObject({ queue: 'billing', owner: 'Ana', collaborators: ['review'] });
      await base.byHand.editByHand(rowId, { collaborators: [] }, 'Ana');
      await poll();
      expect(await allTickets(database.connection)).toMatchObject([{ collaborators: [], queue: 'billing' }]);
    });
  });
});
