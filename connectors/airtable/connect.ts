import { Problem } from '../../src/domain/problem.ts';
import { askWhetherToAdopt, countOf, keyedWords, type RowCount } from '../../src/kit/store/adopt-rows.ts';
import { askForMapping, type Mapping } from '../../src/kit/store/ask-mapping.ts';
import type { Ask, Choice, ConnectGiven, Connected } from '../../src/kit/connect.ts';
import { connectedColumns, foundFields } from '../../src/kit/store/connected-columns.ts';
import { proposeFields } from '../../src/kit/store/propose-fields.ts';
import { askForToken, CALLING } from './ask-token.ts';
import { countRows } from './count-rows.ts';
import { acceptedTypes, lackingOptions } from './fields.ts';
import { schemaLocked } from './problems.ts';
import { AirtableSettings } from './settings.ts';
import { addChoices, type ListedBase, makeFields, makeTable, readTables, type Setup } from './setup.ts';
import { recipeText, viewRecipes } from './views.ts';
import type { Field, Table } from './wire.ts';

/** What the owner of the token may be in a base for Tabledesk to write there, and to make columns there. */
const MAY_WRITE = ['edit', 'create', 'owner'];
const MAY_MAKE = ['create', 'owner'];

/** The answer that asks for a table that is not there yet. */
const NEW_TABLE = 'new';

/** What each plan means, from Airtable's pages on plans and on API call limits. */
const PLANS: readonly Choice<AirtableSettings['plan']>[] = [
  { name: 'Free', value: 'free', hint: '1,000 requests a month and 1,000 rows: to try it, or for some requests a day' },
  { name: 'Team', value: 'team', hint: '100,000 requests a month, 50,000 rows' },
  { name: 'Business', value: 'business', hint: 'no limit of requests a month, 125,000 rows' },
  { name: 'Enterprise', value: 'enterprise', hint: 'no limit of requests a month, 500,000 rows' },
];

/** Milliseconds in which Airtable counts five requests; what comes next, such as a check, counts from nothing. */
const BREATH = 1100;

/** Leads a person to a table that has every column. Nothing is made before the last question has its answer. */
export async function connectAirtable(given: ConnectGiven): Promise<Connected> {
  const connected = await talk(given);
  await given.pause(BREATH);
  return connected;
}

async function talk(given: ConnectGiven): Promise<Connected> {
  const { ask } = given;
  const before = AirtableSettings.safeParse(given.settings).data ?? null;
  if (before !== null) given.say(`This desk is connected to ${before.base} now; what it has is proposed.\n`);
  const { token, setup, bases } = await askForToken(given);
  const base = await askForBase(ask, { bases, before });
  const tables = await readTables(setup, base.id);
  const wanted = await askForTable(ask, { base, tables, before });
  const place = { given, setup, token, base };
  return 'table' in wanted
    ? mapAndConnect(place, { table: wanted.table, before })
    : makeAndConnect(place, { name: wanted.name, before });
}

/** What was found out so far. */
interface Place {
  given: ConnectGiven;
  setup: Setup;
  token: string;
  base: ListedBase;
}

type Before = AirtableSettings | null;

/** @throws Problem `airtable.no-base` when the token may write in none */
async function askForBase(
  ask: Ask,
  { bases, before }: { bases: readonly ListedBase[]; before: Before },
): Promise<ListedBase> {
  const open = bases.filter(({ permissionLevel }) => MAY_WRITE.includes(permissionLevel));
  if (open.length === 0) throw nothingToWriteIn(bases);
  const choices = open.map(({ id, name, permissionLevel }) => ({
    name,
    value: id,
    hint: MAY_MAKE.includes(permissionLevel) ? id : `${id}; its columns cannot be changed by this token's owner`,
    isUsual: id === before?.base || open.length === 1,
  }));
  const chosen = await ask.choose('base', 'In which base are the tickets to live?', choices);
  const base = open.find(({ id }) => id === chosen);
  if (base === undefined) throw new Error(`There is no base ${chosen} among those that were offered.`);
  return base;
}

function nothingToWriteIn(bases: readonly ListedBase[]): Problem {
  return new Problem({
    code: 'airtable.no-base',
    message: `The owner of the token may not write in any base that it sees: ${bases.map(({ name }) => name).join(', ')}.`,
    fix: 'In the base, press "Share" and make the owner of the token a Creator, or an Editor if the table is there already.',
  });
}

/** A table that there is, or the name of a new one. */
async function askForTable(
  ask: Ask,
  { base, tables, before }: { base: ListedBase; tables: readonly Table[]; before: Before },
): Promise<{ table: Table } | { name: string }> {
  const canMake = MAY_MAKE.includes(base.permissionLevel);
  const known = tables.find(({ id, name }) => base.id === before?.base && [id, name].includes(before.table));
  const making = { name: 'Make a new one', value: NEW_TABLE, hint: 'with every column', isUsual: known === undefined };
  const chosen = await ask.choose('table', 'Which table is to hold them?', [
    ...(canMake ? [making] : []),
    ...tables.map(({ id, name }) => ({ name, value: id, hint: id, isUsual: id === known?.id })),
  ]);
  const table = tables.find(({ id }) => id === chosen);
  if (table !== undefined) return { table };
  const name = (await ask.text('new-table', 'What is it to be called?', freeName(tables))).trim();
  if (name === '' || isTaken(tables, name)) throw nameTaken(name, base);
  return { name };
}

function freeName(tables: readonly Table[]): string {
  return ['Tickets', 'Help desk'].find((name) => !isTaken(tables, name)) ?? 'Tabledesk';
}

function isTaken(tables: readonly Table[], wanted: string): boolean {
  return tables.some(({ name }) => name.toLowerCase() === wanted.toLowerCase());
}

function nameTaken(name: string, base: ListedBase): Problem {
  return new Problem({
    code: 'airtable.table-exists',
    message: `The base ${base.name} has a table "${name}" already.`,
    fix: 'Give the new one another name, or choose that table to map its columns.',
  });
}

function askForPlan(ask: Ask, before: Before): Promise<AirtableSettings['plan']> {
  const choices = PLANS.map((plan) => ({ ...plan, isUsual: plan.value === (before?.plan ?? 'free') }));
  return ask.choose('plan', 'Which plan is the workspace on? It decides how often the base can be asked.', choices);
}

async function makeAndConnect(place: Place, { name, before }: { name: string; before: Before }): Promise<Connected> {
  const { given, setup, base } = place;
  const plan = await askForPlan(given.ask, before);
  given.say(`Making the table "${name}" with ${given.columns.length} columns.`);
  const table = await makeTable(setup, { base: base.id, name, columns: given.columns });
  const pairs = given.columns.map(
    ({ name: ours, title }) => [ours, table.fields.find((field) => field.name === title)] as const,
  );
  return outcome(place, { table, plan, fields: foundFields(pairs), adopted: null });
}

async function mapAndConnect(place: Place, { table, before }: { table: Table; before: Before }): Promise<Connected> {
  const { given, base } = place;
  const { columns } = given;
  const proposals = proposeFields({ columns, fields: table.fields, named: before?.columns ?? {}, acceptedTypes });
  given.say(`The table "${table.name}" has ${countOf(table.fields.length, 'column')}.\n`);
  const canMake = MAY_MAKE.includes(base.permissionLevel);
  const { ask, say } = given;
  const mapping = await askForMapping({ ask, say, proposals, canMake, lacking: lackingOptions, locked: schemaLocked });
  const adopted = await rowsOf(place, { table, mapping });
  await askWhetherToAdopt(given, adopted);
  const plan = await askForPlan(given.ask, before);
  const made = await complete(place, { table, mapping });
  const found = [...mapping.mapped].map(([name, { field }]) => [name, field] as const);
  return outcome(place, { table, plan, fields: foundFields([...found, ...made]), adopted });
}

function rowsOf(
  { setup, base }: Place,
  { table, mapping }: { table: Table; mapping: Mapping<Field> },
): Promise<RowCount> {
  const idOf = (name: string) => mapping.mapped.get(name)?.field.id ?? null;
  const [key, ticket] = [idOf('key'), idOf('ticket')];
  const telling = { key, ticket, subject: idOf('subject'), description: idOf('description') };
  return countRows(setup.clientFor(base.id), table, telling);
}

/** Makes what is missing, and returns the fields that were made by our names for the columns. */
async function complete(
  { given, setup, base }: Place,
  { table, mapping: { toMake, toOffer } }: { table: Table; mapping: Mapping<Field> },
): Promise<ReadonlyMap<string, Field>> {
  if (toMake.length > 0) given.say(`Making ${countOf(toMake.length, 'column')}.`);
  const made = await makeFields(setup, { base: base.id, table, columns: toMake });
  for (const lacking of toOffer.values()) await addChoices(setup, { base: base.id, tableId: table.id, ...lacking });
  return made;
}

interface Outcome {
  table: Table;
  plan: AirtableSettings['plan'];
  /** By our names for the columns. */
  fields: ReadonlyMap<string, Field>;
  /** The rows of a table that was there before. */
  adopted: RowCount | null;
}

function outcome({ given, token, base }: Place, { table, plan, fields, adopted }: Outcome): Connected {
  const { ids, comments, titleOf } = connectedColumns(given.columns, fields);
  return {
    settings: {
      base: base.id,
      table: table.id,
      plan,
      columns: ids,
    },
    comments: { base: base.name, table: table.name, ...comments },
    secrets: { AIRTABLE_TOKEN: token },
    next: [
      `The base is at https://airtable.com/${base.id}/${table.id}`,
      ...keyedWords(adopted),
      `Airtable lets no program make views. These seven are worth making by hand ("Create…" at the lower left):\n\n${recipeText(viewRecipes(given.columns, titleOf))}`,
      ...callingWords(given),
      'Start Tabledesk, or start it again, and requests appear there: npm start',
    ],
  };
}

/** Where there is an address already, the check that follows tells whether the token may. */
function callingWords({ environment: { PUBLIC_URL } }: ConnectGiven): string[] {
  if (PUBLIC_URL) return [];
  return [
    `If the internet can reach Tabledesk, set PUBLIC_URL and give the token the scope ${CALLING.scope}: then Airtable calls, so that Tabledesk can ${CALLING.why}.`,
  ];
}
