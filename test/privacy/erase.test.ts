import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/db/connection.ts';
import { attachmentBytes, attachments, events, lookups, modelAnswers, undeliverable } from '../../src/db/schema.ts';
import { rowsOf } from '../../src/db/rows-of.ts';
import { createLog } from '../../src/kit/log.ts';
import { erasePerson, wouldErase } from '../../src/privacy/erase.ts';
import { showPerson } from '../../src/privacy/show.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { createPull } from '../../src/sync/pull.ts';
import { aDeskBase as inAirtable } from '../connectors/airtable/desk-base.ts';
import { aDeskBase as inNotion } from '../connectors/notion/desk-base.ts';
import { allRows } from '../support/all-rows.ts';
import { aPolicy, aRule, MORNING } from '../support/builders.ts';
import { aDatabase } from '../support/database.ts';
import { aFreeMeter } from '../support/free-meter.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aDesk, allTickets, postForm, postJson } from '../support/pipeline.ts';

const POLICY = aPolicy({ triage: { rules: [aRule({ category: 'billing' })] } });

/** Words that only Greta wrote, or that were written to her. */
const HERS = /greta|olsen|trombone|violoncello|glockenspiel|tambourine|bassoon|4930901820/i;

const WORLDS = [
  { engine: 'pglite', base: 'Airtable' },
  { engine: 'postgres', base: 'Airtable' },
  { engine: 'pglite', base: 'Notion' },
] as const;

async function aBase(kind: 'Airtable' | 'Notion') {
  const columns = deskColumns(POLICY);
  if (kind === 'Airtable') {
    const base = await inAirtable(columns);
    return { ...base, dump: () => JSON.stringify(base.airtable.people.rows('Tickets')) };
  }
  const base = await inNotion(columns);
  return { ...base, dump: () => JSON.stringify(base.notion.people.rows('Tickets')) };
}

describe.each(WORLDS)('erasing a person, on $engine and in $base', ({ engine, base: kind }) => {
  const world = {} as Awaited<ReturnType<typeof aWorld>>;
  beforeAll(async () => void Object.assign(world, await aWorld()));
  afterAll(async () => {
    await world.base.close();
    await world.database.drop();
  });

  async function aWorld() {
    const database = await aDatabase(engine);
    const base = await aBase(kind);
    const { connection } = database;
    const { now, pause } = base.clock;
    const json = aChannel({ name: 'json', kind: 'json', settings: { fields: { ticket: 'ticket' } } });
    const config = aLiveConfig({ policy: POLICY, channels: [aChannel(), json] });
    const { pipeline } = aDesk(connection, { config, clock: { now, set: () => undefined, forward: () => undefined } });
    const log = createLog('silent');
    const given = {
      connection,
      store: base.store,
      pipeline,
      policy: () => POLICY,
      meter: aFreeMeter(),
      now,
      pause,
      log,
    };
    const [flush, pull] = [createFlush(given), createPull(given)];
    async function sync(): Promise<void> {
      for (let round = 0; round < 3; round += 1) {
        await flush.run();
        await pull.run();
        await pause(120_000);
      }
      await flush.run();
    }
    return { database, connection, base, pipeline, sync, parts: { connection, config, now } };
  }

  /** Greta writes twice, from two addresses, and is answered; Hans writes once. */
  async function story(): Promise<void> {
    const { connection, pipeline, base, sync } = world;
    const greta = { name: 'Greta Olsen', email: 'greta@example.com', phone: '+49 30 901820' };
    await postJson(connection, { ...greta, subject: 'My trombone', message: 'My trombone sounds like a violoncello.' });
    await pipeline.drainInbox();
    const [first] = await allTickets(connection);
    if (first === undefined) throw new Error('No ticket came of it.');
    const more = { ...greta, subject: 'More', message: 'And a glockenspiel, too.', ticket: `T-${first.number}` };
    await postJson(connection, more, { receivedAt: MORNING.add({ minutes: 5 }) });
    await pipeline.drainInbox();
    await pipeline.reply(first.key, { by: 'Ana', text: 'Dear Greta, a trombone is no tambourine.' });
    await pipeline.note(first.key, { by: 'Ana', text: 'Greta rang: it is a bassoon.' });
    const changes = [
      { field: 'subject' as const, from: first.subject, to: 'The trombone of Greta' },
      { field: 'category' as const, from: first.category, to: 'technical' },
    ];
    await pipeline.edit(first.key, { by: 'Ben', at: MORNING, changes });
    const [row] = rowsOf<{ id: string }>(
      await connection.queries.execute(
        sql`select requester_id as id from identities where value = 'greta@example.com'`,
      ),
    );
    const identity = { kind: 'email', value: 'g.olsen@other.example' };
    await pipeline.samePerson({ requesterId: row?.id ?? '', identity, by: 'Ana' });
    await postForm(connection, { name: 'G. Olsen', email: identity.value, subject: 'Tambourine', message: 'Bassoon!' });
    await postForm(connection, { name: 'Hans', email: 'hans@example.com', subject: 'A lamp', message: 'It flickers.' });
    await pipeline.drainInbox();
    await beside(first);
    await sync();
    const written = await base.store.find([first.key]);
    const id = written[0]?.id ?? '';
    const reply = 'Dear Greta, is it the bassoon?';
    const cells = {
      internalNotes: 'Greta plays the glockenspiel.',
      fileLinks: 'trombone.jpg https://x.example/1',
      reply,
    };
    await base.store.write([{ id, key: first.key, cells }]);
    const file = { name: 'violoncello.png', contentType: 'image/png', bytes: Buffer.from('png'), mayBeThere: false };
    expect(await base.store.attach?.(id, file)).toBe('attached');
    await sync();
  }

  /** What other parts of the desk keep of them. */
  async function beside({ key, number }: { key: string; number: number }): Promise<void> {
    const { queries } = world.connection;
    const at = MORNING;
    const file = { ticketKey: key, messageId: 'm', position: 0, contentType: 'image/jpeg', size: 8, createdAt: at };
    await queries.insert(attachments).values({ ...file, id: 'f', name: 'trombone.jpg', state: 'attached' });
    await queries.insert(attachmentBytes).values({ attachmentId: 'f', seq: 0, bytes: Buffer.from('trombone') });
    await queries.insert(lookups).values({
      name: 'crm',
      url: `https://crm.example/?who=${encodeURIComponent('greta@example.com')}`,
      answer: { fields: { name: 'Olsen AG' }, identities: [] },
      triedAt: at,
      attempts: 1,
    });
    await queries
      .insert(undeliverable)
      .values({ address: 'greta@example.com', since: at, reason: 'x', ticketKey: key });
    await queries.insert(events).values({
      id: 'e',
      subscription: 'crm',
      ticketKey: key,
      type: 'ticket.created',
      body: '{"subject":"My trombone"}',
      createdAt: at,
    });
    await queries.insert(modelAnswers).values({ key: 'k', answer: { reason: 'They write “trombone”.' }, at });
    const related = JSON.stringify([{ number, by: 'text', status: 'open', subject: 'My trombone' }]);
    await queries.execute(sql`update tickets set ticket = jsonb_set(ticket, '{related}', ${related}::jsonb)
      where requester_email = 'hans@example.com'`);
    await queries.execute(sql`insert into inbox (id, channel, delivery_id, received_at, headers, body, state)
      values ('lost', 'website', 'd', now(), '{}', convert_to('{"to": "greta@example.com", "x": "bassoon"', 'UTF8'), 'lost')`);
  }

  async function figures() {
    const { queries } = world.connection;
    return rowsOf(
      await queries.execute(sql`select number, category, status, queue, assignee, opened_at, contact_count, reopen_count,
        dense_rank() over (order by min_number) as customer
        from (select *, min(number) over (partition by customer) as min_number from outcomes) as known order by number`),
    );
  }

  it('shows all, would erase it without doing so, then leaves no word of it in any table, nor in the base', async () => {
    const { connection, parts, base, sync } = world;
    await story();
    const before = await figures();
    expect(await allRows(connection)).toMatch(HERS);
    expect(base.dump()).toMatch(/trombone/);
    expect(base.dump()).toContain('violoncello.png');
    expect(base.dump()).toContain('is it the bassoon?');

    const shown = await showPerson(connection.queries, 'greta@example.com');
    expect(shown.knownAs).toEqual(['greta@example.com', 'g.olsen@other.example', 'phone:+4930901820']);
    expect(Object.fromEntries(Object.entries(shown.held).map(([name, rows]) => [name, rows.length]))).toMatchObject({
      tickets: 2,
      messages: 5,
      requests: 3,
      files: 1,
      undeliverable: 1,
    });

    const rows = await allRows(connection);
    const would = await wouldErase(parts, { who: 'g.olsen@other.example', by: 'Cy' });
    expect(await allRows(connection)).toBe(rows);
    const { erased } = await erasePerson(parts, { who: 'g.olsen@other.example', by: 'Cy' });
    expect(erased).toEqual(would.erased);
    expect(erased).toMatchObject({ tickets: [1000, 1001], messages: 5, requests: 4, files: 1 });
    await sync();

    expect(await wordsLeft(connection)).toEqual([]);
    expect(base.dump().match(HERS)).toBeNull();
    expect(base.dump()).toContain('It flickers.');
    expect(await figures()).toEqual(before);
    const [first] = await allTickets(connection);
    expect(first).toMatchObject({ category: 'technical', why: 'Cy erased who asked and what was written.' });
  });

  it('finds nothing the second time', async () => {
    const { erased } = await erasePerson(world.parts, { who: 'greta@example.com', by: 'Cy' });
    expect(erased).toMatchObject({ tickets: [], messages: 0, requests: 0, letters: 0, files: 0, decisions: 0 });
  });

  it('is refused for what names nobody', async () => {
    await expect(erasePerson(world.parts, { who: 'Greta', by: 'Cy' })).rejects.toMatchObject({
      code: 'person.not-named',
    });
  });
});

/** Each place in which one of the words still stands, with what is around it; bytes are looked at as text, too. */
async function wordsLeft(connection: Connection): Promise<readonly string[]> {
  const dump = await allRows(connection);
  const bytes = [...dump.matchAll(/\\\\x((?:[0-9a-f]{2})+)/g)].map(([, hex = '']) =>
    Buffer.from(hex, 'hex').toString(),
  );
  return [dump, ...bytes].flatMap((text) =>
    [...text.matchAll(new RegExp(HERS, 'gi'))].map(({ index }) => text.slice(Math.max(0, index - 120), index + 60)),
  );
}
