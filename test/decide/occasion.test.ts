import { describe, expect, it } from 'vitest';
import { applyEffect } from '../../src/decide/apply.ts';
import { takeOccasion } from '../../src/decide/occasion.ts';
import type { Occasion } from '../../src/domain/occasion.ts';
import type { Reason } from '../../src/domain/decision.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { aMessage, aTicket, aTurn, MORNING } from '../support/builders.ts';

const YESTERDAY = MORNING.subtract({ hours: 24 });

function after(ticket: Ticket, occasion: Occasion): { ticket: Ticket; reasons: readonly Reason[] } {
  const turn = aTurn({ ticket, occasion });
  takeOccasion(turn);
  const { effects, reasons } = turn.finish();
  return { ticket: effects.reduce((seen, effect) => applyEffect(seen, effect, MORNING), ticket), reasons };
}

function customer(): Occasion {
  return { kind: 'replied', by: 'customer', name: 'Greta Holm', text: 'It still fails.', at: MORNING };
}

function agent(): Occasion {
  return { kind: 'replied', by: 'agent', name: 'Ana', text: 'Try again now.', at: MORNING };
}

describe('a request that comes in', () => {
  it('is noted with its channel and its sender, and changes nothing', () => {
    const ticket = aTicket();
    const result = after(ticket, { kind: 'received', message: aMessage() });
    expect(result.ticket).toBe(ticket);
    expect(result.reasons).toMatchObject([
      { code: 'intake.received', params: { channel: 'website', requester: 'greta@example.com' } },
    ]);
  });

  it('names a sender who gave nothing', () => {
    const message = aMessage({ from: { name: '', email: null } });
    expect(after(aTicket(), { kind: 'received', message }).reasons[0]?.params).toMatchObject({
      requester: 'somebody without a name',
    });
  });
});

describe('an answer of the customer', () => {
  it.each(['pending', 'needs_info', 'on_hold'] as const)('opens a ticket that is %s', (status) => {
    expect(after(aTicket({ status }), customer()).ticket).toMatchObject({ status: 'open', contactCount: 2 });
  });

  it.each(['new', 'open'] as const)('leaves a ticket %s', (status) => {
    expect(after(aTicket({ status }), customer()).ticket).toMatchObject({ status, contactCount: 2, reopenCount: 0 });
  });

  it('reopens what was resolved, and counts it (A-082)', () => {
    const ticket = aTicket({ status: 'resolved', resolvedAt: YESTERDAY });
    const result = after(ticket, customer());
    expect(result.ticket).toMatchObject({ status: 'open', resolvedAt: null, reopenCount: 1, contactCount: 2 });
  });

  it('opens a ticket also when a person had set its status', () => {
    const pending = after(aTicket(), {
      kind: 'edited',
      by: 'Ana',
      at: YESTERDAY,
      changes: [{ field: 'status', from: 'new', to: 'pending' }],
    });
    expect(pending.ticket.status).toBe('pending');
    expect(after(pending.ticket, customer()).ticket.status).toBe('open');
  });

  it('does not open a closed ticket', () => {
    const result = after(aTicket({ status: 'closed', closedAt: YESTERDAY }), customer());
    expect(result.ticket).toMatchObject({ status: 'closed', contactCount: 2 });
    expect(result.reasons.map(({ code }) => code)).toEqual(['intake.replied', 'intake.replied_after_close']);
  });
});

describe('an answer of an agent', () => {
  it('is the first one once, and opens a new ticket', () => {
    const first = after(aTicket(), agent()).ticket;
    expect(first).toMatchObject({ status: 'open', firstRespondedAt: MORNING });
    const later = after({ ...first, firstRespondedAt: YESTERDAY }, agent());
    expect(later.ticket.firstRespondedAt).toEqual(YESTERDAY);
    expect(later.reasons).toEqual([]);
  });

  it('leaves a ticket that waits for the customer waiting', () => {
    expect(after(aTicket({ status: 'pending' }), agent()).ticket.status).toBe('pending');
  });
});

describe('a ticket that is given back', () => {
  const asked: Occasion = { kind: 'asked', by: 'Lea', at: MORNING, what: 'give_back' };

  it('belongs to its queue again, and remembers from whom', () => {
    const overrides = { assignee: { by: 'Lea', at: YESTERDAY, from: null, to: 'Ana' } };
    const { ticket } = after(aTicket({ assignee: 'Ana', overrides }), asked);
    expect(ticket).toMatchObject({ assignee: null, queue: 'support' });
    expect(ticket.overrides).toEqual({});
    expect(ticket.waiting).toEqual({ queue: 'support', startedAt: MORNING, step: 0 });
    expect(ticket.declinedBy).toEqual(['Ana']);
  });

  it('is only noted when nobody has it', () => {
    const ticket = aTicket();
    const result = after(ticket, asked);
    expect(result.ticket).toBe(ticket);
    expect(result.reasons).toMatchObject([{ code: 'edit.given_back' }]);
  });
});
