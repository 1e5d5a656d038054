import { describe, expect, it } from 'vitest';
import { bookOf } from '../../src/config/policy/customers.ts';
import { Customers } from '../../src/config/written/customers.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { aPolicy, aRequester, aTicket } from '../support/builders.ts';

/** What a row shows of the customer, by the titles of the columns. */
function shown(customers: object, account: Readonly<Record<string, string | boolean>> = {}) {
  const columns = deskColumns(aPolicy({ customers: bookOf(Customers.parse(customers)) }));
  const given = { ticket: aTicket({ requester: aRequester({ account }) }), activity: [] };
  const theirs = columns.filter(({ title }) => title.startsWith('Customer '));
  return Object.fromEntries(theirs.map(({ title, show }) => [title, show(given)]));
}

describe('the columns of the customer', () => {
  it('are only there where the config knows customers', () => {
    expect(shown({})).toEqual({});
    expect(shown({ aliases: [['a@x.example', 'b@x.example']] })).toEqual({});
  });

  it('show account, tier and VIP to whoever works in the base (A-005, A-027, A-030)', () => {
    const accounts = { Acme: {} };
    const account = { name: 'Acme', tier: 'enterprise', vip: true };
    expect(shown({ accounts }, account)).toEqual({ 'Customer account': 'Acme, enterprise', 'Customer VIP': true });
    expect(shown({ accounts })).toEqual({ 'Customer account': null, 'Customer VIP': false });
  });
});
