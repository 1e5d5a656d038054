import { describe, expect, it } from 'vitest';
import { formValues, readEdit } from '../../src/console/ticket-form.ts';
import { readForm } from '../../src/console/wire.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { aTicket } from '../support/builders.ts';

/** The form as the page showed it for one ticket, with some fields changed, sent when the ticket may be another. */
function sent(shown: Ticket, changed: Record<string, string>, now: Ticket = shown) {
  const values = formValues(shown);
  const was = Object.fromEntries(Object.entries(values).map(([name, value]) => [`was.${name}`, value]));
  return readEdit(readForm({ ...was, ...values, ...changed }), now);
}

describe('the form of the fields', () => {
  it('changes nothing when nothing was touched', () => {
    expect(sent(aTicket({ tags: ['a', 'b'] }), { tags: 'b, a,' })).toEqual({ changes: [], clashes: [] });
  });

  it('posts only what changed, with the value from which', () => {
    const ticket = aTicket({ category: 'billing', assignee: 'Ana' });
    expect(sent(ticket, { priority: 'high', category: '', assignee: '' }).changes).toEqual([
      { field: 'priority', from: 'medium', to: 'high' },
      { field: 'category', from: 'billing', to: null },
      { field: 'assignee', from: 'Ana', to: null },
    ]);
  });

  it('reads tags and the review mark as the ticket holds them', () => {
    expect(sent(aTicket(), { tags: ' new , new, old', needsReview: 'yes' }).changes).toEqual([
      { field: 'tags', from: [], to: ['new', 'old'] },
      { field: 'needsReview', from: false, to: true },
    ]);
  });

  it('notices that somebody else changed the same field meanwhile', () => {
    const edit = sent(aTicket({ priority: 'low' }), { priority: 'high' }, aTicket({ priority: 'critical' }));
    expect(edit.clashes).toEqual([{ field: 'priority', was: 'low', is: 'critical', wanted: 'high' }]);
  });

  it('leaves alone what somebody else changed and the form did not', () => {
    const edit = sent(aTicket({ priority: 'low' }), { status: 'open' }, aTicket({ priority: 'critical' }));
    expect(edit).toEqual({ changes: [{ field: 'status', from: 'new', to: 'open' }], clashes: [] });
  });

  it('sees no clash when both chose the same', () => {
    const edit = sent(aTicket({ priority: 'low' }), { priority: 'high' }, aTicket({ priority: 'high' }));
    expect(edit).toEqual({ changes: [], clashes: [] });
  });
});
