import type { Clock, Metric, PolicyMetric } from '../../../src/domain/clock.ts';
import type { Reason } from '../../../src/domain/decision.ts';
import type { Effect } from '../../../src/domain/effect.ts';
import type { Occasion } from '../../../src/domain/occasion.ts';
import type { FieldValue, Ticket, TicketField } from '../../../src/domain/ticket.ts';
import { applyEffect } from '../../../src/decide/apply.ts';
import { takeOccasion } from '../../../src/decide/occasion.ts';
import type { Policy, SlaPolicy, SlaTarget } from '../../../src/decide/policy.ts';
import { readClock } from '../../../src/decide/sla/clock.ts';
import { latestClock } from '../../../src/decide/sla/event-map.ts';
import { keepClocks } from '../../../src/decide/sla/index.ts';
import { ALWAYS, aPolicy, aTicket, aTurn, local, type PolicyWishes, received } from '../../support/builders.ts';

/** The pauses of the event map; a config may say otherwise. */
const PAUSED_IN: Policy['sla']['pausedIn'] = {
  pausable_update: ['pending'],
  requester_wait: ['pending'],
  agent_work: ['pending', 'on_hold'],
};

/** A target for every priority, in the office hours of Berlin. */
export function aTarget(metric: PolicyMetric, minutes: number, overrides: Partial<SlaTarget> = {}): SlaTarget {
  const everyPriority = { low: minutes, medium: minutes, high: minutes, critical: minutes };
  return { metric, minutes: everyPriority, calendar: 'office', warnShare: 0.8, ...overrides };
}

export function anSlaPolicy(targets: readonly SlaTarget[], overrides: Partial<SlaPolicy> = {}): SlaPolicy {
  return {
    name: 'Standard',
    why: 'What everybody gets.',
    owner: 'support lead',
    when: ALWAYS,
    place: 'sla.yaml:1',
    targets,
    promises: [],
    ...overrides,
  };
}

export function slaDesk(policies: readonly SlaPolicy[], wishes: Omit<PolicyWishes, 'sla'> = {}): Policy {
  return aPolicy({ ...wishes, sla: { policies, pausedIn: PAUSED_IN } });
}

/** What one look at the ticket brought. */
export interface Look {
  codes: readonly string[];
  reasons: readonly Reason[];
  effects: readonly Effect[];
  notices: readonly Extract<Effect, { kind: 'notify' }>[];
  wakeAt: Temporal.Instant | null;
}

/**
 * A ticket that goes through occasions as the pipeline leads it: the occasion is taken, then the clocks are
 * kept. Times are local in Berlin, as `2026-09-10T13:00`.
 */
export function aClockedTicket(given: { policy: Policy; openedAt: string; ticket?: Partial<Ticket> }) {
  let { policy } = given;
  let ticket = aTicket({ ...given.ticket, openedAt: berlin(given.openedAt) });

  function look(occasion: Occasion, now: Temporal.Instant): Look {
    const turn = aTurn({ ticket, occasion, policy, now });
    takeOccasion(turn);
    keepClocks(turn);
    const { effects, reasons, wakeAt } = turn.finish();
    ticket = effects.reduce((before, effect) => applyEffect(before, effect, now), ticket);
    const told = reasons.filter(({ stage }) => stage === 'sla');
    const notices = effects.filter((effect) => effect.kind === 'notify');
    return { codes: told.map(({ code }) => code), reasons: told, effects, notices, wakeAt };
  }

  return {
    get ticket() {
      return ticket;
    },
    receive(when = given.openedAt) {
      return look(received(), berlin(when));
    },
    /** `learnt`: when we hear of it; at once unless given. */
    customerWrites(when: string, learnt = when) {
      ticket = { ...ticket, lastCustomerMessageAt: berlin(when) };
      return look({ kind: 'replied', by: 'customer', name: 'Greta', text: 'And?', at: berlin(when) }, berlin(learnt));
    },
    agentWrites(when: string, learnt = when) {
      ticket = { ...ticket, lastAgentMessageAt: berlin(when) };
      return look({ kind: 'replied', by: 'agent', name: 'Ana', text: 'Look.', at: berlin(when) }, berlin(learnt));
    },
    edit(when: string, to: Partial<Record<TicketField, FieldValue>>, learnt = when) {
      const changes = Object.entries(to).map(([field, value]) => ({
        field: field as TicketField,
        from: ticket[field as TicketField],
        to: value,
      }));
      return look({ kind: 'edited', by: 'Ana', at: berlin(when), changes }, berlin(learnt));
    },
    wake(when: string | Temporal.Instant) {
      return look({ kind: 'due' }, typeof when === 'string' ? berlin(when) : when);
    },
    /** A config was saved. */
    use(edited: Policy) {
      policy = edited;
    },
    clock(metric: Metric, instance?: number): Clock | null {
      if (instance === undefined) return latestClock(ticket, metric);
      return ticket.clocks.find((clock) => clock.metric === metric && clock.instance === instance) ?? null;
    },
    /** State, due time in Berlin and minutes counted of a metric's latest clock. */
    read(metric: Metric, when: string) {
      const clock = latestClock(ticket, metric);
      if (clock === null) return null;
      const calendar = clock.calendar === null ? null : (policy.calendars[clock.calendar] ?? null);
      const { state, dueAt, elapsedMinutes } = readClock(clock, calendar, berlin(when));
      return { state, due: dueAt === null ? null : inBerlin(dueAt), minutes: elapsedMinutes };
    },
  };
}

export function berlin(when: string): Temporal.Instant {
  return local(when, 'Europe/Berlin');
}

export function inBerlin(at: Temporal.Instant): string {
  return at.toZonedDateTimeISO('Europe/Berlin').toPlainDateTime().toString({ smallestUnit: 'minute' });
}
