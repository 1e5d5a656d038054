import { invalid } from '../refusal.ts';
import { PagingQuery, parsed, queryOf } from '../parsed.ts';
import { valueOf } from '../properties/read.ts';
import { propertyOf, sourceOf } from '../world.ts';
import { idAt, pageWith, type Answer, type Route, type Visit } from './route.ts';

/** Types whose value is a list here, each item by itself. */
const LISTED: Readonly<Record<string, string>> = {
  title: 'title',
  rich_text: 'rich_text',
  people: 'people',
  relation: 'relation',
};

/** Reads a property in full, also where a page shows but 25 (section 2). */
export const PROPERTY_ITEMS: readonly Route[] = [
  { method: 'GET', path: '/pages/:page/properties/:property', kind: 'get', needs: ['read content'], answer: retrieve },
];

function retrieve(visit: Visit): Answer {
  const { world, connection } = visit;
  const page = pageWith(visit, idAt(visit, 'page'));
  const source = sourceOf(world, page);
  const name = visit.params['property'] ?? '';
  const property = source === undefined ? undefined : propertyOf(source, name);
  if (property === undefined) throw invalid(`Could not find property with ID: ${name}.`);
  const { id, type } = property;
  const value = valueOf({ world, connection, page, state: page.state }, property);
  if (LISTED[type] === undefined || !Array.isArray(value)) {
    return { body: { object: 'property_item', id, type, [type]: value }, pages: 1 };
  }
  const query = parsed(PagingQuery, queryOf(visit.call.query), { part: 'query' });
  const start = query.start_cursor === undefined ? 0 : Number(query.start_cursor);
  if (!Number.isInteger(start)) throw invalid('The start_cursor provided is invalid.');
  const end = start + query.page_size;
  const items = value.slice(start, end).map((item: unknown) => ({ object: 'property_item', id, type, [type]: item }));
  const next = end < value.length ? String(end) : null;
  return {
    body: {
      object: 'list',
      results: items,
      next_cursor: next,
      has_more: next !== null,
      type: 'property_item',
      property_item: { id, next_url: null, type, [type]: {} },
    },
    pages: 1,
  };
}
