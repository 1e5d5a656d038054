import { cellsOfEntry, keyFieldOf } from '../../src/kit/wanted-tables.ts';
import type { TableEntry } from '../../src/ports/store-tables.ts';
import type { Base } from './base.ts';
import { rowsByKey } from './filters.ts';
import { type Found, WORDS } from './find-table.ts';
import { isRefusal, isUnknownOutcome } from './problems.ts';
import { maybeAdded } from './refusals.ts';
import { piecesOf } from './texts.ts';
import { Found as Rows, type Page, type Property, Title, Written } from './wire.ts';
import { LONGEST_TEXT } from './write.ts';

interface Putting {
  /** Finds the table, and anew where what was found before proved to be out of date. */
  look(stale?: Found): Promise<Found>;
  entries: readonly TableEntry[];
}

/** Adds pages, or writes over those that have their key: Notion knows no key, so that it is looked for first. */
export async function putPages(base: Base, { look, entries }: Putting): Promise<void> {
  if (entries.length === 0) return;
  const found = await look();
  try {
    await putAll(base, found, entries);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await putAll(base, await look(found), entries);
  }
}

async function putAll(base: Base, found: Found, entries: readonly TableEntry[]): Promise<void> {
  const { title } = keyFieldOf(found.known, WORDS);
  const known = await pagesWith(base, found, entries);
  for (const entry of entries) {
    const properties = propertiesOf(entry, found);
    const id = known.get(String(entry[title]));
    if (id === undefined) await add(base, found, properties);
    else await writeOver(base, id, properties);
  }
}

/** The oldest page of each key: somebody may have copied one. */
async function pagesWith(
  { client }: Base,
  { source, known }: Found,
  entries: readonly TableEntry[],
): Promise<ReadonlyMap<string, string>> {
  const { field, title } = keyFieldOf(known, WORDS);
  const { value } = await client.ask({
    method: 'post',
    path: `data_sources/${source.id}/query`,
    query: { filter_properties: [field.id] },
    body: {
      page_size: 100,
      ...rowsByKey(
        field,
        entries.map((entry) => String(entry[title])),
      ),
    },
    shape: Rows,
    isRepeatable: true,
  });
  const youngestFirst = value.results.toSorted((one, other) =>
    Temporal.Instant.compare(other.createdAt, one.createdAt),
  );
  return new Map(youngestFirst.map((page) => [textIn(page, field), page.id]));
}

function textIn({ values }: Page, { id, type }: Property): string {
  return Title.parse(values.get(id)?.[type]);
}

/** Of a page that may have been made nobody makes another without a look, which the next try begins with. */
async function add({ client }: Base, { source, known }: Found, properties: object): Promise<void> {
  try {
    await client.ask({
      method: 'post',
      path: 'pages',
      query: { filter_properties: ['title'] },
      body: { parent: { type: 'data_source_id', data_source_id: source.id }, properties },
      shape: Written,
      isRepeatable: false,
    });
  } catch (error) {
    if (!isUnknownOutcome(error)) throw error;
    if (error.answer.savedId === null) throw maybeAdded(known.wanted.table, error);
  }
}

async function writeOver({ client }: Base, id: string, properties: object): Promise<void> {
  await client.ask({
    method: 'patch',
    path: `pages/${id}`,
    query: { filter_properties: ['title'] },
    body: { properties },
    shape: Written,
    isRepeatable: true,
  });
}

function propertiesOf(entry: TableEntry, { known }: Found): Record<string, object> {
  const cells = cellsOfEntry(entry, known, { words: WORDS, longestText: LONGEST_TEXT });
  return Object.fromEntries(cells.map(({ field, cell }) => [field.id, valueFor(field, cell)]));
}

function valueFor({ type }: Property, cell: string | number | null): object {
  if (type === 'title' || type === 'rich_text') return { [type]: cell === null ? [] : piecesOf(String(cell)) };
  if (type === 'date') return { date: cell === null ? null : { start: cell } };
  return { [type]: cell === '' ? null : cell };
}
