import { describe, expect, it } from 'vitest';
import { bookOf } from '../../../src/config/policy/customers.ts';
import { Customers } from '../../../src/config/written/customers.ts';
import { accountFor, vipOf } from '../../../src/decide/customers/book.ts';
import { type Identity, identityOf } from '../../../src/domain/requester.ts';

const BOOK = bookOf(
  Customers.parse({
    accounts: {
      Acme: { domains: ['acme.example', 'shared.example'], people: ['ceo@gmail.com', 'slack:U1'], tier: 'enterprise' },
      Beta: { domains: ['beta.example', 'eu.acme.example', 'shared.example'], people: ['phone:+49 151 12345'] },
    },
    vips: ['board@else.example', 'big.example', 'slack:U9'],
    accountQuestions: ['Company'],
  }),
);

function known(...written: readonly string[]): readonly Identity[] {
  return written.flatMap((each) => identityOf(each) ?? []);
}

function matchOf(written: readonly string[], fields: Readonly<Record<string, string>> = {}): string {
  const match = accountFor(BOOK, { identities: known(...written), fields });
  if (match.kind === 'unsure') return `unsure: ${match.accounts.join(', ')}`;
  return match.kind === 'none' ? 'none' : `${match.account.name} by ${match.by}`;
}

describe('the account of a person (A-005, A-019)', () => {
  it('is told by the domain of the address, and by the nearest of several', () => {
    expect(matchOf(['greta@acme.example'])).toBe('Acme by domain');
    expect(matchOf(['greta@support.acme.example'])).toBe('Acme by domain');
    expect(matchOf(['greta@it.eu.acme.example'])).toBe('Beta by domain');
    expect(matchOf(['greta@notacme.example'])).toBe('none');
  });

  it('is told by an address, a number or a chat before any domain', () => {
    expect(matchOf(['ceo@gmail.com'])).toBe('Acme by identity');
    expect(matchOf(['slack:U1'])).toBe('Acme by identity');
    expect(matchOf(['who@acme.example', 'phone:0049 (151) 12345'])).toBe('Beta by identity');
  });

  it('is never told by a domain at which anybody gets an address', () => {
    const book = bookOf(Customers.parse({ accounts: { Acme: { domains: ['gmail.com'] } } }));
    expect(accountFor(book, { identities: known('greta@gmail.com'), fields: {} })).toEqual({ kind: 'none' });
  });

  it('is not guessed where two claim the person', () => {
    expect(matchOf(['greta@shared.example'])).toBe('unsure: Acme, Beta');
    expect(matchOf(['ceo@gmail.com', 'phone:+4915112345'])).toBe('unsure: Acme, Beta');
  });

  it('is told by the answer of a form where the desk says so, and may be blank', () => {
    expect(matchOf(['greta@gmail.com'], { company: ' acme ' })).toBe('Acme by answer');
    expect(matchOf(['greta@gmail.com'], { company: 'Somebody else' })).toBe('none');
    expect(matchOf(['greta@gmail.com'], { Firm: 'Acme' })).toBe('none');
    expect(matchOf([])).toBe('none');
  });
});

describe('the list of VIPs (A-030)', () => {
  it('has addresses, chats and domains', () => {
    expect(vipOf(BOOK, known('board@else.example'))).toBe('board@else.example');
    expect(vipOf(BOOK, known('slack:U9'))).toBe('slack:U9');
    expect(vipOf(BOOK, known('who@mail.big.example'))).toBe('big.example');
    expect(vipOf(BOOK, known('who@else.example'))).toBeNull();
  });
});
