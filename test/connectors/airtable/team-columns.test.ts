import { ulid } from 'ulid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DesignedField } from '../../../simulators/airtable/index.ts';
import { Table } from '../../../connectors/airtable/wire.ts';
import type { Cells, ChangedRows, Column, TicketStore } from '../../../src/ports/ticket-store.ts';
import { storeColumns } from '../../../src/sync/team-columns.ts';
import { aPolicy, aRule } from '../../support/builders.ts';
import { aDeskBase, type DeskBase } from './desk-base.ts';

const TABLE = 'Tickets';
const OURS = storeColumns(aPolicy());
const ADDRESS = 'https://desk.example/stores/airtable/news';

/** Longer than what is read twice. */
const LATER = 60_000;

/** What a store reads when a rule asks for these columns. */
function asking(...titles: readonly string[]): readonly Column[] {
  const rules = titles.map((title) =>
    aRule(
      { priority: 'high' as const },
      { when: { kind: 'empty', field: `row.${title}`, empty: false }, place: 'triage.yaml:7' },
    ),
  );
  return storeColumns(aPolicy({ triage: { rules } }));
}

describe('columns of the team’s own in Airtable', () => {
  let base: DeskBase;
  let rowId: string;

  beforeEach(async () => {
    base = await aDeskBase(OURS);
    const [outcome] = await base.store.write([{ id: null, key: ulid(), cells: { subject: 'Printer', status: 'New' } }]);
    rowId = outcome !== undefined && 'id' in outcome ? outcome.id : '';
    await base.clock.pause(LATER);
  });
  afterEach(() => base.close());

  function add(...fields: readonly DesignedField[]): void {
    for (const field of fields) base.airtable.designers.addField(TABLE, field);
  }

  /** As a person does, by the titles of columns. */
  function edit(values: Readonly<Record<string, unknown>>, by = 'Ana'): void {
    base.airtable.people.as(by).edit(TABLE, rowId, values);
  }

  async function cellsOf(columns: readonly Column[], store = base.openStore({ columns })): Promise<Cells> {
    const [row] = await store.read([rowId]);
    const cells = Object.entries(row?.cells ?? {}).filter(([name]) => name.startsWith('row.'));
    return Object.fromEntries(cells);
  }

  /** Reads everything, and lets so much time pass that nothing is read twice. */
  async function readAll(store: TicketStore): Promise<string> {
    const { watermark } = await store.changesSince(null);
    await base.clock.pause(LATER);
    base.airtable.clearLog();
    return watermark;
  }

  async function changesIn(store: TicketStore, watermark: string): Promise<ChangedRows> {
    await base.clock.pause(LATER);
    return store.changesSince(watermark);
  }

  const PLAN: DesignedField = { name: 'Plan', type: 'singleSelect', choices: ['Silver', 'Gold'] };

  describe('say what a person reads in them', () => {
    it.each<[string, Omit<DesignedField, 'name'>, unknown, unknown]>([
      ['text', { type: 'singleLineText' }, 'Gold', 'Gold'],
      ['a number', { type: 'number', options: { precision: 2 } }, 1200.5, 1200.5],
      ['a rating', { type: 'rating', options: { max: 5 } }, 4, 4],
      ['an option', { type: 'singleSelect', choices: ['Gold'] }, 'Gold', 'Gold'],
      ['options', { type: 'multipleSelects', choices: ['North', 'South'] }, ['North'], ['North']],
      ['a day', { type: 'date' }, '2026-12-31', '2026-12-31'],
      ['a moment', { type: 'dateTime' }, '2026-12-31T10:00:00.000Z', '2026-12-31T10:00:00.000Z'],
      ['a tick', { type: 'checkbox' }, true, true],
      ['no tick', { type: 'checkbox' }, false, false],
      ['an address', { type: 'email' }, 'greta@example.com', 'greta@example.com'],
      ['somebody', { type: 'singleCollaborator' }, { email: 'ana@desk.example' }, 'Ana'],
      ['several people', { type: 'multipleCollaborators' }, ['Ana', 'Ben'], ['Ana', 'Ben']],
      ['nothing', { type: 'singleLineText' }, null, null],
    ])('%s', async (_, field, value, expected) => {
      add({ name: 'Theirs', ...field });
      const users = Array.isArray(value) && field.type === 'multipleCollaborators';
      edit({ Theirs: users ? value.map((name: string) => ({ id: base.users[name] })) : value });
      expect(await cellsOf(asking('Theirs'))).toEqual({ 'row.theirs': expected });
    });

    it.each<[string, string, unknown]>([
      ['a text', "UPPER({Subject}) & '!'", 'PRINTER!'],
      ['a number', '1 + 2', 3],
      ['nothing, where it fails', 'ERROR()', null],
    ])('%s of a formula', async (_, formula, expected) => {
      add({ name: 'Worked out', type: 'formula', options: { formula } });
      expect(await cellsOf(asking('Worked out'))).toEqual({ 'row.worked out': expected });
    });
  });

  describe('are read in passing', () => {
    it('and an edit is noticed like one of ours, with no request more', async () => {
      add(PLAN);
      const store = base.openStore({ columns: asking('Plan') });
      const watermark = await readAll(store);
      edit({ Plan: 'Gold' });
      const { rows } = await changesIn(store, watermark);
      expect(rows).toMatchObject([{ id: rowId, cells: { 'row.plan': 'Gold', subject: 'Printer' } }]);
      expect(base.airtable.counters().requests).toBe(1);
    });

    it('and those that no rule asks for are neither read nor waited for', async () => {
      add(PLAN);
      const watermark = await readAll(base.store);
      edit({ Plan: 'Gold' });
      expect((await changesIn(base.store, watermark)).rows).toEqual([]);
      expect(Object.keys((await base.store.read([rowId]))[0]?.cells ?? {})).not.toContain('row.plan');
    });

    it('and a formula is noticed by what it is computed from, however far', async () => {
      add(PLAN, { name: 'Tier', type: 'formula', options: { formula: 'LOWER({Plan})' } });
      add({ name: 'Promise', type: 'formula', options: { formula: "{Tier} & ' promise'" } });
      const store = base.openStore({ columns: asking('Promise') });
      const watermark = await readAll(store);
      edit({ Plan: 'Gold' });
      const { rows } = await changesIn(store, watermark);
      expect(rows).toMatchObject([{ cells: { 'row.promise': 'gold promise' } }]);
    });

    it('and a formula that needs itself holds nothing up', async () => {
      add({ name: 'Snake', type: 'formula', options: { formula: '{Snake} + 1' } });
      const store = base.openStore({ columns: asking('Snake') });
      expect((await changesIn(store, await readAll(store))).rows).toEqual([]);
    });
  });

  describe('are bound by their ids', () => {
    it('so that a renamed one is still read, and doctor says what it is called now', async () => {
      add(PLAN);
      edit({ Plan: 'Gold' });
      const columns = asking('Plan');
      expect(await cellsOf(columns)).toEqual({ 'row.plan': 'Gold' });
      base.airtable.designers.renameField(TABLE, 'Plan', 'Contract');
      const store = base.openStore({ columns });
      expect(await cellsOf(columns, store)).toEqual({ 'row.plan': 'Gold' });
      expect(await store.check()).toEqual([
        {
          severity: 'warning',
          message: 'The column "Plan" is called "Contract" now. Rules ask for it: triage.yaml:7.',
          fix: 'It is read all the same; write row.Contract in the rules, so that people know it again.',
          fixable: false,
        },
      ]);
    });

    it('or by the id that the settings have, or by a title with other capitals', async () => {
      const id = base.airtable.designers.addField(TABLE, PLAN);
      edit({ Plan: 'Gold' });
      expect(await cellsOf(asking('pLAN'))).toEqual({ 'row.plan': 'Gold' });
      const store = base.openStore({ columns: asking('Level'), settings: { columns: { 'row.Level': id } } });
      expect(await cellsOf([], store)).toEqual({ 'row.level': 'Gold' });
    });
  });

  describe('that cannot be read', () => {
    it.each<[string, readonly DesignedField[], string, string, RegExp]>([
      [
        'is not there',
        [{ name: 'Plans', type: 'singleLineText' }],
        'Plan',
        'The table has no column "Plan". Rules ask for it: triage.yaml:7.',
        /^Did you mean "Plans"\? .+ columns: \{ row\.Plan: fld… \}\.$/,
      ],
      [
        'holds files',
        [{ name: 'Scans', type: 'multipleAttachments' }],
        'Scans',
        'The column "Scans" is of the type multipleAttachments, which rules cannot read. Rules ask for it: triage.yaml:7.',
        /lookup or a formula/,
      ],
    ])('stops nothing when it %s, and doctor warns of it', async (_, fields, title, message, fix) => {
      add(...fields);
      const store = base.openStore({ columns: asking(title) });
      expect(await store.check()).toEqual([
        { severity: 'warning', message, fix: expect.stringMatching(fix), fixable: false },
      ]);
      expect(await cellsOf([], store)).toEqual({});
      expect(await store.mend?.()).toEqual([]);
    });

    it('is one of ours by another name', async () => {
      base.airtable.designers.renameField(TABLE, 'Priority', 'Urgency');
      const store = base.openStore({ columns: asking('Urgency') });
      expect(await store.check()).toEqual([
        expect.objectContaining({
          severity: 'warning',
          message: 'The column "Urgency" is one that Tabledesk fills. Rules ask for it: triage.yaml:7.',
        }),
      ]);
      expect(await cellsOf([], store)).toEqual({});
    });

    it('because it was removed does not look as if somebody had emptied it', async () => {
      add(PLAN);
      edit({ Plan: 'Gold' });
      const store = base.openStore({ columns: asking('Plan') });
      const watermark = await readAll(store);
      base.airtable.designers.removeField(TABLE, 'Plan');
      edit({ Status: 'Open' });
      const { rows } = await changesIn(store, watermark);
      expect(rows).toMatchObject([{ cells: { status: 'Open' } }]);
      expect(Object.keys(rows[0]?.cells ?? {})).not.toContain('row.plan');
    });

    it('is looked for once when a rule begins to ask, as somebody may just have added it', async () => {
      const asked = { columns: OURS };
      const given = {
        get columns() {
          return asked.columns;
        },
      };
      const store = base.openStore(given);
      await readAll(store);
      add(PLAN);
      edit({ Plan: 'Gold' });
      asked.columns = asking('Plan', 'Nothing');
      for (let time = 0; time < 3; time += 1) expect(await cellsOf([], store)).toEqual({ 'row.plan': 'Gold' });
      const asks = base.airtable.requests().map(({ path }) => path.includes('/meta/'));
      expect([asks.filter(Boolean).length, asks.length]).toEqual([2, 5]);
    });
  });

  it('are told by a webhook, and read where the call does not show them', async () => {
    add(PLAN, { name: 'Tier', type: 'formula', options: { formula: 'LOWER({Plan})' } });
    for (const [title, expected] of [
      ['Plan', 'Gold'],
      ['Tier', 'gold'],
    ] as const) {
      const store = base.openStore({ columns: asking(title), publicUrl: 'https://desk.example' });
      await store.news?.subscribe(ADDRESS);
      edit({ Plan: 'Silver' });
      const watermark = await readAll(store);
      edit({ Plan: 'Gold' });
      const { rows } = await store.changesSince(watermark, { isCalled: true });
      expect(rows).toMatchObject([{ id: rowId, cells: { [`row.${title.toLowerCase()}`]: expected } }]);
    }
  });

  it('show what a lookup finds in another table, and are read anew when another row is linked', async () => {
    const { airtable } = base;
    const customers = await aTableOf('Customers', ['Name', 'Plan', 'Seats']);
    const link = airtable.designers.addField(TABLE, {
      name: 'Customer',
      type: 'multipleRecordLinks',
      options: { linkedTableId: customers.id },
    });
    for (const name of ['Plan', 'Seats']) {
      const options = { recordLinkFieldId: link, fieldIdInLinkedTable: customers.fields[name] };
      add({ name: `${name} of customer`, type: 'multipleLookupValues', options });
    }
    const [acme = '', other = ''] = [
      { Name: 'Acme', Plan: 'Gold', Seats: '12' },
      { Name: 'Other', Plan: 'Silver' },
    ].map((values) => airtable.people.type('Customers', values));
    const columns = asking('Plan of customer', 'Seats of customer', 'Customer');
    const store = base.openStore({ columns });
    expect(await cellsOf([], store)).toEqual({ 'row.plan of customer': null, 'row.seats of customer': null });
    const watermark = await readAll(store);
    edit({ Customer: [acme, other] });
    const { rows } = await changesIn(store, watermark);
    expect(rows[0]?.cells).toMatchObject({ 'row.plan of customer': ['Gold', 'Silver'], 'row.seats of customer': '12' });
    expect((await store.check()).map(({ message }) => message)).toEqual([
      'The column "Customer" is of the type multipleRecordLinks, which rules cannot read. Rules ask for it: triage.yaml:7.',
    ]);
  });

  /** Another table of text columns. */
  async function aTableOf(name: string, columns: readonly string[]) {
    const answer = await base.airtable.handle(
      new Request(`https://api.airtable.com/v0/meta/bases/${base.ids.base}/tables`, {
        method: 'POST',
        headers: { authorization: `Bearer ${base.newToken(undefined)}` },
        body: JSON.stringify({ name, fields: columns.map((each) => ({ name: each, type: 'singleLineText' })) }),
      }),
    );
    const { id, fields } = Table.parse(await answer.json());
    return { id, fields: Object.fromEntries(fields.map((field) => [field.name, field.id])) };
  }
});
