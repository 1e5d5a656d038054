import { isKeptAsChosen } from '../decide/apply.ts';
import { fingerprintOf } from '../decide/placement.ts';
import { type Arrival, ticketSaid } from '../decide/ticket-said.ts';
import type { InboundMessage } from '../domain/message.ts';
import type { FieldValue, Override, Ticket, TicketField } from '../domain/ticket.ts';
import { type Desk, type Held, recount } from './desk.ts';

/** A ticket that a person began in the base: its row, and the cells that the person filled in. */
export interface HandTyped {
  rowId: string;
  by: string;
  chosen: Readonly<Partial<Record<TicketField, FieldValue>>>;
  row: Ticket['row'];
}

interface Origin {
  handTyped?: HandTyped;
  followUpOf?: Ticket['followUpOf'];
}

/** Begins a ticket as it stands before anything is decided: new, in the default queue, owed to nobody yet. */
export function newTicket(desk: Desk, message: InboundMessage, given: Arrival & Origin): Held {
  const ticket: Ticket = {
    ...ticketSaid(message, given, { policy: desk.config.policy, now: desk.now }),
    key: desk.newId(given.receivedAt),
    number: desk.nextNumber,
    row: given.handTyped?.row ?? {},
    followUpOf: given.followUpOf ?? null,
    ...chosenByHand(given.handTyped, desk.now),
  };
  desk.nextNumber += 1;
  const held = {
    ticket,
    wakeAt: null,
    fingerprint: fingerprintOf(message),
    judgedVersion: null,
    judgedModel: null,
    rowId: given.handTyped?.rowId ?? null,
    touched: true,
    changed: true,
  };
  desk.held.set(ticket.key, held);
  recount(desk, null, ticket);
  return held;
}

/** What a person filled in is theirs from the start: triage and routing leave it alone, as after an edit. */
function chosenByHand(handTyped: HandTyped | undefined, now: Temporal.Instant): Partial<Ticket> {
  if (handTyped === undefined) return {};
  const overrides = Object.fromEntries(
    Object.entries(handTyped.chosen)
      .filter(([field]) => isKeptAsChosen(field))
      .map(([field, to]): [string, Override] => [field, { by: handTyped.by, at: now, from: null, to }]),
  );
  return { ...handTyped.chosen, overrides } as Partial<Ticket>;
}
