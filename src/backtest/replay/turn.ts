import type { Judgement } from '../../decide/index.ts';
import { frees } from '../../decide/routing/index.ts';
import { compareInstants } from '../../decide/sla/moment.ts';
import type { Effect } from '../../domain/effect.ts';
import type { Occasion } from '../../domain/occasion.ts';
import { addressesOf } from '../../domain/requester.ts';
import { isOpen, recipientOf, type Ticket } from '../../domain/ticket.ts';
import { type Held, recount, type ReplayDesk } from './desk.ts';
import { factsFor, ofToday } from './facts.ts';
import { COMPARED, type Compared, promiseTold, valuesOf } from './outcome.ts';
import type { PastTicket } from './past.ts';

/** As in the pipeline: who asks to be woken at once is put off by so much. */
const SHORTEST_NAP = { seconds: 30 };

/** So many earlier tickets of an address are looked at for what they said. */
const MOST_EARLIER = 20;

/** What a person changes by these changes these. */
const MOVED_BY_HANDOFF: readonly Compared[] = ['queue', 'assignee'];

/** One look at one ticket: the same judgement as the pipeline's, and nothing but memory changes by it. */
export function takeTurn(desk: ReplayDesk, held: Held, given: { occasion: Occasion; now: Temporal.Instant }): void {
  const { occasion, now } = given;
  const before = desk.judge.reach(held.ticket, deadAt(held.past, now));
  noteBefore(held, before, occasion);
  const facts = factsFor(desk, { held, ticket: before, occasion, now });
  const judgement = desk.judge.decide(before, { occasion, facts, now });
  const after = judgement.ticket;
  held.ticket = after;
  held.wakeAt = notBefore(judgement.wakeAt, now);
  recount(desk, { before, after, now });
  if (before.assignee !== null && frees(judgement.effects, before)) desk.freed.add(before.assignee);
  if (after.waiting === null) desk.waiting.delete(after.key);
  else desk.waiting.add(after.key);
  noteReports(desk, { before, after }, judgement);
  noteReasons(held, judgement);
  for (const effect of judgement.effects) leave(desk, held, { effect, now });
  remember(desk, held, judgement);
}

function deadAt({ known: { dead } }: PastTicket, now: Temporal.Instant): PastTicket['known']['dead'] {
  return dead === null || compareInstants(dead.since, now) > 0 ? null : dead;
}

/** Keeps what we had made of a field, before a person makes something else of it. */
function noteBefore(held: Held, ticket: Ticket, occasion: Occasion): void {
  const touched = touchedBy(occasion);
  if (touched.length === 0) return;
  const values = valuesOf(ticket);
  for (const field of touched) if (!(field in held.before)) Object.assign(held.before, { [field]: values[field] });
}

function touchedBy(occasion: Occasion): readonly Compared[] {
  if (occasion.kind !== 'edited') return [];
  const { changes, handoff, answer } = occasion;
  const changed = COMPARED.filter((field) => changes.some((change) => change.field === field));
  return handoff === undefined && answer === undefined ? changed : [...changed, ...MOVED_BY_HANDOFF];
}

function notBefore(wakeAt: Temporal.Instant | null, now: Temporal.Instant): Temporal.Instant | null {
  if (wakeAt === null || compareInstants(wakeAt, now) > 0) return wakeAt;
  return now.add(SHORTEST_NAP);
}

function noteReports(
  desk: ReplayDesk,
  { before, after }: { before: Ticket; after: Ticket },
  { wakes }: Judgement,
): void {
  for (const key of wakes) desk.woken.add(key);
  if (before.incident === after.incident) return;
  const { key, number, requester } = after;
  if (before.incident !== null) desk.reports.get(before.incident)?.delete(key);
  if (after.incident !== null) {
    const reports = desk.reports.get(after.incident) ?? new Map();
    desk.reports.set(after.incident, reports.set(key, { key, number, requester: requester.name }));
  }
  for (const incident of [before.incident, after.incident]) if (incident !== null) desk.relinked.add(incident);
}

function noteReasons(held: Held, { reasons }: Judgement): void {
  for (const reason of reasons) {
    const { source, change } = reason;
    if (source.kind === 'rule') held.rules.add(source.name);
    const promised = promiseTold(reason);
    if (promised !== null) held.because.set(promised, reason);
    if (change === null || source.kind === 'person') continue;
    held.because.set(change.field, reason);
    if (change.field === 'escalationLevel') held.escalatedTo = Math.max(held.escalatedTo, Number(change.to));
  }
}

/** Of what would leave the house only its name is kept. */
function leave(desk: ReplayDesk, held: Held, { effect, now }: { effect: Effect; now: Temporal.Instant }): void {
  const { ticket } = held;
  if (effect.kind === 'notify') held.messages.push(`notice ${effect.notice}`);
  if (effect.kind === 'keep' && effect.part === 'surveyedAt' && effect.value !== null) {
    for (const address of addressesOf(ticket.requester)) desk.surveyed.set(address, effect.value);
  }
  if (effect.kind !== 'message') return;
  held.messages.push(`letter ${effect.template}`);
  const said = { by: 'us' as const, at: now, leftAt: null, ticketKey: ticket.key, text: '', fields: {} };
  desk.exchanges.get(effect.to)?.push(said);
  if (effect.template !== desk.policy.intake.acknowledgement) return;
  const to = recipientOf(ticket) ?? '';
  desk.acknowledged.set(to, [...ofToday(desk.acknowledged.get(to), now), now]);
}

/** What a ticket says of its requester, for those to come. */
function remember(desk: ReplayDesk, { ticket }: Held, { reasons }: Judgement): void {
  const { requester, number, openedAt, fields } = ticket;
  if (requester.email === null || Object.keys(fields).length === 0) return;
  const all = desk.earlier.get(requester.email) ?? [];
  const own = all.find((each) => each.number === number);
  const carried = { ...own?.carried };
  for (const { code, params } of reasons) {
    if (code !== 'clarify.remembered') continue;
    const saidAt = Temporal.Instant.from(String(params['saidAt']));
    carried[String(params['field'])] = { ticket: String(params['ticket']), saidAt };
  }
  const others = all.filter((each) => each !== own);
  const now = { number, openedAt, fields, carried };
  desk.earlier.set(
    requester.email,
    own === undefined ? [now, ...others].slice(0, MOST_EARLIER) : all.map((each) => (each === own ? now : each)),
  );
}

/** Whether nothing more comes of it, so that it need not be held any longer. */
export function isOver({ ticket, wakeAt, deedsLeft }: Held): boolean {
  return deedsLeft === 0 && wakeAt === null && ticket.waiting === null && !isOpen(ticket.status);
}
