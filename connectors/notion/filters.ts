const PAGE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Which rows a query is to tell, and in which order. */
export interface Wanted {
  filter?: object;
  sorts?: readonly object[];
}

export type Timestamp = 'created_time' | 'last_edited_time';

/** Whether this can be the id of a page at all. */
export function isPageId(text: string): boolean {
  return PAGE_ID.test(text);
}

/** With hyphens and in small letters, as Notion's answers have it. */
export function plainId(id: string): string {
  return id
    .replaceAll('-', '')
    .toLowerCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Rows with these keys, of which there should be one each. */
export function rowsByKey({ id, type }: { id: string; type: string }, keys: readonly string[]): Wanted {
  return { filter: { or: keys.map((key) => ({ property: id, [type]: { equals: key } })) } };
}

/** Rows in the order of one of their times, from a moment on. Notion tells these times in whole minutes. */
export function rowsSince(timestamp: Timestamp, from: Temporal.Instant | null): Wanted {
  return {
    ...(from !== null && { filter: { timestamp, [timestamp]: { on_or_after: from.toString() } } }),
    sorts: [{ timestamp, direction: 'ascending' }],
  };
}
