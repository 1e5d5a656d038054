import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CAPABILITIES, type MadeDatabase } from '../../../simulators/notion/index.ts';
import { Problem } from '../../../src/domain/problem.ts';
import type { StoreTables, WantedTable } from '../../../src/ports/store-tables.ts';
import { SUITE_COLUMNS } from '../../ports/ticket-store.ts';
import { aDeskBase, type DeskBase } from './desk-base.ts';

/** Accounts, and people who belong to them by a relation, with what a rollup shows of it. */
async function aBaseOfCustomers(): Promise<{ base: DeskBase; accounts: MadeDatabase; contacts: MadeDatabase }> {
  const base = await aDeskBase(
    SUITE_COLUMNS,
    { requestsPerWindow: 100_000 },
    {
      beside: [
        { name: 'Accounts', properties: [{ name: 'Plan', type: 'select', options: ['Gold', 'Silver'] }] },
        { name: 'Contacts', properties: [{ name: 'Email', type: 'email' }] },
      ],
    },
  );
  const { designers } = base.notion;
  const accounts = base.notion.database('Accounts');
  const config = { data_source_id: accounts.dataSourceId };
  designers.addProperty('Contacts', { name: 'Account', type: 'relation', config });
  for (const shown of ['Name', 'Plan']) {
    const names = { relation_property_name: 'Account', rollup_property_name: shown };
    designers.addProperty('Contacts', {
      name: `Account ${shown}`,
      type: 'rollup',
      config: { ...names, function: 'show_original' },
    });
  }
  return { base, accounts, contacts: base.notion.database('Contacts') };
}

function wantedOf(table: string, ...titles: readonly string[]): WantedTable {
  const columns = titles.map((title) => ({ title, isNeeded: true, isTicked: false }));
  return { table, usedFor: 'Customers come from it.', guide: 'docs/customers.md', columns };
}

describe('a database beside that of the tickets, in Notion', () => {
  let base: DeskBase;
  let accounts: MadeDatabase;
  let contacts: MadeDatabase;
  beforeEach(async () => {
    ({ base, accounts, contacts } = await aBaseOfCustomers());
  });
  afterEach(() => base.close());

  function tablesOf(store = base.store): StoreTables {
    if (store.tables === undefined) throw new Error('the store has no tables');
    return store.tables;
  }

  async function rowsOf(wanted: WantedTable, tables = tablesOf()) {
    const { rows } = await tables.changesSince(wanted, null);
    return rows
      .map(({ values }) => values)
      .toSorted((one, other) => String(one['Name']).localeCompare(String(other['Name'])));
  }

  async function codeOf(wanted: WantedTable, tables = tablesOf()): Promise<string> {
    const failure: unknown = await rowsOf(wanted, tables).then(
      () => null,
      (error: unknown) => error,
    );
    return failure instanceof Problem ? failure.code : String(failure);
  }

  it('shows by a rollup what a relation leads to, which cannot be read itself', async () => {
    const { people } = base.notion;
    const acme = people.type('Accounts', { Name: 'Acme', Plan: 'Gold' });
    const beta = people.type('Accounts', { Name: 'Beta', Plan: 'Silver' });
    people.type('Contacts', { Name: 'Greta', Account: [acme] });
    people.type('Contacts', { Name: 'Ole', Account: [acme, beta] });
    people.type('Contacts', { Name: 'Nobody' });
    const wanted = wantedOf('Contacts', 'Name', 'Account Name', 'Account Plan');
    expect(await rowsOf(wanted)).toEqual([
      { Name: 'Greta', 'Account Name': 'Acme', 'Account Plan': 'Gold' },
      { Name: 'Nobody', 'Account Name': null, 'Account Plan': null },
      { Name: 'Ole', 'Account Name': ['Acme', 'Beta'], 'Account Plan': ['Gold', 'Silver'] },
    ]);
    const [finding] = await tablesOf().check(wantedOf('Contacts', 'Account'));
    expect([finding?.severity, finding?.message, finding?.fix]).toEqual([
      'error',
      'The property "Account" of the database "Contacts" is of the type relation, which cannot be read. Customers come from it.',
      'Add a rollup or a formula that shows it in words, and name that in the config.',
    ]);
  });

  it.each([
    ['its title', () => 'contacts'],
    ['the id of its data source', () => contacts.dataSourceId],
    ['the id of the database, as a link has it', () => contacts.id.replaceAll('-', '')],
  ])('is found by %s', async (_, name) => {
    base.notion.people.type('Contacts', { Name: 'Greta', Email: 'greta@example.com' });
    const wanted = wantedOf(name(), 'Email');
    expect(await rowsOf(wanted)).toEqual([{ Email: 'greta@example.com' }]);
    expect(tablesOf().addressOf(wanted.table)).toBe(`https://www.notion.so/${contacts.id.replaceAll('-', '')}`);
  });

  it('is not guessed where several bear the title', async () => {
    base.notion.designers.renameDatabase('Accounts', 'contacts');
    expect(await rowsOf(wantedOf('Contacts', 'Email'))).toEqual([]);
    base.notion.designers.renameDatabase('contacts', 'Contacts');
    const [fresh, again] = [base.openStore({ kept: new Map() }), base.openStore()];
    expect(await codeOf(wantedOf('Contacts', 'Email'), tablesOf(fresh))).toBe('notion.table-unsure');
    // Whoever has found it knows its id.
    expect(await rowsOf(wantedOf('Contacts', 'Email'), tablesOf(again))).toEqual([]);
    expect(await rowsOf(wantedOf(accounts.dataSourceId, 'Plan'))).toEqual([]);
  });

  it('is missing where nobody shares it with the connection, and never that of the tickets', async () => {
    const token = base.notion.addConnection({ shared: [base.ids.database], capabilities: CAPABILITIES });
    const store = base.openStore({ token, kept: new Map() });
    expect(await codeOf(wantedOf('Contacts', 'Email'), tablesOf(store))).toBe('store.table-missing');
    const [finding] = await tablesOf(store).check(wantedOf('Contacts', 'Email'));
    expect(finding?.fix).toContain('choose ••• and Connections, and add the connection');
    expect(await codeOf(wantedOf('Tickets', 'Ticket'))).toBe('store.table-missing');
  });

  it('is told without its rows in the trash and in the archive, when all of it is read', async () => {
    const { people } = base.notion;
    const [greta, ole] = ['Greta', 'Ole'].map((Name) => people.type('Contacts', { Name }));
    people.type('Contacts', { Name: 'Ana' });
    people.delete('Contacts', greta ?? '');
    people.archive('Contacts', ole ?? '', true);
    expect(await rowsOf(wantedOf('Contacts', 'Name'))).toEqual([{ Name: 'Ana' }]);
  });
});
