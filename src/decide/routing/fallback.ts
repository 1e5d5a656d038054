import type { FallbackStep, Queue } from '../../domain/queue.ts';
import type { Waiting } from '../../domain/ticket.ts';
import type { Policy } from '../policy.ts';
import { addOpenTime, MINUTE } from '../sla/calendar.ts';
import type { Because, Turn } from '../turn.ts';
import { alert } from './alert.ts';

/** The steps of the chain that a waiting ticket follows. */
function chainOf(waiting: Waiting, policy: Policy): readonly FallbackStep[] {
  return policy.queues[waiting.queue]?.fallback ?? [];
}

/** The queue to which the steps taken so far have led; a queue that a person chose is not left. */
export function placeOf(waiting: Waiting, { ticket, policy }: Turn): string {
  if (ticket.overrides.queue !== undefined) return ticket.queue;
  const taken = chainOf(waiting, policy).slice(0, waiting.step);
  return taken.reduce((place, { then }) => (then.to === 'queue' ? then.queue : place), waiting.queue);
}

/** The people whom the steps taken so far have named. */
export function namedBy(waiting: Waiting, policy: Policy): readonly string[] {
  const taken = chainOf(waiting, policy).slice(0, waiting.step);
  return taken.flatMap(({ then }) => (then.to === 'agent' ? [then.agent] : []));
}

/**
 * When the next step is to be taken; null when none is left, or its minutes never come. Each step has its
 * own wait in open minutes of the queue, counted from the step before, however late that was noticed.
 */
export function nextStepAt(waiting: Waiting, policy: Policy): Temporal.Instant | null {
  const chain = chainOf(waiting, policy);
  if (waiting.step >= chain.length) return null;
  const calendar = calendarOf(policy.queues[waiting.queue], policy);
  const waitMinutes = minutesUntil(waiting, policy);
  return addOpenTime(calendar, waiting.startedAt, waitMinutes * MINUTE);
}

/** Takes the next step and says so. The people of the new queue, or the named one, are asked after it. */
export function takeStep(turn: Turn, waiting: Waiting): Waiting {
  const step = chainOf(waiting, turn.policy)[waiting.step];
  if (step === undefined) return waiting;
  const queue = placeOf(waiting, turn);
  const params = { queue, minutes: minutesUntil(waiting, turn.policy), step: waiting.step + 1 };
  switch (step.then.to) {
    case 'queue':
      moveOn(turn, step.then.queue, because('route.fallback_queue', waiting, { ...params, from: queue }));
      break;
    case 'agent':
      turn.note(because('route.fallback_agent', waiting, { ...params, agent: step.then.agent }));
      break;
    case 'alert':
      alert(turn, {
        key: `unowned:${turn.ticket.key}:${waiting.startedAt.epochMilliseconds}:${waiting.step + 1}`,
        to: step.then.alert,
        because: because('route.fallback_alert', waiting, { ...params, to: step.then.alert }),
      });
  }
  return { ...waiting, step: waiting.step + 1 };
}

/** What a person chose stays; the next step of the chain comes in its time all the same. */
function moveOn(turn: Turn, to: string, why: Because): void {
  const { queue, overrides } = turn.ticket;
  if (overrides.queue === undefined) {
    turn.change('queue', to, { ...why, params: { ...why.params, queue: to } });
  } else {
    const params = { ...why.params, queue, by: overrides.queue.by, instead: to };
    turn.note({ ...why, code: 'route.fallback_skipped', params });
  }
}

/** Open minutes from the begin of the wait to the next step. */
function minutesUntil(waiting: Waiting, policy: Policy): number {
  const steps = chainOf(waiting, policy).slice(0, waiting.step + 1);
  return steps.reduce((minutes, { waitMinutes }) => minutes + waitMinutes, 0);
}

/** The hours in which a queue counts; null for all. */
export function calendarOf(queue: Queue | undefined, policy: Policy) {
  const name = queue?.calendar ?? null;
  return name === null ? null : (policy.calendars[name] ?? null);
}

function because(code: string, { queue }: Pick<Waiting, 'queue'>, params: Because['params']): Because {
  return { stage: 'route', code, params, evidence: [], source: { kind: 'policy', name: queue } };
}
