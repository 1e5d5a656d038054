import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outbox } from '../../src/db/schema.ts';
import { createLog } from '../../src/kit/log.ts';
import { createReplyTokens } from '../../src/kit/reply-tokens.ts';
import { createOutbox } from '../../src/outbox/create.ts';
import { createWeeklySending } from '../../src/reports/weekly/sending.ts';
import { lastWeek } from '../../src/reports/weekly/week.ts';
import { anOutcome, writeHistory } from '../support/histories.ts';
import { BY_MAIL_ALONE } from '../support/by-mail.ts';
import { aConfig } from '../support/config.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aBaseWithTable, aTableDesk, BASES, type BaseWithTable, type NewTable } from '../support/table-desk.ts';

const FILES = {
  'desk.yaml': 'name: Harbour\ntimeZone: UTC\nstore: { kind: base }\n',
  'people.yaml': 'queues: { support: { members: [Ana] } }\nagents: { Ana: {} }\n',
  'reports.yaml': 'primary: opened\nweekly: { at: Mon 08:00, table: Weekly review }\n',
};

const REVIEWS: NewTable = {
  name: 'Weekly review',
  columns: {
    Figure: 'line',
    Key: 'line',
    Week: 'line',
    'Week starts': 'day',
    Value: 'number',
    Unit: 'line',
    'Week before': 'number',
    'In words': 'line',
    Link: 'link',
    Review: 'text',
  },
};

/** The name of a queue, which is what people wrote, too. */
const HOSTILE = '=HYPERLINK("x") [a](b)';

const HOUR = 3_600_000;

const DESKS = BASES.flatMap((kind) => ENGINES.map((engine) => ({ kind, engine })));

describe.each(DESKS)('the weekly review in a table of $kind, on $engine (A-105)', ({ kind, engine }) => {
  let database: TestDatabase;
  let base: BaseWithTable;
  let desk: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    await database.empty();
    const loaded = aConfig(FILES);
    base = await aBaseWithTable(kind, loaded.policy, REVIEWS);
    const monday = mondayBefore(base.clock.now());
    await writeHistory(
      database.connection,
      [1, 2, 3].map((number) =>
        anOutcome({ number, openedAt: monday.subtract({ hours: 24 * number }), queue: HOSTILE }),
      ),
    );
    desk = await start();
    await desk.weekly.plan();
    return () => base.close();
  });

  function mondayBefore(now: Temporal.Instant): Temporal.Instant {
    const here = now.toZonedDateTimeISO('UTC').startOfDay();
    return here.subtract({ days: here.dayOfWeek - 1 }).toInstant();
  }

  /** As at a start of the service. */
  async function start(files: Readonly<Record<string, string>> = FILES) {
    const { connection } = database;
    const { config, tables } = await aTableDesk(connection, base, aConfig(files));
    const { now } = base.clock;
    const sent: string[] = [];
    const weekly = createWeeklySending({
      connection,
      config,
      publicAddress: 'https://desk.example',
      wake: async () => undefined,
      now,
    });
    const box = createOutbox({
      connection,
      ...BY_MAIL_ALONE,
      notifier: { send: async ({ key }) => (sent.push(key), { kind: 'sent', id: key }) },
      channels: () => ({}),
      channelOf: () => null,
      replyTokens: createReplyTokens({ secret: 'of the tests' }),
      reviewTable: () => config.current().reports.weekly?.table ?? null,
      putRows: tables.put,
      now,
      log: createLog('silent'),
    });
    return { weekly, box, sent, tables };
  }

  /** The next Monday at eight, in small steps as a service lives through it. */
  async function onMonday(): Promise<void> {
    const next = mondayBefore(base.clock.now()).add({ hours: 7 * 24 + 8 });
    await base.clock.pause(next.epochMilliseconds - base.clock.now().epochMilliseconds);
    await desk.weekly.run();
    await desk.box.run();
  }

  function rows(name = 'Weekly review') {
    return base.people.rows(name).map(({ fields }) => fields);
  }

  async function entry() {
    const found = await database.connection.queries.select().from(outbox).where(eq(outbox.kind, 'rows'));
    return found.map(({ key, state, problem }) => ({ key, state, code: problem?.code ?? null }));
  }

  it('has a row of each figure and one with all of it, once a week', async () => {
    const { name } = lastWeek(base.clock.now(), 'UTC');
    await desk.weekly.writeAgain(lastWeek(base.clock.now(), 'UTC'));
    await desk.box.run();
    const [whole, leading, ...others] = rows();
    expect(whole).toMatchObject({ Key: `${name}-review`, Figure: 'Weekly review', Week: name });
    expect(whole?.['Review']).toContain('New tickets: 3');
    expect(leading).toMatchObject({
      Key: `${name}-opened`,
      Figure: 'New tickets',
      Value: 3,
      Unit: 'tickets',
      'Week before': 0,
      'In words': 'New tickets: 3, after 0 the week before.',
      Link: expect.stringContaining('https://desk.example/reports/figures/opened?from='),
    });
    expect(others.map(({ Figure }) => Figure)).toContain('Open over 24 hours');
    const before = rows().length;
    await onMonday();
    expect(rows()).toHaveLength(2 * before);
    await desk.weekly.run();
    await desk.box.run();
    expect([rows().length, desk.sent]).toEqual([2 * before, []]);
  });

  it('stands there once, though the service died between the writing and the answer', async () => {
    const left = { answers: 2 };
    base.settings.faults = ({ method, path }: { method: string; path: string }) => {
      const isWrite = method === 'PATCH' || (method === 'POST' && path.includes('/pages'));
      if (!isWrite || left.answers === 0) return null;
      left.answers -= 1;
      return { kind: 'commit-then-drop' as const };
    };
    await onMonday();
    desk = await start();
    await desk.box.letGo();
    for (let hours = 0; hours < 3; hours += 1) {
      await base.clock.pause(HOUR);
      await desk.box.run();
    }
    const keys = rows().map(({ Key }) => Key);
    expect(keys.length).toBeGreaterThan(10);
    expect(new Set(keys).size).toBe(keys.length);
    expect(await entry()).toMatchObject([{ state: 'sent', code: null }]);
  });

  it('waits for a base that is down, and is written when it is back', async () => {
    base.settings.faults = () => ({ kind: 'bad-gateway' as const });
    await onMonday();
    expect(await entry()).toMatchObject([{ state: 'waiting', code: `${kind.toLowerCase()}.unavailable` }]);
    base.settings.faults = () => null;
    await base.clock.pause(HOUR);
    await desk.box.run();
    expect([(await entry())[0]?.state, rows().length > 10]).toEqual(['sent', true]);
  });

  it('is given up with what to do while its table is missing, and goes where the config says by then', async () => {
    base.renameTable('Reviews');
    await onMonday();
    const [failed] = await entry();
    expect(failed).toMatchObject({ state: 'dead', code: 'store.table-missing' });
    desk = await start({ ...FILES, 'reports.yaml': FILES['reports.yaml'].replace('Weekly review', 'Reviews') });
    await base.clock.pause(2 * HOUR);
    await desk.box.retry(failed?.key ?? '');
    await desk.box.run();
    expect([(await entry())[0]?.state, rows('Reviews').length > 10]).toEqual(['sent', true]);
  });

  it('shows what people wrote as it is, in a column that takes it for nothing else', async () => {
    await onMonday();
    const whole = rows().find(({ Figure }) => Figure === 'Weekly review');
    expect(whole?.['Review']).toContain(`Owner ${HOSTILE}, `);
  });
});
