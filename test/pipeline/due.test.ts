import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tickets } from '../../src/db/schema.ts';
import { ALWAYS, aCalendar, anAgent, aPolicy, aQueue, aRule, at } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aClock, aDesk, aForm, allOutgoing, allTickets, postForm } from '../support/pipeline.ts';

const RULES = { rules: [aRule({ category: 'billing' })] };
const REVIEW = aQueue({ name: 'review', members: [], method: 'none' });
const OFFICE = aCalendar('Europe/Berlin', 'Mon-Fri 09:00-17:00', { name: 'office' });

/** First answer within an hour of every day and night, warned of at 80 %. */
const ONE_HOUR = {
  name: 'Everybody',
  why: 'A promise is a promise.',
  owner: 'support lead',
  when: ALWAYS,
  place: 'sla.yaml:1',
  promises: [],
  targets: [
    {
      metric: 'first_reply' as const,
      minutes: { low: 60, medium: 60, high: 60, critical: 60 },
      calendar: null,
      warnShare: 0.8,
    },
  ],
};

describe.each(ENGINES)('what is due, on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  it('warns once and breaches once, at their times and not before (A-060, A-073)', async () => {
    const { connection } = database;
    const clock = aClock();
    const policy = aPolicy({ triage: RULES, sla: { policies: [ONE_HOUR] } });
    const desk = aDesk(connection, { clock, config: aLiveConfig({ policy }) });
    await postForm(connection, aForm('Greta'), { receivedAt: clock.now() });
    await desk.pipeline.drainInbox();
    const noticed: string[][] = [];
    for (let minute = 12; minute <= 72; minute += 12) {
      clock.forward({ minutes: 12 });
      await desk.pipeline.wakeDue();
      await desk.pipeline.wakeDue();
      noticed.push((await allOutgoing(connection)).map((row) => row.template).filter((name) => name.startsWith('sla')));
    }
    const warned = ['sla_warning'];
    const breached = ['sla_warning', 'sla_breach'];
    expect(noticed).toEqual([[], [], [], warned, breached, breached]);
  });

  it('assigns at opening what came at night, and lets nobody jump the line (RT-8)', async () => {
    const { connection } = database;
    const clock = aClock(at('2026-11-19T21:00:00Z'));
    const policy = aPolicy({
      agents: [anAgent({ name: 'Ana', cap: 1, calendar: 'office' })],
      calendars: [OFFICE],
      queues: [aQueue({ members: ['Ana'], calendar: 'office' }), REVIEW],
      triage: RULES,
    });
    const desk = aDesk(connection, { clock, config: aLiveConfig({ policy }) });
    await postForm(connection, aForm('Night'), { receivedAt: clock.now() });
    await desk.pipeline.drainInbox();
    const [row] = await connection.queries.select().from(tickets);
    expect(row).toMatchObject({ assignee: null, queue: 'support', wakeAt: at('2026-11-20T08:00:00Z') });
    clock.set(at('2026-11-20T08:00:01Z'));
    await postForm(connection, aForm('Morning'), { receivedAt: clock.now() });
    await desk.pipeline.drainInbox();
    const owners = (await allTickets(connection)).map((ticket) => [ticket.requester.name, ticket.assignee]);
    expect(owners).toEqual([
      ['Night', 'Ana'],
      ['Morning', null],
    ]);
  });

  it('writes nothing when a look finds nothing to do', async () => {
    const { connection } = database;
    const desk = aDesk(connection, { config: aLiveConfig({ policy: aPolicy({ triage: RULES }) }) });
    await postForm(connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
    const before = await connection.queries.select().from(tickets);
    desk.woken.length = 0;
    expect(await desk.pipeline.reviewAll()).toBe(1);
    const after = await connection.queries.select().from(tickets);
    expect(after.map((row) => row.ticket)).toEqual(before.map((row) => row.ticket));
    expect(desk.woken).toEqual([]);
  });
});
