import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Queries } from '../../src/db/connection.ts';
import { rowsOf } from '../../src/db/rows-of.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';

/** More than are kept at once. */
const MANY = 200;

describe('queries that are asked in one go', () => {
  const held: { database?: TestDatabase } = {};
  const queries = (): Queries => {
    if (held.database === undefined) throw new Error('no database');
    return held.database.connection.queries;
  };
  const rows = async (query: ReturnType<typeof sql>) => rowsOf<Record<string, unknown>>(await queries().execute(query));

  beforeAll(async () => {
    held.database = await aDatabase('pglite');
    await queries().execute(sql`create table things (id int primary key, name text, at timestamptz, more jsonb)`);
  });
  afterAll(() => held.database?.drop());

  it('gives back what went in, of every type', async () => {
    const [row] = await rows(sql`
      select ${'Zoë ✓'}::text as text, ${-7}::int as number, ${1.5}::float8 as share, ${true}::boolean as yes,
        ${false}::boolean as no, ${null}::text as nothing, ${'{"a": [1, null]}'}::jsonb as json,
        ${new Uint8Array([0, 255, 10])}::bytea as bytes, ${'2026-11-20T10:06:00.123456Z'}::timestamptz::text as at`);
    expect(row).toEqual({
      text: 'Zoë ✓',
      number: -7,
      share: 1.5,
      yes: true,
      no: false,
      nothing: null,
      json: { a: [1, null] },
      bytes: new Uint8Array([0, 255, 10]),
      at: '2026-11-20 10:06:00.123456+00',
    });
  });

  it('asks what has to be written in the way of its type, too', async () => {
    const [row] = await rows(sql`select ${new Date(Date.UTC(2026, 10, 20))}::timestamptz::text as at`);
    expect(row).toEqual({ at: '2026-11-20 00:00:00+00' });
  });

  it('asks the same again with other values', async () => {
    const ask = (value: number) => rows(sql`select ${value}::int + 1 as next`);
    expect([await ask(1), await ask(41), await ask(-1)]).toEqual([[{ next: 2 }], [{ next: 42 }], [{ next: 0 }]]);
  });

  it('goes on after a query that was refused', async () => {
    const insert = (id: number) => queries().execute(sql`insert into things (id, name) values (${id}, ${'first'})`);
    await insert(1);
    await expect(insert(1)).rejects.toMatchObject({ cause: { code: '23505' } });
    await insert(2);
    expect(await rows(sql`select id from things where name = ${'first'} order by id`)).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('asks a statement again whose first try was refused', async () => {
    const divide = (by: number) => rows(sql`select 84 / ${by}::int as result`);
    await expect(divide(0)).rejects.toMatchObject({ cause: { code: '22012' } });
    expect(await divide(2)).toEqual([{ result: 42 }]);
  });

  it('says what is wrong with a text that is no statement', async () => {
    await expect(rows(sql`selekt ${1}`)).rejects.toMatchObject({ cause: { code: '42601' } });
    expect(await rows(sql`select ${'still here'}::text as text`)).toEqual([{ text: 'still here' }]);
  });

  it('undoes all of a transaction of which one query was refused', async () => {
    const attempt = queries().transaction(async (tx) => {
      await tx.execute(sql`insert into things (id, name) values (${50}, ${'undone'})`);
      await tx.execute(sql`insert into things (id, name) values (${50}, ${'undone'})`);
    });
    await expect(attempt).rejects.toMatchObject({ cause: { code: '23505' } });
    expect(await rows(sql`select id from things where name = ${'undone'}`)).toEqual([]);
  });

  it('refuses a query of a transaction that is over', async () => {
    const kept: { tx?: Pick<Queries, 'execute'> } = {};
    await queries().transaction(async (tx) => void (kept.tx = tx));
    await expect(kept.tx?.execute(sql`select ${1}::int`)).rejects.toMatchObject({
      cause: { message: 'Transaction is closed' },
    });
  });

  it('keeps a query out of the transaction of somebody else', async () => {
    const gate = Promise.withResolvers<undefined>();
    const writing = queries().transaction(async (tx) => {
      await tx.execute(sql`insert into things (id, name) values (${60}, ${'half'})`);
      await gate.promise;
      await tx.execute(sql`delete from things where name = ${'half'}`);
    });
    const reading = rows(sql`select id from things where name = ${'half'}`);
    gate.resolve(undefined);
    await writing;
    expect(await reading).toEqual([]);
  });

  it('asks more statements than it keeps ready, and the first ones again', async () => {
    const ask = (number: number) => rows(sql`select ${number}::int as ${sql.identifier(`column_${number}`)}`);
    for (let number = 0; number < MANY; number++) await ask(number);
    expect(await ask(0)).toEqual([{ column_0: 0 }]);
    const [counted] = await rows(sql`select count(*)::int as kept from pg_prepared_statements where ${true}::boolean`);
    expect(counted?.['kept']).toBeLessThanOrEqual(152);
    expect(counted?.['kept']).toBeGreaterThan(100);
  });

  it('follows a table that changes its columns', async () => {
    const ask = () => rows(sql`select name from things where id = ${1}`);
    expect(await ask()).toEqual([{ name: 'first' }]);
    await queries().execute(sql`alter table things add column extra int`);
    expect(await ask()).toEqual([{ name: 'first' }]);
  });

  it('plans each time, since a plan for an empty table would be kept as the table grows', async () => {
    const statement = sql`select name from things where id > ${0} and name = ${'wanted'}`;
    for (let times = 0; times < 8; times++) await queries().execute(statement);
    const [kept] = await rows(sql`
      select generic_plans::int as generic, custom_plans::int as custom from pg_prepared_statements
      where statement like ${'select name from things where id >%'}`);
    expect(kept).toEqual({ generic: 0, custom: 8 });
  });
});
