import { applyEffect } from '../../../src/decide/apply.ts';
import { decide } from '../../../src/decide/index.ts';
import type { EscalationDefinition, Policy, Trigger } from '../../../src/decide/policy.ts';
import type { Effect } from '../../../src/domain/effect.ts';
import type { Verdict } from '../../../src/domain/escalation.ts';
import type { Occasion } from '../../../src/domain/occasion.ts';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import {
  ALWAYS,
  anAgent,
  aPolicy,
  aQueue,
  aTicket,
  local,
  type PolicyWishes,
  received,
  someFacts,
} from '../../support/builders.ts';
import { anSlaPolicy, aTarget } from '../sla/clocked-ticket.ts';

/** A definition that does nothing but tell the queue; a test says what it is about. */
export function aDefinition(overrides: Partial<EscalationDefinition> = {}): EscalationDefinition {
  return {
    name: 'Somebody must look',
    why: 'Nobody else would.',
    owner: 'head of support',
    place: 'escalation.yaml:1',
    level: 1,
    when: ALWAYS,
    after: [],
    who: ['queue'],
    by: ['email'],
    priority: 'unchanged',
    accountable: null,
    customer: null,
    until: ['resolved'],
    ...overrides,
  };
}

/** A trigger that asks for nothing but what it is told. */
export function after(overrides: Partial<Trigger>): readonly Trigger[] {
  const nothing = { slaUsed: {}, ownerChanges: null, contacts: null, noProgressMinutes: null, waitingMinutes: null };
  return [{ ...nothing, ...overrides }];
}

/**
 * Ana and Ben in support, whose lead is told of news; Cy, without an address, in technical. The first reply is
 * promised within 60 office minutes, 30 when it is critical.
 */
export function aDeskThatEscalates(definitions: readonly EscalationDefinition[], wishes: PolicyWishes = {}): Policy {
  return aPolicy({
    agents: [anAgent({ name: 'Ana' }), anAgent({ name: 'Ben' }), anAgent({ name: 'Cy', email: null })],
    queues: [
      aQueue({ members: ['Ana', 'Ben'], calendar: 'office', notify: ['lead@desk.example'] }),
      aQueue({ name: 'technical', members: ['Cy'], calendar: 'office' }),
      aQueue({ name: 'review', members: [], method: 'none', calendar: 'office' }),
    ],
    sla: {
      policies: [
        anSlaPolicy([aTarget('first_reply', 60, { minutes: { low: 60, medium: 60, high: 60, critical: 30 } })]),
      ],
      pausedIn: {},
    },
    escalation: { definitions },
    ...wishes,
  });
}

/** Berlin, on Friday 20 November 2026 unless a day is given: `11:00`, `2026-11-23T09:00`. */
export function on(when: string): Temporal.Instant {
  return local(when.includes('T') ? when : `2026-11-20T${when}`, 'Europe/Berlin');
}

type Notice = Extract<Effect, { kind: 'notify' }>;

/** A ticket that is looked at, as often as a test likes. It came in at 11:00 and Ana has it, unless a test says otherwise. */
export function anEscalatedCase(policy: Policy, start: Partial<Ticket> = {}) {
  const held = {
    ticket: aTicket({
      status: 'open',
      category: 'billing',
      assignee: 'Ana',
      ...start,
      openedAt: start.openedAt ?? on('11:00'),
    }),
    policy,
    /** All that ever left. */
    notices: [] as Notice[],
    letters: [] as Extract<Effect, { kind: 'message' }>[],
  };

  function look(occasion: Occasion, now: Temporal.Instant) {
    const judged = decide(held.ticket, occasion, { policy: held.policy, facts: someFacts(), now });
    held.ticket = judged.effects.reduce((seen, effect) => applyEffect(seen, effect, now), held.ticket);
    const about = judged.effects.filter(
      (effect): effect is Notice => effect.kind === 'notify' && isOfEscalation(effect),
    );
    held.notices.push(...about);
    held.letters.push(...judged.effects.filter((effect) => effect.kind === 'message'));
    const said = judged.reasons.filter(({ stage }) => stage === 'escalate');
    return { ...judged, notices: about, codes: said.map(({ code }) => code), sentences: said.map(sentenceOf) };
  }

  return {
    held,
    look,
    receive: (when = '11:00') => look(received(), on(when)),
    wake: (when: string | Temporal.Instant) => look({ kind: 'due' }, typeof when === 'string' ? on(when) : when),
    customerWrites(when: string) {
      held.ticket = { ...held.ticket, lastCustomerMessageAt: on(when) };
      return look({ kind: 'replied', by: 'customer', name: 'Greta', text: 'And?', at: on(when) }, on(when));
    },
    agentWrites(when: string, name = 'Ana') {
      held.ticket = { ...held.ticket, lastAgentMessageAt: on(when) };
      return look({ kind: 'replied', by: 'agent', name, text: 'Look.', at: on(when) }, on(when));
    },
    note: (when: string) => look({ kind: 'noted', by: 'Ana', at: on(when) }, on(when)),
    edit(when: string, to: Partial<Ticket>, { by = 'Ana', verdict }: { by?: string; verdict?: Verdict } = {}) {
      const fields = [
        'status',
        'priority',
        'category',
        'severity',
        'queue',
        'assignee',
        'tags',
        'stepsDone',
        'escalationLevel',
        'accountable',
      ] as const;
      const changes = fields.flatMap((field) => {
        const value = to[field];
        return value === undefined ? [] : [{ field, from: held.ticket[field], to: value }];
      });
      return look({ kind: 'edited', by, at: on(when), changes, ...(verdict !== undefined && { verdict }) }, on(when));
    },
  };
}

function isOfEscalation({ notice }: Notice): boolean {
  return notice === 'escalated' || notice === 'deescalated';
}
