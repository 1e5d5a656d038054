import { activeIn, NEVER_ESCALATED, type Raised } from '../../domain/escalation.ts';
import type { Ending } from '../policy.ts';
import type { Turn } from '../turn.ts';
import { audienceOf, namedBy, waysOf } from './audience.ts';
import { because, definitionNamed, foremost, untilOf } from './definition.ts';

const ENDING_WORDS: Readonly<Record<Ending, string>> = {
  condition_clears: 'when its condition holds no more',
  answered: 'when the requester is answered',
  resolved: 'when the ticket is resolved',
  by_hand: 'when a person ends it',
};

/** How an escalation ends: `when the requester is answered, or when the ticket is resolved`. */
export function endingWords(until: readonly Ending[]): string {
  return until.map((each) => ENDING_WORDS[each]).join(', or ');
}

/** One notice for all that began in the turn, to those who have not heard of that level in this episode. */
export function tellTeam(turn: Turn, begun: readonly Raised[], { isLetterSent }: { isLetterSent: boolean }): void {
  const most = foremost(begun);
  if (most === null) return;
  const named = begun.flatMap((raised) => namedBy(turn, raised));
  const due = begun.flatMap((raised) => namedBy(turn, raised).filter((name) => toldOf(turn, name) < raised.level));
  if (due.length === 0) return tellNobody(turn, most, { why: named.length === 0 ? 'none' : 'told_before' });
  const by = waysOf(turn, begun, 'escalated');
  const { to, unreachable, isInstead } = audienceOf(turn, due, by);
  const news = to.filter((name) => toldOf(turn, name) < most.level);
  if (news.length === 0)
    return tellNobody(turn, most, { why: to.length > 0 ? 'told_before' : 'unreachable', unreachable });
  const { ticket } = turn;
  const escalation = ticket.escalation ?? NEVER_ESCALATED;
  const params = { to: news, unreachable, isInstead, level: most.level, names: begun.map(({ name }) => name) };
  turn.send(
    {
      kind: 'notify',
      key: `escalated:${ticket.key}:${escalation.episode}:${most.level}`,
      notice: 'escalated',
      to: news,
      by,
      params: { ...linesOf(turn, begun, most), Requester: isLetterSent ? 'is told' : 'is told nothing' },
    },
    because(turn.policy, most, { code: 'escalate.told', params }),
  );
  const others = escalation.told.filter((each) => !news.includes(each.to));
  turn.keep('escalation', {
    ...escalation,
    told: [...others, ...news.map((each) => ({ to: each, level: most.level }))],
  });
}

/** Whoever heard of the episode hears once that it is over, but for the person who ended it. */
export function tellOfEnd(turn: Turn): void {
  const { escalation } = turn.ticket;
  if (escalation === null || (escalation.told.length === 0 && escalation.letters.length === 0)) return;
  const { occasion, ticket } = turn;
  const by = occasion.kind === 'edited' ? occasion.by : null;
  const ways = waysOf(turn, activeIn(turn.before.escalation), 'deescalated');
  const heard = escalation.told.map((each) => each.to);
  const told = audienceOf(turn, heard, ways);
  const to = told.isInstead ? [] : told.to.filter((name) => name !== by);
  turn.keep('escalation', { ...escalation, told: [], letters: [] });
  if (to.length === 0) return;
  turn.send(
    {
      kind: 'notify',
      key: `deescalated:${ticket.key}:${escalation.episode}`,
      notice: 'deescalated',
      to,
      by: ways,
      params: { Priority: priorityLine(turn, turn.before.priority), ...(by !== null && { By: by }) },
    },
    {
      stage: 'escalate',
      code: 'escalate.end_told',
      params: { to },
      evidence: [],
      source: { kind: 'policy', name: 'escalation' },
    },
  );
}

/** The highest level of which somebody heard in this episode; 0 for nothing. */
function toldOf({ ticket }: Turn, name: string): number {
  return ticket.escalation?.told.find(({ to }) => to === name)?.level ?? 0;
}

function tellNobody(
  turn: Turn,
  most: Raised,
  { why, unreachable = [] }: { why: 'none' | 'told_before' | 'unreachable'; unreachable?: readonly string[] },
): void {
  turn.note(because(turn.policy, most, { code: 'escalate.told_nobody', params: { why, unreachable } }));
}

/** The notice, line by line: what happened, and what is asked of whom. */
function linesOf(turn: Turn, begun: readonly Raised[], most: Raised): Readonly<Record<string, string>> {
  const definition = definitionNamed(turn.policy, most);
  const names = begun.map(({ kind, name }) => (kind === 'person' ? `${name}, by hand` : name));
  return {
    Escalated: `level ${turn.ticket.escalationLevel}`,
    Because: names.join('; '),
    ...(definition !== null && { Why: definition.why }),
    Priority: priorityLine(turn, turn.ticket.escalation?.priorityBefore ?? turn.ticket.priority),
    Accountable: turn.ticket.accountable ?? '–',
    Ends: endingWords(untilOf(turn.policy, most)),
  };
}

function priorityLine({ ticket: { priority } }: Turn, was: string): string {
  return priority === was ? `${priority}, unchanged` : `${priority}, was ${was}`;
}
