import { describe, expect, it } from 'vitest';
import { aConfig, findingsOf } from '../support/config.ts';

function said(customers: string, environment: Readonly<Record<string, string>> = {}): readonly string[] {
  return findingsOf({ 'customers.yaml': customers }, environment).filter((each) => each.includes('customers.yaml'));
}

const CRM = `
lookups:
  - name: crm
    url: https://crm.example/api?email={requester.email}
    headers: { Authorization: Bearer env:CRM_TOKEN, Accept: application/json }
    answers: { plan: account.plan }
`;

describe('customers.yaml', () => {
  it('may be left out, and then nobody is known', () => {
    const { policy, lookUps } = aConfig({});
    expect(policy.customers.accounts.size).toBe(0);
    expect(lookUps).toEqual([]);
  });

  it('warns of what two accounts claim, as neither gets it (A-019)', () => {
    expect(
      said('accounts:\n  Acme: { domains: [acme.example] }\n  Beta: { domains: [b.example, acme.example] }\n'),
    ).toEqual([
      'warning config/customers.yaml:3:32 accounts.Beta.domains.1: "acme.example" is claimed by Acme and by Beta; leave it to one of the two, or it tells nothing of whoever writes.',
    ]);
    expect(said('accounts:\n  Acme: { people: ["phone:1"] }\n')).toEqual([
      expect.stringContaining('"phone:1" is neither a mail address nor an id with its kind in front'),
    ]);
  });

  it('refuses domains at which anybody gets an address', () => {
    expect(said('accounts:\n  Acme: { domains: [gmail.com] }\nvips: [gmx.de]\n')).toEqual([
      'error config/customers.yaml:2:21 accounts.Acme.domains.0: anybody can get an address of gmail.com; name the addresses of the people instead.',
      'error config/customers.yaml:3:8 vips.0: anybody can get an address of gmx.de; name the addresses of the people instead.',
    ]);
  });

  it('refuses names that only capitals tell apart, and a person in two lists', () => {
    expect(said('accounts:\n  Acme: {}\n  ACME: {}\n')).toEqual([
      expect.stringContaining('accounts.ACME: "acme" is there already'),
    ]);
    expect(said('aliases:\n  - [a@x.example, b@x.example]\n  - [B@x.example, c@x.example]\n')).toEqual([
      expect.stringContaining('aliases.1.0: "b@x.example" stands in two lists'),
    ]);
  });

  it('fills the secrets of a look-up from the environment, and asks nothing without them', () => {
    const { lookUps } = aConfig({ 'customers.yaml': CRM }, { CRM_TOKEN: 's3cret' });
    expect(lookUps[0]).toMatchObject({
      name: 'crm',
      headers: { authorization: 'Bearer s3cret', accept: 'application/json' },
      timeoutSeconds: 2,
      cacheMinutes: 60,
      notFound: [404],
      internal: false,
    });
    expect(aConfig({ 'customers.yaml': CRM }).lookUps[0]?.headers).toBeNull();
    expect(said(CRM)).toEqual([
      'warning config/customers.yaml:5:14 lookups.0.headers: CRM_TOKEN is not set, so that the look-up "crm" asks nothing; set it in the environment or in .env, and start again.',
    ]);
  });

  it('refuses a secret in the file, a field that nobody has, and a host that a customer could choose', () => {
    const all = { CRM_TOKEN: 'x' };
    expect(said(CRM.replace('Bearer env:CRM_TOKEN', 'Bearer abc'), all)).toEqual([
      expect.stringContaining('"Authorization" holds a secret, and no secret stands in a file'),
    ]);
    expect(said(CRM.replace('{requester.email}', '{requester.mail}'), all)).toEqual([
      expect.stringContaining(
        '"{requester.mail}" is not a field that can be asked by; did you mean "requester.email"?',
      ),
    ]);
    expect(said(CRM.replace('crm.example', '{requester.domain}'), all)).toEqual([
      expect.stringContaining('is not an address of the web with its host written out'),
    ]);
    expect(said(CRM.replace('answers: { plan: account.plan }', 'timeout: 90s'), all)).toEqual([
      expect.stringContaining('is not between 0.1s and 30s'),
    ]);
  });

  it('warns of a look-up of which nothing is taken', () => {
    expect(said(CRM.replace('    answers: { plan: account.plan }\n', ''), { CRM_TOKEN: 'x' })).toEqual([
      expect.stringContaining('nothing is taken from what "crm" answers'),
    ]);
  });
});

const CONTACTS = `
lookups:
  - name: contacts
    table: Contacts
    match: { email: Email, domain: Domains }
    answers: { account: Company, vip: VIP }
    samePerson: Other addresses
`;

describe('a look-up in a table of the base', () => {
  const BASE = { 'desk.yaml': 'name: Test desk\nstore: { kind: base }\n' };

  function saidOf(customers: string): readonly string[] {
    return findingsOf({ ...BASE, 'customers.yaml': customers });
  }

  it('names the table and its columns once', () => {
    const { lookUps, tableLookUps, tables, policy } = aConfig({ ...BASE, 'customers.yaml': CONTACTS });
    expect([lookUps, tableLookUps]).toMatchObject([
      [],
      [{ name: 'contacts', answers: { name: 'Company', vip: 'VIP' } }],
    ]);
    expect(tables.map(({ table, columns }) => [table, columns.map(({ title }) => title)])).toEqual([
      ['Contacts', ['Email', 'Domains', 'Company', 'VIP', 'Other addresses']],
    ]);
    expect(policy.customers.lookups).toEqual([{ name: 'contacts', fields: ['name', 'vip'], namesAccount: true }]);
    expect(saidOf(CONTACTS)).toEqual([]);
  });

  it('shares what is read of one table with another look-up in it', () => {
    const other = '  - { name: houses, table: Contacts, match: { domain: Domains }, answers: { region: Region } }\n';
    const { tables } = aConfig({ ...BASE, 'customers.yaml': `${CONTACTS}${other}` });
    expect(tables.map(({ columns }) => columns.map(({ title }) => title))).toEqual([
      ['Email', 'Domains', 'Company', 'VIP', 'Other addresses', 'Region'],
    ]);
  });

  it('needs a base that has tables', () => {
    expect(said(CONTACTS)).toEqual([
      'error config/customers.yaml:4:12 lookups.0.table: the store "embedded" has no tables beside that of the tickets; let a service be asked at a url, or keep tickets in a base such as Airtable or Notion.',
    ]);
  });

  it('needs a column by which people are known, and takes nothing that is for services', () => {
    expect(saidOf(CONTACTS.replace('{ email: Email, domain: Domains }', '{}'))).toEqual([
      expect.stringContaining('no column of "Contacts" tells whose row it is'),
    ]);
    expect(saidOf(`${CONTACTS}    timeout: 2s\n    url: https://crm.example/\n`)).toEqual([
      expect.stringContaining('"contacts" looks in a table, for which there is no timeout'),
      expect.stringContaining('"contacts" looks in a table, for which there is no url'),
    ]);
    expect(saidOf(CONTACTS.replace('account: Company,', 'account: Company, name: Firm,'))).toEqual([
      expect.stringContaining('"name" is there already, as account'),
    ]);
    expect(saidOf(CONTACTS.replace('    table: Contacts\n', ''))).toEqual([
      expect.stringContaining('"contacts" says neither where to ask nor in which table to look'),
    ]);
    expect(saidOf(`${CRM.replace(/ {4}headers.*\n/, '')}    match: { email: Email }\n`)).toEqual([
      expect.stringContaining('"crm" asks a service, which has no columns'),
    ]);
  });
});
