import type { Calendar } from '../../decide/sla/calendar.ts';
import type { Agent } from '../../domain/person.ts';
import type { FallbackStep, Queue } from '../../domain/queue.ts';
import { weekOf } from '../written/hours.ts';
import type { People } from '../written/people.ts';
import { listOf, minutesOf } from '../written/words.ts';

/** The queue of a desk that names none. */
export const USUAL_QUEUE: Queue = {
  name: 'support',
  members: [],
  method: 'none',
  loadBy: 'percent',
  skills: [],
  calendar: null,
  mayExceedCap: false,
  giveBackMinutes: null,
  whenOwnerIsOff: 'keep',
  fallback: [],
  notify: [],
};

export function calendarsOf(people: People, deskZone: string): Readonly<Record<string, Calendar>> {
  return mapped(people.calendars, (name, { timeZone = deskZone, hours, holidays }) => ({
    name,
    timeZone,
    week: weekOf(hours),
    holidays: new Set(holidays),
  }));
}

export function agentsOf(
  people: People,
  calendars: Readonly<Record<string, Calendar>>,
  deskZone: string,
): readonly Agent[] {
  return Object.entries(people.agents).map(([name, written]) => {
    const { calendar = null, email = null, cap = null } = written;
    const timeZone = (calendar === null ? undefined : calendars[calendar])?.timeZone ?? deskZone;
    return {
      name,
      email,
      handles: written.handles,
      skills: written.skills,
      calendar,
      timeOff: written.timeOff.map((off) => spanOf(off, timeZone)),
      cap,
      weight: written.weight,
      away: written.away,
      switchedIn: 'console',
    };
  });
}

/** From the first minute of the first day to the last of the last, where the person works. */
function spanOf(
  { firstDay, lastDay }: { firstDay: string; lastDay: string },
  timeZone: string,
): Agent['timeOff'][number] {
  const from = Temporal.PlainDate.from(firstDay).toZonedDateTime(timeZone).toInstant();
  const until = Temporal.PlainDate.from(lastDay).add({ days: 1 }).toZonedDateTime(timeZone).toInstant();
  return { from, until };
}

export function queuesOf(people: People): Readonly<Record<string, Queue>> {
  const queues = mapped(people.queues, (name, { calendar = null, giveBackAfter, fallback, ...written }) => ({
    ...written,
    name,
    calendar,
    giveBackMinutes: giveBackAfter === undefined ? null : minutesOf(giveBackAfter),
    fallback: fallback.map(stepOf),
  }));
  return Object.keys(queues).length > 0 ? queues : { [USUAL_QUEUE.name]: USUAL_QUEUE };
}

function stepOf({ after, queue, agent, alert }: People['queues'][string]['fallback'][number]): FallbackStep {
  const waitMinutes = minutesOf(after);
  if (queue !== undefined) return { waitMinutes, then: { to: 'queue', queue } };
  if (agent !== undefined) return { waitMinutes, then: { to: 'agent', agent } };
  return { waitMinutes, then: { to: 'alert', alert: listOf(alert ?? []) } };
}

function mapped<Held, Made>(
  record: Readonly<Record<string, Held>>,
  make: (name: string, held: Held) => Made,
): Readonly<Record<string, Made>> {
  return Object.fromEntries(Object.entries(record).map(([name, held]) => [name, make(name, held)]));
}
