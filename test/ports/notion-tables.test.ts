import { aDeskBase } from '../connectors/notion/desk-base.ts';
import { PEOPLE, storeTablesSuite } from './store-tables.ts';
import { SUITE_COLUMNS } from './ticket-store.ts';

/** Longer than what is read twice, and than the shape of a table is taken to be as it was, in milliseconds. */
const LATER = { short: 300_000, long: 3_700_000 };

const DATABASE = {
  name: PEOPLE,
  properties: [
    { name: 'Name', type: 'title' },
    { name: 'Skills', type: 'multi_select', options: ['billing', 'spanish'] },
    { name: 'Cap', type: 'number' },
    { name: 'Away', type: 'checkbox' },
  ],
} as const;

storeTablesSuite({
  name: 'Notion',
  async open() {
    const { notion, store, clock, close } = await aDeskBase(SUITE_COLUMNS, {}, { beside: [DATABASE] });
    const { people, designers } = notion;
    const { tables } = store;
    if (tables === undefined) throw new Error('the store has no tables');
    const place = { name: PEOPLE };
    return {
      tables,
      add: async (values) => people.type(place.name, values),
      edit: async (id, values) => people.edit(place.name, id, values),
      remove: async (id) => people.delete(place.name, id),
      renameColumn: async (title, name) => designers.renameProperty(place.name, title, name),
      removeColumn: async (title) => designers.removeProperty(place.name, title),
      async renameTable(name) {
        designers.renameDatabase(place.name, name);
        place.name = name;
      },
      removeTable: async () => designers.trashDatabase(place.name, true),
      isAway: async (id) => people.row(place.name, id)?.['Away'] === true,
      passTime: (long) => clock.pause(LATER[long ?? 'short']),
      requests() {
        const count = notion.requests().length;
        notion.clearLog();
        return count;
      },
      close,
    };
  },
});
