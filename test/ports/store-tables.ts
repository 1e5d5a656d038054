/**
 * What every store must keep of tables beside the tickets' own. Each store's test opens one with a table of the
 * columns Name, Skills (several options), Cap (a number) and Away (a tick), and nothing in it.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import type { StoreTables, TableChanges, WantedTable } from '../../src/ports/store-tables.ts';
import type { Cell, Watermark } from '../../src/ports/ticket-store.ts';

type Values = Readonly<Record<string, Cell>>;

export interface OpenTables {
  tables: StoreTables;
  /** What people do, by titles. */
  add(values: Values): Promise<string>;
  edit(id: string, values: Values): Promise<void>;
  remove(id: string): Promise<void>;
  renameColumn(title: string, name: string): Promise<void>;
  removeColumn(title: string): Promise<void>;
  renameTable(name: string): Promise<void>;
  removeTable(): Promise<void>;
  /** Whether the row is ticked, by another way than the store. */
  isAway(id: string): Promise<boolean>;
  /** Lets time pass: a minute, so that nothing is read twice, or so long that the base's shape is looked at again. */
  passTime(long?: 'long'): Promise<void>;
  /** Requests since the last time somebody asked. */
  requests(): number;
  close(): Promise<void>;
}

/** The name of the table. */
export const PEOPLE = 'People';

const WANTED: WantedTable = {
  table: PEOPLE,
  usedFor: 'Agents come from it.',
  guide: 'docs/people.md',
  columns: [
    { title: 'Name', isNeeded: true, isTicked: false },
    { title: 'skills', isNeeded: false, isTicked: false },
    { title: 'Cap', isNeeded: false, isTicked: false },
    { title: 'Away', isNeeded: false, isTicked: true },
    { title: 'Shoe size', isNeeded: false, isTicked: false },
  ],
};

const ANA: Values = { Name: 'Ana', Skills: ['billing', 'spanish'], Cap: 5, Away: true };

export function storeTablesSuite({ name, open }: { name: string; open(): Promise<OpenTables> }): void {
  describe(`tables beside the tickets’ own in ${name}`, () => {
    let base: OpenTables;
    beforeEach(async () => {
      base = await open();
      return () => base.close();
    });

    async function readOn(watermark: Watermark | null, wanted = WANTED) {
      const pages: TableChanges[] = [];
      for (let from = watermark; ;) {
        const page = await base.tables.changesSince(wanted, from);
        pages.push(page);
        if (!page.more) return { rows: pages.flatMap(({ rows }) => rows), pages: pages.length, ...last(page) };
        from = page.watermark;
      }
    }

    function last({ watermark, isAll }: TableChanges) {
      return { watermark, isAll };
    }

    async function codeOf(work: Promise<unknown>): Promise<string | null> {
      try {
        await work;
        return null;
      } catch (error) {
        if (error instanceof Problem) return error.code;
        throw error;
      }
    }

    it('are read as people see them, without the columns that they lack', async () => {
      const [ana, ben] = [await base.add(ANA), await base.add({ Name: 'Ben' })];
      const { rows, isAll } = await readOn(null);
      expect(new Map(rows.map(({ id, values }) => [id, values]))).toEqual(
        new Map<string, Values>([
          [ana, { Name: 'Ana', skills: ['billing', 'spanish'], Cap: 5, Away: true }],
          [ben, { Name: 'Ben', skills: null, Cap: null, Away: false }],
        ]),
      );
      expect(isAll).toBe(true);
    });

    it('cost one request while nothing changes, and tell what changed since', async () => {
      const [ana, ben] = [await base.add(ANA), await base.add({ Name: 'Ben' })];
      const { watermark } = await readOn(null);
      await base.passTime();
      const quiet = await readOn(watermark);
      base.requests();
      await base.passTime();
      const still = await readOn(quiet.watermark);
      expect([still.rows, still.isAll, base.requests()]).toEqual([[], false, 1]);
      await base.edit(ben, { Away: true });
      const cy = await base.add({ Name: 'Cy' });
      const news = await readOn(still.watermark);
      expect(news.rows.map(({ id }) => id).sort()).toEqual([ben, cy].sort());
      await base.remove(ana);
      expect((await readOn(null)).rows.map(({ id }) => id).sort()).toEqual([ben, cy].sort());
    });

    it('are read anew as a whole under other columns', async () => {
      const ana = await base.add(ANA);
      const { watermark } = await readOn(null, { ...WANTED, columns: WANTED.columns.slice(0, 1) });
      await base.passTime();
      const { rows, isAll } = await readOn(watermark);
      expect([rows, isAll]).toMatchObject([[{ id: ana, values: { Name: 'Ana', Cap: 5 } }], true]);
    });

    it('are read in pages when they are long', async () => {
      for (let number = 1; number <= 101; number += 1) await base.add({ Name: `Agent ${number}` });
      const { rows, pages } = await readOn(null);
      expect([new Set(rows.map(({ id }) => id)).size, pages]).toEqual([101, 2]);
    });

    it('are ticked and unticked', async () => {
      const ana = await base.add({ Name: 'Ana' });
      await base.tables.tick(WANTED, { rowId: ana, title: 'Away', ticked: true });
      expect(await base.isAway(ana)).toBe(true);
      await base.tables.tick(WANTED, { rowId: ana, title: 'Away', ticked: false });
      expect(await base.isAway(ana)).toBe(false);
      await base.remove(ana);
      expect(await codeOf(base.tables.tick(WANTED, { rowId: ana, title: 'Away', ticked: true }))).toBe(
        'store.row-gone',
      );
      expect(await codeOf(base.tables.tick(WANTED, { rowId: ana, title: 'Cap', ticked: true }))).toBe(
        'store.table-unfit',
      );
    });

    it('stay known when they or their columns are renamed, and doctor says so', async () => {
      const ana = await base.add(ANA);
      await readOn(null);
      await base.renameColumn('Cap', 'At most');
      await base.renameTable('Colleagues');
      await base.passTime('long');
      expect((await readOn(null)).rows).toMatchObject([{ id: ana, values: { Cap: 5 } }]);
      const found = await base.tables.check(WANTED);
      expect(found.map(({ message }) => message).join('\n')).toMatch(
        /"Cap" of the \w+ "People" is called "At most" now/,
      );
    });

    it('say which name was probably meant when they or a needed column are not there', async () => {
      await base.add(ANA);
      const other = { ...WANTED, table: 'Poeple' };
      expect(await codeOf(readOn(null, other))).toBe('store.table-missing');
      expect((await base.tables.check(other))[0]?.fix).toContain('Did you mean "People"?');
      const needing = { ...WANTED, columns: [{ title: 'Nmae', isNeeded: true, isTicked: false }] };
      expect(await codeOf(readOn(null, needing))).toBe('store.table-unfit');
      const [finding] = await base.tables.check(needing);
      expect([finding?.severity, finding?.fix]).toEqual(['error', expect.stringContaining('Did you mean "Name"?')]);
    });

    it('say so when they were removed, or a needed column was', async () => {
      await base.add(ANA);
      const { watermark } = await readOn(null);
      await base.removeColumn('Cap');
      await base.passTime('long');
      const capless = await readOn(watermark);
      expect(capless.rows).toMatchObject([{ values: { Name: 'Ana' } }]);
      expect(Object.keys(capless.rows[0]?.values ?? {})).not.toContain('Cap');
      const needing = { ...WANTED, columns: [...WANTED.columns, { title: 'Cap', isNeeded: true, isTicked: false }] };
      expect(await codeOf(readOn(null, needing))).toBe('store.table-unfit');
      await base.removeTable();
      await base.passTime('long');
      expect(await codeOf(readOn(capless.watermark))).toBe('store.table-missing');
    });

    it('have nothing wrong with them when all is there', async () => {
      const found = await base.tables.check({ ...WANTED, columns: WANTED.columns.slice(0, 4) });
      expect(found).toEqual([]);
      const advice = await base.tables.check(WANTED);
      expect(advice.map(({ severity }) => severity)).toEqual(['advice']);
    });

    it('have an address at which a person opens them', async () => {
      await readOn(null);
      expect(base.tables.addressOf(PEOPLE)).toMatch(/^https:\/\//);
    });
  });
}
