import { ulid } from 'ulid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RowWrite, TicketStore, WriteOutcome } from '../../../src/ports/ticket-store.ts';
import { deskColumns } from '../../../src/sync/columns.ts';
import { aPolicy } from '../../support/builders.ts';
import { aDeskBase, type DeskBase } from './desk-base.ts';

const COLUMNS = deskColumns(aPolicy());
const TABLE = 'Tickets';
const ROBOT = 'Tabledesk';

/** As every new row has, more or less. */
const CELLS = {
  ticket: 'T-1000 Request',
  number: 1000,
  subject: 'Request',
  description: 'It does not work.',
  requesterName: 'Maria',
  requesterEmail: 'maria@example.com',
  channel: 'website',
  category: 'billing',
  priority: 'High',
  status: 'New',
  queue: 'support',
  owner: 'support',
  openedAt: '2026-11-23T09:00:00.000Z',
  contactCount: 1,
  why: 'The first rule.',
  activity: '09:00 The first rule.',
};

/** The same, all of it changed. */
const CHANGED = { ...CELLS, subject: 'Another', status: 'Open', priority: 'Low', why: 'The second rule.' };

describe("columns that are locked for the token's owner", () => {
  let base: DeskBase;
  let store: TicketStore;

  beforeEach(async () => {
    base = await aDeskBase(COLUMNS);
    ({ store } = base);
    await store.people();
    await quiet();
  });
  afterEach(() => base.close());

  /** Lets a while pass, and forgets the requests until then. */
  async function quiet(): Promise<void> {
    await base.clock.pause(10_000);
    base.airtable.clearLog();
  }

  function lock(...titles: string[]): void {
    for (const title of titles) base.airtable.designers.lockField(TABLE, title, ROBOT);
  }

  function unlock(...titles: string[]): void {
    for (const title of titles) base.airtable.designers.unlockField(TABLE, title, ROBOT);
  }

  function rows(count: number, cells: RowWrite['cells'] = CELLS): RowWrite[] {
    return Array.from({ length: count }, () => ({ id: null, key: ulid(), cells }));
  }

  async function create(): Promise<RowWrite & { id: string }> {
    const [write] = rows(1);
    if (write === undefined) throw new Error('no row');
    const [outcome] = await store.write([write]);
    await quiet();
    return { ...write, id: idOf(outcome) };
  }

  function idOf(outcome: WriteOutcome | undefined): string {
    if (outcome === undefined || !('id' in outcome)) throw new Error(`not written: ${JSON.stringify(outcome)}`);
    return outcome.id;
  }

  function inBase(title: string): unknown[] {
    return base.airtable.people.rows(TABLE).map(({ fields }) => fields[title]);
  }

  function leftOf(outcomes: readonly WriteOutcome[]): unknown[] {
    return outcomes.map((outcome) => ('id' in outcome ? (outcome.left ?? []) : outcome));
  }

  function names(): (string | undefined)[] {
    return (store.locked?.() ?? []).map(({ name }) => name);
  }

  it('are left out of new rows, and everything else is written', async () => {
    lock('Priority');
    expect(leftOf(await store.write(rows(3)))).toEqual([['priority'], ['priority'], ['priority']]);
    expect(inBase('Priority')).toEqual([undefined, undefined, undefined]);
    expect(inBase('Why')).toEqual(['The first rule.', 'The first rule.', 'The first rule.']);
    expect(names()).toEqual(['priority']);
  });

  it('are found out with four requests, and cost none after that', async () => {
    lock('Priority');
    await store.write(rows(3));
    expect(base.airtable.counters().requests).toBe(4);
    await quiet();
    await store.write(rows(3));
    expect(base.airtable.counters().requests).toBe(1);
  });

  describe('that Airtable does not name', () => {
    beforeEach(() => {
      base.airtable.settings.namesLockedFields = false;
    });

    it('are found out by halving, in rows that are there', async () => {
      const row = await create();
      lock('Priority', 'Why');
      expect(leftOf(await store.write([{ ...row, cells: CHANGED }]))).toEqual([['priority', 'why']]);
      expect(base.airtable.people.rows(TABLE)[0]?.fields).toMatchObject({
        Status: 'Open',
        Subject: 'Another',
        Priority: 'High',
        Why: 'The first rule.',
      });
      expect(base.airtable.counters().requests).toBeLessThanOrEqual(2 + 4 * Math.ceil(Math.log2(16)));
    });

    it('let a new row be made with its key, and nothing more while nobody knows of it', async () => {
      lock('Priority');
      const [fresh] = rows(1);
      if (fresh === undefined) throw new Error('no row');
      const [outcome] = await store.write([fresh]);
      expect(outcome).toMatchObject({ left: Object.keys(CELLS) });
      expect(base.airtable.people.rows(TABLE).map(({ fields }) => fields)).toEqual([{ Key: fresh.key }]);
      const id = idOf(outcome);
      await quiet();
      expect(leftOf(await store.write([{ ...fresh, id }]))).toEqual([['priority']]);
      expect(inBase('Status')).toEqual(['New']);
      await quiet();
      expect(leftOf(await store.write(rows(1)))).toEqual([['priority']]);
      expect(base.airtable.counters().requests).toBe(1);
    });

    it('are told apart when one of them is opened', async () => {
      const row = await create();
      lock('Priority', 'Status');
      await store.write([{ ...row, cells: CHANGED }]);
      unlock('Status');
      await base.clock.pause(3_600_000);
      expect(leftOf(await store.write([{ ...row, cells: CHANGED }]))).toEqual([['priority']]);
      expect([inBase('Status'), names()]).toEqual([['Open'], ['priority']]);
    });

    it('are known after a restart, to be tried again with fewer requests', async () => {
      const row = await create();
      lock('Priority');
      await store.write([{ ...row, cells: CHANGED }]);
      store = base.openStore();
      await store.find([row.key]);
      expect(store.locked?.()).toMatchObject([{ name: 'priority', isToBeTried: true }]);
      await quiet();
      expect(leftOf(await store.write([{ ...row, cells: CHANGED }]))).toEqual([['priority']]);
      expect(base.airtable.counters().requests).toBe(4);
    });
  });

  it('are found out once, however many requests are under way', async () => {
    lock('Priority');
    const outcomes = await store.write(rows(80));
    expect(leftOf(outcomes).every((left) => JSON.stringify(left) === '["priority"]')).toBe(true);
    // Eight, five of them refused at first, and two to find it out.
    expect(base.airtable.counters().requests).toBeLessThanOrEqual(8 + 5 + 2);
    expect(new Set(inBase('Key')).size).toBe(80);
  });

  it('are left out of rows that are there', async () => {
    const row = await create();
    lock('Priority', 'Status');
    const outcomes = await store.write([{ ...row, cells: { priority: 'Low', status: 'Open', why: 'Another.' } }]);
    expect(leftOf(outcomes)).toEqual([['priority', 'status']]);
    expect([inBase('Priority'), inBase('Status'), inBase('Why')]).toEqual([['High'], ['New'], ['Another.']]);
    expect(base.airtable.counters().requests).toBe(3);
  });

  it('are tried again after the table was looked at, alone', async () => {
    lock('Priority');
    await store.write(rows(1));
    await base.clock.pause(3_600_000);
    await quiet();
    expect(leftOf(await store.write(rows(1)))).toEqual([['priority']]);
    expect(store.locked?.()).toMatchObject([{ name: 'priority', isToBeTried: false }]);
    unlock('Priority');
    await base.clock.pause(3_600_000);
    expect(leftOf(await store.write(rows(1)))).toEqual([[]]);
    expect(inBase('Priority')).toEqual([undefined, undefined, 'High']);
    expect(names()).toEqual([]);
  });

  it('are tried again after another process of ours has come to look', async () => {
    const row = await create();
    lock('Priority');
    await store.write([{ ...row, cells: CHANGED }]);
    unlock('Priority');
    expect(leftOf(await store.write([{ ...row, cells: CHANGED }]))).toEqual([['priority']]);
    await store.makeRoom?.();
    expect(store.locked?.()).toMatchObject([{ name: 'priority', isToBeTried: true }]);
    expect(leftOf(await store.write([{ ...row, cells: CHANGED }]))).toEqual([[]]);
    expect(inBase('Priority')).toEqual(['Low']);
  });

  it('do not hide that another value is refused', async () => {
    lock('Priority');
    const [fine] = rows(1);
    const [wrong] = rows(1, { ...CELLS, openedAt: 'soon' });
    if (fine === undefined || wrong === undefined) throw new Error('no rows');
    expect(await store.write([fine, wrong])).toMatchObject([
      { left: ['priority'] },
      { refused: { code: 'store.value-refused' } },
    ]);
  });

  it('stop writing when the key is among them, and say so', async () => {
    lock('Key');
    expect(await store.write(rows(1))).toMatchObject([
      {
        postponed: {
          code: 'airtable.key-locked',
          message: expect.stringContaining('edit the column "Key"'),
          retry: 'never',
        },
      },
    ]);
    expect(inBase('Key')).toEqual([]);
    expect(base.airtable.counters().requests).toBe(2);
  });

  it('are told by a look at the base, with how to mend it', async () => {
    lock('Priority');
    await store.write(rows(1));
    expect(await base.openStore().check()).toEqual([
      {
        severity: 'warning',
        message: `Airtable does not let the token's owner edit the column "Priority", so it is left out of what is written.`,
        fix: expect.stringContaining('Edit field permissions'),
        fixable: false,
      },
    ]);
  });

  it('leave files to the links', async () => {
    const row = await create();
    lock('Attachments');
    const file = { name: 'a.txt', contentType: 'text/plain', bytes: new Uint8Array([1]), mayBeThere: false };
    expect(await store.attach?.(row.id, file)).toBe('not_supported');
    expect(names()).toEqual(['attachments']);
    await quiet();
    expect(await store.attach?.(row.id, file)).toBe('not_supported');
    expect(base.airtable.counters().requests).toBe(0);
    unlock('Attachments');
    await store.check();
    expect(await store.attach?.(row.id, file)).toBe('attached');
    expect(names()).toEqual([]);
  });
});
