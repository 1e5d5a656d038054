import { describe, expect, it } from 'vitest';
import type { Condition, Proof } from '../../../src/decide/condition.ts';
import { fieldsRead, holds, subjectAfter, subjectOf } from '../../../src/decide/conditions/index.ts';
import { phraseOf } from '../../../src/decide/conditions/words.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { aCalendar, ALWAYS, aRequester, at, aTicket, MORNING } from '../../support/builders.ts';

const NEVER: Condition = { kind: 'any', of: [] };

function proofOf(condition: Condition, ticket: Partial<Ticket> = {}, now = MORNING): Proof | null {
  return holds(condition, subjectOf(aTicket(ticket), now));
}

function mentions(...phrases: string[]): Condition {
  return { kind: 'mentions', in: 'text', phrases: phrases.map(phraseOf) };
}

function is(field: string, ...values: string[]): Condition {
  return { kind: 'is', field, values };
}

describe('conditions together', () => {
  it('all of nothing holds without anything to quote, any of nothing does not hold', () => {
    expect(proofOf(ALWAYS)).toEqual([]);
    expect(proofOf(NEVER)).toBeNull();
  });

  it('all gather what proves each, and need each (A-035)', () => {
    const both: Condition = {
      kind: 'all',
      of: [mentions('payment failed'), is('requester.account.invoice', 'unpaid')],
    };
    const unpaid = aRequester({ account: { invoice: 'unpaid' } });
    expect(proofOf(both, { requester: unpaid })).toEqual([
      { kind: 'text', quote: 'Payment failed' },
      { kind: 'field', name: 'requester.account.invoice', value: 'unpaid' },
    ]);
    expect(proofOf(both, { requester: aRequester({ account: { invoice: 'paid' } }) })).toBeNull();
    expect(proofOf(both, { requester: unpaid, subject: 'Hello', description: 'Where is my parcel?' })).toBeNull();
  });

  it('any quotes the first that holds, and nothing of those that do not', () => {
    const half: Condition = { kind: 'all', of: [mentions('payment failed'), NEVER] };
    expect(proofOf({ kind: 'any', of: [half, mentions('card'), is('channel', 'website')] })).toEqual([
      { kind: 'text', quote: 'card' },
    ]);
  });

  it('not holds where its condition does not, and quotes nothing', () => {
    expect(proofOf({ kind: 'not', of: mentions('refund') })).toEqual([]);
    expect(proofOf({ kind: 'not', of: mentions('card') })).toBeNull();
    expect(proofOf({ kind: 'all', of: [{ kind: 'not', of: mentions('card') }, mentions('card')] })).toBeNull();
  });
});

describe('fields', () => {
  const ticket: Partial<Ticket> = {
    channel: 'website',
    priority: 'high',
    tags: ['vip', 'payment'],
    assignee: null,
    needsReview: false,
    reopenCount: 2,
    requester: aRequester({ account: { tier: 'Enterprise', seats: 12, trial: false } }),
    fields: { 'Order number': ' 4711 ', amount: '12.0', empty: '', when: '2026-03-01', odd: '12 apples' },
    lastAgentMessageAt: at('2026-11-20T09:00:00Z'),
  };

  it.each<[Condition, string]>([
    [is('channel', 'website'), 'website'],
    [is('priority', 'low', 'HIGH'), 'high'],
    [is('tags', 'payment'), 'vip, payment'],
    [is('owner', 'support'), 'support'],
    [is('needsReview', 'false'), 'false'],
    [is('requester.domain', 'example.com'), 'example.com'],
    [is('requester.account.tier', 'enterprise'), 'Enterprise'],
    [is('requester.account.seats', '12.0'), '12'],
    [is('requester.account.trial', 'false'), 'false'],
    [is('fields.order number', '4711'), ' 4711 '],
    [is('fields.amount', '12'), '12.0'],
    [{ kind: 'above', field: 'reopenCount', bound: 1 }, '2'],
    [{ kind: 'above', field: 'fields.amount', bound: 11.9 }, '12.0'],
    [{ kind: 'below', field: 'requester.account.seats', bound: 13 }, '12'],
    [{ kind: 'before', field: 'lastAgentMessageAt', at: MORNING }, '2026-11-20T09:00:00Z'],
    [{ kind: 'after', field: 'fields.when', at: at('2026-02-28T23:59:00Z') }, '2026-03-01'],
    [{ kind: 'empty', field: 'assignee', empty: true }, ''],
    [{ kind: 'empty', field: 'fields.empty', empty: true }, ''],
    [{ kind: 'empty', field: 'requester.account.nothing', empty: true }, ''],
    [{ kind: 'empty', field: 'reopenCount', empty: false }, '2'],
    [{ kind: 'empty', field: 'needsReview', empty: false }, 'false'],
  ])('%o holds, with the value as evidence', (condition, value) => {
    const name = 'field' in condition ? condition.field : '';
    expect(proofOf(condition, ticket)).toEqual([{ kind: 'field', name, value }]);
  });

  it.each<[Condition]>([
    [is('channel', 'web')],
    [is('category', 'billing')],
    [is('requester.account.nothing', '')],
    [is('fields.nothing', 'x')],
    [is('constructor', 'x')],
    [is('fields.constructor', 'x')],
    [is('tags')],
    [{ kind: 'above', field: 'reopenCount', bound: 2 }],
    [{ kind: 'above', field: 'fields.odd', bound: 1 }],
    [{ kind: 'above', field: 'fields.empty', bound: -1 }],
    [{ kind: 'below', field: 'fields.nothing', bound: 1 }],
    [{ kind: 'below', field: 'requester.account.trial', bound: 1 }],
    [{ kind: 'before', field: 'lastAgentMessageAt', at: at('2026-11-20T09:00:00Z') }],
    [{ kind: 'before', field: 'fields.amount', at: MORNING }],
    [{ kind: 'after', field: 'resolvedAt', at: at('2000-01-01T00:00:00Z') }],
    [{ kind: 'empty', field: 'fields.amount', empty: true }],
    [{ kind: 'empty', field: 'fields.nothing', empty: false }],
  ])('%o does not hold', (condition) => {
    expect(proofOf(condition, ticket)).toBeNull();
  });

  const row = { plan: 'Gold', 'contract value': 1200, vip: false, regions: ['North', 'South'], renewal: '2026-12-31' };

  it.each<[Condition, string, string]>([
    [is('row.Plan', 'gold'), 'row.Plan', 'Gold'],
    [is('row.regions', 'South', 'West'), 'row.regions', 'North, South'],
    [is('row.VIP', 'false'), 'row.VIP', 'false'],
    [{ kind: 'above', field: 'row.Contract value', bound: 1000 }, 'row.Contract value', '1200'],
    [{ kind: 'before', field: 'row.Renewal', at: at('2027-01-01T00:00Z') }, 'row.Renewal', '2026-12-31'],
    [{ kind: 'empty', field: 'row.Nothing', empty: true }, 'row.Nothing', ''],
    [{ kind: 'empty', field: 'row.Vip', empty: false }, 'row.Vip', 'false'],
  ])('of the team’s own row: %o holds, and is named', (condition, name, value) => {
    expect(proofOf(condition, { row })).toEqual([{ kind: 'field', name, value }]);
  });

  it.each<[Condition]>([
    [is('row.Plan', 'Silver')],
    [is('row.constructor', 'x')],
    [is('row.Nothing', 'false')],
    [{ kind: 'above', field: 'row.Regions', bound: 0 }],
    [{ kind: 'empty', field: 'row.Plan', empty: true }],
  ])('of the team’s own row: %o does not hold', (condition) => {
    expect(proofOf(condition, { row })).toBeNull();
  });

  it('are read by the names that the condition gives', () => {
    const condition: Condition = {
      kind: 'any',
      of: [is('priority', 'low'), { kind: 'not', of: { kind: 'all', of: [mentions('a'), is('fields.b', 'c')] } }],
    };
    expect(fieldsRead(condition)).toEqual(['priority', 'subject', 'message', 'fields.b']);
  });
});

describe('the time', () => {
  const calendar = aCalendar('Europe/Berlin', 'Mon-Fri 09:00-17:00');
  const open: Condition = { kind: 'in_hours', calendarName: 'office', calendar, inHours: true };

  it('is in hours while the calendar is open, the closing minute excluded', () => {
    const proof = [{ kind: 'field', name: 'calendar office', value: 'open' }];
    expect(proofOf(open, {}, at('2026-11-20T08:00:00Z'))).toEqual(proof);
    expect(proofOf(open, {}, at('2026-11-20T15:59:59Z'))).toEqual(proof);
    expect(proofOf(open, {}, at('2026-11-20T16:00:00Z'))).toBeNull();
  });

  it('is out of hours while it is closed', () => {
    const closed: Condition = { ...open, inHours: false };
    expect(proofOf(closed, {}, at('2026-11-21T10:00:00Z'))).toEqual([
      { kind: 'field', name: 'calendar office', value: 'closed' },
    ]);
    expect(proofOf(closed, {}, MORNING)).toBeNull();
  });

  it('is a day of the week where the desk is', () => {
    const friday: Condition = { kind: 'weekday', timeZone: 'Asia/Tokyo', days: [5] };
    expect(proofOf(friday, {}, at('2026-11-19T15:00:00Z'))).toEqual([
      { kind: 'field', name: 'weekday', value: 'Friday' },
    ]);
    expect(proofOf(friday, {}, at('2026-11-19T14:59:00Z'))).toBeNull();
  });
});

describe('a pattern', () => {
  function numbers(text: string): { start: number; end: number } | null {
    const match = /INV-\d+/.exec(text);
    return match === null ? null : { start: match.index, end: match.index + match[0].length };
  }
  const condition: Condition = { kind: 'matches', in: 'message', pattern: 'INV-\\d+', find: numbers };

  it('is looked for in what the customer wrote, and quoted from there', () => {
    expect(proofOf(condition, { description: '> INV-1 is yours\nNo, mine is INV-22.' })).toEqual([
      { kind: 'text', quote: 'INV-22' },
    ]);
    expect(proofOf(condition, { subject: 'INV-3', description: 'see above' })).toBeNull();
  });

  it('that takes in half the message is quoted in part', () => {
    const all: Condition = { ...condition, find: (text) => ({ start: 0, end: text.length }) };
    const [evidence] = proofOf(all, { description: ` ${'word '.repeat(200)}` }) ?? [];
    expect(evidence?.kind === 'text' && evidence.quote).toHaveLength(200);
  });
});

describe('a subject', () => {
  it('of the same texts takes over what was split already', () => {
    const before = subjectOf(aTicket(), MORNING);
    const after = subjectAfter(before, aTicket({ priority: 'high' }));
    expect(after.text()).toBe(before.text());
    expect(holds(is('priority', 'high'), after)).not.toBeNull();
  });

  it('of another text does not', () => {
    const before = subjectOf(aTicket(), MORNING);
    const after = subjectAfter(before, aTicket({ description: 'Please refund me' }));
    expect(holds(mentions('refund'), after)).toEqual([{ kind: 'text', quote: 'refund' }]);
  });
});
