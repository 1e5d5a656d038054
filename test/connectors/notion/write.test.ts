import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault, Settings } from '../../../simulators/notion/index.ts';
import { ROW_GONE, type RowWrite, type TicketStore } from '../../../src/ports/ticket-store.ts';
import { deskColumns } from '../../../src/sync/columns.ts';
import { aPolicy } from '../../support/builders.ts';
import { fc } from '../../support/properties.ts';
import { idOf, newRows, written } from '../../support/store-rows.ts';
import { aDeskBase, DATABASE, type DeskBase } from './desk-base.ts';

const COLUMNS = deskColumns(aPolicy());

/** Faults after which nobody knows whether the page was made. */
const UNKNOWN: readonly Fault[] = [
  { kind: 'reset' },
  { kind: 'commit-then-drop' },
  { kind: 'bad-gateway' },
  { kind: 'bad-gateway', commits: true },
  { kind: 'unavailable', commits: true },
  { kind: 'database-unavailable', commits: true },
  { kind: 'server-error', commits: true },
  { kind: 'gateway-timeout' },
];

describe('writing to Notion', () => {
  let base: DeskBase;
  let store: TicketStore;

  async function open(simulator: Partial<Settings> = {}): Promise<void> {
    base = await aDeskBase(COLUMNS, simulator);
    ({ store } = base);
    await store.people();
    await base.clock.pause(70_000);
    base.notion.clearLog();
  }

  beforeEach(() => open());
  afterEach(() => base.close());

  async function create(count: number): Promise<RowWrite[]> {
    const writes = newRows(count);
    const outcomes = await store.write(writes);
    base.notion.clearLog();
    return written(writes, outcomes);
  }

  function keysInBase(): unknown[] {
    return base.notion.people.rows(DATABASE).map(({ fields }) => fields['Key']);
  }

  function faultOnce(fault: Fault): void {
    const left = [fault];
    base.notion.settings.faults = () => left.shift() ?? null;
  }

  it('makes 300 rows with 300 requests within two windows, and is never too fast', async () => {
    const begun = base.clock.now();
    const outcomes = await store.write(newRows(300));
    expect(outcomes.every((outcome) => 'id' in outcome)).toBe(true);
    const { requests, tooMany, mostInAWindow } = base.notion.counters();
    expect([requests, tooMany]).toEqual([300, 0]);
    expect(mostInAWindow).toBeLessThanOrEqual(180);
    expect(base.clock.now().since(begun).total('seconds')).toBeLessThanOrEqual(66);
  });

  it('writes everything of a row with one request, and repeats nothing that is there', async () => {
    const [row] = await create(1);
    if (row === undefined) throw new Error('no row');
    await store.write([{ ...row, cells: { status: 'Open', why: 'Because.', activity: 'Opened.', tags: null } }]);
    expect(base.notion.requests().map(({ method, kind }) => [method, kind])).toEqual([['PATCH', 'update']]);
  });

  it('makes no blocks but the pages themselves', async () => {
    const before = base.notion.blocksUsed();
    await store.write(newRows(3, () => ({ description: 'x'.repeat(39_000) })));
    expect(base.notion.blocksUsed() - before).toBe(3);
  });

  describe('a page that may have been made', () => {
    it('is the row where the error says that it was saved', async () => {
      faultOnce({ kind: 'saved-but-unavailable' });
      const [write] = newRows(1);
      const [outcome] = await store.write(write === undefined ? [] : [write]);
      const [there] = base.notion.people.rows(DATABASE);
      expect(outcome).toEqual({ key: write?.key, id: there?.id });
    });

    it('waits alone, and is found by its key though queries are late', async () => {
      await base.close();
      await open({ queryLagMs: 12_000 });
      base.notion.settings.faults = ({ number }) => (number % 3 === 0 ? { kind: 'commit-then-drop' } : null);
      const writes = newRows(4);
      const outcomes = await store.write(writes);
      base.notion.settings.faults = () => null;
      const unsure = writes.filter((_, index) => 'postponed' in (outcomes[index] ?? {}));
      expect(unsure.length).toBeGreaterThan(0);
      expect(outcomes.find((outcome) => 'postponed' in outcome)).toMatchObject({
        postponed: { code: 'notion.maybe-made', retry: { afterSeconds: 15 } },
        alone: true,
      });
      const found = await store.find(unsure.map(({ key }) => key));
      expect(found.map(({ key }) => key).toSorted()).toEqual(unsure.map(({ key }) => key).toSorted());
      expect((await store.write(writes)).every((outcome) => 'id' in outcome)).toBe(true);
      expect(keysInBase().toSorted()).toEqual(writes.map(({ key }) => key).toSorted());
    });

    it('is looked for twice, and once where that long has passed already', async () => {
      faultOnce({ kind: 'bad-gateway' });
      const [write] = newRows(1);
      await store.write(write === undefined ? [] : [write]);
      base.notion.clearLog();
      const begun = base.clock.now();
      expect(await store.find([write?.key ?? ''])).toEqual([]);
      expect([base.notion.counters().requests, base.clock.now().since(begun).total('seconds')]).toEqual([2, 15]);
      expect(await store.find([write?.key ?? ''])).toEqual([]);
      expect([base.notion.counters().requests, base.clock.now().since(begun).total('seconds')]).toEqual([3, 15]);
    });

    it('goes into the trash when it turns up after another was made', async () => {
      base.notion.settings.queryLagMs = 40_000;
      faultOnce({ kind: 'commit-then-drop' });
      const [write] = newRows(1);
      if (write === undefined) throw new Error('no row');
      await store.write([write]);
      expect(await store.find([write.key])).toEqual([]);
      const [outcome] = await store.write([write]);
      expect(keysInBase()).toEqual([write.key, write.key]);
      await base.clock.pause(60_000);
      const { rows: seen } = await store.changesSince(null);
      expect(seen.map(({ id }) => id)).toEqual([idOf(outcome)]);
      expect(base.notion.people.rows(DATABASE).map(({ id }) => id)).toEqual([idOf(outcome)]);
      expect(await store.check()).toEqual([]);
    });

    it('stays when somebody has touched it, and is told', async () => {
      base.notion.settings.queryLagMs = 40_000;
      faultOnce({ kind: 'commit-then-drop' });
      const [write] = newRows(1);
      if (write === undefined) throw new Error('no row');
      await store.write([write]);
      const [first] = base.notion.people.rows(DATABASE);
      base.notion.people.as('Ana').edit(DATABASE, first?.id ?? '', { Subject: 'Mine' });
      await store.find([write.key]);
      await store.write([write]);
      await base.clock.pause(60_000);
      await store.changesSince(null);
      expect(keysInBase().length).toBe(2);
      expect((await store.check()).map(({ message }) => message)).toEqual([
        `Two rows have the key ${write.key}; only one of them is kept up to date.`,
      ]);
    });
  });

  it('ends with one row for every key, whatever goes wrong on the way', async () => {
    const accidents = fc.array(fc.option(fc.constantFrom(...UNKNOWN), { freq: 2 }), { minLength: 4, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(accidents, fc.integer({ min: 1, max: 30 }), async (faults, count) => {
        const left = [...faults];
        base.notion.settings.faults = () => left.shift() ?? null;
        const writes = newRows(count);
        for (let round = 0; round < 40; round += 1) {
          // As the flush does: what may be there is looked for before it is made.
          const found = await store.find(writes.map(({ key }) => key)).catch(() => null);
          if (found === null) continue;
          const there = new Map(found.map(({ id, key }) => [key, id]));
          const mine = writes.map((write): RowWrite => ({ ...write, id: there.get(write.key) ?? null }));
          const outcomes = await store.write(mine).catch(() => []);
          if (outcomes.length > 0 && outcomes.every((outcome) => 'id' in outcome)) break;
          await base.clock.pause(16_000);
        }
        const keys = keysInBase();
        expect(writes.map(({ key }) => keys.filter((each) => each === key).length)).toEqual(writes.map(() => 1));
      }),
      { numRuns: 10 },
    );
  });

  it('repeats no write into cells of people by itself, and one of figures it does', async () => {
    const [row] = await create(1);
    if (row === undefined) throw new Error('no row');
    base.notion.settings.faults = () => ({ kind: 'unavailable' });
    const [people] = await store.write([{ ...row, cells: { status: 'Open' } }]);
    expect(people).toMatchObject({ postponed: { code: 'notion.unavailable' }, alone: true });
    expect(base.notion.requests().length).toBe(1);
    const [figures] = await store.write([{ ...row, cells: { contactCount: 2 } }]);
    expect(figures).toMatchObject({ postponed: { code: 'notion.unavailable' } });
    expect(base.notion.requests().length).toBe(4);
  });

  it('lets a conflict pass, and looks first where a person may have written into the same cells', async () => {
    const [row] = await create(1);
    if (row === undefined) throw new Error('no row');
    faultOnce({ kind: 'conflict' });
    expect(await store.write([{ ...row, cells: { contactCount: 2 } }])).toEqual([{ key: row.key, id: row.id }]);
    faultOnce({ kind: 'conflict' });
    expect(await store.write([{ ...row, cells: { status: 'Open' } }])).toMatchObject([
      { postponed: { code: 'notion.conflict', retry: 'later' }, alone: true },
    ]);
  });

  describe('a workspace whose blocks are used up', () => {
    it('gets no new rows and keeps the others, tells why, and asks again after a quarter of an hour', async () => {
      await base.close();
      await open({ plan: 'free' });
      const [old] = await create(1);
      base.notion.settings.blockLimit = base.notion.blocksUsed();
      const [fresh, more] = newRows(2);
      if (old === undefined || fresh === undefined || more === undefined) throw new Error('no rows');
      base.notion.settings.blockGraceSeconds = -1;
      const outcomes = await store.write([fresh, { ...old, cells: { status: 'Open' } }]);
      expect(outcomes).toMatchObject([
        {
          postponed: {
            code: 'notion.block-limit',
            message: 'The workspace has used all the blocks of its plan, so ticket 1000 has no row yet.',
            retry: { afterSeconds: 900 },
          },
          alone: true,
        },
        { id: old.id },
      ]);
      base.notion.clearLog();
      await store.write([more]);
      expect(base.notion.requests()).toEqual([]);
      base.notion.settings.plan = 'plus';
      await base.clock.pause(900_000);
      expect((await store.write([fresh, more])).every((outcome) => 'id' in outcome)).toBe(true);
    });
  });

  describe('a row that is refused', () => {
    it('says why, and keeps no other from being written', async () => {
      const writes = newRows(10, (index) => (index === 6 ? { firstResponseDueAt: 'soon' } : {}));
      const outcomes = await store.write(writes);
      expect(outcomes.filter((outcome) => 'id' in outcome).length).toBe(9);
      expect(outcomes[6]).toMatchObject({
        refused: {
          code: 'store.value-refused',
          message:
            'The property "First response due" does not take the value "soon" of ticket 1006 (validation_error).',
          retry: 'never',
        },
      });
    });

    it('costs no request when its text is too long anyway', async () => {
      const [outcome] = await store.write(newRows(1, () => ({ description: 'x'.repeat(40_001) })));
      expect(outcome).toMatchObject({
        refused: {
          code: 'store.value-refused',
          message: 'The text of "Description" (description) of ticket 1000 is longer than 40000 characters.',
        },
      });
      expect(base.notion.requests()).toEqual([]);
    });

    it('is found out with one look when its page is gone', async () => {
      const made = await create(3);
      base.notion.people.delete(DATABASE, made[1]?.id ?? '');
      base.notion.people.moveOut(DATABASE, made[2]?.id ?? '', base.notion.addPage('Elsewhere'));
      const outcomes = await store.write(made.map((row) => ({ ...row, cells: { status: 'Open' } })));
      const codes = outcomes.map((outcome) => ('refused' in outcome ? outcome.refused.code : 'written'));
      expect(codes).toEqual(['written', ROW_GONE, ROW_GONE]);
    });

    it('is not believed gone when the database is no longer shared', async () => {
      const [row] = await create(1);
      const stranger = base.openStore({ token: base.notion.addConnection({ shared: [] }) });
      await expect(stranger.write(row === undefined ? [] : [row])).rejects.toMatchObject({ code: 'notion.not-found' });
    });
  });

  describe('options that a property lacks', () => {
    it('are added once, before they are needed, and the others stay as they are', async () => {
      const before = await base.optionsOf('Tags');
      base.notion.clearLog();
      const outcomes = await store.write(newRows(12, () => ({ tags: ['vip', 'card'] })));
      expect(outcomes.every((outcome) => 'id' in outcome)).toBe(true);
      expect(base.notion.counters().byKind).toMatchObject({ schema: 3, create: 12 });
      expect(await base.optionsOf('Tags')).toEqual([...before, 'vip', 'card']);
    });

    it('are one whatever their case, and hold no commas', async () => {
      const [outcome] = await store.write(newRows(1, () => ({ tags: ['VIP', 'vip', 'late, again'] })));
      const [row] = await store.read([idOf(outcome)]);
      expect(row?.cells['tags']).toEqual(store.fit?.('tags', ['VIP', 'late, again']));
      expect(await base.optionsOf('Tags')).toContain('late again');
    });

    it('are never made by a page: what was renamed is added for itself', async () => {
      base.notion.designers.renameOption(DATABASE, 'Priority', { from: 'High', to: 'Urgent!' });
      const [outcome] = await store.write(newRows(1, () => ({ priority: 'High' })));
      expect(outcome).toHaveProperty('id');
      const options = await base.optionsOf('Priority');
      expect(options.filter((name) => name === 'High' || name === 'Urgent!').toSorted()).toEqual(['Urgent!']);
    });

    it('are no reason to lose the row where the connection may not add a tag', async () => {
      const token = base.newToken(['read content', 'insert content', 'read users', 'read emails']);
      store = base.openStore({ token });
      await store.people();
      const [write] = newRows(1, () => ({ tags: ['vip'] }));
      if (write === undefined) throw new Error('no row');
      expect(await store.write([write])).toMatchObject([{ postponed: { code: 'notion.not-fitted', retry: 'later' } }]);
      expect(store.fit?.('tags', ['vip'])).toEqual([]);
      expect(await store.write([write])).toMatchObject([{ id: expect.any(String) }]);
      expect((await store.check()).map(({ message }) => message)).toContain(
        'The property "Tags" could not take "vip".',
      );
    });

    it('refuse the row where it would say something else without them, before it is sent', async () => {
      const [fine, wrong, status] = newRows(
        3,
        (index) => [{}, { category: 'telescopes' }, { status: 'Lost' }][index] ?? {},
      );
      if (fine === undefined || wrong === undefined || status === undefined) throw new Error('no rows');
      const outcomes = await store.write([fine, wrong, status]);
      expect(outcomes[0]).toHaveProperty('id');
      expect(outcomes.slice(1)).toMatchObject([
        {
          refused: {
            code: 'notion.option-missing',
            message: 'The property "Category" has no option "telescopes", which ticket 1001 needs.',
          },
        },
        { refused: { message: 'The property "Status" has no option "Lost", which ticket 1002 needs.' } },
      ]);
      expect(base.notion.counters().byKind['create']).toBe(1);
    });
  });

  it('writes to a row once at a time, in the order of the calls, and never makes it twice', async () => {
    const [write] = newRows(1);
    if (write === undefined) throw new Error('no row');
    const calls = ['first', 'second', 'third'].map((subject) => store.write([{ ...write, cells: { subject } }]));
    const ids = (await Promise.all(calls)).map(([outcome]) => idOf(outcome));
    expect(new Set(ids).size).toBe(1);
    expect(base.notion.people.rows(DATABASE).map(({ fields }) => fields['Subject'])).toEqual(['third']);
  });

  describe('a database that was changed', () => {
    it('is written to all the same when a property of figures was deleted', async () => {
      base.notion.designers.removeProperty(DATABASE, 'Contact count');
      const [outcome] = await store.write(newRows(1, () => ({ contactCount: 3 })));
      expect(outcome).toHaveProperty('id');
      expect(store.fit?.('contactCount', 3)).toBeNull();
    });

    it('is not written to when a property of decisions was deleted', async () => {
      base.notion.designers.removeProperty(DATABASE, 'Status');
      expect(await store.write(newRows(1))).toMatchObject([
        { postponed: { code: 'notion.columns-unfit', message: expect.stringContaining('"Status" is missing') } },
      ]);
    });

    it('is written to under its new names', async () => {
      base.notion.designers.renameProperty(DATABASE, 'Status', 'Stand');
      base.notion.designers.renameDatabase(DATABASE, 'Anfragen');
      store = base.openStore();
      expect((await store.write(newRows(1)))[0]).toHaveProperty('id');
      expect(base.notion.people.rows('Anfragen')[0]?.fields['Stand']).toBe('New');
    });
  });

  describe('a failure of Notion', () => {
    it('ends the round when it is none of the rows: what was written is told, and the rest waits', async () => {
      const from = base.notion.requests().length;
      base.notion.settings.faults = () => (base.notion.requests().length - from > 60 ? { kind: 'unavailable' } : null);
      const outcomes = await store.write(newRows(100));
      expect(outcomes.filter((outcome) => 'id' in outcome).length).toBe(keysInBase().length);
      expect(outcomes.at(-1)).toMatchObject({ postponed: { code: 'notion.unavailable', retry: 'later' } });
      expect(base.notion.requests().length - from).toBeLessThan(80);
    });

    it('waits as long as a 429 asks for, which may be more than a minute', async () => {
      faultOnce({ kind: 'rate-limited', reason: 'public_api_space_request_rate_limit', retryAfterSeconds: 150 });
      const outcomes = await store.write(newRows(20));
      expect(outcomes.at(-1)).toMatchObject({
        postponed: { code: 'notion.rate-limited', retry: { afterSeconds: 150 } },
      });
      await base.clock.pause(149_000);
      await expect(store.changesSince(null)).rejects.toMatchObject({ retry: { afterSeconds: 1 } });
      await base.clock.pause(1000);
      expect((await store.changesSince(null)).watermark).toBeDefined();
    });
  });
});
