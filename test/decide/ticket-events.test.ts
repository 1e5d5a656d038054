import { describe, expect, it } from 'vitest';
import { eventsOf, type TurnOver } from '../../src/decide/ticket-events.ts';
import type { Occasion } from '../../src/domain/occasion.ts';
import type { Ticket, TicketField } from '../../src/domain/ticket.ts';
import { aReason, aTicket, MORNING, received } from '../support/builders.ts';

const DUE: Occasion = { kind: 'due' };
const RESOLVED: Partial<Ticket> = { status: 'resolved', resolvedAt: MORNING };

/** A turn that changed fields of a ticket, each for a reason. */
function aTurnOver(changes: Partial<Ticket>, given: Partial<TurnOver> & { was?: Partial<Ticket> } = {}): TurnOver {
  const before = aTicket(given.was);
  const after = { ...before, ...changes, why: 'So it was decided.' };
  const reasons = Object.entries(changes).map(([field, to]) =>
    aReason({ change: { field: field as TicketField, from: null, to: to as string } }),
  );
  return { before, after, occasion: DUE, reasons, letters: [], ...given };
}

function typesOf(turn: TurnOver) {
  return eventsOf(turn).map(({ type }) => type);
}

describe('what a turn is told as', () => {
  it('is nothing when nothing changed and nobody said anything', () => {
    expect(typesOf(aTurnOver({}))).toEqual([]);
    expect(typesOf(aTurnOver({}, { reasons: [aReason()] }))).toEqual([]);
    expect(typesOf(aTurnOver({}, { occasion: { kind: 'noted', by: 'Ana', at: MORNING } }))).toEqual([]);
  });

  it.each<[string, Partial<Ticket>, Partial<Ticket>, readonly string[]]>([
    ['a field', {}, { tags: ['vip'] }, []],
    ['an assignee', {}, { assignee: 'Ana' }, ['assigned']],
    ['another assignee', { assignee: 'Ben' }, { assignee: 'Ana' }, ['assigned']],
    ['no assignee any more', { assignee: 'Ben' }, { assignee: null }, []],
    ['a status', { status: 'new' }, { status: 'open' }, ['status_changed']],
    ['a solution', { status: 'open' }, { status: 'resolved' }, ['status_changed', 'resolved']],
    ['the end', RESOLVED, { status: 'closed' }, ['status_changed', 'closed']],
    ['an end without a solution', { status: 'open' }, { status: 'closed' }, ['status_changed', 'closed']],
    ['a new beginning', RESOLVED, { status: 'open' }, ['status_changed', 'reopened']],
    ['a priority', { priority: 'low' }, { priority: 'high' }, ['priority_changed']],
    ['an escalation', { escalationLevel: 0 }, { escalationLevel: 1 }, ['escalated']],
    ['a higher level', { escalationLevel: 1 }, { escalationLevel: 3 }, ['escalated']],
    ['a lower level', { escalationLevel: 3 }, { escalationLevel: 0 }, ['deescalated']],
    ['reports', { linkedCount: 0 }, { linkedCount: 1 }, ['became_incident']],
    ['more reports', { linkedCount: 1 }, { linkedCount: 2 }, []],
    ['a declaration', { linkedCount: 1 }, { knownIncident: true }, []],
    ['its incident', { incident: null }, { incident: 1001 }, ['linked_to_incident']],
    ['no incident', { incident: 1001 }, { incident: null }, []],
  ])('is an update with %s, and what a follower of one thing looks for', (_what, was, changes, more) => {
    const types = ['updated', ...more].map((each) => `ticket.${each}`);
    expect(typesOf(aTurnOver(changes, { was }))).toEqual(types);
  });

  it('is a creation for what came in, with its assignment and no update', () => {
    const turn = aTurnOver({ assignee: 'Ana', priority: 'high', category: 'billing' }, { occasion: received() });
    expect(eventsOf(turn)).toMatchObject([
      { type: 'ticket.created', why: 'So it was decided.', message: { by: 'requester', text: turn.after.description } },
      { type: 'ticket.assigned', message: null },
    ]);
  });

  it.each([
    ['customer', 'ticket.message_received', 'requester'],
    ['agent', 'ticket.message_sent', 'agent'],
  ] as const)('is a message of the %s before all else', (by, type, told) => {
    const occasion: Occasion = { kind: 'replied', by, name: 'Greta', text: 'Any news?', at: MORNING };
    expect(eventsOf(aTurnOver({ contactCount: 2 }, { occasion }))).toMatchObject([
      { type, message: { by: told, name: 'Greta', text: 'Any news?' } },
      { type: 'ticket.updated' },
    ]);
  });

  it('is a message for each letter of the desk', () => {
    expect(eventsOf(aTurnOver({}, { letters: ['We have it.', 'How was it?'] }))).toMatchObject([
      { type: 'ticket.message_sent', message: { by: 'desk', text: 'We have it.' } },
      { type: 'ticket.message_sent', message: { by: 'desk', text: 'How was it?' } },
    ]);
  });

  it('is one alarm for each clock that warns or breaks, also where nobody is told', () => {
    const params = { metric: 'first_reply', kind: 'target', to: [] };
    const reasons = ['sla.warned', 'sla.breached', 'sla.warning_superseded'].map((code) =>
      aReason({ stage: 'sla', code, params }),
    );
    expect(typesOf(aTurnOver({}, { reasons }))).toEqual(['ticket.sla_warning', 'ticket.sla_breached']);
  });

  it('is one hand-off, whatever it moved', () => {
    const reasons = ['queue', 'assignee'].map((field) =>
      aReason({
        stage: 'handoff',
        code: 'handoff.accepted',
        params: { by: 'Ben', from: 'support', to: 'technical' },
        change: { field: field as TicketField, from: null, to: 'technical' },
      }),
    );
    expect(typesOf(aTurnOver({}, { reasons }))).toEqual(['ticket.updated', 'ticket.handed_off']);
  });

  it('says why by the last word on the field', () => {
    const reason = (to: string) =>
      aReason({
        code: 'intake.received',
        params: { channel: 'website', requester: to },
        change: { field: 'priority', from: null, to },
      });
    const turn = aTurnOver({ priority: 'high' }, { reasons: [reason('one'), reason('two')] });
    expect(eventsOf(turn).find(({ type }) => type === 'ticket.priority_changed')?.why).toContain('two');
  });
});
