import { z } from 'zod';
import { invalid } from '../refusal.ts';
import { parsed, queryOf } from '../parsed.ts';
import { partialUser, readProperty } from '../properties/read.ts';
import { plainOf } from '../properties/texts.ts';
import type { DataSource, Page, PageState, Property } from '../world.ts';
import { propertyOf, sourceOf, toldTime } from '../world.ts';
import type { Visit } from './route.ts';

const Names = z.union([z.string(), z.array(z.string()).max(100)]).transform((names) => [names].flat());
const PropertiesQuery = z.strictObject({ filter_properties: Names.optional() });

/** Every page has a title; one that is no row has nothing else. */
const TITLE: Property = { id: 'title', name: 'title', type: 'title', description: null, options: [], config: {} };

/**
 * The properties that a request wants to see, or null for all (section 3).
 *
 * @throws Refusal 400 for an unknown one, and for anything else in the query
 */
export function wantedProperties(visit: Visit, source: DataSource | null): readonly Property[] | null {
  const { filter_properties: names } = parsed(PropertiesQuery, queryOf(visit.call.query), { part: 'query' });
  if (names === undefined) return null;
  return names.map((name) => {
    const property = source === null ? (name === 'title' ? TITLE : undefined) : propertyOf(source, name);
    if (property === undefined) throw invalid(`Could not find property with name or id: ${name}`);
    return property;
  });
}

/** A page as answers tell it, or but its id where the connection may not read content. */
export function pageBody(
  visit: Visit,
  page: Page,
  { state = page.state, only = null }: { state?: PageState; only?: readonly Property[] | null } = {},
): object {
  const { world, connection, version } = visit;
  if (!connection.capabilities.has('read content')) return { object: 'page', id: page.id };
  const properties = only ?? sourceOf(world, page)?.properties ?? [TITLE];
  return {
    object: 'page',
    id: page.id,
    created_time: toldTime(world, page.createdAt),
    last_edited_time: toldTime(world, state.editedAt),
    created_by: partialUser(page.createdBy),
    last_edited_by: partialUser(state.editedBy),
    cover: null,
    icon: null,
    parent: parentBody(visit, page),
    ...trashed(version, state.inTrash),
    is_archived: state.isArchived,
    is_locked: page.isLocked,
    properties: Object.fromEntries(
      properties.map((property) => [property.name, readProperty({ world, connection, page, state }, property)]),
    ),
    url: urlOf(page, state),
    public_url: null,
  };
}

/** `archived` is gone since 2026-03-11 (section 1). */
export function trashed(version: Visit['version'], inTrash: boolean): object {
  return version === '2025-09-03' ? { archived: inTrash, in_trash: inTrash } : { in_trash: inTrash };
}

export function titleOf({ state: { cells } }: Pick<Page, 'state'>): string {
  const title = cells.get('title');
  return title?.is === 'text' ? plainOf(title.text) : '';
}

/** A list as answers tell it. */
export function listBody(type: string, results: readonly object[], next: string | null): object {
  return { object: 'list', results, next_cursor: next, has_more: next !== null, type, [type]: {} };
}

/**
 * A page of a list that is not a query: it goes on after the thing that the cursor names.
 *
 * @throws Refusal 400 for a cursor that names nothing
 */
export function pageOfList<Item extends { id: string }>(
  items: readonly Item[],
  { start_cursor: cursor, page_size: size }: { start_cursor?: string | null | undefined; page_size: number },
): { items: readonly Item[]; next: string | null } {
  const start = cursor === undefined || cursor === null ? 0 : items.findIndex(({ id }) => id === cursor);
  if (start === -1) throw invalid('The start_cursor provided is invalid.');
  return { items: items.slice(start, start + size), next: items[start + size]?.id ?? null };
}

function parentBody({ world }: Visit, page: Page): object {
  const source = sourceOf(world, page);
  if (source !== undefined) {
    return { type: 'data_source_id', data_source_id: source.id, database_id: source.databaseId };
  }
  return page.parent.type === 'page'
    ? { type: 'page_id', page_id: page.parent.id }
    : { type: 'workspace', workspace: true };
}

function urlOf({ id }: Page, state: PageState): string {
  const words = titleOf({ state })
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `https://www.notion.so/${words === '' ? '' : `${words}-`}${id.replaceAll('-', '')}`;
}
