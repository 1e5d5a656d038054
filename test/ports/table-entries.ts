/**
 * What every store must keep of rows that we add to tables beside the tickets' own. Each store's test opens one with a
 * table of the columns Key, Figure, Count (a number), Since (a day), Page (an address), Text (long) and Note, which is
 * the team's own, and nothing in it.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import type { StoreTables, TableEntry, WantedTable, WrittenKind } from '../../src/ports/store-tables.ts';

type Shown = Readonly<Record<string, unknown>>;

export interface OpenEntries {
  tables: StoreTables;
  /** Rows as people see them, without empty cells. */
  rows(): readonly Shown[];
  /** Somebody types a row, or changes the row of a key. */
  add(values: Shown): void;
  edit(key: string, values: Shown): void;
  renameColumn(title: string, name: string): void;
  removeColumn(title: string): void;
  /** Makes a column one of options. */
  retype(title: string): void;
  /** What the next writes ask is done, and no answer comes. */
  loseAnswers(count: number): void;
  passTime(long?: 'long'): Promise<void>;
  requests(): number;
  close(): Promise<void>;
}

export const REVIEW = 'Review';

const KINDS: Readonly<Record<string, WrittenKind>> = {
  Key: 'key',
  Figure: 'line',
  Count: 'number',
  Since: 'day',
  Page: 'link',
  Text: 'text',
  Unit: 'line',
};

const WANTED: WantedTable = {
  table: REVIEW,
  usedFor: 'The review goes into it.',
  guide: 'docs/reports.md',
  columns: Object.entries(KINDS).map(([title, written]) => ({
    title,
    isNeeded: written === 'key',
    isTicked: false,
    written,
  })),
};

function anEntry(key: string, overrides: TableEntry = {}): TableEntry {
  return {
    Key: key,
    Figure: 'New tickets',
    Count: 42.5,
    Since: '2026-11-16',
    Page: 'https://desk.example/reports',
    Text: null,
    Unit: 'tickets',
    ...overrides,
  };
}

export function tableEntriesSuite({ name, open }: { name: string; open(): Promise<OpenEntries> }): void {
  describe(`rows of ours in a table of ${name}`, () => {
    let base: OpenEntries;
    beforeEach(async () => {
      base = await open();
      return () => base.close();
    });

    const put = (...entries: readonly TableEntry[]) => base.tables.put(WANTED, entries);
    const column = (title: string) => base.rows().map((row) => row[title]);

    it('stand there as they were given, without the columns that the table lacks', async () => {
      const text = `She wrote: =IF(1,2)\n\n${'long '.repeat(1000)}`.trim();
      await put(anEntry('2026-W47-opened'), anEntry('2026-W47-text', { Count: null, Page: null, Text: text }));
      expect(base.rows()).toEqual([
        {
          Key: '2026-W47-opened',
          Figure: 'New tickets',
          Count: 42.5,
          Since: '2026-11-16',
          Page: 'https://desk.example/reports',
        },
        { Key: '2026-W47-text', Figure: 'New tickets', Since: '2026-11-16', Text: text },
      ]);
    });

    it('are written over by the same key, and what the team wrote beside them stays', async () => {
      await put(anEntry('2026-W47-opened'), anEntry('2026-W47-resolved'));
      base.edit('2026-W47-opened', { Note: 'The fair.' });
      await put(anEntry('2026-W47-opened', { Count: 44 }), anEntry('2026-W48-opened', { Count: 7 }));
      expect(base.rows().map(({ Key, Count, Note }) => [Key, Count, Note])).toEqual([
        ['2026-W47-opened', 44, 'The fair.'],
        ['2026-W47-resolved', 42.5, undefined],
        ['2026-W48-opened', 7, undefined],
      ]);
    });

    it('stand there once, though nobody heard that they were written', async () => {
      const entries = Array.from({ length: 13 }, (_, index) => anEntry(`2026-W47-f${index}`));
      base.loseAnswers(4);
      for (let lost = 0; lost < 4; lost += 1) {
        await put(...entries).catch(() => null);
        await base.passTime();
      }
      await put(...entries);
      expect(column('Key')).toEqual(entries.map(({ Key }) => Key));
    });

    it('take few requests: the same again no more than the first time', async () => {
      await put(anEntry('2026-W47-f1'));
      base.requests();
      await put(anEntry('2026-W47-f1'));
      expect(base.requests()).toBeLessThanOrEqual(2);
    });

    it('are found by the older row where somebody copied one', async () => {
      await put(anEntry('2026-W47-opened', { Count: 1 }));
      await base.passTime();
      base.add({ Key: '2026-W47-opened', Count: 1 });
      await base.passTime();
      await put(anEntry('2026-W47-opened', { Count: 2 }), anEntry('2026-W47-new', { Count: 3 }));
      expect(column('Count')).toEqual([2, 1, 3]);
    });

    it('go on when a column is renamed, and leave out one that was removed or holds something else', async () => {
      await put(anEntry('2026-W47-a'));
      base.renameColumn('Count', 'How many');
      base.removeColumn('Since');
      base.retype('Figure');
      await base.passTime('long');
      await put(anEntry('2026-W47-b', { Count: 3 }));
      const [, row] = base.rows();
      expect(row).toEqual({ Key: '2026-W47-b', 'How many': 3, Page: 'https://desk.example/reports' });
    });

    it('go on within the hour in which the shape of the table is remembered', async () => {
      await put(anEntry('2026-W47-a'));
      base.removeColumn('Since');
      await put(anEntry('2026-W47-b'));
      expect(column('Key')).toEqual(['2026-W47-a', '2026-W47-b']);
    });

    it('have nowhere to go without the table or its key, which is said with what to do', async () => {
      await expect(base.tables.put({ ...WANTED, table: 'Reviwe' }, [anEntry('a')])).rejects.toMatchObject({
        code: 'store.table-missing',
        fix: expect.stringContaining('Did you mean "Review"?'),
      });
      base.retype('Key');
      await base.passTime('long');
      await expect(put(anEntry('a'))).rejects.toMatchObject({ code: 'store.table-unfit', retry: 'never' });
      base.removeColumn('Key');
      await base.passTime('long');
      await expect(put(anEntry('a'))).rejects.toMatchObject({ code: 'store.table-unfit' });
    });

    it('have their missing columns and wrong types told with the type that is wanted', async () => {
      const [advice, ...others] = await base.tables.check(WANTED);
      expect([advice?.severity, others]).toEqual(['advice', []]);
      expect(advice?.message).toMatch(/does without "Unit" \((singleLineText|rich_text)\)/);
      expect(advice?.fix).toContain('docs/reports.md');
      base.retype('Count');
      await base.passTime('long');
      const found = await base.tables.check(WANTED);
      expect(found.map(({ severity }) => severity)).toEqual(['advice', 'warning']);
      expect(found[1]?.message).toMatch(/"Count" .* is of the type \w+, so it cannot be filled/);
      expect(found[1]?.fix).toContain('of the type number');
    });
  });
}
