import { CLOCK_KINDS, POLICY_METRICS } from '../../domain/clock.ts';
import type { SlaState } from '../../domain/ticket.ts';
import { sameValue } from '../apply.ts';
import type { Turn } from '../turn.ts';
import { calendarNamed } from './aims.ts';
import { gaugeClock } from './clock.ts';
import { fieldOf } from './due-fields.ts';
import { latestClock } from './event-map.ts';
import type { Kept } from './keep-clock.ts';
import { reasonOf } from './reason.ts';

/** The worst first, of the clocks that are still owed. */
const URGENCY: readonly SlaState[] = ['breached', 'warning', 'on_track', 'paused'];

/** Sees to it that the ticket shows what its clocks say. Those that were read in this turn are not read again. */
export function showClocks(turn: Turn, kept: readonly Kept[]): void {
  const current = currentClocks(turn, kept);
  for (const shown of current) {
    const field = fieldOf(turn.ticket, shown.clock);
    if (field === null || sameValue(turn.ticket[field], shown.clock.dueAt)) continue;
    const code = shown.clock.dueAt === null ? 'sla.never_due' : 'sla.due_set';
    turn.change(field, shown.clock.dueAt, reasonOf(turn, shown, { code }));
  }
  showState(turn, current);
}

/** The ticket as a whole stands at the worst of the clocks still owed, or else at how the last of them ended. */
function showState(turn: Turn, current: readonly Kept[]): void {
  const telling = mostUrgent(current, turn.now) ?? lastEnded(current);
  const state = telling?.state ?? 'none';
  if (turn.ticket.slaState === state) return;
  if (telling === null) {
    turn.change('slaState', state, {
      stage: 'sla',
      code: 'sla.none',
      params: { priority: turn.ticket.priority },
      evidence: [],
      source: { kind: 'default' },
    });
    return;
  }
  const params = { state, status: turn.ticket.status, isDone: telling.kept.reading.phase === 'stopped' };
  turn.change('slaState', state, reasonOf(turn, telling.kept, { code: 'sla.state', params, evidence: [] }));
}

interface Telling {
  kept: Kept;
  state: SlaState;
}

function mostUrgent(current: readonly Kept[], now: Temporal.Instant): Telling | null {
  const owed = current.filter(({ reading }) => reading.phase !== 'stopped');
  const told = owed.map((kept): Telling => ({ kept, state: stateOf(kept, now) }));
  return told.reduce<Telling | null>((worst, one) => (worst === null || isWorse(one, worst) ? one : worst), null);
}

function stateOf({ reading }: Kept, now: Temporal.Instant): SlaState {
  if (reading.breachedAt !== null) return 'breached';
  if (reading.phase !== 'running') return 'paused';
  return reading.warnDueAt !== null && reading.warnDueAt <= now.epochMilliseconds ? 'warning' : 'on_track';
}

function isWorse(one: Telling, other: Telling): boolean {
  const difference = URGENCY.indexOf(one.state) - URGENCY.indexOf(other.state);
  if (difference !== 0) return difference < 0;
  const [mine, theirs] = [one.kept.reading.dueAt, other.kept.reading.dueAt];
  return mine !== null && (theirs === null || mine < theirs);
}

/** Several may have ended at one moment; then one that was late outweighs the others. */
function lastEnded(current: readonly Kept[]): Telling | null {
  const last = current.reduce<Kept | null>(
    (latest, one) => (latest === null || isLater(one, latest) ? one : latest),
    null,
  );
  return last === null ? null : { kept: last, state: last.reading.state === 'breached' ? 'breached' : 'met' };
}

function isLater(one: Kept, other: Kept): boolean {
  const [mine, theirs] = [one.reading.stoppedAt, other.reading.stoppedAt];
  if (mine === null || theirs === null) return theirs === null;
  return mine > theirs || (mine === theirs && one.reading.state === 'breached');
}

/** The clock of each metric and kind that was begun last and still counts; answers to hand-offs are no promise. */
function currentClocks(turn: Turn, kept: readonly Kept[]): readonly Kept[] {
  const kinds = CLOCK_KINDS.filter((kind) => turn.ticket.clocks.some((clock) => clock.kind === kind));
  return kinds.flatMap((kind) =>
    POLICY_METRICS.flatMap((metric) => {
      const clock = latestClock(turn.ticket, metric, kind);
      if (clock === null || clock.droppedAt !== null) return [];
      return [kept.find((one) => one.clock === clock) ?? settled(turn, clock)];
    }),
  );
}

function settled(turn: Turn, clock: Kept['clock']): Kept {
  const calendar = calendarNamed(turn.policy, clock.calendar);
  const reading = gaugeClock(clock, calendar, turn.now.epochMilliseconds);
  return {
    before: clock,
    clock,
    calendar,
    reading,
    steps: new Set(),
    aim: null,
    formerMinutes: reading.targetMinutes,
    takenBackAt: null,
  };
}
