/** No team of ours is larger; beyond it something else is wrong. */
const MOST_PEOPLE = 500;

/** What is to be reached, with how much work. */
export interface StaffingGoal {
  /** Hands-on minutes that a ticket takes. */
  handlingMinutes: number;
  /** Work on a ticket shall begin within so many minutes … */
  withinMinutes: number;
  /** … for this share of the tickets, 0 to 1. */
  share: number;
}

/**
 * How many people must be at work in an hour with so many new tickets, so that the goal is reached: Erlang's formula
 * for a queue with waiting (Erlang C, 1917), which takes tickets to come by chance and people to do one at a time.
 */
export function peopleNeeded(perHour: number, { handlingMinutes, withinMinutes, share }: StaffingGoal): number {
  const load = (perHour * handlingMinutes) / 60;
  if (load <= 0) return 0;
  for (let people = Math.floor(load) + 1; people < MOST_PEOPLE; people += 1) {
    const inTime = 1 - waitShare(load, people) * Math.exp((-(people - load) * withinMinutes) / handlingMinutes);
    if (inTime >= share) return people;
  }
  return MOST_PEOPLE;
}

/** The share of tickets that find everybody busy. `load` below `people`. */
function waitShare(load: number, people: number): number {
  let blocked = 1;
  for (let each = 1; each <= people; each += 1) blocked = (load * blocked) / (each + load * blocked);
  return blocked / (1 - (load / people) * (1 - blocked));
}

/**
 * Tickets of each hour of a week as they find somebody at work: those that come while nobody is, are there when the
 * next open hour begins. The last hour is followed by the first; with no open hour at all, each stays in its own.
 */
export function whenOpen(perHour: readonly number[], isOpen: readonly boolean[]): readonly number[] {
  const first = isOpen.indexOf(true);
  if (first === -1) return perHour;
  const met = perHour.map(() => 0);
  let waiting = 0;
  for (let step = 1; step <= perHour.length; step += 1) {
    const hour = (first + step) % perHour.length;
    waiting += perHour[hour] ?? 0;
    if (isOpen[hour] !== true) continue;
    met[hour] = waiting;
    waiting = 0;
  }
  return met;
}

/** Of tickets that come in an hour beside others a little is borrowed, as an hour without a ticket is mostly chance. */
const BORROWED = 0.25;

/**
 * How the tickets of each weekday spread over its hours, Monday first: shares that come to one. Each hour has a
 * quarter of what the same hour of all days has, since one weekday alone says little.
 */
export function hourShares(week: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const all = Array.from({ length: 24 }, (_, hour) => week.reduce((sum, day) => sum + (day[hour] ?? 0), 0));
  const ofAll = sharesOf(all);
  return week.map((day) => {
    const own = sharesOf(day);
    const isKnown = day.some((count) => count > 0);
    return ofAll.map((share, hour) => (isKnown ? (1 - BORROWED) * (own[hour] ?? 0) + BORROWED * share : share));
  });
}

function sharesOf(counts: readonly number[]): readonly number[] {
  const sum = counts.reduce((total, count) => total + count, 0);
  return counts.map((count) => (sum === 0 ? 1 / counts.length : count / sum));
}
