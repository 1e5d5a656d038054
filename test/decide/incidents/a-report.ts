import { applyEffect } from '../../../src/decide/apply.ts';
import type { Facts } from '../../../src/decide/facts.ts';
import { decide } from '../../../src/decide/index.ts';
import type { IncidentPolicy } from '../../../src/decide/policy.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import type { FieldChange, Occasion } from '../../../src/domain/occasion.ts';
import { turnSentence } from '../../../src/domain/sentence.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { ALWAYS, aPolicy, aQueue, aRule, aTicket, MORNING, someFacts } from '../../support/builders.ts';

const INCIDENTS: IncidentPolicy = {
  windowMinutes: 240,
  similarity: 0.3,
  reports: 3,
  when: ALWAYS,
  notify: ['lead@desk.example'],
  template: 'known',
  resolvedTemplate: 'solved',
};

/** An incident that goes on, as those who report it see it. */
export function anIncident(overrides: Partial<Incident> = {}): Incident {
  return {
    key: 'the-incident',
    number: 1000,
    subject: 'Booking page is down',
    status: 'open',
    resolvedAt: null,
    isKnown: false,
    isWithdrawn: false,
    message: '',
    incident: null,
    ...overrides,
  };
}

/** A ticket of a desk that looks for incidents; looked at as often as a test likes. */
export function aReport(start: Partial<Ticket> = {}, wishes: Partial<IncidentPolicy> = {}) {
  const held = { ticket: aTicket({ status: 'open', category: 'technical', ...start }), now: MORNING };
  const policy = aPolicy({
    incidents: { ...INCIDENTS, ...wishes },
    triage: { rules: [aRule({ category: 'technical' })] },
    queues: [aQueue({ notify: [] }), aQueue({ name: 'review', members: [], method: 'none' })],
    replies: {
      known: { name: 'known', subject: 'Known', body: '{{ incident.message }}' },
      solved: { name: 'solved', subject: 'Solved', body: '{{ incident.number }}' },
    },
  });
  function look(facts: Partial<Facts> = {}, occasion: Occasion = { kind: 'due' }) {
    held.now = held.now.add({ minutes: 1 });
    const judged = decide(held.ticket, occasion, { policy, facts: someFacts(facts), now: held.now });
    const after = judged.effects.reduce((seen, effect) => applyEffect(seen, effect, held.now), held.ticket);
    held.ticket = { ...after, why: turnSentence(judged.reasons) ?? after.why };
    const sent = judged.effects.flatMap((effect) => (effect.kind === 'message' ? [effect.template] : []));
    return { ...judged, ticket: held.ticket, sent, codes: judged.reasons.map(({ code }) => code) };
  }
  return {
    look,
    now: () => held.now,
    edit: (changes: readonly FieldChange[], facts: Partial<Facts> = {}) =>
      look(facts, { kind: 'edited', by: 'Ana', at: held.now, changes }),
  };
}
