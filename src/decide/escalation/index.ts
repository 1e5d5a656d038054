/**
 * Who must see to a ticket that goes wrong: definitions that hold escalate it once each, and what they say ends
 * it. `escalate` comes before routing and the clocks, so that a raised priority counts in the same turn;
 * `announceEscalation` comes after them, when it is clear who has the ticket. `docs/escalation.md` tells the rules.
 */
import { activeIn, type Escalation, levelOf, NEVER_ESCALATED, type Raised } from '../../domain/escalation.ts';
import { isOpen } from '../../domain/ticket.ts';
import type { Proof } from '../condition.ts';
import { subjectAfter } from '../conditions/index.ts';
import { rulesInPlay } from '../conditions/rules-in-play.ts';
import type { Turn } from '../turn.ts';
import { because, definitionNamed, foremost } from './definition.ts';
import { type Ended, endedIn } from './ending.ts';
import { keepPriority } from './priority.ts';
import { keepAccountable } from './accountable.ts';
import { tellOfEnd, tellTeam } from './tell.ts';
import { writeToRequester } from './letter.ts';
import { holdsFrom, proofOf, type Sight } from './trigger.ts';

/** For a level that stands in the row without a name. */
const SOMEBODY = 'Somebody in the base';

/** Escalates what newly holds, and ends what is over. Two that begin in one turn are one episode. */
export function escalate(turn: Turn): void {
  adoptShown(turn);
  if (turn.policy.escalation.definitions.length === 0 && turn.ticket.escalation === null) return;
  const proofs = proofsOf(turn);
  const before = turn.ticket.escalation ?? NEVER_ESCALATED;
  const ended = endedIn(turn, (name) => proofs.has(name));
  const begun = begunBy(turn, proofs);
  const raised = [...stillKept(before, { ended, proofs, now: turn.now }), ...begun];
  if (raised.length !== before.raised.length || ended.length > 0 || begun.length > 0) {
    turn.keep('escalation', { ...before, raised, episode: episodeOf(turn, before, begun) });
  }
  sayWhatChanged(turn, { ended, begun, proofs });
  keepPriority(turn, begun);
}

/** Who answers for it, who is told, and when to look again. */
export function announceEscalation(turn: Turn): void {
  if (turn.ticket.escalation !== null) {
    const begun = begunIn(turn);
    keepAccountable(turn);
    if (begun.length > 0) {
      const isLetterSent = writeToRequester(turn, begun);
      tellTeam(turn, begun, { isLetterSent });
    }
    if (activeIn(turn.ticket.escalation).length === 0) tellOfEnd(turn);
  }
  if (!isOpen(turn.ticket.status)) return;
  const sight = sightOf(turn);
  for (const definition of definitionsAtRest(turn)) turn.wakeAt(holdsFrom(definition, { ...sight, isRaised: false }));
}

/** A row that a person typed, or that has lost its memory, shows a level of which nobody remembers more. */
function adoptShown(turn: Turn): void {
  const { escalation, escalationLevel: level } = turn.ticket;
  if (level === 0 || escalation !== null) return;
  const raised: Raised = { kind: 'person', name: SOMEBODY, level, startedAt: turn.now, endedAt: null };
  turn.keep('escalation', { ...NEVER_ESCALATED, episode: 1, raised: [raised] });
  const params = { by: SOMEBODY, level, was: 0 };
  turn.note(because(turn.policy, raised, { code: 'escalate.raised_by_hand', params }));
}

/** What this turn raised, by a definition or by hand, and did not end again. */
function begunIn({ before, ticket }: Turn): readonly Raised[] {
  const known = before.escalation?.raised ?? [];
  return activeIn(ticket.escalation).filter((raised) => !known.includes(raised));
}

/** By the name of the definition. Only of an open ticket anything holds. */
function proofsOf(turn: Turn): ReadonlyMap<string, Proof> {
  const proofs = new Map<string, Proof>();
  if (!isOpen(turn.ticket.status)) return proofs;
  const sight = sightOf(turn);
  const active = new Set(activeIn(turn.ticket.escalation).map(({ name }) => name));
  for (const definition of rulesInPlay(turn.policy.escalation.definitions, sight.subject)) {
    const proof = proofOf(definition, { ...sight, isRaised: active.has(definition.name) });
    if (proof !== null) proofs.set(definition.name, proof);
  }
  return proofs;
}

function sightOf(turn: Turn): Omit<Sight, 'isRaised'> {
  const { ticket, subject } = turn;
  const priority = ticket.escalation?.priorityBefore ?? null;
  const isHeldUp = priority !== null && ticket.overrides.priority === undefined;
  return { turn, subject: isHeldUp ? subjectAfter(subject, { ...ticket, priority }) : subject };
}

/** Definitions that have not fired, or whose condition did not hold since. */
function definitionsAtRest({ policy, ticket }: Turn) {
  const fired = new Set(ticket.escalation?.raised.map(({ name }) => name));
  return policy.escalation.definitions.filter(({ name }) => !fired.has(name));
}

function begunBy(turn: Turn, proofs: ReadonlyMap<string, Proof>): readonly Raised[] {
  return definitionsAtRest(turn)
    .filter(({ name }) => proofs.has(name))
    .map(({ name, level }) => ({ kind: 'definition', name, level, startedAt: turn.now, endedAt: null }));
}

/** What ended is remembered only while its condition holds, so that it can fire again when that comes anew. */
function stillKept(
  { raised }: Escalation,
  { ended, proofs, now }: { ended: readonly Ended[]; proofs: ReadonlyMap<string, Proof>; now: Temporal.Instant },
): readonly Raised[] {
  const over = new Set(ended.map((each) => each.raised));
  return raised
    .map((each) => (over.has(each) ? { ...each, endedAt: now } : each))
    .filter(({ kind, name, endedAt }) => endedAt === null || (kind === 'definition' && proofs.has(name)));
}

/** What begins while another lasts, or as it ends, goes on with its episode. */
function episodeOf(turn: Turn, { episode, raised }: Escalation, begun: readonly Raised[]): number {
  const isOngoing = activeIn(turn.before.escalation).length > 0 || raised.some(({ endedAt }) => endedAt === null);
  return begun.length === 0 || isOngoing ? episode : episode + 1;
}

interface News {
  ended: readonly Ended[];
  begun: readonly Raised[];
  proofs: ReadonlyMap<string, Proof>;
}

/** The level changes once in a turn; of what brought it about, the foremost says so, and the others are noted. */
function sayWhatChanged(turn: Turn, { ended, begun, proofs }: News): void {
  const was = turn.ticket.escalationLevel;
  const level = levelOf(turn.ticket.escalation?.raised ?? []);
  const telling = level > was ? foremost(begun) : (foremost(ended.map((each) => each.raised)) ?? foremost(begun));
  for (const { raised, cause } of ended) {
    const params = { name: raised.name, cause, level: raised.level, left: level, ...lifeOf(turn, raised) };
    const reason = because(turn.policy, raised, { code: 'escalate.ended', params });
    if (raised !== telling || !turn.change('escalationLevel', level, reason)) turn.note(reason);
  }
  for (const raised of begun) {
    const { name } = raised;
    const others = begun.filter((each) => each !== raised).map((each) => each.name);
    const why = definitionNamed(turn.policy, raised)?.why ?? '';
    const params = { name, why, level: raised.level, was, others };
    const reason = because(turn.policy, raised, { code: 'escalate.raised', params });
    const proven = { ...reason, evidence: proofs.get(name) ?? [] };
    if (raised !== telling || !turn.change('escalationLevel', level, proven)) turn.note(proven);
  }
}

/** For those who ask later whether it was necessary, premature or too late. */
function lifeOf({ now, ticket }: Turn, { startedAt }: Raised) {
  return {
    minutes: Math.floor(now.since(startedAt).total('minutes')),
    slaState: ticket.slaState,
    status: ticket.status,
  };
}
