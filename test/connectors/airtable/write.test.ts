import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault, Settings } from '../../../simulators/airtable/index.ts';
import { ROW_GONE, type RowWrite, type TicketStore } from '../../../src/ports/ticket-store.ts';
import { deskColumns } from '../../../src/sync/columns.ts';
import { aPolicy } from '../../support/builders.ts';
import { fc } from '../../support/properties.ts';
import { idOf, newRows, written } from '../../support/store-rows.ts';
import { aDeskBase, type DeskBase } from './desk-base.ts';

const COLUMNS = deskColumns(aPolicy());

/** Faults after which nobody knows whether the write was carried out. */
const UNKNOWN: readonly Fault[] = [
  { kind: 'reset' },
  { kind: 'commit-then-drop' },
  { kind: 'bad-gateway' },
  { kind: 'bad-gateway', commits: true },
  { kind: 'unavailable', commits: true },
  { kind: 'server-error' },
];

describe('writing to Airtable', () => {
  let base: DeskBase;
  let store: TicketStore;

  async function open(simulator: Partial<Settings> = {}): Promise<void> {
    base = await aDeskBase(COLUMNS, simulator);
    ({ store } = base);
    await store.people();
    await base.clock.pause(10_000);
    base.airtable.clearLog();
  }

  beforeEach(() => open());
  afterEach(() => base.close());

  async function create(count: number): Promise<RowWrite[]> {
    const writes = newRows(count);
    const outcomes = await store.write(writes);
    await base.clock.pause(10_000);
    base.airtable.clearLog();
    return written(writes, outcomes);
  }

  function keysInBase(): unknown[] {
    return base.airtable.people.rows('Tickets').map(({ fields }) => fields['Key']);
  }

  function patches(): number {
    return base.airtable.requests().filter(({ method }) => method === 'PATCH').length;
  }

  it('writes 300 new rows with 30 requests, within the limit and nearly as fast as it allows', async () => {
    const begun = base.clock.now();
    const outcomes = await store.write(newRows(300));
    expect(outcomes.every((outcome) => 'id' in outcome)).toBe(true);
    const { requests, tooMany, mostInASecond } = base.airtable.counters();
    expect([requests, tooMany]).toEqual([30, 0]);
    expect(mostInASecond).toBeLessThanOrEqual(5);
    expect(base.clock.now().since(begun).total('seconds')).toBeLessThan(6.6);
  });

  it('makes and changes rows with one request', async () => {
    const old = await create(4);
    const changed = old.map((row) => ({ ...row, cells: { status: 'Open' } }));
    await store.write([...changed, ...newRows(6)]);
    expect(base.airtable.counters()).toMatchObject({ requests: 1, recordsWritten: 10 });
  });

  it('makes no row twice when answers are lost', async () => {
    base.airtable.settings.faults = ({ number }) => (number % 2 === 0 ? { kind: 'commit-then-drop' } : null);
    const writes = newRows(25);
    const outcomes = await store.write(writes);
    expect(outcomes.some((outcome) => 'postponed' in outcome)).toBe(true);
    base.airtable.settings.faults = () => null;
    expect((await store.write(writes)).every((outcome) => 'id' in outcome)).toBe(true);
    expect(keysInBase().toSorted()).toEqual(writes.map(({ key }) => key).toSorted());
  });

  it('repeats no write by itself, as somebody may have edited the row since', async () => {
    base.airtable.settings.faults = () => ({ kind: 'commit-then-drop' });
    const [outcome] = await store.write(newRows(1));
    base.airtable.settings.faults = () => null;
    const [row] = base.airtable.people.rows('Tickets');
    base.airtable.people.edit('Tickets', row?.id ?? '', { Subject: 'Edited at once' });
    expect(outcome).toMatchObject({ postponed: { retry: 'later' } });
    expect(base.airtable.people.rows('Tickets').map(({ fields }) => fields['Subject'])).toEqual(['Edited at once']);
  });

  it('ends with one row for every key, whatever goes wrong on the way', async () => {
    const accidents = fc.array(fc.option(fc.constantFrom(...UNKNOWN), { freq: 2 }), { minLength: 4, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(accidents, fc.integer({ min: 1, max: 45 }), async (faults, count) => {
        const left = [...faults];
        base.airtable.settings.faults = () => left.shift() ?? null;
        const writes = newRows(count);
        for (let round = 0; round < 40; round += 1) {
          const outcomes = await store.write(writes).catch(() => []);
          if (outcomes.length > 0 && outcomes.every((outcome) => 'id' in outcome)) break;
        }
        const keys = keysInBase();
        expect(writes.map(({ key }) => keys.filter((each) => each === key).length)).toEqual(writes.map(() => 1));
      }),
      { numRuns: 6 },
    );
  });

  it('never has a key in two requests at once', async () => {
    await base.close();
    await open({ latencyMs: 50, wait: () => nextTurn() });
    const [write] = newRows(1);
    if (write === undefined) throw new Error('no row');
    const all = await Promise.all([0, 1, 2, 3].map((each) => store.write([{ ...write, cells: { number: each } }])));
    expect(new Set(all.flat().map(idOf)).size).toBe(1);
    expect(keysInBase()).toEqual([write.key]);
  });

  describe('a row that is refused', () => {
    it('stands alone in the end, says why, and keeps no other from being written', async () => {
      const writes = newRows(10, (index) => (index === 6 ? { firstResponseDueAt: 'soon' } : {}));
      const outcomes = await store.write(writes);
      expect(outcomes.filter((outcome) => 'id' in outcome).length).toBe(9);
      expect(outcomes[6]).toMatchObject({
        refused: {
          code: 'store.value-refused',
          message:
            'The column "First response due" does not take the value "soon" of ticket 1006 (INVALID_VALUE_FOR_COLUMN).',
          retry: 'never',
        },
      });
      expect(patches()).toBeLessThanOrEqual(9);
    });

    it('is never quoted with what a customer wrote', async () => {
      base.airtable.designers.retypeField('Tickets', 'Subject', { type: 'number', options: { precision: 0 } });
      const outcomes = await store.write(newRows(1, () => ({ subject: 'My secret' }))).catch((error: unknown) => error);
      expect(JSON.stringify(outcomes)).not.toContain('My secret');
    });

    it('costs no request when its text is too long anyway', async () => {
      const [outcome] = await store.write(newRows(1, () => ({ description: 'x'.repeat(90_001) })));
      expect(outcome).toMatchObject({
        refused: {
          code: 'store.value-refused',
          message: 'The text of "Description" (description) of ticket 1000 is longer than 90000 characters.',
        },
      });
      expect(base.airtable.requests()).toEqual([]);
    });

    it('says so when the base is full', async () => {
      base.airtable.settings.recordsPerBase = 3;
      const outcomes = await store.write(newRows(5));
      const codes = outcomes.map((outcome) => ('refused' in outcome ? outcome.refused.code : 'written'));
      expect(codes.filter((code) => code === 'airtable.base-full').length).toBe(2);
    });
  });

  describe('rows that are gone', () => {
    it('are found out with one look, and the others are written', async () => {
      const made = await create(10);
      for (const index of [2, 7]) base.airtable.people.delete('Tickets', made[index]?.id ?? '');
      const outcomes = await store.write(made.map((row) => ({ ...row, cells: { status: 'Open' } })));
      const codes = outcomes.map((outcome) => ('refused' in outcome ? outcome.refused.code : 'written'));
      expect(codes.filter((code) => code === ROW_GONE).length).toBe(2);
      expect([codes[2], codes[7]]).toEqual([ROW_GONE, ROW_GONE]);
      expect(base.airtable.counters().requests).toBe(3);
      expect(keysInBase().length).toBe(8);
    });

    it('are not believed gone when the token lost its access', async () => {
      const [row] = await create(1);
      const blind = base.openStore({ token: base.newToken(['schema.bases:read']) });
      const [outcome] = await blind.write(row === undefined ? [] : [row]);
      expect(outcome).toMatchObject({ postponed: { code: 'airtable.no-access' } });
    });
  });

  it('writes to the older of two rows with one key, and tells of the other', async () => {
    const [made] = await create(1);
    const twin = base.airtable.people.paste('Tickets', { Key: made?.key });
    const write = { id: null, key: made?.key ?? '', cells: { status: 'Open' } };
    expect(await store.write([write])).toEqual([{ key: made?.key, id: made?.id }]);
    expect(await store.check()).toEqual([
      expect.objectContaining({ severity: 'warning', fix: expect.stringContaining(twin) }),
    ]);
  });

  it('writes to a row once at a time, in the order of the calls, and never makes it twice', async () => {
    const [write] = newRows(1);
    if (write === undefined) throw new Error('no row');
    const subjects = ['first', 'second', 'third'];
    const calls = subjects.map((subject) => store.write([{ ...write, cells: { subject } }]));
    const ids = (await Promise.all(calls)).map(([outcome]) => idOf(outcome));
    expect(new Set(ids).size).toBe(1);
    expect(base.airtable.people.rows('Tickets').map(({ fields }) => fields['Subject'])).toEqual(['third']);
  });

  describe('options that a column lacks', () => {
    it('are added once, before they are needed, and the others stay as they are', async () => {
      const before = await base.optionsOf('Tags');
      const outcomes = await store.write(newRows(12, () => ({ tags: ['vip', 'card'] })));
      expect(outcomes.every((outcome) => 'id' in outcome)).toBe(true);
      expect(await base.optionsOf('Tags')).toEqual([...before, 'vip', 'card']);
      expect(base.airtable.requests().filter(({ status }) => status !== 200)).toEqual([]);
      base.airtable.clearLog();
      await store.write(newRows(1, () => ({ tags: ['vip'] })));
      expect(base.airtable.counters().requests).toBe(1);
    });

    it('are all there in the end when calls that need different ones overlap', async () => {
      const before = await base.optionsOf('Tags');
      const [one, two] = newRows(2);
      if (one === undefined || two === undefined) throw new Error('no rows');
      await Promise.all([
        store.write([{ ...one, cells: { tags: ['vip'] } }]),
        store.write([{ ...two, cells: { tags: ['card'] } }]),
      ]);
      expect(await base.optionsOf('Tags')).toEqual([...before, 'vip', 'card']);
      const tags = base.airtable.people.rows('Tickets').map(({ fields }) => fields['Tags']);
      expect(tags).toEqual([['vip'], ['card']]);
    });

    it('are added again when somebody renamed one', async () => {
      base.airtable.designers.renameOption('Tickets', 'Status', { from: 'Open', to: 'Opened' });
      const [outcome] = await store.write(newRows(1, () => ({ status: 'Open' })));
      expect(outcome).toHaveProperty('id');
      expect(await base.optionsOf('Status')).toEqual(expect.arrayContaining(['Opened', 'Open']));
    });

    it('are no reason to lose the row where the token may not add a tag', async () => {
      store = base.openStore({
        token: base.newToken(['data.records:read', 'data.records:write', 'schema.bases:read']),
      });
      await store.people();
      const [write] = newRows(1, () => ({ tags: ['vip'] }));
      if (write === undefined) throw new Error('no row');
      expect(await store.write([write])).toMatchObject([
        { postponed: { code: 'airtable.not-fitted', retry: 'later' } },
      ]);
      expect(store.fit?.('tags', ['vip'])).toEqual([]);
      expect(await store.write([write])).toMatchObject([{ id: expect.stringMatching(/^rec/) }]);
      expect((await store.check()).map(({ message }) => message)).toEqual(['The column "Tags" could not take "vip".']);
    });

    it('refuse the row where it would say something else without them', async () => {
      const [fine, wrong] = newRows(2, (index) => (index === 1 ? { category: 'telescopes' } : {}));
      if (fine === undefined || wrong === undefined) throw new Error('no rows');
      const outcomes = await store.write([fine, wrong]);
      expect(outcomes[0]).toHaveProperty('id');
      expect(outcomes[1]).toMatchObject({
        refused: {
          code: 'airtable.option-missing',
          message: 'The column "Category" has no option "telescopes", which ticket 1001 needs.',
        },
      });
    });
  });

  it('waits with a row until it is known who can be assigned', async () => {
    base.airtable.setRole(base.ids.base, base.users['Cy'] ?? '', 'none');
    store = base.openStore();
    const [write] = newRows(1, () => ({ assignee: 'Cy' }));
    if (write === undefined) throw new Error('no row');
    expect(store.fit?.('assignee', 'Cy')).toBe('Cy');
    expect(await store.write([write])).toMatchObject([{ postponed: { code: 'airtable.not-fitted' } }]);
    expect(store.fit?.('assignee', 'Cy')).toBeNull();
    expect(await store.write([write])).toMatchObject([{ id: expect.stringMatching(/^rec/) }]);
  });

  describe('a table that was changed', () => {
    it('is written to all the same when a column of figures was deleted', async () => {
      base.airtable.designers.removeField('Tickets', 'Contact count');
      const [outcome] = await store.write(newRows(1, () => ({ contactCount: 3 })));
      expect(outcome).toHaveProperty('id');
      expect(store.fit?.('contactCount', 3)).toBeNull();
    });

    it('is not written to when a column of decisions was deleted', async () => {
      base.airtable.designers.removeField('Tickets', 'Status');
      const outcomes = await store.write(newRows(1));
      expect(outcomes).toMatchObject([
        { postponed: { code: 'airtable.columns-unfit', message: expect.stringContaining('"Status" is missing') } },
      ]);
    });

    it('is written to under its new names', async () => {
      base.airtable.designers.renameField('Tickets', 'Status', 'Stand');
      base.airtable.designers.renameTable('Tickets', 'Anfragen');
      store = base.openStore();
      expect((await store.write(newRows(1)))[0]).toHaveProperty('id');
      expect(base.airtable.people.rows('Anfragen')[0]?.fields['Stand']).toBe('New');
    });
  });

  describe('a failure of the base', () => {
    it('ends the round: what was written is told, and the rest waits', async () => {
      base.airtable.settings.faults = ({ number }) => (number > 60 ? { kind: 'unavailable' } : null);
      const outcomes = await store.write(newRows(400));
      const written = outcomes.filter((outcome) => 'id' in outcome).length;
      expect(written).toBe(keysInBase().length);
      expect(outcomes.filter((outcome) => 'postponed' in outcome).length).toBe(400 - written);
      expect(outcomes.at(-1)).toMatchObject({ postponed: { code: 'airtable.unavailable', retry: 'later' } });
    });

    it('asks for nothing more once the month is spent', async () => {
      base.airtable.setMonthlyCap(base.airtable.usedThisMonth());
      const outcomes = await store.write(newRows(100));
      expect(outcomes.every((outcome) => 'postponed' in outcome)).toBe(true);
      expect(outcomes[0]).toMatchObject({ postponed: { code: 'airtable.month-spent' } });
      expect(base.airtable.counters().requests).toBeLessThanOrEqual(5);
      base.airtable.clearLog();
      await store.write(newRows(100));
      await expect(store.changesSince(null)).rejects.toMatchObject({ code: 'airtable.month-spent' });
      expect(base.airtable.requests()).toEqual([]);
    });
  });
});
