import { aDeskBase } from '../connectors/notion/desk-base.ts';
import { REVIEW, tableEntriesSuite } from './table-entries.ts';
import { SUITE_COLUMNS } from './ticket-store.ts';

/** Longer than what is read twice, and than the shape of a table is taken to be as it was, in milliseconds. */
const LATER = { short: 300_000, long: 3_700_000 };

tableEntriesSuite({
  name: 'Notion',
  async open() {
    const properties = [
      { name: 'Figure', type: 'rich_text' },
      { name: 'Key', type: 'rich_text' },
      { name: 'Count', type: 'number' },
      { name: 'Since', type: 'date' },
      { name: 'Page', type: 'url' },
      { name: 'Text', type: 'rich_text' },
      { name: 'Note', type: 'title' },
    ] as const;
    const { notion, store, clock, close } = await aDeskBase(
      SUITE_COLUMNS,
      {},
      { beside: [{ name: REVIEW, properties }] },
    );
    const { people, designers } = notion;
    const { tables } = store;
    if (tables === undefined) throw new Error('the store has no tables');
    const filled = (fields: object) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
    return {
      tables,
      rows: () => people.rows(REVIEW).map((row) => filled(row.fields)),
      add: (values) => void people.type(REVIEW, values),
      edit(key, values) {
        const row = people.rows(REVIEW).find(({ fields: { Key } }) => Key === key);
        people.edit(REVIEW, row?.id ?? '', values);
      },
      renameColumn: (title, name) => designers.renameProperty(REVIEW, title, name),
      removeColumn: (title) => designers.removeProperty(REVIEW, title),
      retype: (title) => designers.retypeProperty(REVIEW, title, { type: 'select', options: ['New tickets'] }),
      loseAnswers(count) {
        const left = { count };
        notion.settings.faults = ({ method, path }) => {
          if (method !== 'POST' || !path.includes('/pages') || left.count === 0) return null;
          left.count -= 1;
          return { kind: 'commit-then-drop' };
        };
      },
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
