import { describe, expect, it } from 'vitest';
import { frees } from '../../../src/decide/routing/frees.ts';
import type { Effect } from '../../../src/domain/effect.ts';
import type { FieldValue, TicketField } from '../../../src/domain/ticket.ts';

function change(field: TicketField, to: FieldValue): Effect {
  return { kind: 'change', field, from: null, to, by: null };
}

const ANAS = { assignee: 'Ana', status: 'open' } as const;

describe('a place', () => {
  it.each([
    ['the ticket goes to somebody else', [change('assignee', 'Ben')]],
    ['the ticket goes back to the queue', [change('assignee', null)]],
    ['the ticket is resolved', [change('status', 'resolved')]],
    ['the ticket is closed', [change('status', 'closed')]],
  ])('frees when %s', (_, effects) => {
    expect(frees(effects, ANAS)).toBe(true);
  });

  it.each([
    ['nothing moves', []],
    ['the ticket waits for the customer', [change('status', 'pending')]],
    [
      'the ticket is given back and comes to the same person again',
      [change('assignee', null), change('assignee', 'Ana')],
    ],
    ['only other things change', [change('priority', 'high')]],
  ])('does not free when %s', (_, effects) => {
    expect(frees(effects, ANAS)).toBe(false);
  });

  it('does not free when nobody had one', () => {
    expect(frees([change('assignee', 'Ana')], { assignee: null, status: 'new' })).toBe(false);
    expect(frees([change('assignee', null)], { assignee: 'Ana', status: 'resolved' })).toBe(false);
  });
});
