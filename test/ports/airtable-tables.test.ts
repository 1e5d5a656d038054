import type { NewTable } from '../../simulators/airtable/index.ts';
import { aDeskBase } from '../connectors/airtable/desk-base.ts';
import { PEOPLE, storeTablesSuite } from './store-tables.ts';
import { SUITE_COLUMNS } from './ticket-store.ts';

/** Longer than what is read twice, and than the shape of a base is taken to be as it was, in milliseconds. */
const LATER = { short: 60_000, long: 3_700_000 };

storeTablesSuite({
  name: 'Airtable',
  async open() {
    const fields: NewTable['fields'] = [
      { name: 'Name', type: 'singleLineText' },
      { name: 'Skills', type: 'multipleSelects', choices: ['billing', 'spanish'] },
      { name: 'Cap', type: 'number', options: { precision: 0 } },
      { name: 'Away', type: 'checkbox' },
    ];
    const opened = await aDeskBase(SUITE_COLUMNS, {}, { beside: [{ name: PEOPLE, fields }] });
    const { airtable, store, clock, close } = opened;
    const { people, designers } = airtable;
    const { tables } = store;
    if (tables === undefined) throw new Error('the store has no tables');
    const place = { name: PEOPLE };
    const filled = (values: object) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
    return {
      tables,
      add: async (values) => people.type(place.name, filled(values)),
      edit: async (id, values) => people.edit(place.name, id, values),
      remove: async (id) => people.delete(place.name, id),
      renameColumn: async (title, name) => designers.renameField(place.name, title, name),
      removeColumn: async (title) => designers.removeField(place.name, title),
      async renameTable(name) {
        designers.renameTable(place.name, name);
        place.name = name;
      },
      removeTable: async () => designers.removeTable(place.name),
      isAway: async (id) => people.row(place.name, id)?.['Away'] === true,
      passTime: (long) => clock.pause(LATER[long ?? 'short']),
      requests() {
        const count = airtable.requests().length;
        airtable.clearLog();
        return count;
      },
      close,
    };
  },
});
