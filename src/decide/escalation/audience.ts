import type { Raised } from '../../domain/escalation.ts';
import type { Turn } from '../turn.ts';
import { definitionNamed } from './definition.ts';

/** Words that stand for people in a definition, and that no agent is looked for by. */
export const AUDIENCES = ['owner', 'queue'] as const;

/** Who hears of an escalation that a person began. */
const OF_A_PERSON: readonly string[] = ['owner', 'queue'];

/** Whom a notice can go to. */
export interface Audience {
  /** Agents with an address, and mail addresses. */
  to: readonly string[];
  /** Named, but without an address. */
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

/** Those of the people who can be reached; when none can, those whom the queue names, and then the last resort. */
export function audienceOf(turn: Turn, people: readonly string[]): Audience {
  const named = [...new Set(people)];
  const reached = named.filter((name) => isReachable(turn, name));
  const unreachable = named.filter((name) => !reached.includes(name));
  if (reached.length > 0) return { to: reached, unreachable, isInstead: false };
  const others = [turn.policy.queues[turn.ticket.queue]?.notify ?? [], turn.policy.escalation.lastResort]
    .map((each) => each.filter((name) => isReachable(turn, name)))
    .find((each) => each.length > 0);
  return { to: others ?? [], unreachable, isInstead: true };
}

function peopleFor(turn: Turn, who: string): readonly string[] {
  if (who === 'queue') return peopleOfQueue(turn);
  if (who !== 'owner') return [who];
  const { assignee } = turn.ticket;
  return assignee === null ? peopleOfQueue(turn) : [assignee];
}

/** Those whom the queue names for such news, or else everybody in it. */
function peopleOfQueue({ policy, ticket }: Turn): readonly string[] {
  const queue = policy.queues[ticket.queue];
  if (queue === undefined) return [];
  return queue.notify.length > 0 ? queue.notify : queue.members;
}

function isReachable({ policy }: Turn, name: string): boolean {
  return name.includes('@') || policy.agents.some((agent) => agent.name === name && agent.email !== null);
}
