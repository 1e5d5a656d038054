import { randomUUID } from 'node:crypto';
import type { StoreGiven } from '../../src/kit/connector.ts';
import { inTurn } from '../../src/kit/store/in-turn.ts';
import type { SchemaReader } from '../../src/kit/store/schema-reader.ts';
import type { Known } from './cells.ts';
import { type Client, createClient } from './client.ts';
import { createLocks, type Locks } from './locks.ts';
import { createPace, type Pace } from './pace.ts';
import { type Budget, budgetOf } from './plan.ts';
import { createRecentRows, type RecentRows } from './recent-rows.ts';
import { openSchema, type Schema } from './schema.ts';
import type { AirtableSettings } from './settings.ts';

/** A base that we speak with, and what we learnt of it on the way. */
export interface Base {
  settings: AirtableSettings;
  given: StoreGiven;
  budget: Budget;
  pace: Pace;
  client: Client;
  schema: SchemaReader<Schema>;
  learnt: Learnt;
  recent: RecentRows;
  locks: Locks;
  /** For changes of options, each of which names all that are there: the next must know of the last. */
  changeOptions: ReturnType<typeof inTurn>;
}

/** What answers told besides what was asked. Lives as long as the process. */
export interface Learnt {
  /** Whether the token may add options and columns. Taken for granted until Airtable says no. */
  canChangeSchema: boolean;
  /** Keys that stand in two rows, and the address of the row that is not written to. */
  twins: Map<string, string>;
  /** Tags that the base could not take, by column title. */
  lostOptions: Map<string, Set<string>>;
}

/** Ready to speak with a base; nothing is asked yet. */
export function openBase(settings: AirtableSettings, given: StoreGiven): Base {
  const { environment, meter, now, pause, columns, memory } = given;
  const budget = budgetOf(settings);
  const pace = createPace(given, settings.base);
  const client = createClient(settings, { environment, meter, pause, pace });
  const { schemaSeconds } = budget;
  return {
    settings,
    given,
    budget,
    pace,
    client,
    schema: openSchema(settings, { client, columns, now, memory, schemaSeconds }),
    learnt: { canChangeSchema: true, twins: new Map(), lostOptions: new Map() },
    recent: createRecentRows(settings.base, { memory, me: randomUUID() }),
    locks: createLocks(settings, memory),
    changeOptions: inTurn(),
  };
}

/** What cells are compared with. */
export function knownOf({ learnt }: Pick<Base, 'learnt'>, { people }: Schema): Known {
  return { people, canAddOptions: learnt.canChangeSchema };
}

/** Where a person opens a row. */
export function rowAddress({ base }: AirtableSettings, tableId: string, id: string): string {
  return `https://airtable.com/${base}/${tableId}/${id}`;
}
