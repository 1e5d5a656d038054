import { describe, expect, it } from 'vitest';
import { levelOf } from '../../../src/domain/escalation.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { memoryOf, recall } from '../../../src/sync/memory.ts';
import { fc } from '../../support/properties.ts';
import { aDefinition, aDeskThatEscalates, after, anEscalatedCase, on } from './escalated-case.ts';

const LEGAL = { kind: 'is', field: 'tags', values: ['legal'] } as const;

const TWO = [
  aDefinition({ name: 'Lawyers write', when: LEGAL, who: ['queue', 'legal@desk.example'] }),
  aDefinition({ name: 'Twice', after: after({ contacts: 2 }), who: ['queue'] }),
];

/** Everything at once, each in a way of its own. */
const MANY = [
  aDefinition({ name: 'legal', when: LEGAL, until: ['by_hand'], who: ['legal@desk.example', 'owner'] }),
  aDefinition({
    name: 'used',
    after: after({ slaUsed: { first_reply: 0.8 } }),
    priority: 'critical',
    until: ['condition_clears'],
  }),
  aDefinition({ name: 'bounced', after: after({ ownerChanges: 2 }), priority: 'raise_by_one', until: ['answered'] }),
  aDefinition({
    name: 'contacts',
    level: 2,
    after: after({ contacts: 2 }),
    customer: 'sorry',
    until: ['answered', 'resolved'],
  }),
  aDefinition({
    name: 'idle',
    level: 3,
    after: after({ noProgressMinutes: 60 }),
    until: ['condition_clears'],
    who: ['owner'],
  }),
  aDefinition({
    name: 'calm',
    when: { kind: 'is', field: 'priority', values: ['medium'] },
    priority: 'high',
    until: ['condition_clears'],
  }),
];

describe('an escalation makes owners, not noise (A-071)', () => {
  it('tells once what is true for 24 hours, looked at every 15 minutes', () => {
    const policy = aDeskThatEscalates([aDefinition({ when: LEGAL })]);
    const one = anEscalatedCase(policy, { tags: ['legal'] });
    for (let look = 0; look < 96; look += 1) one.wake(on('11:00').add({ minutes: 15 * look }));
    expect(one.held.notices).toHaveLength(1);
  });

  it('makes one notice of two that begin in one turn, which names both', () => {
    const one = anEscalatedCase(aDeskThatEscalates(TWO), { tags: ['legal'], contactCount: 2 });
    const { notices, sentences } = one.wake('11:05');
    expect(notices).toMatchObject([
      { to: ['lead@desk.example', 'legal@desk.example'], params: { Because: 'Lawyers write; Twice' } },
    ]);
    expect(sentences[0]).toBe('Escalated to level 1 by “Lawyers write” and “Twice”, because tags is legal.');
  });

  it('tells of a second one of the same level only those who have not heard', () => {
    const one = anEscalatedCase(aDeskThatEscalates(TWO), { contactCount: 2 });
    expect(one.wake('11:05').notices[0]?.to).toEqual(['lead@desk.example']);
    expect(one.edit('11:10', { tags: ['legal'] }).notices[0]?.to).toEqual(['legal@desk.example']);
  });

  it('tells everybody again of a higher level', () => {
    const higher = aDefinition({ name: 'Thrice', level: 2, after: after({ contacts: 3 }) });
    const one = anEscalatedCase(aDeskThatEscalates([...TWO, higher]));
    one.customerWrites('11:10');
    const { notices } = one.customerWrites('11:20');
    expect(notices).toMatchObject([{ key: `escalated:${one.held.ticket.key}:1:2`, to: ['lead@desk.example'] }]);
    expect(one.held.ticket.escalationLevel).toBe(2);
  });

  it('never tells anybody twice of one level in one episode, whatever happens, a lost database included', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const one = anEscalatedCase(aDeskThatEscalates(MANY), { assignee: 'Ana' });
        const clock = { now: on('11:00') };
        for (const { wait, act } of steps) {
          clock.now = clock.now.add({ minutes: wait });
          act(one, clock.now);
          restOf(one, clock);
          const { escalation, escalationLevel } = one.held.ticket;
          expect(escalationLevel).toBe(levelOf(escalation?.raised ?? []));
        }
        const told = one.held.notices.flatMap(({ key, to }) => to.map((each) => `${key}:${each}`));
        expect(told).toEqual([...new Set(told)]);
        const letters = one.held.letters.map(({ key }) => key);
        expect(letters).toEqual([...new Set(letters)]);
      }),
      { numRuns: 100 },
    );
  });
});

type Case = ReturnType<typeof anEscalatedCase>;

/** What can happen to a ticket, and how many minutes after the thing before. */
const step = fc.record({
  wait: fc.integer({ min: 1, max: 90 }),
  act: fc.constantFrom<((one: Case, now: Temporal.Instant) => unknown)[]>(
    (one, now) => one.look({ kind: 'due' }, now),
    (one, now) => one.look({ kind: 'replied', by: 'customer', name: 'Greta', text: 'And?', at: now }, now),
    (one, now) => one.look({ kind: 'replied', by: 'agent', name: 'Ana', text: 'Look.', at: now }, now),
    (one, now) => one.look({ kind: 'noted', by: 'Ana', at: now }, now),
    (one, now) => change(one, now, 'assignee', one.held.ticket.assignee === 'Ana' ? 'Ben' : 'Ana'),
    (one, now) => change(one, now, 'status', one.held.ticket.status === 'resolved' ? 'open' : 'resolved'),
    (one, now) => change(one, now, 'status', 'pending'),
    (one, now) => change(one, now, 'tags', one.held.ticket.tags.length === 0 ? ['legal'] : []),
    (one, now) => change(one, now, 'escalationLevel', 0),
    (one, now) => change(one, now, 'escalationLevel', 2),
    (one, now) => change(one, now, 'priority', 'low'),
    loseDatabase,
    (one) => (one.held.policy = aDeskThatEscalates(one.held.policy.escalation.definitions.length > 3 ? TWO : MANY)),
  ),
});

function change(
  one: Case,
  now: Temporal.Instant,
  field: 'assignee' | 'status' | 'tags' | 'escalationLevel' | 'priority',
  to: string | number | readonly string[],
) {
  return one.look({ kind: 'edited', by: 'Ben', at: now, changes: [{ field, from: one.held.ticket[field], to }] }, now);
}

/** All that is left of it is what its row remembers. */
function loseDatabase({ held }: Case): void {
  const { ticket } = held;
  const remembered = recall(memoryOf({ ticket, replyKey: null }, 100_000), ticket.key)?.ticket ?? {};
  const { description, row, why, updatedAt } = ticket;
  held.ticket = { description, row, why, updatedAt, ...remembered } as Ticket;
}

/** What one turn brought about may be seen by the next; after two nothing is left to be seen. */
function restOf(one: Case, clock: { now: Temporal.Instant }): void {
  for (let nap = 0; nap < 3; nap += 1) {
    clock.now = clock.now.add({ seconds: 30 });
    const { wakeAt } = one.look({ kind: 'due' }, clock.now);
    if (wakeAt === null || Temporal.Instant.compare(wakeAt, clock.now) > 0) return;
  }
  throw new Error(`The ticket never comes to rest: ${JSON.stringify(one.held.ticket.escalation)}`);
}
