import { agentNamed, agentsOf } from '../../src/kit/store/base-people.ts';
import type { StoreGiven } from '../../src/kit/connector.ts';
import type { Cell, LockedColumn, StoreAbilities, StorePerson, TicketStore } from '../../src/ports/ticket-store.ts';
import { attachFile } from './attach.ts';
import { type Base, knownOf, openBase, rowAddress } from './base.ts';
import { fitCell } from './cells.ts';
import { checkBase } from './check.ts';
import { mendBase } from './mend.ts';
import { createNews } from './news.ts';
import { createReader } from './read.ts';
import { WRITE_BATCH } from './send.ts';
import type { AirtableSettings } from './settings.ts';
import { createListener } from './webhooks/hear.ts';
import { createTables } from './tables.ts';
import { createWriter, LONGEST_TEXT } from './write.ts';

/** Requests a second that we make at most in the long run; Airtable takes five. */
const REQUESTS_PER_SECOND = 4;

/** Opens a table of an Airtable base. Nothing is asked of it yet. */
export function createAirtableStore(settings: AirtableSettings, given: StoreGiven): TicketStore {
  const base = openBase(settings, given);
  const reader = createReader(base);
  return {
    place: `airtable ${settings.base} ${settings.table}`,
    abilities: abilitiesOf(base),
    write: createWriter(base),
    changesSince: createListener(base, reader),
    read: reader.read,
    find: reader.find,
    check: () => checkBase(base),
    mend: () => mendBase(base),
    fit: (column, cell) => fit(base, column, cell),
    locked: () => lockedOf(base),
    async makeRoom() {
      await base.pace.makeRoom();
      base.locks.doubt();
    },
    attach: (rowId, file) => attachFile(base, rowId, file),
    people: () => peopleOf(base),
    addressOf: (id) => addressOf(base, id),
    holds: (where) => holds(base, where),
    news: createNews(base),
    tables: createTables(base),
  };
}

function abilitiesOf({ budget }: Base): StoreAbilities {
  const { pollSeconds, writeDelaySeconds, requestsPerMonth } = budget;
  return {
    writeBatch: WRITE_BATCH,
    requestsPerSecond: REQUESTS_PER_SECOND,
    longestText: LONGEST_TEXT,
    // Payloads do, while there is a webhook and none of them is lost; the nightly comparison does in any case.
    tellsDeletions: false,
    tellsEditors: false,
    pollSeconds,
    writeDelaySeconds,
    requestsPerMonth,
  };
}

/** People may call the table otherwise than config does. */
function holds({ settings, schema }: Base, where: readonly string[]): boolean {
  const table = schema.known()?.table;
  const names = table === undefined ? [settings.table] : [table.id, table.name];
  return where.includes(settings.base) && names.some((name) => where.includes(name));
}

/** Before the table was looked at nothing is known, and a write that would turn out otherwise waits. */
function fit(base: Base, column: string, cell: Cell): Cell {
  const schema = base.schema.known();
  if (schema === null) return cell;
  const bound = schema.bound.get(column);
  return bound === undefined ? null : fitCell(bound, cell, knownOf(base, schema));
}

/** Before the table was looked at nothing is known; whatever is left out then, the outcome of its write tells. */
function lockedOf({ schema, locks }: Base): readonly LockedColumn[] {
  const known = schema.known();
  return known === null ? [] : locks.told(known);
}

/** Who has access to the base, by the names that config has for them; else the agents of the config. */
async function peopleOf(base: Base): Promise<readonly StorePerson[]> {
  const agents = base.given.columns().flatMap(agentsOf);
  const { people } = await base.schema.current();
  if (people === null) return agents.map(({ name, email }) => ({ id: name, name, email }));
  return people.map((person) => {
    const { id, name, email } = person;
    return { id, name: agentNamed(agents, person) ?? name ?? email ?? id, email };
  });
}

/** The table is known by its id once something was asked of it; a name does not make an address. */
function addressOf({ settings, schema }: Base, id: string): string | null {
  const tableId = schema.known()?.table.id ?? settings.table;
  return tableId.startsWith('tbl') ? rowAddress(settings, tableId, id) : null;
}
