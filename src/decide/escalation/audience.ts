import type { NoticeKind } from '../../domain/effect.ts';
import type { Raised } from '../../domain/escalation.ts';
import { answerableFor, peopleOfQueue } from '../answerable.ts';
import type { Turn } from '../turn.ts';
import { definitionNamed } from './definition.ts';

/** Words that stand for people in a definition, and that no agent is looked for by. */
export const AUDIENCES = ['owner', 'queue'] as const;

/** Who hears of an escalation that a person began. */
const OF_A_PERSON: readonly string[] = ['owner', 'queue'];

/** Whom a notice can go to. */
export interface Audience {
  /** Agents whom it reaches, and mail addresses. */
  to: readonly string[];
  /** Named, but neither with an address nor with a handle for any of the ways. */
  unreachable: readonly string[];
  /** Whether others are told because nobody of those named can be. */
  isInstead: boolean;
}

/** The people whom an escalation is to be told to. Who began it by hand knows of it. */
export function namedBy(turn: Turn, raised: Raised): readonly string[] {
  const who = raised.kind === 'person' ? OF_A_PERSON : (definitionNamed(turn.policy, raised)?.who ?? []);
  const names = who.flatMap((each) => peopleFor(turn, each));
  return names.filter((name) => raised.kind === 'definition' || name !== raised.name);
}

/** The ways by which these escalations tell people; one that a person began, as any news of its kind. */
export function waysOf({ policy }: Turn, raised: readonly Raised[], notice: NoticeKind): readonly string[] {
  const ways = raised.flatMap((each) => definitionNamed(policy, each)?.by ?? policy.notices.by[notice]);
  return [...new Set(ways.length > 0 ? ways : policy.notices.by[notice])];
}

/** Those of the people whom the ways reach; when none, those whom the queue names, and then the last resort. */
export function audienceOf(turn: Turn, people: readonly string[], by: readonly string[]): Audience {
  const named = [...new Set(people)];
  const reached = named.filter((name) => isReachable(turn, name, by));
  const unreachable = named.filter((name) => !reached.includes(name));
  if (reached.length > 0) return { to: reached, unreachable, isInstead: false };
  const others = [turn.policy.queues[turn.ticket.queue]?.notify ?? [], turn.policy.escalation.lastResort]
    .map((each) => each.filter((name) => isReachable(turn, name, by)))
    .find((each) => each.length > 0);
  return { to: others ?? [], unreachable, isInstead: true };
}

function peopleFor(turn: Turn, who: string): readonly string[] {
  if (who === 'queue') return peopleOfQueue(turn);
  return who === 'owner' ? answerableFor(turn) : [who];
}

/** In a room everybody is told, and whoever has an address hears by mail when nothing else reaches them. */
function isReachable({ policy }: Turn, name: string, by: readonly string[]): boolean {
  if (name.includes('@')) return true;
  const agent = policy.agents.find((each) => each.name === name);
  if (agent === undefined) return false;
  const ways = by.flatMap((way) => policy.notices.ways[way] ?? []);
  return agent.email !== null || ways.some(({ isRoom, kind }) => isRoom || agent.handles[kind] !== undefined);
}
