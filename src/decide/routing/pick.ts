import type { Method, Queue } from '../../domain/queue.ts';
import type { Candidate } from './shortlist.ts';

/** What settled the choice between the two best. */
export type TieBreak = 'least_recently_assigned' | 'fewest_open' | 'order_of_members';

export interface Pick {
  candidate: Candidate;
  method: Method;
  /** Between whom the method chose: those with the most preferred skills. */
  among: readonly string[];
  /** Preferred skills that the chosen one has. */
  preferred: readonly string[];
  /** Preferred skills that the chosen one lacks. */
  unmet: readonly string[];
  /** Null when the method itself told the best from the next, or there was only one. */
  tieBreak: TieBreak | null;
}

/** A candidate with what it is compared by; lower is better. */
interface Entrant {
  candidate: Candidate;
  score: number;
  /** Epoch nanoseconds of the last assignment. */
  last: bigint;
  order: number;
}

/** Before every assignment that was. */
const NEVER = -1n;

/** Picks by the queue's method among those who have the most of the preferred skills; null when there is nobody. */
export function pickFrom(
  candidates: readonly Candidate[],
  { queue, preferredSkills }: { queue: Queue | null; preferredSkills: readonly string[] },
): Pick | null {
  const among = preferredSkills.length === 0 ? candidates : bestSkilled(candidates, preferredSkills);
  const method = methodOf(queue);
  const score = scoreOf(method, among, queue);
  const entrants = among.map((candidate, order): Entrant => {
    const last = candidate.lastAssignedAt?.epochNanoseconds ?? NEVER;
    return { candidate, score: score(candidate), last, order };
  });
  const [best, next] = entrants.sort(compare);
  if (best === undefined) return null;
  const preferred = held(best.candidate, preferredSkills);
  return {
    candidate: best.candidate,
    method,
    among: among.map(({ person }) => person.agent.name),
    preferred,
    unmet: preferredSkills.filter((skill) => !preferred.includes(skill)),
    tieBreak: next === undefined ? null : tieBreakOf(best, next, method),
  };
}

function bestSkilled(candidates: readonly Candidate[], skills: readonly string[]): readonly Candidate[] {
  const counts = candidates.map((candidate) => held(candidate, skills).length);
  const most = Math.max(...counts);
  return candidates.filter((_, index) => counts[index] === most);
}

function held({ person }: Candidate, skills: readonly string[]): readonly string[] {
  return skills.filter((skill) => person.skills.has(skill));
}

/** Where people take by hand, only those whom the fallback chain named are here; they take turns. */
function methodOf(queue: Queue | null): Method {
  return queue === null || queue.method === 'none' ? 'round_robin' : queue.method;
}

function scoreOf(method: Method, among: readonly Candidate[], queue: Queue | null): (candidate: Candidate) => number {
  if (method === 'weighted') return ({ person, open }) => (open + 1) / person.agent.weight;
  if (method !== 'load') return () => 0;
  const capOf = comparableCap(among);
  if (queue?.loadBy === 'count') return (candidate) => candidate.open - capOf(candidate);
  return (candidate) => candidate.open / Math.max(capOf(candidate), 1);
}

/** Who has no cap is compared as if with the largest of the others, and by open tickets alone when nobody has one. */
function comparableCap(among: readonly Candidate[]): (candidate: Candidate) => number {
  const largest = Math.max(1, ...among.map(({ person }) => person.agent.cap ?? 1));
  return ({ person }) => person.agent.cap ?? largest;
}

/** Method, then who waited longest for a ticket, then who has the fewest, then the order in the config. */
function compare(one: Entrant, other: Entrant): number {
  if (one.score !== other.score) return one.score - other.score;
  if (one.last !== other.last) return one.last < other.last ? -1 : 1;
  return one.candidate.open - other.candidate.open || one.order - other.order;
}

function tieBreakOf(best: Entrant, next: Entrant, method: Method): TieBreak | null {
  if (best.score !== next.score) return null;
  if (best.last !== next.last) return method === 'round_robin' ? null : 'least_recently_assigned';
  return best.candidate.open === next.candidate.open ? 'order_of_members' : 'fewest_open';
}
