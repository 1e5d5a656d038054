import type { Problem } from '../../src/domain/problem.ts';
import type { RowWrite } from '../../src/ports/ticket-store.ts';
import { patch } from './patch.ts';
import { AirtableProblem, isLocked, isRefusal, keyLocked, notFitted } from './problems.ts';
import type { Sending } from './settle.ts';

/**
 * Writes rows without the columns that are locked for the token's owner, and tells how each of them went.
 * Where Airtable refuses a column of which we did not know, it is found out, and all else is written.
 *
 * @throws Problem `airtable.key-locked`, or of the request
 */
export async function sendUnlocked(sending: Sending, batch: readonly RowWrite[]): Promise<void> {
  const { locks } = sending.base;
  const shut = locks.shut(sending.schema);
  const refused = await refusalOf(sending, batch, shut);
  if (refused === null) return;
  await locks.findInTurn(async () => {
    const shutNow = locks.shut(sending.schema);
    // What another batch found out meanwhile may be all that there is.
    const still = shutNow.size > shut.size ? await refusalOf(sending, batch, shutNow) : refused;
    if (still !== null) await findOut(sending, batch, still);
  });
}

/** Null where the rows were written. */
async function refusalOf(
  sending: Sending,
  batch: readonly RowWrite[],
  shut: ReadonlySet<string>,
): Promise<AirtableProblem | null> {
  const open = without(columnsOf(batch), shut);
  try {
    noteSent(sending, batch, { ids: await patch(sending, withOnly(batch, open)), shut });
    await sending.base.locks.noteOpen(sending.schema, open);
    return null;
  } catch (error) {
    if (isLocked(error)) return error;
    throw error;
  }
}

function noteSent(
  { outcomes }: Sending,
  batch: readonly RowWrite[],
  { ids, shut }: { ids: readonly (string | null)[]; shut: ReadonlySet<string> },
): void {
  for (const [index, { key, cells }] of batch.entries()) {
    const id = ids[index] ?? null;
    const left = Object.keys(cells).filter((name) => shut.has(name));
    if (id !== null) outcomes.set(key, { key, id, ...(left.length > 0 && { left }) });
  }
}

/**
 * Finds out what is locked, and writes the rest. Of a row that is there Airtable mostly names the field that it
 * refuses; of one that would be made never. So new rows are made with their key alone first, which is told as soon
 * as it is done: half a row of which nobody knows would look as if a person had emptied the other half.
 */
async function findOut(sending: Sending, batch: readonly RowWrite[], refused: AirtableProblem): Promise<void> {
  const { locks } = sending.base;
  const isBegun = batch.some(({ id }) => id === null);
  const rows = isBegun ? await begin(sending, batch) : batch;
  let still = isBegun ? await refusalOf(sending, rows, locks.shut(sending.schema)) : refused;
  while (still !== null) {
    const named = namedIn(sending, still);
    if (named.length === 0) break;
    await locks.noteShut(sending.schema, named);
    still = await refusalOf(sending, rows, locks.shut(sending.schema));
  }
  if (still === null) return;
  if (isBegun) throw notFitted();
  await sendInParts(sending, rows);
}

/** @throws Problem `airtable.key-locked` */
async function begin(sending: Sending, batch: readonly RowWrite[]): Promise<readonly RowWrite[]> {
  const fresh = batch.filter(({ id }) => id === null);
  if ((await refusalOf(sending, fresh, new Set(columnsOf(fresh)))) !== null) throw keyLockedIn(sending);
  return batch.map((row) => {
    const outcome = sending.outcomes.get(row.key);
    return row.id === null && outcome !== undefined && 'id' in outcome ? { ...row, id: outcome.id } : row;
  });
}

/** What writing rows in parts has brought so far. */
interface Parts {
  sending: Sending;
  batch: readonly RowWrite[];
  locked: Set<string>;
  /** Something else that Airtable did not like. */
  other: AirtableProblem | null;
}

/** Writes each cell once, in as few parts as it takes to find the columns that are locked. */
async function sendInParts(sending: Sending, batch: readonly RowWrite[]): Promise<void> {
  const { base, schema } = sending;
  const shut = base.locks.shut(schema);
  const open = without(columnsOf(batch), shut);
  const parts: Parts = { sending, batch, locked: new Set(), other: null };
  if (isLocked(await refusalOfPart(parts, []))) throw keyLockedIn(sending);
  try {
    for (const part of partsOf(parts, open)) await writeColumns(parts, part);
  } finally {
    await base.locks.noteShut(schema, parts.locked);
  }
  await base.locks.noteOpen(schema, without(open, parts.locked));
  // Rows that were written in part are looked at before they are written again, in the next round.
  if (parts.other !== null) throw parts.locked.size === 0 ? parts.other : notFitted();
  noteSent(sending, batch, { ids: batch.map(({ id }) => id), shut: shut.union(parts.locked) });
}

/** Halves what is refused until each locked column stands alone. */
async function writeColumns(parts: Parts, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const refused = await refusalOfPart(parts, names);
  if (refused === null) return;
  if (names.length > 1) for (const part of partsOf(parts, names)) await writeColumns(parts, part);
  else if (isLocked(refused)) for (const name of names) parts.locked.add(name);
  else parts.other = refused;
}

/** Two halves; columns that were locked before stand apart at once. */
function partsOf({ sending: { base, schema } }: Parts, names: readonly string[]): (readonly string[])[] {
  const suspects = base.locks.suspects(schema);
  const known = names.filter((name) => suspects.has(name));
  if (known.length > 0 && known.length < names.length) return [without(names, suspects), known];
  const half = Math.ceil(names.length / 2);
  return [names.slice(0, half), names.slice(half)];
}

/** Null where the part was written; whatever is no refusal is thrown. */
async function refusalOfPart(parts: Parts, names: readonly string[]): Promise<AirtableProblem | null> {
  try {
    await patch(parts.sending, withOnly(parts.batch, names));
    return null;
  } catch (error) {
    if (isLocked(error) || isRefusal(error) || isGone(error)) return error;
    throw error;
  }
}

function isGone(error: unknown): error is AirtableProblem {
  return error instanceof AirtableProblem && error.answer.status === 404;
}

/** The columns that an answer names, of those that can be left out. */
function namedIn({ schema, base }: Sending, { answer }: AirtableProblem): string[] {
  const named = [...schema.bound].filter(([, { field }]) => answer.message.includes(field.id)).map(([name]) => name);
  return without(named, base.locks.shut(schema).union(new Set(['key'])));
}

function keyLockedIn({ schema }: Sending): Problem {
  return keyLocked(schema.bound.get('key')?.field.name ?? 'Key');
}

function columnsOf(batch: readonly RowWrite[]): string[] {
  return [...new Set(batch.flatMap(({ cells }) => Object.keys(cells)))];
}

function withOnly(batch: readonly RowWrite[], names: readonly string[]): readonly RowWrite[] {
  const wanted = new Set(names);
  return batch.map((row) => {
    return { ...row, cells: Object.fromEntries(Object.entries(row.cells).filter(([name]) => wanted.has(name))) };
  });
}

function without(names: readonly string[], some: ReadonlySet<string>): string[] {
  return names.filter((name) => !some.has(name));
}
