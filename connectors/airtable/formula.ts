/** What may stand in a formula: ids of records and keys of tickets, both made of letters and digits. */
const OURS = /^[A-Za-z0-9_-]+$/;

const RECORD_ID = /^rec[A-Za-z0-9]{14}$/;

/** Whether this can be the id of a record at all. */
export function isRecordId(text: string): boolean {
  return RECORD_ID.test(text);
}

/** Rows with these ids. */
export function rowsById(ids: readonly string[]): string {
  return `OR(${ids.map((id) => `RECORD_ID()=${quoted(id)}`).join(',')})`;
}

/** Rows with these keys, of which there should be one each. */
export function rowsByKey(keyFieldId: string, keys: readonly string[]): string {
  return `OR(${keys.map((key) => `{${keyFieldId}}=${quoted(key)}`).join(',')})`;
}

/**
 * Rows that were made since then, or in which somebody filled or changed one of these fields.
 *
 * IF computes only the branch that it takes. So the error that a row gives which nobody has changed yet,
 * because it has no time of change, drops that row alone, and never one that is new.
 */
export function rowsChangedSince(since: Temporal.Instant, fieldIds: readonly string[]): string {
  const then = `DATETIME_PARSE('${since.toString({ smallestUnit: 'millisecond' })}')`;
  const changed = `LAST_MODIFIED_TIME(${fieldIds.map((id) => `{${id}}`).join(',')})`;
  return `IF(IS_AFTER(CREATED_TIME(),${then}),1,IS_AFTER(${changed},${then}))`;
}

/** Nothing gets into a formula that could end a text in it; what people wrote never does. */
function quoted(text: string): string {
  if (!OURS.test(text)) throw new TypeError('only ids and keys of our own go into a formula');
  return `'${text}'`;
}
