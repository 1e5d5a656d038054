import type { NewTable } from '../../simulators/airtable/index.ts';
import { aDeskBase } from '../connectors/airtable/desk-base.ts';
import { REVIEW, tableEntriesSuite } from './table-entries.ts';
import { SUITE_COLUMNS } from './ticket-store.ts';

/** Longer than what is read twice, and than the shape of a base is taken to be as it was, in milliseconds. */
const LATER = { short: 60_000, long: 3_700_000 };

tableEntriesSuite({
  name: 'Airtable',
  async open() {
    const fields: NewTable['fields'] = [
      { name: 'Key', type: 'singleLineText' },
      { name: 'Figure', type: 'singleLineText' },
      { name: 'Count', type: 'number', options: { precision: 1 } },
      { name: 'Since', type: 'date' },
      { name: 'Page', type: 'url' },
      { name: 'Text', type: 'multilineText' },
      { name: 'Note', type: 'singleLineText' },
    ];
    const { airtable, store, clock, close } = await aDeskBase(
      SUITE_COLUMNS,
      {},
      { beside: [{ name: REVIEW, fields }] },
    );
    const { people, designers } = airtable;
    const { tables } = store;
    if (tables === undefined) throw new Error('the store has no tables');
    return {
      tables,
      rows: () => people.rows(REVIEW).map((row) => row.fields),
      add: (values) => void people.type(REVIEW, values),
      edit(key, values) {
        const row = people.rows(REVIEW).find(({ fields: { Key } }) => Key === key);
        people.edit(REVIEW, row?.id ?? '', values);
      },
      renameColumn: (title, name) => designers.renameField(REVIEW, title, name),
      removeColumn: (title) => designers.removeField(REVIEW, title),
      retype: (title) => designers.retypeField(REVIEW, title, { type: 'singleSelect', choices: ['New tickets'] }),
      loseAnswers(count) {
        const left = { count };
        airtable.settings.faults = ({ method }) => {
          if (method !== 'PATCH' || left.count === 0) return null;
          left.count -= 1;
          return { kind: 'commit-then-drop' };
        };
      },
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
