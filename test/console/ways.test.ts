import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outbox } from '../../src/db/schema.ts';
import { readWays } from '../../src/console/ways-rows.ts';
import { anAgent, aPolicy, aQueue, MORNING } from '../support/builders.ts';
import { aWay } from '../support/live-config.ts';
import { aForm, allTickets, postForm } from '../support/pipeline.ts';
import { aVisitedConsole, type VisitedConsole } from '../support/visited-console.ts';

const POLICY = aPolicy({
  desk: { firstNumber: 1042 },
  agents: [anAgent()],
  queues: [aQueue({ members: ['Ana'] }), aQueue({ name: 'review', members: [], method: 'none' })],
  notices: {
    ways: {
      team: { kind: 'slack', isRoom: true, findsByAddress: true },
      alone: { kind: 'telegram', isRoom: false, findsByAddress: false },
      unset: { kind: 'discord', isRoom: true, findsByAddress: false },
    },
  },
});

const WAYS = [
  aWay({ name: 'team', kind: 'slack', room: 'C1' }),
  aWay({ name: 'alone', kind: 'telegram' }),
  aWay({ name: 'unset', kind: 'discord', access: null, missingSecrets: ['DISCORD_WEBHOOK'] }),
];

const REFUSED = { code: 'chat.refused', message: 'Slack refuses it.', fix: 'Look there.' };

/** What all tests of this file share; made before the first. */
const world = {} as VisitedConsole;

describe('ways to the team', () => {
  beforeAll(async () => {
    Object.assign(world, await aVisitedConsole({ policy: POLICY, ways: WAYS }));
    await postForm(world.database.connection, aForm('Greta'));
    await world.desk.pipeline.drainInbox();
    const [ticket] = await allTickets(world.database.connection);
    const row = {
      ticketKey: ticket?.key ?? '',
      kind: 'notify' as const,
      subject: 'S',
      text: 'T',
      template: 'assigned',
    };
    const when = { nextAt: MORNING.add({ hours: 3 }), createdAt: MORNING };
    const over = (way: string, more: { key: string } & Partial<typeof outbox.$inferInsert>) => {
      return { ...row, ...when, way, recipient: way, told: ['Ana', 'Ben'], ...more };
    };
    await world.database.connection.queries
      .insert(outbox)
      .values([
        over('team', { key: '1', state: 'sent', finishedAt: MORNING }),
        over('team', { key: '2', state: 'left_out', problem: { ...REFUSED, code: 'outbox.by-mail' } }),
        over('alone', { key: '3', recipient: 'Ana', held: true }),
        over('alone', { key: '4', state: 'left_out', problem: { ...REFUSED, code: 'outbox.outdated' } }),
      ]);
  });
  afterAll(() => world.close());

  it('are known by what went over them last', async () => {
    expect(await readWays(world.database.connection.queries, ['team', 'alone', 'unset'])).toEqual([
      { name: 'team', sentAt: MORNING, held: 0, problem: { ...REFUSED, code: 'outbox.by-mail' } },
      { name: 'alone', sentAt: null, held: 1, problem: null },
      { name: 'unset', sentAt: null, held: 0, problem: null },
    ]);
  });

  it('stand on the page Health, with what is wrong and a test', async () => {
    const { text } = await world.ana.get('/health');
    expect(text).toContain('A way to the team does not work.');
    expect(text).toContain('Slack refuses it. Look there.');
    expect(text).toContain('Set DISCORD_WEBHOOK in the environment, and start again.');
    expect(text).toContain('<option>Ana</option>');
    expect((await world.ana.post('/ways/test', { way: 'team' })).location).toBe('/health?done=way_tried#ways');
    expect(await world.ana.post('/ways/test', { way: 'gone' })).toMatchObject({ status: 422 });
  });

  it('stand with each notice on the page of its ticket, and until when it waits', async () => {
    const { text } = await world.ana.get('/tickets/1042');
    const said = text.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ');
    expect(said).toContain('Notice over team for Ana, Ben,');
    expect(said).toContain('Notice over alone to Ana,');
    expect(said).toContain('Waiting until');
  });
});
