import { describe, expect, it } from 'vitest';
import { METHODS, type FallbackStep } from '../../../src/domain/queue.ts';
import { type FieldValue, ownerOf, PRIORITIES, STATUSES, type TicketField } from '../../../src/domain/ticket.ts';
import type { Policy } from '../../../src/decide/policy.ts';
import { aCalendar, anAgent, aPolicy, aQueue, aRule, MORNING } from '../../support/builders.ts';
import { aDesk, type SimulatedDesk } from '../../support/desk-simulator.ts';
import { fc } from '../../support/properties.ts';

const NAMES = ['Ana', 'Ben', 'Cy'];
const QUEUES = ['support', 'billing', 'review'];
const SKILLS = ['billing', 'Spanish'];

const fallback: fc.Arbitrary<FallbackStep> = fc.record({
  waitMinutes: fc.nat(120),
  then: fc.oneof(
    fc.record({ to: fc.constant('queue' as const), queue: fc.constantFrom(...QUEUES) }),
    fc.record({ to: fc.constant('agent' as const), agent: fc.constantFrom(...NAMES) }),
    fc.record({ to: fc.constant('alert' as const), alert: fc.constant(['lead@desk.example']) }),
  ),
});

const agents = fc.tuple(
  ...NAMES.map((name) =>
    fc.record({
      name: fc.constant(name),
      skills: fc.subarray(SKILLS),
      calendar: fc.constantFrom(null, 'office', 'night'),
      cap: fc.constantFrom(null, 0, 1, 2),
      weight: fc.constantFrom(0, 1, 2),
      away: fc.boolean(),
    }),
  ),
);

const queues = fc.tuple(
  ...QUEUES.map((name) =>
    fc.record({
      name: fc.constant(name),
      members: fc.subarray(NAMES),
      method: fc.constantFrom(...METHODS),
      loadBy: fc.constantFrom('count' as const, 'percent' as const),
      skills: fc.subarray(SKILLS, { maxLength: 1 }),
      calendar: fc.constantFrom(null, 'office'),
      mayExceedCap: fc.boolean(),
      fallback: fc.array(fallback, { maxLength: 3 }),
    }),
  ),
);

const policies: fc.Arbitrary<Policy> = fc
  .record({
    agents,
    queues,
    rule: fc.record({ queue: fc.constantFrom(...QUEUES), skills: fc.subarray(SKILLS, { maxLength: 1 }) }),
  })
  .map(({ agents: people, queues: places, rule }) =>
    aPolicy({
      calendars: [
        aCalendar('Europe/Berlin', 'Mon-Fri 09:00-17:00', { name: 'office' }),
        aCalendar('Europe/Berlin', 'Mon-Fri 22:00-24:00', { name: 'night' }),
      ],
      agents: people.map((person) => anAgent(person)),
      queues: places.map((place) => aQueue(place)),
      routing: { rules: [aRule(rule, { when: { kind: 'is', field: 'category', values: ['billing'] } })] },
    }),
  );

/** One thing that happens on the desk; tickets are named by their place in the list. */
type Step =
  | { do: 'receive'; category: string | null; priority: (typeof PRIORITIES)[number]; needsReview: boolean }
  | { do: 'edit'; nth: number; field: TicketField; to: FieldValue }
  | { do: 'give_back'; nth: number }
  | { do: 'reply'; nth: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('receive' as const),
    category: fc.constantFrom(null, 'billing'),
    priority: fc.constantFrom(...PRIORITIES),
    needsReview: fc.boolean(),
  }),
  fc
    .oneof(
      fc.tuple(fc.constant('assignee' as const), fc.constantFrom(null, 'Nobody', ...NAMES)),
      fc.tuple(fc.constant('queue' as const), fc.constantFrom(null, 'nowhere', ...QUEUES)),
      fc.tuple(fc.constant('status' as const), fc.constantFrom('lost', ...STATUSES)),
      fc.tuple(fc.constant('category' as const), fc.constantFrom(null, 'billing', 'technical', 'bilings')),
    )
    .chain(([field, to]) =>
      fc.record({ do: fc.constant('edit' as const), nth: fc.nat(9), field: fc.constant(field), to: fc.constant(to) }),
    ),
  fc.record({ do: fc.constant('give_back' as const), nth: fc.nat(9) }),
  fc.record({ do: fc.constant('reply' as const), nth: fc.nat(9) }),
);

function perform(desk: SimulatedDesk, step: Step, now: Temporal.Instant): void {
  if (step.do === 'receive') {
    const { category, priority, needsReview } = step;
    desk.receive(now, { category, priority, needsReview });
    return;
  }
  const tickets = desk.tickets();
  const ticket = tickets[step.nth % Math.max(tickets.length, 1)];
  if (ticket === undefined) return;
  if (step.do === 'edit') {
    desk.edit(now, ticket.key, [{ field: step.field, from: ticket[step.field], to: step.to }]);
  } else if (step.do === 'give_back') {
    desk.take(now, ticket.key, { kind: 'asked', by: 'Lea', at: now, what: 'give_back' });
  } else {
    desk.take(now, ticket.key, { kind: 'replied', by: 'customer', name: 'Greta', text: 'Well?', at: now });
  }
}

/** Plays a random history, and looks after every step. */
function play(policy: Policy, history: readonly Step[], look: (desk: SimulatedDesk) => void): void {
  const desk = aDesk(policy);
  history.forEach((step, index) => {
    const now = MORNING.add({ minutes: 25 * index });
    desk.passTo(now);
    perform(desk, step, now);
    look(desk);
  });
}

describe('whatever happens on whatever desk', () => {
  const histories = fc.array(steps, { minLength: 1, maxLength: 12 });

  it('a ticket has an owner, and its queue exists (A-048)', () => {
    fc.assert(
      fc.property(policies, histories, (policy, history) => {
        play(policy, history, (desk) => {
          for (const ticket of desk.tickets()) {
            expect(ownerOf(ticket)).not.toBe('');
            expect(Object.keys(policy.queues)).toContain(ticket.queue);
            if (ticket.assignee !== null) expect(NAMES).toContain(ticket.assignee);
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('what a person chose stays chosen', () => {
    fc.assert(
      fc.property(policies, histories, (policy, history) => {
        play(policy, history, (desk) => {
          for (const { assignee, queue, category, overrides } of desk.tickets()) {
            if (overrides.assignee !== undefined) expect(assignee).toBe(overrides.assignee.to);
            if (overrides.queue !== undefined) expect(queue).toBe(overrides.queue.to);
            if (overrides.category !== undefined) expect(category).toBe(overrides.category.to);
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('each assignment is announced once, under a key of its own', () => {
    fc.assert(
      fc.property(policies, histories, (policy, history) => {
        play(policy, history, (desk) => {
          const told = desk.notices.filter(({ notice }) => notice === 'assigned').map(({ key }) => key);
          expect(new Set(told).size).toBe(told.length);
          expect(told.length).toBe(desk.tickets().reduce((sum, ticket) => sum + ticket.assignmentCount, 0));
        });
      }),
      { numRuns: 100 },
    );
  });

  it('looking once more at the same moment changes nothing', () => {
    fc.assert(
      fc.property(policies, histories, (policy, history) => {
        play(policy, history, (desk) => {
          for (const { key } of desk.tickets()) {
            const before = desk.ticket(key);
            desk.take(before.updatedAt, key, { kind: 'due' });
            expect(desk.ticket(key)).toEqual(before);
          }
        });
      }),
      { numRuns: 40 },
    );
  });
});
