import type { ChangedRows, StoredRow, TicketStore } from '../../../src/ports/ticket-store.ts';
import type { Base } from '../base.ts';
import { isOfType } from '../cells.ts';
import { AirtableProblem } from '../problems.ts';
import { fieldIdsRead, placeOf, type Reader, storedRow } from '../read.ts';
import { insistOnColumns, type Schema } from '../schema.ts';
import { isComputed } from '../team-columns.ts';
import type { Place } from '../wire.ts';
import { editorName, restValue } from './cells.ts';
import { listPayloads } from './calls.ts';
import { type LatestChange, latestChanges } from './changes.ts';
import { keepWebhook, keptWebhook } from './kept.ts';
import type { KeptWebhook, Told } from './wire.ts';

/** Pages of payloads that are read at most; where there are more, listing the rows is cheaper. */
const MOST_PAGES = 4;

/** A webhook's first payload (developers/web/api/list-webhook-payloads). */
const FIRST_CURSOR = 1;

/**
 * Reading that uses what the base kept for us when it called: who changed what, and which rows are gone. At
 * all other times rows are listed, and also where what was kept has a gap. The moment up to which rows were
 * listed stays what it is meanwhile, so that a gap that nobody noticed is closed by the next listing.
 */
export function createListener(base: Base, reader: Reader): TicketStore['changesSince'] {
  return async (watermark, hint) => {
    const place = placeOf(watermark);
    const webhook = hint?.isCalled === true ? await keptWebhook(base) : null;
    if (webhook === null || place.since === null || place.reading !== null) return reader.changesSince(watermark);
    const { payloads, heard } = await payloadsSince(base, webhook, place.heard);
    const next = JSON.stringify({ ...place, heard });
    if (payloads === null) return reader.changesSince(next);
    return { ...(await rowsOf({ base, reader }, payloads, place.since)), watermark: next, more: false };
  };
}

interface Payloads {
  /** Null where there is a gap, or more than listing costs. */
  payloads: readonly Told[] | null;
  heard: Place['heard'];
}

async function payloadsSince(base: Base, { id }: NonNullable<KeptWebhook>, heard: Place['heard']): Promise<Payloads> {
  const payloads: (Told | null)[] = [];
  let cursor = heard?.webhook === id ? heard.cursor : FIRST_CURSOR;
  try {
    for (let pages = 1; ; pages += 1) {
      const page = await listPayloads(base, id, cursor);
      ({ cursor } = page);
      payloads.push(...page.payloads);
      const told = payloads.filter((payload) => payload !== null);
      const isWhole = told.length === payloads.length;
      if (!page.mightHaveMore) return { payloads: isWhole ? told : null, heard: { webhook: id, cursor } };
      if (pages === MOST_PAGES) return { payloads: null, heard: { webhook: id, cursor } };
    }
  } catch (error) {
    if (!(error instanceof AirtableProblem)) throw error;
    // There is no such webhook any more, or its cursor means nothing: the next look makes another.
    if ([400, 403, 404, 422].includes(error.answer.status)) await keepWebhook(base, null);
    return { payloads: null, heard };
  }
}

interface Hearing {
  base: Base;
  reader: Reader;
}

/** Rows as the payloads show them; a row of which they do not show enough is read. */
async function rowsOf(
  { base, reader }: Hearing,
  payloads: readonly Told[],
  since: Temporal.Instant,
): Promise<Pick<ChangedRows, 'rows' | 'deletedIds'>> {
  const schema = await base.schema.current();
  insistOnColumns(schema);
  const { changed, deletedIds } = latestChanges(payloads, { tableId: schema.table.id, since });
  const aloneSince = await base.recent.writtenAloneSince();
  const rows: StoredRow[] = [];
  const unsure: string[] = [];
  for (const change of changed) {
    const row = rowOf(base, schema, change);
    const isOnlyOurs = aloneSince !== null && Temporal.Instant.compare(aloneSince, change.at) < 0;
    if (row !== null && isOnlyOurs && base.recent.isQuietSince(change.id, change.at)) rows.push(row);
    else unsure.push(change.id);
  }
  return { rows: [...rows, ...(unsure.length === 0 ? [] : await reader.read(unsure))], deletedIds };
}

/** Null where a payload leaves open how the row looked then. */
function rowOf(base: Base, schema: Schema, { id, by, ...change }: LatestChange): StoredRow | null {
  const createdTime = change.createdTime ?? base.recent.createdTime(id);
  const needed = new Set(fieldIdsRead(schema));
  if (createdTime === null) return null;
  // Payloads need not show what Airtable computes, and may be older than that.
  if ([...schema.bound.values()].some(({ field }) => isComputed(field))) return null;
  if (!change.isNew && [...needed].some((fieldId) => !(fieldId in change.cells))) return null;
  const fields: Record<string, unknown> = {};
  for (const bound of schema.bound.values()) {
    const { field } = bound;
    if (!needed.has(field.id)) continue;
    fields[field.id] = restValue(field.type, change.cells[field.id]);
    if (!isOfType(bound, fields[field.id])) return null;
  }
  const row = storedRow({ id, createdTime, fields }, schema, base);
  return { ...row, editedBy: by === null ? null : editorName(base.given.columns(), by) };
}
