import type { StoreGiven } from '../../src/kit/connector.ts';
import { inTurn } from '../../src/kit/store/in-turn.ts';
import type { SchemaReader } from '../../src/kit/store/schema-reader.ts';
import type { Known } from './cells.ts';
import { type Client, createClient } from './client.ts';
import { createPace, type Pace } from './pace.ts';
import { type Budget, budgetOf } from './plan.ts';
import { createRecentPages, type RecentPages } from './recent-pages.ts';
import { openSchema, type Schema } from './schema.ts';
import type { NotionSettings } from './settings.ts';

/** A database that we speak with, and what we learnt of it on the way. */
export interface Base {
  settings: NotionSettings;
  given: StoreGiven;
  budget: Budget;
  pace: Pace;
  client: Client;
  schema: SchemaReader<Schema>;
  learnt: Learnt;
  recent: RecentPages;
  /** For changes of options, each of which names all that are there: the next must know of the last. */
  changeOptions: ReturnType<typeof inTurn>;
}

/** What answers told besides what was asked. Lives as long as the process. */
export interface Learnt {
  /** Whether the connection may add options and properties. Taken for granted until Notion says no. */
  canChangeSchema: boolean;
  /** When Notion last refused to make a page, as the plan's blocks are used up. */
  blocksSpentAt: Temporal.Instant | null;
  /** Ids of pages that bear a key which another one bears, and that key. */
  twins: Map<string, string>;
  /** Tags that the database could not take, by the title of the property. */
  lostOptions: Map<string, Set<string>>;
}

/** Ready to speak with a database; nothing is asked yet. */
export function openBase(settings: NotionSettings, given: StoreGiven): Base {
  const { now, columns, memory } = given;
  const budget = budgetOf(settings);
  const pace = createPace(given, budget.requestsPerMinute);
  const client = createClient(settings, { ...given, pace });
  const { schemaSeconds } = budget;
  return {
    settings,
    given,
    budget,
    pace,
    client,
    schema: openSchema(settings, { client, columns, now, memory, schemaSeconds }),
    learnt: { canChangeSchema: true, blocksSpentAt: null, twins: new Map(), lostOptions: new Map() },
    recent: createRecentPages(now),
    changeOptions: inTurn(),
  };
}

/** What cells are compared with. */
export function knownOf({ learnt }: Pick<Base, 'learnt'>, { people }: Schema): Known {
  return { people, canAddOptions: learnt.canChangeSchema };
}

/** Where a person opens a row. */
export function rowAddress(id: string): string {
  return `https://www.notion.so/${id.replaceAll('-', '')}`;
}
