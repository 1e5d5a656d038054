import { describe, expect, it } from 'vitest';
import { type TableLookUp, tableLookUpsOf } from '../../../src/config/table-lookups.ts';
import { Customers } from '../../../src/config/written/customers.ts';
import { type Identity, identityName, identityOf } from '../../../src/domain/requester.ts';
import { entryOf } from '../../../src/pipeline/customers/table-entries.ts';
import { createTableIndex } from '../../../src/pipeline/customers/table-index.ts';
import type { Cell } from '../../../src/ports/ticket-store.ts';

const WRITTEN = {
  name: 'contacts',
  table: 'Contacts',
  match: { email: 'Email', domain: 'Domains', phone: 'Phone', chat: 'Slack ID' },
  answers: { account: 'Company', tier: 'Plan', vip: 'VIP', seats: 'Seats' },
  samePerson: 'Other addresses',
};

const CONTACTS = lookUpFrom(WRITTEN);

function lookUpFrom(written: object): TableLookUp {
  const [lookUp] = tableLookUpsOf(Customers.parse({ lookups: [written] }), { calendars: {}, timeZone: 'UTC' });
  if (lookUp === undefined) throw new Error('It names no table.');
  return lookUp;
}

type Row = Readonly<Record<string, Cell>>;

function known(...written: readonly string[]): readonly Identity[] {
  return written.flatMap((each) => identityOf(each) ?? []);
}

/** The company of the row that fits, or why there is none. */
function companyOf(rows: readonly Row[], written: readonly string[]): string {
  const found = createTableIndex(rows.map((row) => entryOf(row, CONTACTS))).find(known(...written));
  if (found.kind === 'unsure') return `${found.rows} rows fit ${found.what}`;
  return found.kind === 'none' ? 'none' : String(found.entry.fields['name']);
}

describe('a row of a table of customers (A-019)', () => {
  const rows: readonly Row[] = [
    { Company: 'Acme', Email: 'Greta@Acme.example', Phone: '+49 (151) 12345', 'Slack ID': 'U123' },
    { Company: 'Beta', Email: 'a@beta.example, Bo <b@beta.example>\nmailto:c@beta.example', 'Slack ID': 'slack:U9' },
    { Company: 'Acme house', Domains: ['acme.example', 'https://www.acme.test/'] },
    { Company: 'Acme Europe', Domains: 'eu.acme.example; @acme.eu.example' },
    { Company: 'Anybody', Domains: 'gmail.com', Email: 'nobody', Phone: 'none' },
  ];

  it.each([
    ['an address, whatever its capitals', ['greta@acme.example'], 'Acme'],
    ['each of several addresses', ['b@beta.example'], 'Beta'],
    ['a link to write to', ['c@beta.example'], 'Beta'],
    ['a number, however it is written', ['phone:0049 151/12345'], 'Acme'],
    ['an id in any chat, where it does not say which', ['slack:U123'], 'Acme'],
    ['an id in the chat that it names', ['slack:U9'], 'Beta'],
    ['the domain, of several rows the nearest', ['x@it.eu.acme.example'], 'Acme Europe'],
    ['a domain above', ['x@mail.acme.example'], 'Acme house'],
    ['a domain as a link', ['x@acme.test'], 'Acme house'],
  ])('is found by %s', (_, written, company) => {
    expect(companyOf(rows, written)).toBe(company);
  });

  it.each([
    ['an id in another chat', ['discord:U9']],
    ['a domain at which anybody gets an address', ['x@gmail.com']],
    ['a name that only ends like the domain', ['x@notacme.example']],
    ['nothing', []],
  ])('is not found by %s', (_, written) => {
    expect(companyOf(rows, written)).toBe('none');
  });

  it('is the one of the address before that of the chat, the number and the domain', () => {
    expect(companyOf(rows, ['b@beta.example', 'slack:U123'])).toBe('Beta');
    expect(companyOf(rows, ['who@acme.example', 'slack:U9', 'phone:+4915112345'])).toBe('Beta');
    expect(companyOf(rows, ['who@acme.example', 'phone:+4915112345'])).toBe('Acme');
  });

  it('is the one of the address that they write from before their others', () => {
    expect(companyOf(rows, ['greta@acme.example', 'b@beta.example'])).toBe('Acme');
    expect(companyOf(rows, ['b@beta.example', 'greta@acme.example'])).toBe('Beta');
    expect(companyOf(rows, ['else@else.example', 'b@beta.example', 'greta@acme.example'])).toBe(
      '2 rows fit b@beta.example',
    );
  });

  it('is none where two fit equally well', () => {
    const twice = [...rows, { Company: 'Acme again', Email: 'greta@acme.example', Domains: 'acme.example' }];
    expect(companyOf(twice, ['greta@acme.example'])).toBe('2 rows fit greta@acme.example');
    expect(companyOf(twice, ['who@sub.acme.example'])).toBe('2 rows fit acme.example');
    expect(companyOf(twice, ['b@beta.example'])).toBe('Beta');
  });

  it('tells what a person reads in it, and leaves out what is empty', () => {
    const row = {
      Company: ['Acme'],
      Plan: ' gold ',
      VIP: 'Yes',
      Seats: 12,
      'Other addresses': 'g@x.example; slack:U7',
    };
    const { fields, identities } = entryOf(row, CONTACTS);
    expect(fields).toEqual({ name: 'Acme', tier: 'gold', vip: true, seats: 12 });
    expect(identities.map(identityName)).toEqual(['g@x.example', 'slack:U7']);
    expect(entryOf({ Company: null, Plan: '', VIP: false, Seats: null }, CONTACTS).fields).toEqual({ vip: false });
    expect(entryOf({ Plan: ['gold', 'old'], VIP: 1 }, CONTACTS).fields).toEqual({ tier: 'gold, old', vip: true });
    expect(entryOf({ Plan: 'x'.repeat(201), VIP: 'no' }, CONTACTS).fields).toEqual({ vip: false });
  });
});
