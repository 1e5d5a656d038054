import { ulid } from 'ulid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoreFinding } from '../../../src/ports/ticket-store.ts';
import { deskColumns } from '../../../src/sync/columns.ts';
import { aPolicy } from '../../support/builders.ts';
import { aDeskBase, type DeskBase } from './desk-base.ts';

const COLUMNS = deskColumns(aPolicy());
const TABLE = 'Tickets';

describe('a look at the base', () => {
  let base: DeskBase;
  beforeEach(async () => {
    base = await aDeskBase(COLUMNS);
  });
  afterEach(() => base.close());

  async function findings(given: Parameters<DeskBase['openStore']>[0] = {}): Promise<readonly StoreFinding[]> {
    return base.openStore(given).check();
  }

  it('finds nothing wrong where nothing is, with five requests', async () => {
    expect(await findings()).toEqual([]);
    expect(base.airtable.counters().requests).toBeLessThanOrEqual(5);
  });

  it.each([
    ['no token', { token: undefined }, /AIRTABLE_TOKEN is not set/],
    ['a token that nobody knows', { token: 'patWrong' }, /does not know the token/],
    ['another base', { settings: { base: 'appZZZZZZZZZZZZZZ' } }, /does not see the base appZZZZZZZZZZZZZZ/],
    ['another table', { settings: { table: 'Requests' } }, /has no table "Requests"/],
  ])('tells of %s', async (_, given, message) => {
    expect(await findings(given)).toEqual([
      { severity: 'error', message: expect.stringMatching(message), fix: expect.any(String), fixable: false },
    ]);
  });

  it.each([
    ['schema.bases:read', ['data.records:read', 'data.records:write']],
    ['data.records:read', ['schema.bases:read', 'data.records:write']],
    ['data.records:write', ['schema.bases:read', 'data.records:read']],
  ] as const)('tells that the token lacks %s', async (scope, scopes) => {
    expect(await findings({ token: base.newToken(scopes) })).toEqual([
      expect.objectContaining({ severity: 'error', fix: expect.stringContaining(scope) }),
    ]);
  });

  it('tells of columns that are missing, and which of them stop the desk', async () => {
    base.airtable.designers.removeField(TABLE, 'Status');
    base.airtable.designers.removeField(TABLE, 'Contact count');
    const found = await findings();
    expect(found.map(({ severity, message, fixable }) => [severity, message, fixable])).toEqual([
      ['error', 'The column "Status" is missing.', true],
      ['warning', 'The column "Contact count" is missing.', true],
    ]);
    expect(found[0]?.fix).toContain('columns: { status: fld… }');
  });

  it('tells of a column that has another type', async () => {
    base.airtable.designers.retypeField(TABLE, 'Subject', { type: 'number', options: { precision: 0 } });
    expect(await findings()).toEqual([
      expect.objectContaining({
        severity: 'error',
        message: expect.stringContaining('The column "Subject" is of the type number and should be singleLineText'),
        fixable: false,
      }),
    ]);
  });

  it('tells of options that a column does not offer', async () => {
    base.airtable.designers.removeOption(TABLE, 'Status', 'On hold');
    expect(await findings()).toEqual([
      expect.objectContaining({
        severity: 'warning',
        message: 'The column "Status" does not offer "On hold".',
        fixable: true,
      }),
    ]);
  });

  it('tells of agents without access to the base', async () => {
    base.airtable.setRole(base.ids.base, base.users['Cy'] ?? '', 'none');
    expect(await findings()).toEqual([
      expect.objectContaining({
        severity: 'warning',
        message: 'Without access to the base, and so never shown in the column "Assignee": Cy (cy@desk.example).',
      }),
    ]);
  });

  it('is content with columns of the team, and with columns in other fields that fit', async () => {
    base.airtable.designers.addField(TABLE, { name: 'Our own', type: 'formula', options: { formula: '1' } });
    base.airtable.designers.retypeField(TABLE, 'Requester', { type: 'multilineText' });
    base.airtable.designers.retypeField(TABLE, 'Assignee', { type: 'singleSelect', choices: ['Ana', 'Ben', 'Cy'] });
    expect(await findings()).toEqual([]);
  });

  it.each([
    [90_000, 'behind'],
    [-90_000, 'ahead of'],
  ])("tells that the machine's clock is wrong (%i ms)", async (off, words) => {
    await base.close();
    base = await aDeskBase(COLUMNS);
    const { now } = base.airtable.settings;
    base.airtable.settings.now = () => now() + off;
    expect((await findings()).map(({ message }) => message)).toEqual([
      `The clock of this machine is 90 s ${words} Airtable's.`,
    ]);
  });

  it('tells when the month is nearly spent', async () => {
    expect(await findings({ spent: 79_000 })).toEqual([]);
    expect((await findings({ spent: 81_000 })).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^8100\d of this month's 100000 requests to Airtable are spent\.$/),
    ]);
    expect(await findings({ spent: 81_000, settings: { plan: 'business' } })).toEqual([]);
  });

  it('tells when the table is nearly full, once it was read through', async () => {
    const writes = Array.from({ length: 100 }, () => ({ id: null, key: ulid(), cells: {} }));
    await base.store.write(writes);
    for (let watermark: string | null = null, more = true; more;) {
      ({ watermark, more } = await base.store.changesSince(watermark));
    }
    expect(await findings()).toEqual([]);
    base.kept.set('airtable.rows', 46_000);
    expect((await findings()).map(({ message }) => message)).toEqual([
      'The table has 46000 rows, and the plan allows 50000 in the whole base.',
    ]);
  });

  it('tells of a spent month as a finding', async () => {
    base.airtable.setMonthlyCap(0);
    const found = await findings();
    expect(found.map(({ message }) => message)).toEqual([
      "The workspace has used up its month's API calls, so Airtable neither shows nor takes rows.",
    ]);
  });

  describe('mending', () => {
    it('adds columns and options, keeps the others, and says what it did', async () => {
      base.airtable.designers.removeField(TABLE, 'Status');
      base.airtable.designers.removeField(TABLE, 'Assignee');
      base.airtable.designers.removeOption(TABLE, 'Priority', 'High');
      const left = await base.optionsOf('Priority');
      const store = base.openStore();
      expect(await store.mend?.()).toEqual([
        'Added the column "Status".',
        'Added the column "Assignee".',
        'Added to the column "Priority": High.',
      ]);
      expect(await base.optionsOf('Priority')).toEqual([...left, 'High']);
      expect(await store.check()).toEqual([]);
    });

    it('does nothing where nothing is to be done', async () => {
      expect(await base.store.mend?.()).toEqual([]);
    });

    it('adds a column anew of which desk.yaml names a field that is gone', async () => {
      base.airtable.designers.removeField(TABLE, 'Status');
      const store = base.openStore({ settings: { columns: { status: 'fldGoneGoneGone12' } } });
      expect(await store.mend?.()).toEqual(['Added the column "Status".']);
      expect(await store.check()).toEqual([]);
    });

    it('makes the assignee a list of names when the base does not know them all', async () => {
      base.airtable.setRole(base.ids.base, base.users['Cy'] ?? '', 'none');
      base.airtable.designers.removeField(TABLE, 'Assignee');
      await base.store.mend?.();
      expect(await base.optionsOf('Assignee')).toEqual(['Ana', 'Ben', 'Cy']);
      expect(await base.store.people()).toEqual([
        { id: 'Ana', name: 'Ana', email: 'ana@desk.example' },
        { id: 'Ben', name: 'Ben', email: 'ben@desk.example' },
        { id: 'Cy', name: 'Cy', email: 'cy@desk.example' },
      ]);
    });

    it('says what the token lacks', async () => {
      base.airtable.designers.removeField(TABLE, 'Status');
      const token = base.newToken(['data.records:read', 'data.records:write', 'schema.bases:read']);
      await expect(base.openStore({ token }).mend?.()).rejects.toMatchObject({
        code: 'airtable.schema-locked',
        message: 'The token may not add the column "Status".',
      });
    });
  });
});
