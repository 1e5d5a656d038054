import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LoadedConfig } from '../../src/config/live.ts';
import { keepRetention, readRetention } from '../../src/db/retention-mark.ts';
import { rowsOf } from '../../src/db/rows-of.ts';
import { inbox, modelAnswers, outbox } from '../../src/db/schema.ts';
import { isErased } from '../../src/domain/erasure.ts';
import { createLog } from '../../src/kit/log.ts';
import { forgetSubjects } from '../../src/privacy/forget-subjects.ts';
import { createRetention } from '../../src/privacy/retention.ts';
import { allRows } from '../support/all-rows.ts';
import { aPolicy, aRule, MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aClock, aDesk, allDecisions, allTickets, postForm, type TestDesk } from '../support/pipeline.ts';

const YEARS = { written: '3 years', span: Temporal.Duration.from({ years: 3 }) };
const MONTHS = { written: '18 months', span: Temporal.Duration.from({ months: 18 }) };

/** Three in the morning where the desk is, some days after. */
function night(days: number): Temporal.Instant {
  return MORNING.toZonedDateTimeISO('Europe/Berlin').startOfDay().add({ days, hours: 3, minutes: 23 }).toInstant();
}

describe.each(ENGINES)('tickets that are kept for a while only, on %s', (engine) => {
  let database: TestDatabase;
  let desk: TestDesk;
  const clock = aClock();
  const held: { retention: LoadedConfig['retention']; shadow: LoadedConfig['shadow'] } = {
    retention: YEARS,
    shadow: null,
  };
  const log: string[] = [];
  const lessons = { wanted: 0 };
  beforeAll(async () => void (database = await aDatabase(engine)));
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.empty();
    clock.set(MORNING);
    const triage = { rules: [aRule({ category: 'billing' })] };
    desk = aDesk(database.connection, { clock, config: aLiveConfig({ policy: aPolicy({ triage }) }) });
    Object.assign(held, { retention: YEARS, shadow: null });
    log.length = 0;
    lessons.wanted = 0;
  });

  /** As the tick of an hour runs it. */
  function hour(at: Temporal.Instant): Promise<number> {
    clock.set(at);
    return createRetention({
      connection: database.connection,
      config: { current: () => ({ ...desk.config.current(), ...held }) },
      now: clock.now,
      log: createLog('info', { write: (line) => void log.push(line) }),
      learnAnew: async () => void (lessons.wanted += 1),
    }).run();
  }

  async function ticketOf(name: string, message: string): Promise<string> {
    await postForm(database.connection, { name, email: `${name}@example.com`, subject: message, message });
    await desk.pipeline.drainInbox();
    const all = await allTickets(database.connection);
    return all.at(-1)?.key ?? '';
  }

  async function end(key: string, at: Temporal.Instant): Promise<void> {
    clock.set(at);
    const changes = [{ field: 'status' as const, from: 'new', to: 'closed' }];
    await desk.pipeline.edit(key, { by: 'Ana', at, changes });
  }

  /** Greta's ended five years ago, Hans's two years ago, and his other one goes on and is related to hers. */
  async function story() {
    const longAgo = MORNING.subtract({ hours: 5 * 365 * 24 });
    clock.set(longAgo);
    const greta = await ticketOf('greta', 'My trombone is gone');
    await desk.pipeline.reply(greta, { by: 'Ana', text: 'Dear greta, which trombone?' });
    await end(greta, longAgo.add({ hours: 2 }));
    clock.set(longAgo);
    const hans = await ticketOf('hans', 'A lamp flickers');
    await end(hans, MORNING.subtract({ hours: 2 * 365 * 24 }));
    clock.set(MORNING);
    const open = await ticketOf('hans', 'Another lamp');
    const related = JSON.stringify([{ number: 1000, by: 'text', status: 'closed', subject: 'My trombone is gone' }]);
    await database.connection.queries.execute(
      sql`update tickets set ticket = jsonb_set(ticket, '{related}', ${related}::jsonb) where key = ${open}`,
    );
    return { greta, hans, open };
  }

  async function erasedKeys(): Promise<readonly string[]> {
    return (await allTickets(database.connection)).filter(isErased).map(({ key }) => key);
  }

  it('are all kept where nobody says for how long', async () => {
    await story();
    held.retention = null;
    expect(await hour(night(400))).toBe(0);
    expect(await erasedKeys()).toEqual([]);
  });

  it('are erased in the night after two days in which it was announced, whole, with the reason', async () => {
    const { greta, open } = await story();
    expect(await hour(MORNING)).toBe(0);
    expect(log.join('')).toContain('"keepTickets":"3 years","tickets":1,');
    expect(await readRetention(database.connection.queries)).toMatchObject({ due: 1, lastRun: null });
    expect(await hour(night(2))).toBe(0);
    expect(await erasedKeys()).toEqual([]);
    expect(await allRows(database.connection)).toMatch(/trombone|greta/);

    expect(await hour(night(3))).toBe(1);
    expect(await erasedKeys()).toEqual([greta]);
    expect(await allRows(database.connection)).not.toMatch(/trombone|greta/);
    const ours = (await allDecisions(database.connection)).filter(({ code }) => code === 'edit.aged_out');
    expect(ours.map(({ ticketKey, sentence }) => [ticketKey, sentence])).toEqual([
      [
        greta,
        'Who asked and what was written is erased, because it ended on 21 Nov 2021 and tickets are kept for 3 years.',
      ],
    ]);
    const [first, , third] = await allTickets(database.connection);
    expect(first).toMatchObject({ category: 'billing', status: 'closed', assignee: expect.any(String) as unknown });
    expect(third).toMatchObject({
      key: open,
      subject: 'Another lamp',
      related: [{ number: 1000, subject: '[erased]' }],
    });
    expect(await knownAddresses()).toEqual(['hans@example.com']);
    expect(lessons.wanted).toBe(1);
    expect(await readRetention(database.connection.queries)).toMatchObject({
      due: 0,
      named: [],
      lastRun: { erased: 1 },
    });
  });

  async function knownAddresses(): Promise<readonly string[]> {
    const found = await database.connection.queries.execute(sql`select value from identities order by value`);
    return rowsOf<{ value: string }>(found).map(({ value }) => value);
  }

  it('are looked at once a night, and nothing is erased twice', async () => {
    await story();
    await hour(MORNING);
    await hour(night(3));
    expect(await hour(night(3).add({ hours: 1 }))).toBe(0);
    expect(await hour(night(4))).toBe(0);
    expect(lessons.wanted).toBe(1);
    expect((await allDecisions(database.connection)).filter(({ code }) => code === 'edit.aged_out')).toHaveLength(1);
  });

  it('are erased by day where the machine is off at night', async () => {
    await story();
    await hour(MORNING);
    expect(await hour(MORNING.add({ hours: 84 }))).toBe(0);
    expect(await hour(MORNING.add({ hours: 85 }))).toBe(1);
  });

  it('are announced again when they are to be kept for a shorter time, and not for a longer one', async () => {
    const { greta, hans } = await story();
    await hour(MORNING);
    await hour(night(3));
    held.retention = MONTHS;
    expect(await hour(night(4))).toBe(0);
    expect(log.at(-1)).toContain('"keepTickets":"18 months","tickets":1,');
    expect(await hour(night(6).add({ hours: 1 }))).toBe(0);
    held.retention = YEARS;
    expect(await hour(night(7))).toBe(0);
    held.retention = MONTHS;
    await hour(night(8));
    expect(await hour(night(11))).toBe(1);
    expect(await erasedKeys()).toEqual([greta, hans]);
    expect(await knownAddresses()).toEqual(['hans@example.com']);
  });

  it('are erased once more when people opened one again, and it has ended anew for as long', async () => {
    const { greta } = await story();
    await hour(MORNING);
    await hour(night(3));
    const open = [{ field: 'status' as const, from: 'closed', to: 'open' }];
    await desk.pipeline.edit(greta, { by: 'Ana', at: clock.now(), changes: open });
    await desk.pipeline.note(greta, { by: 'Ana', text: 'The trombone is back.' });
    await end(greta, clock.now());
    expect(await hour(night(4))).toBe(0);
    expect(await allRows(database.connection)).toContain('The trombone is back.');
    await hour(night(3 * 365));
    expect(await hour(night(3 * 365 + 10))).toBeGreaterThan(0);
    expect(await allRows(database.connection)).not.toContain('The trombone is back.');
  });

  it('lose what was written on them later, too, as it comes to that age, while nobody opens them', async () => {
    const { greta, open } = await story();
    await hour(MORNING);
    await hour(night(3));
    await desk.pipeline.note(greta, { by: 'Ana', text: 'She asked for the trombone once more.' });
    await desk.pipeline.note(open, { by: 'Ana', text: 'This lamp is on.' });
    const at = clock.now();
    const notice = {
      key: 'late',
      ticketKey: greta,
      kind: 'notify' as const,
      template: 'noted',
      state: 'sent' as const,
    };
    const words = { recipient: 'team', subject: 'A note', text: 'The trombone.', createdAt: at, finishedAt: at };
    await database.connection.queries.insert(outbox).values({ ...notice, ...words, nextAt: at });
    const thanks = {
      id: 'late',
      channel: 'website',
      deliveryId: 'late',
      receivedAt: at,
      headers: {},
      ticketKey: greta,
    };
    await database.connection.queries
      .insert(inbox)
      .values({ ...thanks, state: 'done' as const, body: Buffer.from('my trombone') });
    const later = night(3 + 3 * 365);
    await hour(later);
    expect(await allRows(database.connection)).toMatch(/once more.*The trombone\./s);
    clock.set(later.add({ hours: 24 }));
    await desk.pipeline.note(greta, { by: 'Ben', text: 'And a tuba.' });
    await hour(night(3 + 3 * 365 + 3));
    const rest = await allRows(database.connection);
    const [late] = await database.connection.queries.select().from(inbox).where(eq(inbox.id, 'late'));
    expect([late?.state, late?.body.length]).toEqual(['done', 0]);
    expect(rest).not.toContain('trombone');
    expect(rest).toMatch(/And a tuba\./);
    expect(rest).toContain('This lamp is on.');
  });

  it('leave no subject in others after a crash between the two', async () => {
    const { open } = await story();
    await hour(MORNING);
    const { queries } = database.connection;
    const mark = await readRetention(queries);
    if (mark === null) throw new Error('Nothing was announced.');
    await keepRetention(queries, { ...mark, named: [1000] });
    await queries.execute(sql`update tickets set fingerprint = 'erased' where number = 1000`);
    expect(await hour(night(3))).toBe(0);
    const other = (await allTickets(database.connection)).find(({ key }) => key === open);
    expect(other?.related).toMatchObject([{ number: 1000, subject: '[erased]' }]);
  });

  it('leave no subject in others after such a crash where nobody wants them erased any more', async () => {
    const { open } = await story();
    await hour(MORNING);
    const { queries } = database.connection;
    const mark = await readRetention(queries);
    if (mark === null) throw new Error('Nothing was announced.');
    await keepRetention(queries, { ...mark, named: [1000] });
    held.retention = null;
    expect(await hour(MORNING.add({ hours: 1 }))).toBe(0);
    const other = (await allTickets(database.connection)).find(({ key }) => key === open);
    expect(other?.related).toMatchObject([{ number: 1000, subject: '[erased]' }]);
    expect(await readRetention(queries)).toBeNull();
    expect(await erasedKeys()).toEqual([]);
  });

  it('are looked through for subjects a stretch at a time, to the last', async () => {
    const { queries } = database.connection;
    await story();
    const related = JSON.stringify([{ number: 7, by: 'text', status: 'closed', subject: 'A tuba' }]);
    await queries.execute(sql`update tickets set ticket = jsonb_set(ticket, '{related}', ${related}::jsonb)`);
    let after: string | null = '';
    for (let stretches = 0; after !== null && stretches < 10; stretches += 1) {
      after = await forgetSubjects(queries, { numbers: [7], now: MORNING, stretch: { after, most: 2 } });
    }
    expect(after).toBeNull();
    const subjects = (await allTickets(database.connection)).map(({ related: [one] }) => one?.subject);
    expect(subjects).toEqual(['[erased]', '[erased]', '[erased]']);
  });

  it('stay while the desk only looks on, and when they were opened again', async () => {
    const { greta } = await story();
    await hour(MORNING);
    held.shadow = { until: night(5) };
    expect(await hour(night(3))).toBe(0);
    const changes = [{ field: 'status' as const, from: 'closed', to: 'open' }];
    await desk.pipeline.edit(greta, { by: 'Ana', at: clock.now(), changes });
    expect(await hour(night(6))).toBe(0);
    expect(await erasedKeys()).toEqual([]);
  });

  it('leave alone what is new of the same people and belongs to none of them', async () => {
    const { queries } = database.connection;
    await story();
    await hour(MORNING);
    const at = MORNING;
    const request = {
      id: 'new',
      channel: 'website',
      deliveryId: 'new',
      receivedAt: at,
      headers: {},
      state: 'lost' as const,
    };
    await queries.insert(inbox).values({ ...request, sender: 'greta@example.com', body: Buffer.from('tuba') });
    const letter = { key: 'new', ticketKey: '', kind: 'message' as const, template: 'weekly_review' };
    const words = { recipient: 'greta@example.com', subject: 'The week', text: 'A tuba.' };
    await queries.insert(outbox).values({ ...letter, ...words, nextAt: at, createdAt: at });
    expect(await hour(night(3))).toBe(1);
    const [lost] = await queries.select().from(inbox).where(eq(inbox.id, 'new'));
    expect([lost?.state, Buffer.from(lost?.body ?? '').toString()]).toEqual(['lost', 'tuba']);
    const [kept] = await queries.select().from(outbox).where(eq(outbox.key, 'new'));
    expect([kept?.state, kept?.text]).toEqual(['waiting', 'A tuba.']);
  });

  it('take along what belongs to none of them and is as old', async () => {
    const { queries } = database.connection;
    await hour(MORNING);
    const old = MORNING.subtract({ hours: 4 * 365 * 24 });
    for (const [id, at] of [
      ['old', old],
      ['new', MORNING],
    ] as const) {
      const request = { id, channel: 'website', deliveryId: id, receivedAt: at, headers: {}, state: 'lost' as const };
      await queries.insert(inbox).values({ ...request, body: Buffer.from('tuba') });
      const letter = {
        key: id,
        ticketKey: '',
        kind: 'message' as const,
        template: 'weekly_review',
        state: 'sent' as const,
      };
      const words = { recipient: 'lea@example.com', subject: 'The week', text: 'A tuba.' };
      await queries.insert(outbox).values({ ...letter, ...words, nextAt: at, createdAt: at, finishedAt: at });
      await queries.insert(modelAnswers).values({ key: id, answer: { reason: 'tuba' }, at });
    }
    await hour(night(3));
    const requests = await queries.select().from(inbox).orderBy(inbox.receivedAt);
    expect(requests.map(({ state, body }) => [state, Buffer.from(body).toString()])).toEqual([
      ['ignored', ''],
      ['lost', 'tuba'],
    ]);
    const letters = await queries.select().from(outbox).orderBy(outbox.createdAt);
    expect(letters.map(({ subject, text }) => [subject, text])).toEqual([
      ['[erased]', '[erased]'],
      ['The week', 'A tuba.'],
    ]);
    expect((await queries.select().from(modelAnswers)).map(({ key }) => key)).toEqual(['new']);
  });
});
