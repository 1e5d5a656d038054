import { fitRows, fitterOf } from '../../src/kit/store/fit-rows.ts';
import type { RowWrite, WriteOutcome } from '../../src/ports/ticket-store.ts';
import { type Base, knownOf } from './base.ts';
import { fitCell, type Known, missingOptions } from './cells.ts';
import { addOptions } from './options.ts';
import { notFitted } from './problems.ts';
import { mayOffer } from './properties.ts';
import { optionMissing } from './refusals.ts';
import { insistOnColumns, type Schema } from './schema.ts';

/** A call of `write` on its way. */
export interface Sending {
  base: Base;
  schema: Schema;
  /** What `fit` knew when it was asked about these rows; null when that was nothing. */
  fitted: { schema: Schema; known: Known } | null;
  /** By key. */
  outcomes: Map<string, WriteOutcome>;
}

/** Brings rows and database together, so that what is sent is what the row will hold. Returns what can be sent. */
export async function settle(sending: Sending, rows: readonly RowWrite[]): Promise<RowWrite[]> {
  const sendable = await settleOptions(sending, rows);
  const { base, schema, fitted, outcomes } = sending;
  const before = fitted === null ? null : fitter(fitted.schema, fitted.known);
  return fitRows(sendable, { now: fitter(schema, knownOf(base, schema)), before, outcomes, notFitted });
}

function fitter(schema: Schema, known: Known) {
  return fitterOf(schema, (bound, cell) => fitCell(bound, cell, known));
}

/**
 * Adds the options that the database lacks, where we may, before anything is written: a page could add some by
 * itself, and a status never. Rows that need one which stays out are refused, before they are sent.
 */
async function settleOptions(sending: Sending, rows: readonly RowWrite[]): Promise<RowWrite[]> {
  if (rows.every((row) => missingOf(sending, row).length === 0)) return [...rows];
  await sending.base.changeOptions(async () => {
    sending.schema = await sending.base.schema.refresh(sending.schema);
    insistOnColumns(sending.schema);
    await tryToAdd(sending, rows);
  });
  return rows.filter((row) => {
    const lost = missingOf(sending, row);
    for (const { bound, option } of lost) noteLost(sending, bound.field.name, option);
    const missing = lost.find(({ bound }) => bound.field.type !== 'multi_select');
    if (missing === undefined) return true;
    sending.outcomes.set(row.key, { key: row.key, refused: optionMissing(row, missing.bound, missing.option) });
    return false;
  });
}

/** For `check` to tell: a tag that is left out leaves no other trace. */
function noteLost({ base: { learnt } }: Sending, title: string, option: string): void {
  learnt.lostOptions.set(title, (learnt.lostOptions.get(title) ?? new Set()).add(option));
}

async function tryToAdd(sending: Sending, rows: readonly RowWrite[]): Promise<void> {
  const wanted = new Map<string, Set<string>>();
  for (const { bound, option } of rows.flatMap((row) => missingOf(sending, row))) {
    if (!mayOffer(bound.column, bound.field, option)) continue;
    wanted.set(bound.column.name, (wanted.get(bound.column.name) ?? new Set()).add(option));
  }
  if (!sending.base.learnt.canChangeSchema || wanted.size === 0) return;
  try {
    sending.schema = await addOptions(sending.base, sending.schema, wanted);
  } catch (error) {
    if (sending.base.learnt.canChangeSchema) throw error;
  }
}

function missingOf({ schema }: Sending, { cells }: RowWrite) {
  return Object.entries(cells).flatMap(([name, cell]) => {
    const bound = schema.bound.get(name);
    if (bound === undefined) return [];
    return missingOptions(bound, cell).map((option) => ({ bound, option }));
  });
}
