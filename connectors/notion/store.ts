import { agentNamed, agentsOf } from '../../src/kit/store/base-people.ts';
import type { StoreGiven } from '../../src/kit/connector.ts';
import type { Cell, StoreAbilities, StorePerson, TicketStore } from '../../src/ports/ticket-store.ts';
import { attachFile } from './attach.ts';
import { type Base, knownOf, openBase, rowAddress } from './base.ts';
import { fitCell } from './cells.ts';
import { checkBase } from './check.ts';
import { isPageId, plainId } from './filters.ts';
import { mendBase } from './mend.ts';
import { createComments } from './comments.ts';
import { createNews } from './news.ts';
import { createReader } from './read.ts';
import type { NotionSettings } from './settings.ts';
import { createTables } from './tables.ts';
import { createWriter, LONGEST_TEXT } from './write.ts';

/** Opens a data source of a Notion database. Nothing is asked of it yet. */
export function createNotionStore(settings: NotionSettings, given: StoreGiven): TicketStore {
  const base = openBase(settings, given);
  const reader = createReader(base);
  return {
    place: `notion ${plainId(settings.dataSource)}`,
    abilities: abilitiesOf(base),
    write: createWriter(base),
    changesSince: reader.changesSince,
    read: reader.read,
    find: reader.find,
    check: () => checkBase(base),
    mend: () => mendBase(base),
    fit: (column, cell) => fit(base, column, cell),
    makeRoom: () => base.pace.makeRoom(),
    news: createNews(base),
    comments: createComments(base),
    tables: createTables(base),
    attach: (rowId, file) => attachFile(base, rowId, file),
    people: () => peopleOf(base),
    addressOf: (id) => (isPageId(id) ? rowAddress(id) : null),
    holds: (where) => holds(base, where),
  };
}

function abilitiesOf({ budget }: Base): StoreAbilities {
  const { requestsPerMinute, pollSeconds, writeDelaySeconds } = budget;
  return {
    writeBatch: 1,
    requestsPerSecond: requestsPerMinute / 60,
    longestText: LONGEST_TEXT,
    // A query does not tell what is in the trash; the nightly comparison does.
    tellsDeletions: false,
    tellsEditors: true,
    pollSeconds,
    writeDelaySeconds,
    requestsPerMonth: null,
  };
}

/** A row lies in the data source, and so in its database. */
function holds({ settings, schema }: Base, where: readonly string[]): boolean {
  const ids = [settings.dataSource, schema.known()?.dataSource.databaseId ?? settings.dataSource].map(plainId);
  return where.some((id) => ids.includes(plainId(id)));
}

/** Before the database was looked at nothing is known, and a write that would turn out otherwise waits. */
function fit(base: Base, column: string, cell: Cell): Cell {
  const schema = base.schema.known();
  if (schema === null) return cell;
  const bound = schema.bound.get(column);
  return bound === undefined ? null : fitCell(bound, cell, knownOf(base, schema));
}

/** Members of the workspace, by the names that config has for them; else the agents of the config. */
async function peopleOf(base: Base): Promise<readonly StorePerson[]> {
  const columns = base.given.columns();
  const agents = columns.flatMap(agentsOf);
  const { people, bound } = await base.schema.current();
  const isOfPeople = columns.some(
    ({ name, type }) => type.kind === 'person' && bound.get(name)?.field.type === 'people',
  );
  if (people === null || !isOfPeople) return agents.map(({ name, email }) => ({ id: name, name, email }));
  return people.map((person) => {
    const { id, name, email } = person;
    return { id, name: agentNamed(agents, person) ?? name ?? email ?? id, email };
  });
}
