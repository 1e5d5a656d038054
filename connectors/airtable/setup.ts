import { Problem } from '../../src/domain/problem.ts';
import type { ConnectGiven } from '../../src/kit/connect.ts';
import type { Column } from '../../src/ports/ticket-store.ts';
import { type Asked, type Client, createClient } from './client.ts';
import { choicesWith, fieldFor } from './fields.ts';
import { createPace } from './pace.ts';
import { AirtableProblem, schemaLocked } from './problems.ts';
import { agentsHaveAccess } from './schema.ts';
import { Account, Bases, Field, Table, Tables } from './wire.ts';

/** How long one request may take, in seconds. A person waits. */
const TIMEOUT_SECONDS = 20;

/** Pages of bases that are read; each has a thousand. */
const MOST_PAGES = 10;

/** A base as the token sees it, with what its owner may do there: none, read, comment, edit or create. */
export type ListedBase = Bases['bases'][number];

/** What is asked of Airtable before there is a store. */
export interface Setup {
  client: Client;
  /** Another one, for the rows of a base. */
  clientFor(base: string): Client;
}

export function openSetup(
  { environment, now, pause }: Pick<ConnectGiven, 'environment' | 'now' | 'pause'>,
  token: string,
): Setup {
  // What a person connects by hand is no part of what the month is reckoned by.
  const meter = { spend: () => undefined, spentThisMonth: () => 0 };
  const parts = {
    environment: { ...environment, AIRTABLE_TOKEN: token },
    meter,
    pause,
    pace: createPace({ now, pause }),
  };
  const clientFor = (base: string) => createClient({ base, timeoutSeconds: TIMEOUT_SECONDS }, parts);
  return { client: clientFor('meta'), clientFor };
}

export async function whoami({ client }: Setup): Promise<Account> {
  const asked = { kind: 'schema', method: 'GET', path: '/whoami', shape: Account, isRepeatable: true } as const;
  return (await client.ask(asked)).value;
}

/** Every base that the token sees. */
export async function listBases({ client }: Setup): Promise<readonly ListedBase[]> {
  const found: ListedBase[] = [];
  let offset: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { value } = await explained('list the bases', 'schema.bases:read', () =>
      client.ask({
        kind: 'schema',
        method: 'GET',
        path: '/bases',
        ...(offset !== undefined && { query: { offset } }),
        shape: Bases,
        isRepeatable: true,
      }),
    );
    found.push(...value.bases);
    ({ offset } = value);
    if (offset === undefined) break;
  }
  return found;
}

export async function readTables({ client }: Setup, base: string): Promise<readonly Table[]> {
  const { value } = await explained('read the tables', 'schema.bases:read', () =>
    client.ask({ kind: 'schema', method: 'GET', path: `/bases/${base}/tables`, shape: Tables, isRepeatable: true }),
  );
  return value.tables;
}

/** What is to be made in a base. */
interface Wanted {
  base: string;
  columns: readonly Column[];
}

/**
 * Makes a table with these columns.
 *
 * @throws Problem `airtable.schema-locked`
 */
export async function makeTable(setup: Setup, { base, columns, name }: Wanted & { name: string }): Promise<Table> {
  const isOfPeople = await agentsHaveAccess({ base }, setup.client, columns);
  const fields = columns.map((column) => fieldFor(column, isOfPeople));
  const body = { name, description: 'Tickets of Tabledesk.', fields };
  return make(setup, 'make a table', { path: `/bases/${base}/tables`, body, shape: Table });
}

/**
 * Makes these columns in a table that there is, one by one, as Airtable has it. Where another column bears
 * the title already, ours says whose it is.
 *
 * @throws Problem `airtable.schema-locked`
 */
export async function makeFields(
  setup: Setup,
  { base, columns, table }: Wanted & { table: Table },
): Promise<ReadonlyMap<string, Field>> {
  const isOfPeople = await agentsHaveAccess({ base }, setup.client, columns);
  const taken = new Set(table.fields.map(({ name }) => name.toLowerCase()));
  const made = new Map<string, Field>();
  for (const column of columns) {
    const field = fieldFor(column, isOfPeople);
    const name = taken.has(field.name.toLowerCase()) ? `${field.name} (Tabledesk)` : field.name;
    const path = `/bases/${base}/tables/${table.id}/fields`;
    made.set(
      column.name,
      await make(setup, `add the column "${name}"`, { path, body: { ...field, name }, shape: Field }),
    );
  }
  return made;
}

/** Adds options to a field that was just read. */
export async function addChoices(
  setup: Setup,
  { base, tableId, field, options }: { base: string; tableId: string; field: Field; options: readonly string[] },
): Promise<void> {
  await make(setup, `add options to the column "${field.name}"`, {
    method: 'PATCH',
    path: `/bases/${base}/tables/${tableId}/fields/${field.id}`,
    body: { options: { choices: choicesWith(field, options) } },
    shape: Field,
  });
}

type Making<Made> = Pick<Asked<Made>, 'path' | 'body' | 'shape'> & Partial<Pick<Asked<Made>, 'method'>>;

/** Never asked twice: the second could make the same again. */
async function make<Made>({ client }: Setup, wanted: string, asked: Making<Made>): Promise<Made> {
  try {
    return (await client.ask({ kind: 'schema', method: 'POST', ...asked, isRepeatable: false })).value;
  } catch (error) {
    if (error instanceof AirtableProblem && error.answer.status === 403) throw schemaLocked(wanted);
    throw error;
  }
}

/** A 403 here has one cause only, as nothing was named that could be missing. */
async function explained<Answer>(wanted: string, scope: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AirtableProblem) || error.answer.status !== 403) throw error;
    throw new Problem({
      code: 'airtable.scope-missing',
      message: `The token may not ${wanted} (403).`,
      fix: `Open https://airtable.com/create/tokens, edit the token, and add the scope ${scope}.`,
    });
  }
}
