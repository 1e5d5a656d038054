import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { agents, tickets } from '../../src/db/schema.ts';
import { createLog } from '../../src/kit/log.ts';
import type { Cell } from '../../src/ports/ticket-store.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { createFlush, type Flush } from '../../src/sync/flush.ts';
import { createPull, type Progress, type Pull } from '../../src/sync/pull.ts';
import { ALWAYS, aPolicy, aRule, MORNING } from '../support/builders.ts';
import { anEmbeddedStore, byHand } from '../connectors/embedded/desk-rows.ts';
import { aDatabase, emptyTables, ENGINES, type TestDatabase } from '../support/database.ts';
import { aFreeMeter } from '../support/free-meter.ts';
import { aLiveConfig } from '../support/live-config.ts';
import {
  aClock,
  aForm,
  allDecisions,
  allOutgoing,
  allTickets,
  aDesk,
  postForm,
  type TestDesk,
} from '../support/pipeline.ts';
import { aWatchedStore, type WatchedStore } from '../support/watched-store.ts';

const HOUR = { low: 60, medium: 60, high: 60, critical: 60 };

/** A desk that acknowledges, assigns, and promises an answer within an hour and an end within ten. */
const POLICY = aPolicy({
  triage: { rules: [aRule({ category: 'billing' })] },
  intake: { acknowledgement: 'received' },
  replies: { received: { name: 'received', subject: 'We have it', body: 'Thank you.' } },
  sla: {
    policies: [
      {
        name: 'Everybody',
        why: 'A promise is a promise.',
        owner: 'support lead',
        when: ALWAYS,
        place: 'sla.yaml:1',
        promises: [],
        targets: [
          { metric: 'first_reply', minutes: HOUR, calendar: null, warnShare: 0.8 },
          {
            metric: 'total_resolution',
            minutes: { low: 600, medium: 600, high: 600, critical: 600 },
            calendar: null,
            warnShare: 0.8,
          },
        ],
      },
    ],
  },
});

describe.each(ENGINES)('a database that was lost, on %s', (engine) => {
  let database: TestDatabase;
  let desk: TestDesk;
  let hand: ReturnType<typeof byHand>;
  let store: WatchedStore;
  let flush: Flush;
  let pull: Pull;
  const clock = aClock();
  beforeAll(async () => {
    database = await aDatabase(engine);
    hand = byHand(database.connection);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.empty();
    clock.set(MORNING);
    open();
  });

  /** The rows stay where they are, as in a base that is somebody else's. */
  function open(): void {
    const { connection } = database;
    desk = aDesk(connection, { clock, config: aLiveConfig({ policy: POLICY }) });
    const policy = () => desk.config.current().policy;
    store = aWatchedStore(anEmbeddedStore(connection, deskColumns(policy())), { fit: (_, cell: Cell) => cell });
    const parts = {
      connection,
      store,
      pipeline: desk.pipeline,
      policy,
      meter: aFreeMeter(),
      now: clock.now,
      pause: async (milliseconds: number) => clock.forward({ milliseconds }),
      log: createLog('silent'),
    };
    [flush, pull] = [createFlush(parts), createPull(parts)];
  }

  async function sync(): Promise<void> {
    await pull.run();
    await flush.run();
    await pull.run();
  }

  /** A desk with three tickets, of which Ana answered one; the base knows it all. */
  async function aLivelyDesk() {
    await sync();
    for (const name of ['Greta', 'Hugo', 'Ines']) await postForm(database.connection, aForm(name, `I am ${name}.`));
    await desk.pipeline.drainInbox();
    const [first] = await allTickets(database.connection);
    await desk.pipeline.reply(first?.key ?? '', { by: 'Ana', text: 'We refund you.' });
    await desk.pipeline.edit(first?.key ?? '', {
      by: 'Ana',
      at: clock.now(),
      changes: [{ field: 'priority', from: 'medium', to: 'high' }],
    });
    clock.forward({ minutes: 50 });
    await desk.pipeline.wakeDue();
    await sync();
    const rows = await database.connection.queries.select().from(tickets).orderBy(tickets.number);
    store.forget();
    return { before: await allTickets(database.connection), rowIds: rows.map(({ rowId }) => rowId ?? '') };
  }

  async function lose(): Promise<void> {
    await emptyTables(database.connection, { except: ['desk_rows', 'desk_rows_gone'] });
    open();
  }

  it('comes back ticket for ticket, as it was, from the base alone (A-108)', async () => {
    const { before } = await aLivelyDesk();
    await lose();
    expect(await pull.run()).toEqual({ taken: 0, adopted: 0, restored: 3, detached: 0, unknown: 0 });
    const after = await allTickets(database.connection);
    expect(after.map((ticket) => ({ ...ticket, updatedAt: null }))).toEqual(
      before.map((ticket) => ({ ...ticket, updatedAt: null })),
    );
    expect((await allDecisions(database.connection)).map(({ code, sentence }) => [code, sentence])).toEqual(
      Array.from({ length: 3 }, () => ['intake.restored', 'Restored from the base, where its row remembers it.']),
    );
  });

  it('sends nothing again: no acknowledgement, no notice, no alarm', async () => {
    await aLivelyDesk();
    const kinds = new Set((await allOutgoing(database.connection)).map(({ template }) => template));
    expect([...kinds].sort()).toEqual(['assigned', 'received', 'reply', 'sla_warning']);
    await lose();
    await sync();
    await desk.pipeline.wakeDue();
    await desk.pipeline.reviewAll();
    await sync();
    expect(await allOutgoing(database.connection)).toEqual([]);
  });

  it('costs the base one reading, and no write', async () => {
    await aLivelyDesk();
    await lose();
    await pull.run();
    await flush.run();
    expect(store.calls.map(({ call }) => call)).toEqual(['changesSince']);
  });

  it('goes on where it was: alarms that came due meanwhile go off, once', async () => {
    await sync();
    await postForm(database.connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
    await sync();
    const kinds = async () => (await allOutgoing(database.connection)).map(({ template }) => template);
    await lose();
    clock.forward({ minutes: 50 });
    await sync();
    await desk.pipeline.wakeDue();
    await desk.pipeline.reviewAll();
    expect(await kinds()).toEqual(['sla_warning']);
    await sync();
    await lose();
    clock.forward({ minutes: 20 });
    await sync();
    await desk.pipeline.wakeDue();
    await desk.pipeline.reviewAll();
    expect(await kinds()).toEqual(['sla_breach']);
  });

  it('takes what people changed while it was gone for their edits', async () => {
    const { rowIds } = await aLivelyDesk();
    await lose();
    await hand.editByHand(rowIds[1] ?? '', { status: 'Resolved', category: 'Technical', number: 7 }, 'Ben');
    expect(await pull.run()).toEqual({ taken: 1, adopted: 0, restored: 3, detached: 0, unknown: 0 });
    const [, edited] = await allTickets(database.connection);
    expect(edited).toMatchObject({ status: 'resolved', resolvedAt: clock.now(), category: 'technical' });
    expect(edited?.overrides.category).toMatchObject({ by: 'Ben' });
    await flush.run();
    expect((await hand.readBack(rowIds[1] ?? ''))?.cells).toMatchObject({ status: 'Resolved', number: edited?.number });
  });

  it('keeps what a person chose, and what the team has not sent yet', async () => {
    const { rowIds } = await aLivelyDesk();
    await lose();
    await hand.editByHand(rowIds[0] ?? '', { reply: 'And a voucher.', send: true }, 'Ana');
    await sync();
    const [first] = await allTickets(database.connection);
    expect(first?.overrides.priority).toMatchObject({ by: 'Ana', to: 'high' });
    const replies = (await allOutgoing(database.connection)).filter(({ template }) => template === 'reply');
    expect(replies.map(({ text }) => text)).toEqual(['And a voucher.']);
  });

  it('numbers what comes next above the highest in the base, rows typed meanwhile included (A-015)', async () => {
    const { before } = await aLivelyDesk();
    const highest = Math.max(...before.map(({ number }) => number));
    await lose();
    await database.connection.script(
      `insert into desk_rows (id, cells, edited_by) values ('typed', '{"subject": "By phone"}', 'Ana')`,
    );
    await database.connection.script(`update desk_rows set cells = cells where id <> 'typed'`);
    await pull.run();
    await postForm(database.connection, aForm('Jo', 'I am Jo.'));
    await desk.pipeline.drainInbox();
    const numbers = (await allTickets(database.connection)).map(({ number }) => number);
    expect(numbers).toEqual([...before.map(({ number }) => number), highest + 1, highest + 2]);
  });

  it('knows whether the base was read, so that requests wait until their numbers are free', async () => {
    await aLivelyDesk();
    await lose();
    expect(await pull.knowsBase()).toBe(false);
    await pull.run();
    expect(await pull.knowsBase()).toBe(true);
  });

  it('gives a number that somebody has by now away no second time, and says so', async () => {
    const { before } = await aLivelyDesk();
    await lose();
    await postForm(database.connection, aForm('Jo', 'I am Jo.'));
    await desk.pipeline.drainInbox();
    await sync();
    const after = await allTickets(database.connection);
    expect(new Set(after.map(({ number }) => number)).size).toBe(4);
    const moved = after.find(({ key }) => key === before[0]?.key);
    expect((await allDecisions(database.connection)).find(({ ticketKey }) => ticketKey === moved?.key)?.sentence).toBe(
      `Restored from the base, where its row remembers it; another ticket has its number ${before[0]?.number} by now.`,
    );
    const { rows } = (await database.connection.queries.execute(
      sql`select cells ->> 'number' as number from desk_rows where key = ${moved?.key}`,
    )) as { rows: { number: string }[] };
    expect(rows).toEqual([{ number: String(moved?.number) }]);
  });

  it('counts again what everybody has to do', async () => {
    await aLivelyDesk();
    const { queries } = database.connection;
    const loads = () => queries.select({ name: agents.name, open: agents.open }).from(agents).orderBy(agents.name);
    const before = (await loads()).filter(({ open }) => open > 0);
    await lose();
    await pull.run();
    expect((await loads()).filter(({ open }) => open > 0)).toEqual(before);
  });

  it('keeps the log that stands in the row, and goes on with it', async () => {
    const { rowIds } = await aLivelyDesk();
    const log = async () => String((await hand.readBack(rowIds[2] ?? ''))?.cells['activity']).split('\n');
    const before = await log();
    await lose();
    await hand.editByHand(rowIds[2] ?? '', { priority: 'Critical' }, 'Ben');
    await sync();
    const after = await log();
    expect(after.slice(-before.length)).toEqual(before);
    expect(after.length).toBeGreaterThan(before.length);
    expect(after.at(-before.length - 1)).toContain('Restored from the base');
  });

  describe('and a row whose memory is damaged', () => {
    it('comes back from its columns; what is filled in counts as chosen, and no alarm goes off again', async () => {
      const { before, rowIds } = await aLivelyDesk();
      const sent = (await allOutgoing(database.connection)).filter(({ template }) => template.startsWith('sla_'));
      await lose();
      await hand.editByHand(rowIds[0] ?? '', { memory: '{"v":1' }, 'Ana');
      expect(await pull.run()).toMatchObject({ restored: 3 });
      const [first] = await allTickets(database.connection);
      const { number, subject, status, category, priority, queue, assignee, openedAt } = before[0] ?? {};
      expect(first).toMatchObject({ number, subject, status, category, priority, queue, assignee, openedAt });
      expect(Object.keys(first?.overrides ?? {})).toContain('category');
      await sync();
      await desk.pipeline.wakeDue();
      const outgoing = await allOutgoing(database.connection);
      expect(outgoing.filter(({ state }) => state === 'waiting')).toEqual([]);
      expect(outgoing.map(({ template, problem }) => [template, problem?.code])).toEqual(
        sent.map(({ template }) => [template, 'outbox.maybe-sent']).slice(0, outgoing.length),
      );
      expect((await hand.readBack(rowIds[0] ?? ''))?.cells['memory']).toContain(`"key":"${first?.key}"`);
    });

    it('comes back even if it says nothing at all', async () => {
      await store.write([{ id: null, key: ulid(), cells: { subject: 'From another time' } }]);
      expect(await pull.run()).toMatchObject({ restored: 1 });
      await sync();
      const [ticket] = await allTickets(database.connection);
      expect(ticket).toMatchObject({ number: 1000, subject: 'From another time', status: 'new', priority: 'medium' });
      expect((await allDecisions(database.connection))[0]?.sentence).toBe(
        'Restored from the base, from what the columns show, as what its row remembers cannot be read.',
      );
    });
  });

  describe('resync', () => {
    it('tells how far it has come, restores, and finds what was deleted', async () => {
      const { rowIds } = await aLivelyDesk();
      await database.connection.script(`delete from tickets where row_id = '${rowIds[0]}'`);
      await hand.deleteByHand(rowIds[1] ?? '');
      const steps: Progress[] = [];
      const found = await pull.resync((step) => void steps.push(step));
      expect(found).toEqual({ taken: 0, adopted: 0, restored: 1, detached: 1, unknown: 0 });
      expect(steps.map(({ rows }) => rows)).toEqual([2]);
    });

    it('restores nothing twice', async () => {
      await aLivelyDesk();
      await lose();
      await pull.resync(() => undefined);
      expect(await pull.resync(() => undefined)).toMatchObject({ restored: 0, taken: 0 });
      expect(await allTickets(database.connection)).toHaveLength(3);
    });
  });
});
