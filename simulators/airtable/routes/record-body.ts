import { readCell } from '../cells/read.ts';
import { unknownField } from '../refusal.ts';
import type { Base, Field, Row, Table, World } from '../world.ts';
import { fieldOf, isoOf } from '../world.ts';

/** How records are shown. */
export interface Look {
  /** Only these, or all. */
  fields?: readonly Field[] | undefined;
  byFieldId?: boolean | undefined;
  commentCount?: boolean | undefined;
}

/** A record as the API tells it. What is empty is left out (section 3). */
export function recordBody(place: { world: World; base: Base; table: Table }, row: Row, look: Look): object {
  const shown: [string, unknown][] = [];
  for (const field of look.fields ?? place.table.fields) {
    const value = readCell({ ...place, row }, field);
    if (value !== undefined) shown.push([look.byFieldId === true ? field.id : field.name, value]);
  }
  return {
    id: row.id,
    createdTime: isoOf(row.createdAt),
    fields: Object.fromEntries(shown),
    ...(look.commentCount === true && { commentCount: row.comments.length }),
  };
}

/** @throws Refusal `UNKNOWN_FIELD_NAME` */
export function knownField(table: Table, idOrName: string): Field {
  const field = fieldOf(table, idOrName);
  if (field === undefined) throw unknownField(idOrName);
  return field;
}
