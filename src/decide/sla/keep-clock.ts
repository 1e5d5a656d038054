import type { Clock, ClockEvent } from '../../domain/clock.ts';
import type { Turn } from '../turn.ts';
import { type Aim, type Aims, calendarNamed } from './aims.ts';
import { type Calendar, MINUTE, openTimeBetween } from './calendar.ts';
import { type Gauge, gaugeClock } from './clock.ts';
import { type Life, lifeOf, type Phase } from './count.ts';
import { latestClock, momentOf, type Wish } from './event-map.ts';
import { instantAt, isBefore, later } from './moment.ts';

/** What was done to a clock in a turn. */
export type Step = 'started' | 'paused' | 'resumed' | 'stopped' | 'reopened' | 'retargeted' | 'dropped';

/** A clock after it was brought in line with the ticket and with the policy. */
export interface Kept {
  /** Null for a clock that begins. */
  before: Clock | null;
  clock: Clock;
  calendar: Calendar | null;
  reading: Gauge;
  steps: ReadonlySet<Step>;
  /** Null where nothing is promised anew. */
  aim: Aim | null;
  /** The target in force before the turn. */
  formerMinutes: number;
  /** A recorded breach that late news has corrected; null when there was none. */
  takenBackAt: Temporal.Instant | null;
}

/** Brings one clock in line. Null when there is none, or nothing about it can change any more. */
export function keepClock(turn: Turn, wish: Wish, aims: Aims): Kept | null {
  const before = clockOf(turn, wish);
  const aim = aims === 'kept' ? null : (aims[wish.kind][wish.metric] ?? null);
  if (before === null) return begin(turn, wish, aims === 'kept' ? inherited(turn, wish) : aim);
  if (before.droppedAt !== null && aim === null) return null;
  const isDropped = aims !== 'kept' && aim === null && wish.stoppedAt === null;
  const phase = wantedPhase(wish, { isDropped });
  const life = lifeOf(before, turn.now);
  if (phase === 'stopped' && life.phase === 'stopped') return null;
  const there = moved(before, { turn, wish, phase, life });
  const clock = aim === null || phase === 'stopped' ? there : retargeted(turn, { clock: there, life, aim });
  return finish(turn, { before, clock, aim, formerMinutes: life.targetMinutes, isDropped });
}

function clockOf({ ticket }: Turn, { metric, kind, instance }: Wish): Clock | null {
  const isIt = (clock: Clock) => clock.metric === metric && clock.kind === kind && clock.instance === instance;
  return ticket.clocks.find(isIt) ?? null;
}

/** What no policy promises any more is not stopped, which would call it met: it stands still, out of sight. */
function wantedPhase({ stoppedAt, standsStill }: Wish, { isDropped }: { isDropped: boolean }): Phase {
  if (stoppedAt !== null) return 'stopped';
  return standsStill || isDropped ? 'paused' : 'running';
}

/** On a ticket that is solved already, the next clock of a metric is promised what the one before was. */
function inherited({ ticket, now }: Turn, { metric, kind }: Wish): Aim | null {
  const last = latestClock(ticket, metric, kind);
  if (last === null || last.droppedAt !== null) return null;
  const { policy, calendar, warnShare } = last;
  return { policy, minutes: lifeOf(last, now).targetMinutes, calendar, warnShare, evidence: [] };
}

/** A clock for what was over before anybody promised it would tell nothing. */
function begin(turn: Turn, wish: Wish, aim: Aim | null): Kept | null {
  const { metric, kind, instance } = wish;
  const isOver = wish.stoppedAt !== null && latestClock(turn.ticket, metric, kind) === null;
  if (aim === null || isOver) return null;
  const blank: Clock = {
    metric,
    kind,
    instance,
    policy: aim.policy,
    calendar: aim.calendar,
    targetMinutes: aim.minutes,
    events: [],
    dueAt: null,
    warnShare: aim.warnShare,
    droppedAt: null,
    warnedAt: null,
    breachedAt: null,
    detectedAt: null,
  };
  const phase = wantedPhase(wish, { isDropped: false });
  const clock = moved(blank, { turn, wish, phase, life: lifeOf(blank, turn.now) });
  return finish(turn, {
    before: null,
    clock: promisedLate(turn, wish, { clock, aim }),
    aim,
    formerMinutes: aim.minutes,
    isDropped: false,
  });
}

/** A promise that comes late and finds its minutes gone is broken when it comes, not before it was made. */
function promisedLate(turn: Turn, { startedAt, stoppedAt }: Wish, { clock, aim }: { clock: Clock; aim: Aim }): Clock {
  const at = momentOf(turn);
  if (turn.occasion.kind === 'received' || startedAt === null || stoppedAt !== null) return clock;
  const countedMinutes = openTimeBetween(calendarNamed(turn.policy, aim.calendar), startedAt, at) / MINUTE;
  if (countedMinutes < aim.minutes) return clock;
  return withEvents(clock, [{ type: 'set_target', at, targetMinutes: aim.minutes, countedMinutes }]);
}

interface Move {
  turn: Turn;
  wish: Wish;
  phase: Phase;
  /** Before. */
  life: Life;
}

/** Adds the events that bring a clock from one phase to another. */
function moved(clock: Clock, move: Move): Clock {
  const corrected = startedEarlier(clock, move);
  const events = eventsFor(move, momentOf(move.turn));
  if (events.length === 0) return corrected;
  const told = withEvents(corrected, events);
  if (lifeOf(told, move.turn.now).phase === move.phase) return told;
  // Something that happened later is in the log already: what the ticket shows now holds since then.
  const last = clock.events.reduce<Temporal.Instant | null>((latest, { at }) => later(latest, at), null);
  return withEvents(
    corrected,
    events.map((event) => ({ ...event, at: later(event.at, last) })),
  );
}

/** A message that came late may begin the spell earlier. */
function startedEarlier(clock: Clock, { wish, life: { startedAt } }: Move): Clock {
  if (wish.metric !== 'next_reply' || wish.startedAt === null || startedAt === null) return clock;
  const isEarlier = wish.startedAt.epochMilliseconds < startedAt;
  return isEarlier ? withEvents(clock, [{ type: 'start', at: wish.startedAt }]) : clock;
}

function eventsFor({ wish, phase, life }: Move, at: Temporal.Instant): ClockEvent[] {
  const { phase: from } = life;
  if (from === phase) return [];
  const events: ClockEvent[] = [];
  if (from === 'idle') events.push({ type: 'start', at: wish.startedAt ?? at });
  if (from === 'stopped') events.push({ type: 'reopen', at });
  if (from === 'paused' && phase === 'running') events.push({ type: 'resume', at });
  if (phase === 'paused') events.push({ type: 'pause', at: from === 'idle' ? later(at, wish.startedAt) : at });
  if (phase === 'stopped') events.push({ type: 'stop', at: wish.stoppedAt ?? at });
  return events;
}

/** Takes over what is promised now. Minutes counted so far are kept when another policy brings another calendar. */
function retargeted(turn: Turn, { clock, life, aim }: { clock: Clock; life: Life; aim: Aim }): Clock {
  const { policy, minutes, calendar, warnShare } = aim;
  const promised = { ...clock, policy, calendar, warnShare, droppedAt: null };
  const at = momentOf(turn);
  if (calendar !== clock.calendar && policy !== clock.policy) {
    const { elapsedMinutes } = gaugeClock(clock, calendarNamed(turn.policy, clock.calendar), at.epochMilliseconds);
    return withEvents(promised, [{ type: 'set_target', at, targetMinutes: minutes, countedMinutes: elapsedMinutes }]);
  }
  if (minutes === life.targetMinutes) return promised;
  return withEvents(promised, [{ type: 'set_target', at, targetMinutes: minutes }]);
}

function withEvents(clock: Clock, events: readonly ClockEvent[]): Clock {
  return { ...clock, events: [...clock.events, ...events] };
}

interface Finished {
  before: Clock | null;
  clock: Clock;
  aim: Aim | null;
  formerMinutes: number;
  isDropped: boolean;
}

/** Reads the clock, and writes into it what must be remembered. */
function finish(turn: Turn, { before, clock, aim, formerMinutes, isDropped }: Finished): Kept {
  const calendar = calendarNamed(turn.policy, clock.calendar);
  const { breachedAt } = clock;
  const added = clock.events.slice(before?.events.length ?? 0);
  const isLateNews = breachedAt !== null && added.some(({ at }) => isBefore(at, breachedAt));
  const told = isLateNews ? { ...clock, breachedAt: null } : clock;
  const reading = gaugeClock(told, calendar, turn.now.epochMilliseconds);
  const dueAt = isDropped ? null : instantAt(reading.dueAt, clock.dueAt);
  return {
    before,
    clock: {
      ...clock,
      events: reading.phase === 'stopped' ? withResult(clock.events, { reading, dueAt }) : clock.events,
      dueAt,
      droppedAt: isDropped ? momentOf(turn) : clock.droppedAt,
      breachedAt: instantAt(reading.breachedAt, breachedAt),
      detectedAt: reading.breachedAt === null ? null : clock.detectedAt,
    },
    calendar,
    reading,
    steps: stepsOf(added, { isDropped }),
    aim,
    formerMinutes,
    takenBackAt: breachedAt?.epochMilliseconds === reading.breachedAt ? null : breachedAt,
  };
}

/** What stopped is written down, so that a calendar edited later can't change what was done. */
function withResult(
  events: readonly ClockEvent[],
  { reading, dueAt }: { reading: Gauge; dueAt: Temporal.Instant | null },
): readonly ClockEvent[] {
  const { elapsedMinutes: countedMinutes } = reading;
  const last = events.findLastIndex(({ type }) => type === 'stop');
  return events.map((event, index) =>
    index === last && event.type === 'stop' ? { ...event, result: { countedMinutes, dueAt } } : event,
  );
}

const STEPS = {
  start: 'started',
  pause: 'paused',
  resume: 'resumed',
  stop: 'stopped',
  reopen: 'reopened',
  set_target: 'retargeted',
} as const;

function stepsOf(added: readonly ClockEvent[], { isDropped }: { isDropped: boolean }): ReadonlySet<Step> {
  const steps = new Set<Step>(added.map(({ type }) => STEPS[type]));
  if (isDropped) steps.add('dropped');
  return steps;
}
