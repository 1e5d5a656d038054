import { describe, expect, it } from 'vitest';
import { applyEffect } from '../../src/decide/apply.ts';
import { decide } from '../../src/decide/index.ts';
import type { SlaPolicy } from '../../src/decide/policy.ts';
import type { Occasion } from '../../src/domain/occasion.ts';
import { sentenceOf } from '../../src/domain/sentence.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { ALWAYS, aPolicy, aTicket, MORNING, received, someFacts } from '../support/builders.ts';

const LIGHT = { when: { kind: 'is' as const, field: 'channel', values: ['json'] }, messages: 2, minutes: 24 * 60 };

const MINUTES = { low: 60, medium: 60, high: 30, critical: 15 };

const PROMISED: SlaPolicy = {
  name: 'All',
  why: 'Everybody.',
  owner: 'Ana',
  place: 'sla.yaml:1',
  when: ALWAYS,
  targets: [{ metric: 'first_reply', minutes: MINUTES, calendar: null, warnShare: 0.8 }],
  promises: [],
};

function turn(ticket: Ticket, occasion: Occasion, { now = MORNING, isOff = false } = {}) {
  const policy = aPolicy({ intake: { light: isOff ? null : LIGHT }, sla: { policies: [PROMISED] } });
  const judged = decide(ticket, occasion, { policy, facts: someFacts(), now });
  const after = judged.effects.reduce((each, effect) => applyEffect(each, effect, now), ticket);
  return { ...judged, ticket: after, said: judged.reasons.map(sentenceOf) };
}

function replied(): Occasion {
  return { kind: 'replied', by: 'customer', name: 'Greta', text: 'And?', at: MORNING };
}

const QUICK = turn(aTicket({ channel: 'json' }), received());

describe('a quick exchange (A-016)', () => {
  it('is light: no clock begins, and it is looked at again when it has taken long', () => {
    expect(QUICK.ticket).toMatchObject({ isLight: true, clocks: [], slaState: 'none', firstResponseDueAt: null });
    expect(QUICK.said).toContain('Light, without clocks until it becomes more, because channel is json.');
    expect(QUICK.wakeAt).toEqual(MORNING.add({ hours: 24 }));
  });

  it('is not light elsewhere, nor when it is urgent', () => {
    expect(turn(aTicket({ channel: 'website' }), received()).ticket.isLight).toBe(false);
    const urgent = aTicket({ channel: 'json', priority: 'high' });
    const by = { by: 'Ana', at: MORNING, from: null, to: 'high' };
    expect(turn({ ...urgent, overrides: { priority: by } }, received()).ticket.isLight).toBe(false);
  });

  it('becomes full with its third message, and its clocks count from its opening', () => {
    const second = turn(QUICK.ticket, replied());
    expect(second.ticket.isLight).toBe(true);
    const third = turn(second.ticket, replied());
    expect(third.ticket).toMatchObject({ isLight: false, firstResponseDueAt: MORNING.add({ hours: 1 }) });
    expect(third.said).toContain('A full ticket from now on: the requester wrote 3 times.');
  });

  it('becomes full when it is open for long, and does not when it was resolved', () => {
    const now = MORNING.add({ hours: 24 });
    const late = turn(QUICK.ticket, { kind: 'due' }, { now });
    expect(late.ticket.isLight).toBe(false);
    expect(late.said).toContain('A full ticket from now on: it is open for 1440 minutes.');
    const resolved = { ...QUICK.ticket, status: 'resolved' as const, resolvedAt: MORNING };
    expect(turn(resolved, { kind: 'due' }, { now }).ticket.isLight).toBe(true);
  });

  it.each([
    ['its priority', { field: 'priority' as const, from: 'medium', to: 'high' }, 'its priority is high'],
    ['its level', { field: 'escalationLevel' as const, from: 0, to: 1 }, 'it is escalated'],
    ['who has it', { field: 'assignee' as const, from: null, to: 'Ben' }, 'a person works on it'],
  ])('becomes full when a person changes %s', (_, change, why) => {
    const { ticket, said } = turn(QUICK.ticket, { kind: 'edited', by: 'Ben', at: MORNING, changes: [change] });
    expect(ticket.isLight).toBe(false);
    expect(said).toContain(`A full ticket from now on: ${why}.`);
  });

  it('stays light when a person ends it', () => {
    const change = { field: 'status' as const, from: 'new', to: 'resolved' };
    expect(turn(QUICK.ticket, { kind: 'edited', by: 'Ben', at: MORNING, changes: [change] }).ticket).toMatchObject({
      isLight: true,
      clocks: [],
    });
  });

  it('becomes full when the config knows of none any more', () => {
    expect(turn(QUICK.ticket, { kind: 'due' }, { isOff: true }).ticket.isLight).toBe(false);
  });
});
