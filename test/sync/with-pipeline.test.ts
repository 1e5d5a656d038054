import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/kit/log.ts';
import type { TicketStore } from '../../src/ports/ticket-store.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { createPull } from '../../src/sync/pull.ts';
import { anEmbeddedStore, byHand } from '../connectors/embedded/desk-rows.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aFreeMeter } from '../support/free-meter.ts';
import { aForm, allDecisions, allOutgoing, allTickets, aDesk, postForm, type TestDesk } from '../support/pipeline.ts';

describe.each(ENGINES)('base and judgement together on %s', (engine) => {
  let database: TestDatabase;
  let desk: TestDesk;
  let hand: ReturnType<typeof byHand>;
  let sync: () => Promise<void>;
  beforeAll(async () => {
    database = await aDatabase(engine);
    desk = aDesk(database.connection);
    hand = byHand(database.connection);
    const policy = () => desk.config.current().policy;
    const store: TicketStore = anEmbeddedStore(database.connection, deskColumns(policy()));
    const { connection } = database;
    const { pipeline, clock } = desk;
    const parts = {
      connection,
      store,
      pipeline,
      policy,
      meter: aFreeMeter(),
      now: clock.now,
      pause: async (milliseconds: number) => clock.forward({ milliseconds }),
      log: createLog('silent'),
    };
    const [flush, pull] = [createFlush(parts), createPull(parts)];
    sync = async () => {
      await pull.run();
      await flush.run();
      await pull.run();
    };
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.empty();
  });

  async function aTicketInTheBase(): Promise<{ rowId: string }> {
    await postForm(database.connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
    await sync();
    const { rows } = (await database.connection.queries.execute('select id from desk_rows')) as {
      rows: { id: string }[];
    };
    return { rowId: rows[0]?.id ?? '' };
  }

  it('a form becomes a row with an owner, and why, and what was decided (A-108)', async () => {
    const { rowId } = await aTicketInTheBase();
    const [ticket] = await allTickets(database.connection);
    const cells = (await hand.readBack(rowId))?.cells;
    expect(cells).toMatchObject({
      subject: 'Payment failed',
      requesterName: 'Greta',
      status: 'New',
      needsReview: true,
      owner: 'review',
      why: ticket?.why,
    });
    expect(String(cells?.['activity']).split('\n')).toHaveLength((await allDecisions(database.connection)).length);
  });

  it('a person’s choice stays, is recorded under the name, and is not routed away (A-036)', async () => {
    const { rowId } = await aTicketInTheBase();
    await hand.editByHand(rowId, { category: 'Technical', assignee: 'Cy' }, 'Ben');
    await sync();
    const [ticket] = await allTickets(database.connection);
    expect(ticket).toMatchObject({ category: 'technical', assignee: 'Cy' });
    expect(ticket?.overrides).toMatchObject({ category: { by: 'Ben' }, assignee: { by: 'Ben' } });
    expect((await hand.readBack(rowId))?.cells).toMatchObject({ assignee: 'Cy', owner: 'Cy' });
  });

  it('a value that no ticket can hold is put back, and Why says what could stand', async () => {
    const { rowId } = await aTicketInTheBase();
    await hand.editByHand(rowId, { status: 'Waiting for Godot' }, 'Ana');
    await sync();
    const cells = (await hand.readBack(rowId))?.cells;
    expect(cells?.['status']).toBe('New');
    expect(cells?.['why']).toContain('Waiting for Godot');
  });

  it('an answer typed in the row goes out once, and stops the clock (A-089)', async () => {
    const { rowId } = await aTicketInTheBase();
    await hand.editByHand(rowId, { reply: 'We refund you.', send: true }, 'Ana');
    await sync();
    await sync();
    const replies = (await allOutgoing(database.connection)).filter(({ template }) => template === 'reply');
    expect(replies.map(({ recipient, text }) => [recipient, text])).toEqual([['greta@example.com', 'We refund you.']]);
    expect((await hand.readBack(rowId))?.cells).toMatchObject({ reply: null, send: false });
    const [ticket] = await allTickets(database.connection);
    expect(ticket?.firstRespondedAt).toEqual(desk.clock.now());
  });

  it('a queue chosen in Hand off to moves the ticket, and the row says who, from where, to where and why (A-050)', async () => {
    const { rowId } = await aTicketInTheBase();
    await hand.editByHand(rowId, { handoffReason: 'needs an agent', handoffTo: 'support' }, 'Ana');
    await sync();
    expect((await hand.readBack(rowId))?.cells).toMatchObject({
      queue: 'support',
      assignee: 'Ana',
      owner: 'Ana',
      why: 'Ana handed it from review to support: needs an agent.',
      handoffTo: null,
      handoffReason: null,
    });
    const [ticket] = await allTickets(database.connection);
    expect(ticket?.overrides).toMatchObject({ queue: { by: 'Ana', from: 'review', to: 'support' } });
    await desk.pipeline.reviewAll();
    expect((await allTickets(database.connection))[0]).toMatchObject({ queue: 'support', assignee: 'Ana' });
  });

  it('a hand-off to where the ticket is, or to nowhere, is answered in the row and cleared', async () => {
    const { rowId } = await aTicketInTheBase();
    for (const [handoffTo, why] of [
      ['review', 'Not handed off, because it is in review already.'],
      ['Logistics', 'Not handed off, because “Logistics” is no queue of this desk. It can be support.'],
    ]) {
      await hand.editByHand(rowId, { handoffTo: handoffTo ?? null, handoffReason: 'Because' }, 'Ana');
      await sync();
      const cells = (await hand.readBack(rowId))?.cells;
      expect(cells).toMatchObject({ queue: 'review', why, handoffTo: null, handoffReason: null });
    }
  });

  it('a hand-off that is heard twice moves the ticket once, even when it has moved on (A-050)', async () => {
    const { rowId } = await aTicketInTheBase();
    const key = (await allTickets(database.connection))[0]?.key ?? '';
    await hand.editByHand(rowId, { handoffTo: 'support' }, 'Ana');
    await sync();
    const moved = { to: 'review', reason: 'not ours', key: 'console' };
    await desk.pipeline.edit(key, { by: 'Cy', at: desk.clock.now(), changes: [], handoff: moved });
    // As after a crash before the row was noted down: the cell still asks.
    const forget = `update tickets set synced = synced - 'handoffTo', handoff_key = null where key = '${key}'`;
    await database.connection.script(forget);
    await hand.editByHand(rowId, { handoffTo: 'support' }, 'Ana');
    await sync();
    expect((await allTickets(database.connection))[0]).toMatchObject({ queue: 'review', handoff: { by: 'Cy' } });
    const codes = (await allDecisions(database.connection)).map(({ code }) => code);
    expect(codes.filter((code) => code.startsWith('handoff.'))).toEqual(['handoff.moved', 'handoff.moved']);
  });

  it('a row typed by hand gets its number, key and owner, and keeps what was filled in (A-015)', async () => {
    const rowId = await hand.addByHand({ subject: 'Called: router is dead', priority: 'High' }, 'Ana');
    await sync();
    const [ticket] = await allTickets(database.connection);
    const found = await hand.readBack(rowId);
    expect(found?.key).toBe(ticket?.key);
    expect(found?.cells).toMatchObject({
      number: ticket?.number,
      priority: 'High',
      owner: ticket?.assignee ?? ticket?.queue,
    });
    expect(ticket?.overrides.priority?.by).toBe('Ana');
    expect(await hand.countRows()).toBe(1);
  });

  it('comes to rest', async () => {
    await aTicketInTheBase();
    const before = await allDecisions(database.connection);
    for (let round = 0; round < 3; round += 1) await sync();
    expect(await allDecisions(database.connection)).toEqual(before);
  });
});
