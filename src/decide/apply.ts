import type { Clock } from '../domain/clock.ts';
import type { Effect } from '../domain/effect.ts';
import type { FieldValue, Override, RowNews, Ticket, TicketField } from '../domain/ticket.ts';
import { lettersAfter } from './letters.ts';
import { mistakesOf } from './opinions/mistakes.ts';

/**
 * The fields that we leave alone once a person chose them. The others stay movable by both sides: a status
 * that a person set to pending must still open when the customer answers, and a review that a person ended
 * may be needed again.
 */
const KEPT_AS_CHOSEN: ReadonlySet<TicketField> = new Set([
  'language',
  'category',
  'severity',
  'priority',
  'queue',
  'assignee',
  'tags',
  'accountable',
  'incident',
  'knownIncident',
]);

/** Whether automation leaves a field alone once a person chose it. */
export function isKeptAsChosen(field: string): boolean {
  const kept: ReadonlySet<string> = KEPT_AS_CHOSEN;
  return kept.has(field);
}

/** Of these an empty one is a choice too: whoever unlinks a ticket does not want it linked again. */
const EMPTY_AS_CHOSEN: ReadonlySet<TicketField> = new Set(['incident']);

/** The ticket as it stands after an effect. Of letters it only counts how many go. */
export function applyEffect(ticket: Ticket, effect: Effect, now: Temporal.Instant): Ticket {
  switch (effect.kind) {
    case 'change':
      return applyChange(ticket, effect, now);
    case 'clock':
      return { ...ticket, clocks: withClock(ticket.clocks, effect.clock), updatedAt: now };
    case 'keep':
      return { ...ticket, [effect.part]: effect.value, updatedAt: now };
    case 'row':
      return { ...ticket, row: rowAfter(ticket.row, effect.row), updatedAt: now };
    case 'message':
      return { ...ticket, letters: lettersAfter(ticket.letters, now) };
    case 'withdraw':
    case 'notify':
      return ticket;
  }
}

function applyChange(ticket: Ticket, effect: Extract<Effect, { kind: 'change' }>, now: Temporal.Instant): Ticket {
  const { field, to } = effect;
  const isAssignment = field === 'assignee' && to !== null && to !== ticket.assignee;
  return {
    ...ticket,
    [field]: to,
    assignmentCount: ticket.assignmentCount + (isAssignment ? 1 : 0),
    overrides: overridesAfter(ticket, effect, now),
    updatedAt: now,
  };
}

/** Who had said something else of the category than a person does now. */
function mistakesShown(ticket: Ticket, { field, to }: Extract<Effect, { kind: 'change' }>): Pick<Override, 'mistakes'> {
  const mistakes = field === 'category' && typeof to === 'string' ? mistakesOf(ticket, to) : [];
  return mistakes.length === 0 ? {} : { mistakes };
}

/** Who empties a field leaves it to us again; so most emptied fields are no override. */
function overridesAfter(
  ticket: Ticket,
  effect: Extract<Effect, { kind: 'change' }>,
  now: Temporal.Instant,
): Ticket['overrides'] {
  const { overrides } = ticket;
  const { field, from, to, by } = effect;
  if (!isKeptAsChosen(field)) return overrides;
  const isChoice = to !== null || EMPTY_AS_CHOSEN.has(field);
  if (isChoice && by === null) return overrides;
  if (isChoice) return { ...overrides, [field]: { by, at: now, from, to, ...mistakesShown(ticket, effect) } };
  if (overrides[field] === undefined) return overrides;
  return Object.fromEntries(Object.entries(overrides).filter(([name]) => name !== field));
}

function withClock(clocks: readonly Clock[], clock: Clock): readonly Clock[] {
  const { metric, kind, instance } = clock;
  const index = clocks.findIndex(
    (other) => other.metric === metric && other.kind === kind && other.instance === instance,
  );
  return index < 0 ? [...clocks, clock] : clocks.with(index, clock);
}

/** What a row says after news of it. */
export function rowAfter(row: Ticket['row'], news: RowNews): Ticket['row'] {
  const all: RowNews = { ...row, ...news };
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** Whether two field values say the same; lists are compared as sets. */
export function sameValue(one: FieldValue, other: FieldValue): boolean {
  if (one instanceof Temporal.Instant || other instanceof Temporal.Instant) {
    if (!(one instanceof Temporal.Instant) || !(other instanceof Temporal.Instant)) return false;
    // A tenth of what `equals` costs, and asked for every due time.
    return one.epochNanoseconds === other.epochNanoseconds;
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value) => other.includes(value));
  }
  return one === other;
}
