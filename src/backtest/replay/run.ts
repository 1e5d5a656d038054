/**
 * The past once more, under one policy. The same `decide` as everywhere; the desk is nouns in memory. Nothing that
 * writes, sends or asks is handed in, and no file of this folder can reach any: the boundaries forbid it.
 */
import { compareWaiting } from '../../decide/routing/index.ts';
import { compareInstants } from '../../decide/sla/moment.ts';
import type { Reason } from '../../domain/decision.ts';
import type { InboundMessage } from '../../domain/message.ts';
import type { Occasion } from '../../domain/occasion.ts';
import { isOpen } from '../../domain/ticket.ts';
import { begin } from './begin.ts';
import { addLoad, type DeskGiven, type Held, heldNumbered, openReplayDesk, type ReplayDesk, setLoad } from './desk.ts';
import { createHeap, type Heap } from './heap.ts';
import { type Outcome, slaOf, valuesOf } from './outcome.ts';
import type { Absence, Burden, Deed, PastTicket } from './past.ts';
import { isOver, takeTurn } from './turn.ts';

/** As in the pipeline: so many woken tickets are looked at at once, so many waiting ones are offered a place. */
const WOKEN_AT_ONCE = 20;
const OFFERED = 50;

/** Sweeps come with the minute. */
const SWEEP = { smallestUnit: 'minute', roundingMode: 'ceil' } as const;

/** Older words of a day ago are compared with nothing. */
const FORGET_AFTER = { hours: 24 };

export interface RunGiven extends DeskGiven {
  absences: readonly Absence[];
  burdens: readonly Burden[];
  onOutcome(outcome: Outcome): void;
}

/** One replay. Time passes in it only as it is told. */
export interface Run {
  add(tickets: readonly PastTicket[]): void;
  /** Has the next thing happen that happened, or fell due, up to the moment; false when there is none. */
  step(until: Temporal.Instant): boolean;
  /** Gives the outcomes of all that is still open. */
  end(): void;
}

/** A moment, and its milliseconds, by which a heap sorts: to ask the moment for them costs as much as the rest. */
interface Timed {
  at: Temporal.Instant;
  milliseconds: number;
}

/** Something that happens at its time, whatever the policy. */
interface Event extends Timed {
  seq: number;
  happen(now: Temporal.Instant): void;
}

interface Wake extends Timed {
  held: Held;
}

interface Stage {
  desk: ReplayDesk;
  given: RunGiven;
  events: Heap<Event>;
  wakes: Heap<Wake>;
}

export function createRun(given: RunGiven): Run {
  const desk = openReplayDesk(given);
  const stage: Stage = { desk, given, events: createHeap(inOrder), wakes: createHeap<Wake>(byTime) };
  for (const { agent, awayAt } of given.absences) {
    stage.events.add({ ...timed(awayAt), seq: 0, happen: () => setLoad(desk, agent, { away: true }) });
  }
  for (const burden of given.burdens) takeUp(stage, burden);
  return {
    add: (tickets) => tickets.forEach((past) => schedule(stage, past)),
    step: (until) => step(stage, until),
    end() {
      for (const held of desk.held.values()) given.onOutcome(outcomeOf(held));
      desk.held.clear();
    },
  };
}

function takeUp({ desk, events }: Stage, { agent, endsAt }: Burden): void {
  addLoad(desk, agent, 1);
  if (endsAt === null) return;
  const happen = () => {
    addLoad(desk, agent, -1);
    desk.freed.add(agent);
  };
  events.add({ ...timed(endsAt), seq: 0, happen });
}

function schedule(stage: Stage, past: PastTicket): void {
  stage.events.add({ ...timed(past.at), seq: past.seq, happen: (now) => open(stage, past, now) });
}

/** What falls due comes before what happens after it; a sweep takes all that is due at its minute. */
function step(stage: Stage, until: Temporal.Instant): boolean {
  const next = stage.events.first();
  const isNext = next !== undefined && compareInstants(next.at, until) <= 0;
  const limit = isNext ? next.at : until;
  const wake = firstWake(stage);
  if (wake !== undefined && compareInstants(wake.at, limit) <= 0) {
    const tick = wake.at.round(SWEEP);
    sweep(stage, compareInstants(tick, limit) < 0 ? tick : limit);
    return true;
  }
  if (!isNext) return false;
  stage.events.takeFirst();
  next.happen(next.at);
  settle(stage, next.at);
  return true;
}

/** Forgets on the way what asked to be woken and then was looked at earlier. */
function firstWake({ wakes }: Stage): Wake | undefined {
  for (;;) {
    const wake = wakes.first();
    if (wake === undefined || wake.held.wakeAt === wake.at) return wake;
    wakes.takeFirst();
  }
}

function sweep(stage: Stage, now: Temporal.Instant): void {
  const due: Wake[] = [];
  for (let wake = firstWake(stage); wake !== undefined; wake = firstWake(stage)) {
    if (compareInstants(wake.at, now) > 0) break;
    stage.wakes.takeFirst();
    due.push(wake);
  }
  due.sort((one, other) => byTime(one, other) || compareWaiting(one.held.ticket, other.held.ticket));
  for (const { held } of due) turn(stage, held, { kind: 'due' }, now);
  settle(stage, now);
}

// oxlint-disable-next-line max-params -- of a turn these four are what there is to say
function turn(stage: Stage, held: Held, occasion: Occasion, now: Temporal.Instant): void {
  takeTurn(stage.desk, held, { occasion, now });
  if (held.wakeAt !== null) stage.wakes.add({ ...timed(held.wakeAt), held });
  letGoIfOver(stage, held);
}

/** What the turns of this moment leave to be done, as at the end of a transaction; then whoever is done with is let go. */
function settle(stage: Stage, now: Temporal.Instant): void {
  const { desk } = stage;
  lookAtWoken(stage, now);
  giveRoom(stage, now);
  desk.freed.clear();
  desk.assignments = 0;
}

function lookAtWoken(stage: Stage, now: Temporal.Instant): void {
  const { woken, relinked, held } = stage.desk;
  for (let looked = 0; looked < WOKEN_AT_ONCE && woken.size > 0; looked += 1) {
    const [key = ''] = woken;
    woken.delete(key);
    const found = held.get(key);
    if (found !== undefined) turn(stage, found, { kind: 'due' }, now);
  }
  for (const number of [...relinked]) {
    const found = heldNumbered(stage.desk, number);
    if (found !== undefined) turn(stage, found, { kind: 'due' }, now);
    relinked.delete(number);
  }
  for (const key of woken) leaveToSweep(stage, held.get(key), now);
  woken.clear();
}

function leaveToSweep({ wakes }: Stage, held: Held | undefined, now: Temporal.Instant): void {
  if (held === undefined) return;
  held.wakeAt = now;
  wakes.add({ ...timed(now), held });
}

/** Offers the places that turns have freed to those who wait in the queues of whoever has room now. */
function giveRoom(stage: Stage, now: Temporal.Instant): void {
  const { freed, policy } = stage.desk;
  if (freed.size === 0) return;
  for (const { name, method, members } of Object.values(policy.queues)) {
    if (method === 'none' || !members.some((member) => freed.has(member))) continue;
    serve(
      stage,
      waitingIn(stage.desk, ({ ticket }) => ticket.queue === name),
      now,
    );
  }
}

function waitingIn({ waiting, held }: ReplayDesk, isMeant: (held: Held) => boolean): readonly Held[] {
  return [...waiting]
    .flatMap((key) => held.get(key) ?? [])
    .filter(isMeant)
    .toSorted((one, other) => compareWaiting(one.ticket, other.ticket))
    .slice(0, OFFERED);
}

function serve(stage: Stage, waiting: readonly Held[], now: Temporal.Instant): void {
  for (const held of waiting) if (held.ticket.waiting !== null) turn(stage, held, { kind: 'due' }, now);
}

function open(stage: Stage, past: PastTicket, now: Temporal.Instant): void {
  const { desk, given } = stage;
  const isDue = ({ wakeAt }: Held) => wakeAt !== null && compareInstants(wakeAt, now) <= 0;
  serve(stage, waitingIn(desk, isDue), now);
  const held = begin(desk, past, now);
  if ('leftOut' in held) return given.onOutcome(leftOutcome(past, held.leftOut));
  hearThem(desk, held, { text: past.opening.text, fields: past.opening.fields, at: past.receivedAt });
  held.found = foundAt(past, now);
  turn(stage, held, { kind: 'received', message: past.opening }, now);
  held.found = null;
  for (const deed of past.deeds) {
    const happen = (moment: Temporal.Instant) => perform(stage, held, { deed, now: moment });
    stage.events.add({ ...timed(deed.at), seq: deed.seq, happen });
  }
}

/** The incident that a ticket was found to report as it came in. */
function foundAt({ deeds }: PastTicket, now: Temporal.Instant): number | null {
  const found = deeds.find((deed) => deed.does === 'link' && deed.at.equals(now));
  return found?.does === 'link' ? found.incident : null;
}

function perform(stage: Stage, held: Held, { deed, now }: { deed: Deed; now: Temporal.Instant }): void {
  held.deedsLeft -= 1;
  if (deed.does === 'link') {
    held.found = deed.incident;
    if (held.ticket.incident !== deed.incident) turn(stage, held, { kind: 'due' }, now);
    held.found = null;
  } else {
    hear(stage.desk, held, deed.occasion);
    turn(stage, held, deed.occasion, now);
  }
  // A link that was made as the ticket came in takes no turn of its own.
  letGoIfOver(stage, held);
}

/** What a ticket learns by being written to, before anything is judged. */
function hear(desk: ReplayDesk, held: Held, occasion: Occasion): void {
  if (occasion.kind === 'noted') held.internalNotes += 1;
  if (occasion.kind !== 'replied') return;
  const { at, by, text } = occasion;
  held.ticket = desk.judge.hear(held.ticket, occasion);
  if (by === 'customer') hearThem(desk, held, { text, fields: {}, at });
}

function hearThem(
  desk: ReplayDesk,
  { ticket }: Held,
  said: Pick<InboundMessage, 'text' | 'fields'> & { at: Temporal.Instant },
): void {
  const address = ticket.requester.email;
  if (address === null) return;
  const since = said.at.subtract(FORGET_AFTER);
  const before = desk.exchanges.get(address) ?? [];
  const recent = before.filter(({ at }) => compareInstants(at, since) > 0);
  desk.exchanges.set(address, [...recent, { by: 'them', leftAt: null, ticketKey: ticket.key, ...said }]);
}

function letGoIfOver({ desk, given }: Stage, held: Held): void {
  if (!isOver(held) || !desk.held.has(held.ticket.key)) return;
  desk.held.delete(held.ticket.key);
  desk.keys.delete(held.ticket.number);
  given.onOutcome(outcomeOf(held));
}

function outcomeOf({ ticket, before, escalatedTo, because, messages, rules }: Held): Outcome {
  const { key, number, subject, advice } = ticket;
  const own = { ...valuesOf(ticket), ...before, escalationLevel: escalatedTo };
  const awaitsModel = advice !== null && advice.endedAt === null && isOpen(ticket.status);
  const said = { own, final: ticket, because, messages, rules, sla: slaOf(ticket), awaitsModel };
  return { key, number, subject, leftOut: null, ...said };
}

function leftOutcome({ key, number, opening }: PastTicket, leftOut: string): Outcome {
  const own: Outcome['own'] = {
    category: null,
    priority: 'low',
    queue: '',
    assignee: null,
    firstResponseDueAt: null,
    resolutionDueAt: null,
    tags: [],
    escalationLevel: 0,
  };
  const nothing = {
    final: null,
    because: new Map<string, Reason>(),
    messages: [],
    rules: new Set([leftOut]),
    awaitsModel: false,
  };
  return {
    key,
    number,
    subject: opening.subject,
    leftOut,
    own,
    sla: { firstResponse: 'none', resolution: 'none' },
    ...nothing,
  };
}

function timed(at: Temporal.Instant): Timed {
  return { at, milliseconds: at.epochMilliseconds };
}

function inOrder(one: Event, other: Event): number {
  return byTime(one, other) || one.seq - other.seq;
}

function byTime(one: Timed, other: Timed): number {
  return one.milliseconds - other.milliseconds || compareInstants(one.at, other.at);
}
