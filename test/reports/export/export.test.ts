import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../../../src/db/rows-of.ts';
import { columnsOfExport, type ExportAsked, exportText } from '../../../src/reports/export/export.ts';
import { EXPORT_TABLES, type ExportTableId } from '../../../src/reports/export/tables.ts';
import { FIGURES } from '../../../src/reports/figures/catalogue.ts';
import { measure } from '../../../src/reports/figures/measure.ts';
import { edgesOf, spanNamed } from '../../../src/reports/span.ts';
import { csvRows } from '../../support/csv.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { aHistory, anOutcome, HISTORY_NOW as NOW, type OutcomeRow, writeHistory } from '../../support/histories.ts';

const ZONE = 'Europe/Berlin';
const SPAN = spanNamed('last_90_days', NOW, ZONE);
const FORMULA = '=HYPERLINK("http://evil.example","Refund")';

describe.each(ENGINES)('what is taken out, on %s', (engine) => {
  const world = {} as { database: TestDatabase; rows: readonly OutcomeRow[] };
  beforeAll(async () => {
    world.database = await aDatabase(engine);
    // More than a page of rows, and one that a stranger wrote.
    const hostile = anOutcome({ number: 9999, customer: FORMULA, category: 'a "quoted", name', assignee: 'Zoë' });
    world.rows = [...aHistory({ seed: 11, count: 1100, days: 120 }), hostile];
    await writeHistory(world.database.connection, world.rows);
  });
  afterAll(() => world.database.drop());
  const queries = () => world.database.connection.queries;

  async function taken(asked: Partial<ExportAsked>): Promise<string> {
    const whole = {
      what: 'tickets',
      format: 'csv',
      span: null,
      among: {},
      timeZone: ZONE,
      now: NOW,
      ...asked,
    } as const;
    return (await Array.fromAsync(exportText(queries(), whole))).join('');
  }

  async function numbersTaken(asked: Partial<ExportAsked>): Promise<readonly number[]> {
    const lines = (await taken({ ...asked, format: 'jsonl' })).trim().split('\n');
    return lines.map((line) => (JSON.parse(line) as { number: number }).number).toSorted((one, other) => one - other);
  }

  /** As the role of the guide, which may read the schema and nothing else; the role is gone with the transaction. */
  async function asReader(question: SQL): Promise<readonly { value: number | null }[]> {
    const reader = sql.identifier(`reader_${crypto.randomUUID()}`);
    const answer = Promise.withResolvers<readonly { value: number | null }[]>();
    const asking = queries().transaction(async (tx) => {
      await tx.execute(sql`create role ${reader}`);
      await tx.execute(sql`grant usage on schema bi to ${reader}`);
      await tx.execute(sql`grant select on all tables in schema bi to ${reader}`);
      await tx.execute(sql`set local role ${reader}`);
      answer.resolve(rowsOf<{ value: number | null }>(await tx.execute(question)));
      tx.rollback();
    });
    await asking.catch((error: unknown) => answer.reject(error));
    return answer.promise;
  }

  it.each(Object.keys(EXPORT_TABLES) as ExportTableId[])(
    'has of %s the columns of the view, named once',
    async (what) => {
      const found = rowsOf<{ name: string }>(
        await queries().execute(sql`
        select column_name as name from information_schema.columns
        where table_schema = 'bi' and table_name = ${what} order by ordinal_position
      `),
      );
      const names = columnsOfExport(what).map(({ name }) => name);
      expect(found.map(({ name }) => name)).toEqual(names);
      const [head = ''] = (await taken({ what })).split('\r\n');
      expect(head).toBe(`\uFEFF${names.join(',')}`);
    },
  );

  it('has every ticket once, over several pages', async () => {
    const numbers = world.rows.map(({ number }) => number).toSorted((one, other) => one - other);
    expect(await numbersTaken({})).toEqual(numbers);
  });

  it('has every stay once', async () => {
    const [row] = rowsOf<{ stays: number }>(await queries().execute(sql`select count(*)::int as stays from stays`));
    expect((await taken({ what: 'stays', format: 'jsonl' })).trim().split('\n')).toHaveLength(row?.stays ?? 0);
  });

  it('has of some days and tickets those alone', async () => {
    const { from, until } = edgesOf(SPAN);
    const wanted = world.rows.filter(
      ({ openedAt, channel }) =>
        channel === 'mail' &&
        Temporal.Instant.compare(openedAt, from) >= 0 &&
        Temporal.Instant.compare(openedAt, until) < 0,
    );
    expect(await numbersTaken({ span: SPAN, among: { channel: 'mail' } })).toEqual(
      wanted.map(({ number }) => number).toSorted((one, other) => one - other),
    );
  });

  it('can be read back by whoever reads CSV, with nothing that a spreadsheet would calculate', async () => {
    const [head = [], ...rows] = csvRows(await taken({}));
    const column = (name: string) => head.indexOf(name);
    const hostile = rows.find((row) => row[column('number')] === '9999') ?? [];
    expect(hostile[column('customer')]).toBe(`'${FORMULA}`);
    expect(hostile[column('category')]).toBe('a "quoted", name');
    expect(hostile[column('assignee')]).toBe('Zoë');
    expect(hostile[column('opened_at')]).toBe('2026-11-20T10:06:00Z');
    for (const row of rows) expect(row).toHaveLength(head.length);
  });

  it('keeps in JSON lines what was written', async () => {
    const lines = (await taken({ format: 'jsonl' })).trim().split('\n');
    const hostile = lines.map((line) => JSON.parse(line)).find(({ number }) => number === 9999);
    expect(hostile).toMatchObject({ customer: FORMULA, is_open: true, first_responded_at: null, contact_count: 1 });
  });

  it('says of figures what the pages say', async () => {
    const lines = (await taken({ what: 'figures', format: 'jsonl', span: SPAN })).trim().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as Record<string, string | number | null>);
    const whole = (await measure(queries(), { figures: FIGURES, span: SPAN, now: NOW })).get('') ?? {};
    for (const { id } of FIGURES) {
      expect(rows.find((row) => row['figure'] === id && row['by'] === '')).toMatchObject(whole[id] ?? {});
    }
    const byChannel = await measure(queries(), { figures: FIGURES, span: SPAN, by: 'channel', now: NOW });
    const mail = rows.filter((row) => row['by'] === 'channel' && row['group'] === 'mail');
    expect(mail.map((row) => row['figure'])).toEqual(Object.keys(byChannel.get('mail') ?? {}).toSorted(inCatalogue));
  });

  it.each(FIGURES.map((figure) => [figure.id, figure] as const))(
    'measures %s of the view by the SQL of the reference as the pages do',
    async (id, figure) => {
      const { from, until } = edgesOf(SPAN);
      const isWithin =
        figure.moment === null
          ? sql`o.is_open`
          : sql`o.${sql.identifier(figure.moment)} >= ${from.toString()} and o.${sql.identifier(figure.moment)} < ${until.toString()}`;
      const [row] = await asReader(sql`
        select (${figure.value(figure.of)})::float8 as value
        from bi.tickets as o, (select ${NOW.toString()}::timestamptz as now) as asked where ${isWithin}
      `);
      const measured = (await measure(queries(), { figures: [figure], span: SPAN, now: NOW })).get('')?.[id];
      const rate = (measured?.value ?? 0) * (90 / (figure.perDays ?? 90));
      if (figure.perDays === undefined) expect(row?.value ?? null).toBe(measured?.value ?? null);
      // The last of the ninety days is not over.
      else expect(Math.abs((row?.value ?? 0) - rate) / rate).toBeLessThan(0.01);
    },
  );
});

function inCatalogue(one: string, other: string): number {
  const place = (id: string) => FIGURES.findIndex((figure) => figure.id === id);
  return place(one) - place(other);
}
