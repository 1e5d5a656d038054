import { asc, inArray, sql } from 'drizzle-orm';
import type { LoadedConfig } from '../config/live.ts';
import type { Queries } from '../db/connection.ts';
import { decisions, tickets } from '../db/schema.ts';
import type { Reason } from '../domain/decision.ts';
import { erasedName } from '../domain/erasure.ts';
import { sentenceOf } from '../domain/sentence.ts';
import { isOpen, type Ticket } from '../domain/ticket.ts';
import { createIds } from '../kit/new-ids.ts';
import type { Now } from '../ports/now.ts';
import { FILES_COLUMN } from '../ports/ticket-store.ts';
import { redactedDecision } from './redact-decision.ts';
import { redactedTicket } from './redact-ticket.ts';
import { eraseBeside, type ErasedBeside, type Traces } from './traces.ts';
import { wordsOfConfig } from './words-of-config.ts';

/** Tickets to one statement. */
const PAGE = 200;

/** Columns that are written once and left alone after; what stands in them of an erased ticket is written over. */
const WRITTEN_ONCE = ['description', 'fileLinks', 'internalNotes', FILES_COLUMN];

/** Marks a ticket that was erased, where its text is not at hand; it is nobody's twin any more. */
export const FINGERPRINT_OF_ERASED = 'erased';

export interface ErasingTickets {
  tx: Queries;
  config: { current(): LoadedConfig };
  now: Now;
  /** What stands in place of the name of who asked. */
  nameOf: (ticket: Ticket) => string;
}

/** What was erased, or would be. */
export interface ErasedTickets extends ErasedBeside {
  /** Numbers of tickets. */
  tickets: readonly number[];
  /** Of these, the ones that are open still. */
  open: readonly number[];
  decisions: number;
}

/** Erases who asked and what was written, in the tickets and in all that is theirs. For the lane in which tickets are decided. */
export async function eraseTickets(
  parts: ErasingTickets,
  traces: Traces,
  reasonOf: (ticket: Ticket) => Reason,
): Promise<ErasedTickets> {
  const { tx, now, nameOf } = parts;
  const { keys } = traces;
  const newId = createIds();
  const held = await ticketsOf(tx, keys);
  const subjects = held.map(({ subject }) => subject);
  const counted = await eraseBeside(tx, { ...traces, subjects, now: now() });
  await saveTickets(
    tx,
    held.map((ticket) => redactedTicket(ticket, { name: nameOf(ticket), why: sentenceOf(reasonOf(ticket)) })),
    now(),
  );
  const erasedDecisions = await eraseDecisions(parts, keys, new Set(traces.names));
  await noteErasure(
    parts,
    held.map((ticket) => ({ id: newId(now()), ticketKey: ticket.key, reason: reasonOf(ticket) })),
  );
  const open = held.filter(({ status }) => isOpen(status));
  return {
    tickets: held.map(({ number }) => number),
    open: open.map(({ number }) => number),
    decisions: erasedDecisions,
    ...counted,
  };
}

async function noteErasure(
  { tx, config, now }: ErasingTickets,
  noted: readonly { id: string; ticketKey: string; reason: Reason }[],
): Promise<void> {
  const configVersion = config.current().version;
  for (let from = 0; from < noted.length; from += PAGE) {
    const rows = noted.slice(from, from + PAGE).map(({ id, ticketKey, reason }) => {
      const { stage, code, params, evidence, source } = reason;
      const said = { stage, code, params, evidence, source, sentence: sentenceOf(reason) };
      return { id, ticketKey, at: now(), ...said, configVersion };
    });
    await tx.insert(decisions).values(rows);
  }
}

/** One name for each address, as reports count customers by these. */
export function newNames(at: Temporal.Instant): (ticket: Ticket) => string {
  const token = createIds()(at).slice(-8);
  const known = new Map<string, number>();
  return ({ requester: { email, name } }) => {
    const place = known.getOrInsertComputed(email ?? name, () => known.size);
    return erasedName(place === 0 ? token : `${token}-${place + 1}`);
  };
}

async function ticketsOf(tx: Queries, keys: readonly string[]): Promise<readonly Ticket[]> {
  if (keys.length === 0) return [];
  const rows = await tx
    .select({ ticket: tickets.ticket })
    .from(tickets)
    .where(inArray(tickets.key, [...keys]))
    .orderBy(asc(tickets.number));
  return rows.map(({ ticket }) => ticket);
}

/** The row of the base is owed all of it, the columns that are else written once, too. */
async function saveTickets(tx: Queries, changed: readonly Ticket[], now: Temporal.Instant): Promise<void> {
  for (let from = 0; from < changed.length; from += PAGE) {
    const page = changed.slice(from, from + PAGE).map((ticket) => ({ key: ticket.key, ticket }));
    await tx.execute(sql`
      update tickets set ticket = page.ticket, fingerprint = ${FINGERPRINT_OF_ERASED}, version = version + 1, sent = '{}',
        withheld = ${JSON.stringify(WRITTEN_ONCE)}::jsonb, write_at = null,
        dirty_since = case when detached_at is null then coalesce(dirty_since, ${now.toString()}::timestamptz) end
      from jsonb_to_recordset(${JSON.stringify(page)}::jsonb) as page (key text, ticket jsonb)
      where tickets.key = page.key
    `);
    await tx.execute(sql`
      update outcomes set customer = page.ticket #>> '{requester,name}'
      from jsonb_to_recordset(${JSON.stringify(page)}::jsonb) as page (key text, ticket jsonb)
      where outcomes.ticket_key = page.key
    `);
  }
}

async function eraseDecisions(
  { tx, config }: ErasingTickets,
  keys: readonly string[],
  names: ReadonlySet<string>,
): Promise<number> {
  const ours = wordsOfConfig(config.current().policy);
  const whose = { isOurs: (word: string) => ours.has(word), isTheirs: (name: string) => names.has(name) };
  let erased = 0;
  for (let from = 0; from < keys.length; from += PAGE) {
    const { id, field, params, fromValue, toValue, evidence, sentence, source } = decisions;
    const rows = await tx
      .select({ id, field, params, fromValue, toValue, evidence, sentence, source })
      .from(decisions)
      .where(inArray(decisions.ticketKey, keys.slice(from, from + PAGE)));
    const redacted = rows.map((row) => redactedDecision(row, whose));
    erased += redacted.length;
    await tx.execute(sql`
      update decisions set params = page.params, from_value = page."fromValue", to_value = page."toValue",
        evidence = page.evidence, sentence = page.sentence, source = page.source
      from jsonb_to_recordset(${JSON.stringify(redacted)}::jsonb) as page (id text, params jsonb, "fromValue" jsonb,
        "toValue" jsonb, evidence jsonb, sentence text, source jsonb)
      where decisions.id = page.id
    `);
  }
  return erased;
}
