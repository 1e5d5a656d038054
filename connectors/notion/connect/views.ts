import type { TeamView, ViewCondition } from '../../../src/kit/store/team-views.ts';
import type { Client } from '../client.ts';
import { NotionProblem } from '../problems.ts';
import { optionCalled } from '../properties.ts';
import type { Property } from '../wire.ts';
import type { Made } from './make.ts';
import { View, ViewIds } from './wire.ts';

/** Views of a database that are looked at, to find out which of ours are there. */
const MOST_VIEWS = 50;

/** A view that people make by hand, where Notion did not make it for us. */
export interface ViewRecipe {
  name: string;
  kind: 'Table' | 'Board';
  /** What is set in it, a line each, in Notion's words. */
  steps: readonly string[];
}

/** The property of a column, by our name for it. */
export type Properties = ReadonlyMap<string, Property>;

/** The views that a database does not have, by their names. */
export async function missingViews(
  client: Client,
  { id }: { id: string },
  views: readonly TeamView[],
): Promise<readonly TeamView[]> {
  const query = { database_id: id, page_size: String(MOST_VIEWS) };
  const { value } = await client.ask({ method: 'get', path: 'views', query, shape: ViewIds, isRepeatable: true });
  const names = new Set<string>();
  for (const view of value.results) {
    const path = `views/${view.id}`;
    names.add((await client.ask({ method: 'get', path, shape: View, isRepeatable: true })).value.name);
  }
  return views.filter(({ name }) => !names.has(name));
}

/**
 * Makes views, a request each. Returns those that Notion did not make, or did not say that it had: for people, as
 * a desk goes without.
 */
export async function makeViews(
  client: Client,
  { database, table }: Made,
  { views, properties }: { views: readonly TeamView[]; properties: Properties },
): Promise<readonly TeamView[]> {
  const left: TeamView[] = [];
  for (const view of views) {
    const body = bodyOf(view, properties);
    const isMade =
      body !== null && (await isDone(client, { database_id: database.id, data_source_id: table.id, ...body }));
    if (!isMade) left.push(view);
  }
  return left;
}

async function isDone(client: Client, body: Record<string, unknown>): Promise<boolean> {
  try {
    await client.ask({ method: 'post', path: 'views', body, shape: View, isRepeatable: false });
    return true;
  } catch (error) {
    if (error instanceof NotionProblem) return error.answer.savedId !== null;
    throw error;
  }
}

/** Null where a property is not there, or of a type in which the view cannot be said. */
function bodyOf(view: TeamView, properties: Properties): Record<string, unknown> | null {
  const filters = view.conditions.map((condition) => filterOf(condition, properties));
  const sort = properties.get(view.sort.column);
  const cards = view.cards.flatMap((column) => properties.get(column) ?? []);
  const group = view.groupBy === null ? null : groupOf(properties.get(view.groupBy));
  if (sort === undefined || group === undefined || filters.includes(null)) return null;
  const shown = cards.map(({ id }) => ({ property_id: id, visible: true }));
  return {
    name: view.name,
    type: view.layout,
    filter: { and: filters.flat() },
    sorts: [{ property: sort.id, direction: view.sort.latestFirst ? 'descending' : 'ascending' }],
    configuration: {
      type: view.layout,
      ...(group !== null && { group_by: group }),
      ...(shown.length > 0 && { properties: shown }),
    },
  };
}

/** The conditions in the words of a query; null where the property cannot be asked so. */
function filterOf(condition: ViewCondition, properties: Properties): object[] | null {
  const property = properties.get(condition.column);
  if (property === undefined) return null;
  const { id, type } = property;
  const where = (test: object) => ({ property: id, [type]: test });
  switch (condition.is) {
    case 'me':
      return type === 'people' ? [where({ contains: 'me' })] : null;
    case 'empty':
      return [where({ is_empty: true })];
    case 'ticked':
      return [where({ equals: true })];
    case 'in this week':
      return [where({ this_week: {} })];
    case 'one':
      return optionCalled(property, condition.option) === undefined ? null : [where({ equals: condition.option })];
    case 'none':
      return condition.options
        .filter((option) => optionCalled(property, option) !== undefined)
        .map((option) => where({ does_not_equal: option }));
  }
}

/** Undefined where rows cannot be parted by this property. */
function groupOf(property: Property | undefined): object | undefined {
  if (property === undefined) return undefined;
  const { id, type } = property;
  const common = { property_id: id, sort: { type: 'manual' } };
  if (type === 'select') return { type, ...common };
  if (type === 'status') return { type, group_by: 'option', ...common };
  return type === 'people' ? { type: 'person', ...common } : undefined;
}

/** How people make views, in Notion's words. */
export function viewRecipes(views: readonly TeamView[], titleOf: (name: string) => string): readonly ViewRecipe[] {
  return views.map(({ name, layout, conditions, sort, groupBy, cards }) => ({
    name,
    kind: layout === 'table' ? 'Table' : 'Board',
    steps: [
      `Filter: ${conditions.map((condition) => wordsOf(condition, titleOf(condition.column))).join(', and ')}`,
      `Sort: ${titleOf(sort.column)}, ${sort.latestFirst ? 'descending' : 'ascending'}`,
      ...(groupBy === null ? [] : [`Group: ${titleOf(groupBy)}`]),
      ...(cards.length === 0 ? [] : [`Properties: ${cards.map(titleOf).join(', ')}`]),
    ],
  }));
}

function wordsOf(condition: ViewCondition, title: string): string {
  switch (condition.is) {
    case 'me':
      return `${title} is you`;
    case 'empty':
      return `${title} is empty`;
    case 'ticked':
      return `${title} is checked`;
    case 'in this week':
      return `${title} is within this week`;
    case 'one':
      return `${title} is ${condition.option}`;
    case 'none':
      return `${title} is not ${condition.options.join(', ')}`;
  }
}

/** The recipes as text for a terminal. */
export function recipeText(recipes: readonly ViewRecipe[]): string {
  return recipes
    .flatMap(({ name, kind, steps }) => [`  ${name} (${kind})`, ...steps.map((step) => `    ${step}`)])
    .join('\n');
}
