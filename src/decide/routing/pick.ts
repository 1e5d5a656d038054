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
  order: number;
}

/** Picks by the queue's method among those who have the most of the preferred skills; null when there is nobody. */
export function pickFrom(
  candidates: readonly Candidate[],
  { queue, preferredSkills }: { queue: Queue | null; preferredSkills: readonly string[] },
): Pick | null {
  const most = Math.max(...candidates.map((candidate) => held(candidate, preferredSkills).length));
  const among = candidates.filter((candidate) => held(candidate, preferredSkills).length === most);
  const method = methodOf(queue);
  const score = scoreOf(method, among, queue);
  const [best, next] = among
    .map((candidate, order): Entrant => ({ candidate, score: score(candidate), order }))
    .sort(compare);
  if (best === undefined) return null;
  const preferred = held(best.candidate, preferredSkills);
  return {
    candidate: best.candidate,
    method,
    among: among.map(({ agent }) => agent.name),
    preferred,
    unmet: preferredSkills.filter((skill) => !preferred.includes(skill)),
    tieBreak: next === undefined ? null : tieBreakOf(best, next, method),
  };
}

function held({ agent }: Candidate, skills: readonly string[]): readonly string[] {
  return skills.filter((skill) => agent.skills.includes(skill));
}

/** Where people take by hand, only those whom the fallback chain named are here; they take turns. */
function methodOf(queue: Queue | null): Method {
  return queue === null || queue.method === 'none' ? 'round_robin' : queue.method;
}

function scoreOf(method: Method, among: readonly Candidate[], queue: Queue | null): (candidate: Candidate) => number {
  if (method === 'weighted') return ({ agent, open }) => (open + 1) / agent.weight;
  if (method !== 'load') return () => 0;
  const spare = spareBy(among);
  if (queue?.loadBy === 'count') return ({ agent, open }) => open - spare(agent.cap);
  return ({ agent, open }) => open / Math.max(spare(agent.cap), 1);
}

/** Who has no cap is compared as if with the largest of the others, and by open tickets alone when nobody has one. */
function spareBy(among: readonly Candidate[]): (cap: number | null) => number {
  const largest = Math.max(1, ...among.map(({ agent }) => agent.cap ?? 1));
  return (cap) => cap ?? largest;
}

/** Method, then who waited longest for a ticket, then who has the fewest, then the order in the config. */
function compare(one: Entrant, other: Entrant): number {
  return (
    one.score - other.score ||
    compareMoments(one.candidate.lastAssignedAt, other.candidate.lastAssignedAt) ||
    one.candidate.open - other.candidate.open ||
    one.order - other.order
  );
}

/** Never comes first. */
function compareMoments(one: Temporal.Instant | null, other: Temporal.Instant | null): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  return Temporal.Instant.compare(one, other);
}

function tieBreakOf(best: Entrant, next: Entrant, method: Method): TieBreak | null {
  if (best.score !== next.score) return null;
  if (compareMoments(best.candidate.lastAssignedAt, next.candidate.lastAssignedAt) !== 0) {
    return method === 'round_robin' ? null : 'least_recently_assigned';
  }
  return best.candidate.open === next.candidate.open ? 'order_of_members' : 'fewest_open';
}
