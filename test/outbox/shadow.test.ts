import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outbox, tickets } from '../../src/db/schema.ts';
import { NOTICE_KINDS } from '../../src/domain/effect.ts';
import { createReplyTokens } from '../../src/kit/reply-tokens.ts';
import { createLog } from '../../src/kit/log.ts';
import { createOutbox, type Outbox } from '../../src/outbox/create.ts';
import type { Delivery } from '../../src/ports/notifier.ts';
import { aTicket, MORNING } from '../support/builders.ts';
import { BY_MAIL_ALONE, NO_REVIEW_TABLE } from '../support/by-mail.ts';
import { TAKES_ANYTHING } from '../support/channels.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aChannel } from '../support/live-config.ts';
import { aClock } from '../support/pipeline.ts';

type Row = typeof outbox.$inferInsert;

const TICKET = aTicket({ number: 1001 });

/** All that anybody is ever written to for, by mail and over a chat: letters of every kind, and notices of every kind. */
const LETTERS = ['reply', 'acknowledgement', 'reminder', 'survey', 'clarify', 'resolved', 'incident-over'];
const PURPOSES: readonly Partial<Row>[] = [
  ...LETTERS.flatMap((template) => [{ template }, { template, via: 'chat', recipient: 'C1', thread: '41' }]),
  ...[...NOTICE_KINDS, 'weekly_review', 'playbook_review'].flatMap((template) => [
    { kind: 'notify' as const, template },
    { kind: 'notify' as const, template, way: 'team', recipient: '#desk', told: ['Ana'] },
    { kind: 'notify' as const, template, way: 'team', recipient: '#held', told: ['Ana'], held: true },
  ]),
];

describe.each(ENGINES)('the outbox of a desk in shadow, on %s', (engine) => {
  let database: TestDatabase;
  let box: Outbox;
  const clock = aClock();
  const left: string[] = [];
  const send = async ({ key }: { key: string }): Promise<Delivery> => {
    left.push(key);
    return { kind: 'sent', id: key };
  };

  beforeAll(async () => {
    database = await aDatabase(engine);
    const { key, openedAt } = TICKET;
    await database.connection.queries
      .insert(tickets)
      .values({ key, ticket: TICKET, fingerprint: key, openedAt, updatedAt: openedAt });
    box = createOutbox({
      ...NO_REVIEW_TABLE,
      connection: database.connection,
      ...BY_MAIL_ALONE,
      notifier: { send },
      notifierOf: () => Promise.resolve({ send }),
      channels: () => ({ chat: aChannel({ name: 'chat' }) }),
      channelOf: () => ({ ...TAKES_ANYTHING, send }),
      config: () => ({ ...BY_MAIL_ALONE.config(), shadow: { until: MORNING.add({ hours: 24 }) } }),
      replyTokens: createReplyTokens({ secret: 'of the tests' }),
      now: clock.now,
      log: createLog('silent'),
    });
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.connection.queries.execute(sql`delete from outbox`);
    clock.set(MORNING);
    left.splice(0);
  });

  async function put(rows: readonly Partial<Row>[]): Promise<void> {
    const base = {
      ticketKey: TICKET.key,
      kind: 'message' as const,
      recipient: 'greta@example.com',
      subject: 's',
      text: 't',
    };
    const times = { nextAt: MORNING, createdAt: MORNING };
    await database.connection.queries
      .insert(outbox)
      .values(rows.map((row, index) => ({ key: `key-${index}`, template: 'x', ...base, ...times, ...row })));
  }

  it('lets nothing out, whatever it is for and whichever way it would go, and says so of each', async () => {
    await put(PURPOSES);
    const done = await box.run();
    expect(left).toEqual([]);
    expect(done).toEqual({ sent: 0, notSent: 0, putOff: 0, dead: 0, leftOut: PURPOSES.length });
    const rows = await database.connection.queries.select().from(outbox);
    expect(new Set(rows.map(({ state, problem }) => `${state} ${problem?.code ?? ''}`))).toEqual(
      new Set(['left_out outbox.shadow']),
    );
  });

  it('lets nothing out that somebody has sent again', async () => {
    await put([{ key: 'old', state: 'not_sent', finishedAt: MORNING }]);
    await box.retry('old');
    await box.run();
    expect(left).toEqual([]);
  });

  it('lets out what was written after it, and none of what was left out in it', async () => {
    await put([{ key: 'within' }]);
    await box.run();
    clock.forward({ hours: 24 });
    await put([{ key: 'after', nextAt: clock.now() }]);
    await box.run();
    expect(left).toEqual(['after']);
  });
});
