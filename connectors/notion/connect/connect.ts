import { askWhetherToAdopt, countOf, keyedWords, type RowCount } from '../../../src/kit/store/adopt-rows.ts';
import { askForMapping, type Mapping } from '../../../src/kit/store/ask-mapping.ts';
import type { Choice, ConnectGiven, Connected } from '../../../src/kit/connect.ts';
import { connectedColumns, foundFields } from '../../../src/kit/store/connected-columns.ts';
import { newsAddress } from '../../../src/kit/news-address.ts';
import { proposeFields } from '../../../src/kit/store/propose-fields.ts';
import { type TeamView, teamViews } from '../../../src/kit/store/team-views.ts';
import type { Client } from '../client.ts';
import { schemaLocked } from '../problems.ts';
import { acceptedTypes, lackingOptions } from '../properties.ts';
import { NotionSettings } from '../settings.ts';
import type { DataSource, Property } from '../wire.ts';
import { askForToken } from './ask-token.ts';
import { askForPlace } from './ask-place.ts';
import { countRows } from './count-rows.ts';
import { readDatabase, type SharedTable } from './reachable.ts';
import { complete, type Made, makeDatabase, readTable } from './make.ts';
import { makeViews, missingViews, type Properties, recipeText, viewRecipes } from './views.ts';
import type { Myself } from '../wire.ts';

/** What each plan means, from Notion's pages on request limits and on block limits. */
const PLANS: readonly Choice<NotionSettings['plan']>[] = [
  {
    name: 'Free',
    value: 'free',
    hint: '180 requests a minute; with two members or more 1,000 blocks in all, of which each ticket takes one for good',
  },
  { name: 'Plus', value: 'plus', hint: '180 requests a minute' },
  { name: 'Business', value: 'business', hint: '600 requests a minute' },
  { name: 'Enterprise', value: 'enterprise', hint: '600 requests a minute' },
];

/** What was found out so far. */
interface Place {
  given: ConnectGiven;
  client: Client;
  token: string;
  myself: Myself;
  before: NotionSettings | null;
}

/** Leads a person to a database that has every property. Nothing is made before the last question has its answer. */
export async function connectNotion(given: ConnectGiven): Promise<Connected> {
  const before = NotionSettings.safeParse(given.settings).data ?? null;
  if (before !== null) {
    given.say(`This desk is connected to the data source ${before.dataSource} now; what it has is proposed.\n`);
  }
  const { token, client, myself } = await askForToken(given);
  const place = { given, client, token, myself, before };
  const wanted = await askForPlace(given, client, before);
  return 'table' in wanted ? mapAndConnect(place, wanted.table) : makeAndConnect(place, wanted);
}

/** A plan that costs is not told apart from another; the slower one does no harm. */
function askForPlan({ given: { ask }, myself: { isFree }, before }: Place): Promise<NotionSettings['plan']> {
  const usual = before?.plan ?? (isFree === false ? 'plus' : 'free');
  const choices = PLANS.map((plan) => ({ ...plan, isUsual: plan.value === usual }));
  return ask.choose('plan', 'Which plan is the workspace on? It decides how often Notion can be asked.', choices);
}

async function makeAndConnect(place: Place, { pageId, name }: { pageId: string; name: string }): Promise<Connected> {
  const { given, client } = place;
  const { columns } = given;
  const plan = await askForPlan(place);
  const views = teamViews(columns);
  given.say(`Making the database "${name}" with ${columns.length} properties and ${views.length} views.`);
  const made = await makeDatabase(client, { pageId, name, columns });
  const properties = foundFields(
    columns.map(({ name: ours, title }) => [ours, made.table.properties.find((each) => each.name === title)] as const),
  );
  const viewsLeft = await makeViews(client, made, { views, properties });
  return outcome(place, { made, plan, properties, adopted: null, viewsLeft });
}

async function mapAndConnect(place: Place, { id, databaseId }: SharedTable): Promise<Connected> {
  const { given, client, before } = place;
  const { columns, ask, say } = given;
  const table = await readTable(client, id);
  const database = await readDatabase(client, databaseId);
  say(`The database "${database.title}" has ${countOf(table.properties.length, 'property', 'properties')}.\n`);
  const proposals = proposeFields({
    columns,
    fields: table.properties,
    named: before?.columns ?? {},
    acceptedTypes,
    // Each row has a title, and people write what it is about there, whatever it is called.
    isLikely: ({ name }, { type }) => name === 'subject' && type === 'title',
  });
  const locked = schemaLocked;
  const mapping = await askForMapping({ ask, say, proposals, canMake: true, lacking: lackingOptions, locked });
  const adopted = await rowsOf(client, table, mapping);
  await askWhetherToAdopt(given, adopted);
  const plan = await askForPlan(place);
  const views = await askForViews(place, { id: databaseId });
  const { toMake, toOffer } = mapping;
  const making = [
    ...(toMake.length > 0 ? [countOf(toMake.length, 'property', 'properties')] : []),
    ...(views.toMake.length > 0 ? [countOf(views.toMake.length, 'view')] : []),
  ];
  if (making.length > 0) say(`Making ${making.join(' and ')}.`);
  const added = await complete(client, table, { columns: toMake, offers: [...toOffer.values()] });
  const found = [...mapping.mapped].map(([name, { field }]) => [name, field] as const);
  const made = { database, table: toMake.length + toOffer.size === 0 ? table : await readTable(client, id) };
  // Options that were added just now can be filtered by.
  const ids = new Map([...found, ...added].map(([name, property]) => [name, property.id]));
  const properties = foundFields([...ids].map(([name, of]) => [name, made.table.properties.find((p) => p.id === of)]));
  const viewsLeft = await makeViews(client, made, { views: views.toMake, properties });
  return outcome(place, { made, plan, properties, adopted, viewsLeft: [...views.toLeave, ...viewsLeft] });
}

function rowsOf(client: Client, { id }: DataSource, { mapped }: Mapping<Property>): Promise<RowCount> {
  const [key, ticket] = [mapped.get('key'), mapped.get('ticket')];
  const telling = { key, ticket, subject: mapped.get('subject'), description: mapped.get('description') };
  return countRows(client, id, telling);
}

/** In a database of their own people may have better ones. */
async function askForViews(
  { given: { ask, columns }, client, before }: Place,
  database: { id: string },
): Promise<{ toMake: readonly TeamView[]; toLeave: readonly TeamView[] }> {
  const missing = await missingViews(client, database, teamViews(columns));
  // Views that were made once and are gone, somebody took away.
  if (missing.length === 0 || before !== null) return { toMake: [], toLeave: [] };
  const names = missing.map(({ name }) => name).join(', ');
  const isWanted = await ask.confirm('views', `Add these views to it? ${names}`, true);
  return isWanted ? { toMake: missing, toLeave: [] } : { toMake: [], toLeave: missing };
}

interface Outcome {
  made: Made;
  plan: NotionSettings['plan'];
  /** By our names for the columns. */
  properties: Properties;
  /** The rows of a database that was there before. */
  adopted: RowCount | null;
  /** For people to make. */
  viewsLeft: readonly TeamView[];
}

function outcome(
  { given, token }: Place,
  { made: { database, table }, plan, properties, adopted, viewsLeft }: Outcome,
): Connected {
  const { ids, comments, titleOf } = connectedColumns(given.columns, properties);
  return {
    settings: { dataSource: table.id, plan, columns: ids },
    comments: { dataSource: database.title, ...comments },
    secrets: { NOTION_TOKEN: token },
    next: [
      `The database is at ${database.url}`,
      ...keyedWords(adopted),
      ...viewWords(viewsLeft, titleOf),
      callingWords(given),
      'Start Tabledesk, or start it again, and requests appear there: npm start',
    ],
  };
}

/** No program can set this up, nor does anything depend on it. */
function callingWords({ environment: { PUBLIC_URL } }: ConnectGiven): string {
  const how = 'then it is asked less often. The page Health leads you through it.';
  return PUBLIC_URL
    ? `Notion can call ${newsAddress(PUBLIC_URL, 'notion')} when something changes: ${how}`
    : `If the internet can reach Tabledesk, set PUBLIC_URL, and Notion can call when something changes: ${how}`;
}

function viewWords(left: readonly TeamView[], titleOf: (name: string) => string): readonly string[] {
  if (left.length === 0) return [];
  return [
    `These views are worth making by hand (press + beside the tabs of the database):\n\n${recipeText(viewRecipes(left, titleOf))}`,
  ];
}
