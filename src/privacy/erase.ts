/**
 * Erases what the desk holds of somebody: who they are and what was written, by them and to them. How many tickets there
 * were, when, of which category, and who worked on them stays, so that reports still add up.
 */
import { asc, inArray, sql } from 'drizzle-orm';
import type { LoadedConfig } from '../config/live.ts';
import type { Connection, Queries } from '../db/connection.ts';
import { inLane } from '../db/lane.ts';
import { wantLearning } from '../db/learning-mark.ts';
import { decisions, tickets } from '../db/schema.ts';
import { erasedName } from '../domain/erasure.ts';
import { sentenceOf } from '../domain/sentence.ts';
import type { Reason } from '../domain/decision.ts';
import { identityName } from '../domain/requester.ts';
import { isOpen, type Ticket } from '../domain/ticket.ts';
import { createIds } from '../kit/new-ids.ts';
import type { Now } from '../ports/now.ts';
import { findPerson } from './person.ts';
import { redactedDecision } from './redact-decision.ts';
import { redactedTicket, withoutSubjectsOf } from './redact-ticket.ts';
import { eraseBeside, type ErasedBeside, type Traces } from './traces.ts';
import { wordsOfConfig } from './words-of-config.ts';

/** Tickets to one statement. */
const PAGE = 200;

/** Columns that are written once and left alone after; what stands in them of an erased ticket is written over. */
const WRITTEN_ONCE = ['description', 'fileLinks', 'internalNotes'];

export interface ErasingParts {
  connection: Connection;
  config: { current(): LoadedConfig };
  now: Now;
}

/** What was erased, or would be. */
export interface Erased extends ErasedBeside {
  /** Numbers of tickets. */
  tickets: readonly number[];
  /** Of these, the ones that are open still. */
  open: readonly number[];
  decisions: number;
}

/** By what the person was known, and what was erased. */
export interface ErasedPerson {
  knownAs: readonly string[];
  erased: Erased;
}

/**
 * Erases a person with everything by which they are known.
 *
 * @throws Problem `person.not-named`
 */
export async function erasePerson(parts: ErasingParts, asked: { who: string; by: string }): Promise<ErasedPerson> {
  const done = await inLane(parts.connection, (tx) => eraseIn({ ...parts, tx }, asked));
  if (done.erased.tickets.length > 0) await wantLearning(parts.connection);
  return done;
}

/** What erasing would do: all of it is done, and then undone with its transaction. */
export async function wouldErase(parts: ErasingParts, asked: { who: string; by: string }): Promise<ErasedPerson> {
  const undone: { would?: ErasedPerson } = {};
  const onlyTried = new Error('It was only tried.');
  await inLane(parts.connection, async (tx) => {
    undone.would = await eraseIn({ ...parts, tx }, asked);
    throw onlyTried;
  }).catch((error: unknown) => {
    if (error !== onlyTried) throw error;
  });
  if (undone.would === undefined) throw new Error('It was not tried.');
  return undone.would;
}

async function eraseIn(
  parts: Pick<ErasingParts, 'config' | 'now'> & { tx: Queries },
  { who, by }: { who: string; by: string },
): Promise<ErasedPerson> {
  const { identities, names, tickets: theirs } = await findPerson(parts.tx, who);
  const keys = theirs.map(({ key }) => key);
  const erased = await eraseTickets(parts, { keys, values: identities.map(({ value }) => value), names }, by);
  return { knownAs: identities.map(identityName), erased };
}

async function eraseTickets(
  parts: Pick<ErasingParts, 'config' | 'now'> & { tx: Queries },
  traces: Traces,
  by: string,
): Promise<Erased> {
  const { tx, now } = parts;
  const { keys } = traces;
  const newId = createIds();
  const nameOf = namesAnew(newId(now()).slice(-8));
  const reason = reasonOf(by);
  const sentence = sentenceOf(reason);
  const held = await ticketsOf(tx, keys);
  const subjects = held.map(({ subject }) => subject);
  const counted = await eraseBeside(tx, { ...traces, subjects, now: now() });
  await saveTickets(
    tx,
    held.map((ticket) => redactedTicket(ticket, { name: nameOf(ticket), why: sentence })),
    now(),
  );
  const erasedDecisions = await eraseDecisions(parts, keys, new Set(traces.names));
  const numbers = new Set(held.map(({ number }) => number));
  await forgetSubjects(tx, { keys, numbers, now: now() });
  if (held.length > 0) {
    const { version } = parts.config.current();
    const { stage, code, params, evidence, source } = reason;
    const row = { at: now(), stage, code, params, evidence, source, sentence, configVersion: version };
    await tx.insert(decisions).values(keys.map((ticketKey) => ({ id: newId(now()), ticketKey, ...row })));
    // What was learned knows their words; it is learned anew without them.
    await tx.execute(sql`delete from learned_models`);
    await tx.execute(sql`delete from learned_proposals`);
  }
  const open = held.filter(({ status }) => isOpen(status));
  return {
    tickets: [...numbers],
    open: open.map(({ number }) => number),
    decisions: erasedDecisions,
    ...counted,
  };
}

/** One name for each address, as reports count customers by these. */
function namesAnew(token: string): (ticket: Ticket) => string {
  const known = new Map<string, number>();
  return ({ requester: { email, name } }) => {
    const at = known.getOrInsertComputed(email ?? name, () => known.size);
    return erasedName(at === 0 ? token : `${token}-${at + 1}`);
  };
}

function reasonOf(by: string): Reason {
  const source = { kind: 'person' as const, name: by };
  return { stage: 'edit', code: 'edit.erased', params: { by }, change: null, evidence: [], source, opinion: null };
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
      update tickets set ticket = page.ticket, fingerprint = 'erased', version = version + 1, sent = '{}',
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
  { tx, config }: Pick<ErasingParts, 'config'> & { tx: Queries },
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

/** Other tickets name these by their subjects: as related ones, and as the nearest of an opinion. */
async function forgetSubjects(
  tx: Queries,
  { keys, numbers, now }: { keys: readonly string[]; numbers: ReadonlySet<number>; now: Temporal.Instant },
): Promise<void> {
  if (numbers.size === 0) return;
  const named = sql`select jsonb_array_elements_text(${JSON.stringify([...numbers])}::jsonb)::bigint`;
  const own = sql`select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb)`;
  const rows = await tx.select({ ticket: tickets.ticket }).from(tickets).where(sql`${tickets.key} not in (${own}) and (
      exists (select from jsonb_array_elements(ticket -> 'related') as one where (one ->> 'number')::bigint in (${named}))
      or exists (select from jsonb_array_elements((ticket -> 'opinions') || (ticket -> 'proposals')) as one
        where (one #>> '{nearest,number}')::bigint in (${named}))
    )`);
  const page = rows.map(({ ticket }) => ({ key: ticket.key, ticket: withoutSubjectsOf(ticket, numbers) }));
  await tx.execute(sql`
    update tickets set ticket = page.ticket, version = version + 1, write_at = null,
      dirty_since = case when detached_at is null then coalesce(dirty_since, ${now.toString()}::timestamptz) end
    from jsonb_to_recordset(${JSON.stringify(page)}::jsonb) as page (key text, ticket jsonb)
    where tickets.key = page.key
  `);
}
