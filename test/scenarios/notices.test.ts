import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/decide/policy.ts';
import { createLog } from '../../src/kit/log.ts';
import { createReplyTokens } from '../../src/kit/reply-tokens.ts';
import { createOutbox, type Outbox } from '../../src/outbox/create.ts';
import type { OutgoingMessage } from '../../src/ports/notifier.ts';
import { aDefinition } from '../decide/escalation/escalated-case.ts';
import { ALWAYS, anAgent, aPolicy, aQueue, local, waysForAll } from '../support/builders.ts';
import { NO_REVIEW_TABLE } from '../support/by-mail.ts';
import { TAKES_ANYTHING } from '../support/channels.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aLiveConfig, aWay } from '../support/live-config.ts';
import { aClock, aDesk, aForm, allDecisions, allOutgoing, postForm, type TestDesk } from '../support/pipeline.ts';

const OFFICE = aPolicy().calendars['office'];
const ROOM = { kind: 'chat', isRoom: true, findsByAddress: false };
const ALONE = { kind: 'chat', isRoom: false, findsByAddress: false };
const WAYS = [aWay({ name: 'team', room: 'C1' }), aWay({ name: 'alone' })];

/** Ana takes everything, and is told alone; what is escalated goes into the room and by mail. */
function policyWith(escalates: boolean): Policy {
  if (OFFICE === undefined) throw new Error('no calendar');
  const definition = aDefinition({ when: ALWAYS, who: ['owner', 'lead@desk.example'], by: ['team', 'email'] });
  return aPolicy({
    version: escalates ? 'b' : 'a',
    agents: [anAgent({ handles: { chat: 'U1' } })],
    queues: [aQueue({ members: ['Ana'] }), aQueue({ name: 'review', members: [], method: 'none' })],
    triage: { reviewQueue: 'support' },
    escalation: { definitions: escalates ? [definition] : [] },
    notices: {
      ways: { team: ROOM, alone: ALONE },
      by: waysForAll(['alone']),
      urgent: { notices: ['escalated'], when: { kind: 'any', of: [] } },
      gather: { after: 3, withinMinutes: 10 },
      quiet: { open: OFFICE },
    },
  });
}

describe('a team that is told over chats', () => {
  let database: TestDatabase;
  let desk: TestDesk;
  let box: Outbox;
  const clock = aClock(local('2026-11-19T10:00', 'Europe/Berlin'));
  const mailed: OutgoingMessage[] = [];
  const posted: OutgoingMessage[] = [];

  beforeAll(async () => {
    database = await aDatabase('pglite');
    const { connection } = database;
    desk = aDesk(connection, { clock, config: aLiveConfig({ policy: policyWith(false), ways: WAYS }) });
    const into = (list: OutgoingMessage[]) => ({
      send: async (message: OutgoingMessage) => {
        list.push(message);
        return { kind: 'sent' as const, id: message.key };
      },
    });
    const chat = Promise.resolve(into(posted));
    box = createOutbox({
      ...NO_REVIEW_TABLE,
      connection,
      notifier: into(mailed),
      notifierOf: () => chat,
      config: () => desk.config.current(),
      publicAddress: null,
      channels: () => ({}),
      channelOf: () => TAKES_ANYTHING,
      replyTokens: createReplyTokens({ secret: 'of the tests' }),
      now: clock.now,
      log: createLog('silent'),
    });
  });
  afterAll(() => database.drop());

  async function write(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      await postForm(database.connection, aForm(name, `It is about ${name}.`), { receivedAt: clock.now() });
    }
    await desk.pipeline.drainInbox();
    await box.run();
  }

  async function pass(time: Temporal.DurationLike): Promise<void> {
    clock.forward(time);
    await box.run();
  }

  it('is sent three of twenty assignments one by one, and the others together when ten minutes are over', async () => {
    await write(...Array.from({ length: 20 }, (_, index) => `Guest${index}`));
    expect(posted.map(({ to, notice }) => [to, notice?.items.length])).toEqual([
      ['U1', 1],
      ['U1', 1],
      ['U1', 1],
    ]);
    await pass({ minutes: 9 });
    expect(posted).toHaveLength(3);
    await pass({ minutes: 1 });
    expect(posted.slice(3).map(({ subject, notice }) => [subject, notice?.items.length])).toEqual([
      ['17 tickets for you', 17],
    ]);
    const rows = (await allOutgoing(database.connection)).filter(({ kind }) => kind === 'notify');
    expect(rows.every(({ state }) => state === 'sent')).toBe(true);
    expect(new Set(rows.slice(3).map(({ receipt }) => receipt)).size).toBe(1);
    expect(mailed).toEqual([]);
  });

  it('is left in peace at night, and hears in the morning what came', async () => {
    clock.set(local('2026-11-19T23:00', 'Europe/Berlin'));
    posted.splice(0);
    await write('Owl', 'Bat');
    await pass({ hours: 9, minutes: 59 });
    expect(posted).toEqual([]);
    await pass({ minutes: 1 });
    expect(posted.map(({ subject }) => subject)).toEqual(['2 tickets for you']);
  });

  it('hears of an escalation at night too, in its room and by mail, each once (A-066)', async () => {
    clock.set(local('2026-11-20T23:00', 'Europe/Berlin'));
    posted.splice(0);
    desk.config.change(policyWith(true));
    await write('Nightingale');
    expect(posted.map(({ to, notice }) => [to, notice?.people.map(({ name, handle }) => [name, handle])])).toEqual([
      [
        'C1',
        [
          ['Ana', 'U1'],
          ['lead@desk.example', null],
        ],
      ],
    ]);
    expect(new Set(mailed.map(({ to }) => to))).toEqual(new Set(['ana@desk.example', 'lead@desk.example']));
    await pass({ hours: 1 });
    expect([posted.length, mailed.length]).toEqual([1, 2]);
    const told = (await allDecisions(database.connection)).filter(({ code }) => code === 'escalate.told');
    expect(told).toHaveLength(1);
  });
});
