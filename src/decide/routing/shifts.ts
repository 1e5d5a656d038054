import type { Queue } from '../../domain/queue.ts';
import { type Calendar, isOpenAt, nextOpening } from '../sla/calendar.ts';
import type { Turn } from '../turn.ts';
import { type Person, timeOffAt } from './people.ts';

/** Who is on shift at one moment, and who comes next. Calendars that people share are looked up once. */
export interface Shifts {
  /** The moment, in epoch milliseconds. */
  readonly now: number;
  /** By the person's own calendar, else the queue's; without either, always. */
  isOnShift(person: Person): boolean;
  /** When the first of these people comes back, in an open minute and out of any time off. */
  nextArrival(people: readonly { person: Person }[]): Temporal.Instant | null;
}

/** Looks at the shifts of a queue's people at the moment of a turn. */
export function createShifts(turn: Pick<Turn, 'policy' | 'now'>, queue: Queue | null): Shifts {
  const { policy, now } = turn;
  const open = new Map<string | null, boolean>();
  const openings = new Map<string | null, number | null>();

  function calendarName({ agent }: Person): string | null {
    return agent.calendar ?? queue?.calendar ?? null;
  }

  function calendar(name: string | null): Calendar | null {
    return name === null ? null : (policy.calendars[name] ?? null);
  }

  function openingAfter(name: string | null, from: number): number | null {
    return nextOpening(calendar(name), Temporal.Instant.fromEpochMilliseconds(from))?.epochMilliseconds ?? null;
  }

  function firstOpening(name: string | null): number | null {
    const known = openings.get(name);
    if (known !== undefined) return known;
    const opening = openingAfter(name, now.epochMilliseconds);
    openings.set(name, opening);
    return opening;
  }

  /** Goes from opening to end of time off to opening, at most once through each time off. */
  function arrivalOf(person: Person): number | null {
    const name = calendarName(person);
    let moment = firstOpening(name);
    for (let look = 0; look <= person.off.length && moment !== null; look++) {
      const until = timeOffAt(person, moment);
      if (until === null) return moment;
      moment = openingAfter(name, until);
    }
    return moment;
  }

  return {
    now: now.epochMilliseconds,
    isOnShift(person) {
      const name = calendarName(person);
      const known = open.get(name) ?? isOpenAt(calendar(name), now);
      open.set(name, known);
      return known;
    },
    nextArrival(people) {
      const arrivals = people.flatMap(({ person }) => arrivalOf(person) ?? []);
      return arrivals.length === 0 ? null : Temporal.Instant.fromEpochMilliseconds(Math.min(...arrivals));
    },
  };
}
