import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordConfig } from '../../../src/db/config-history.ts';
import { configVersions } from '../../../src/db/schema.ts';
import { countUses } from '../../../src/reports/playbook/count-uses.ts';
import { firstDay, readAskers, readTurns, readUses } from '../../../src/reports/playbook/figures.ts';
import { at, MORNING } from '../../support/builders.ts';
import { aConfig, aTriageRule } from '../../support/config.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { aChannel, aLiveConfig } from '../../support/live-config.ts';
import { aClock, aDesk, aForm, allTickets, postForm, postJson, type TestDesk } from '../../support/pipeline.ts';

const BILLING = { stage: 'triage', name: 'Payments are billing' } as const;
const MONEY = { stage: 'triage', name: 'Money is tagged' } as const;

const { policy: POLICY } = aConfig({
  'people.yaml': 'queues: { support: { method: none }, review: { method: none } }\n',
  'triage.yaml': [
    'categories: [billing, bug]\nreviewQueue: review\nrules:\n',
    aTriageRule(BILLING.name, '{ text: { mentions: payment } }', '{ category: billing, tags: [payment] }'),
    aTriageRule(MONEY.name, '{ text: { mentions: card } }', '{ tags: [money] }'),
  ].join(''),
});

describe.each(ENGINES)('what rules did, counted on %s', (engine) => {
  const world = {} as { database: TestDatabase; desk: TestDesk };

  beforeAll(async () => {
    world.database = await aDatabase(engine);
    const channels = [aChannel(), aChannel({ name: 'json', kind: 'json' })];
    const { connection } = world.database;
    world.desk = aDesk(connection, {
      clock: aClock(at('2026-10-01T10:00:00Z')),
      config: aLiveConfig({ policy: POLICY, channels }),
    });
    await recordConfig(connection.queries, { version: POLICY.version, files: {} }, world.desk.clock.now());
    await postForm(connection, aForm('Old', 'My payment failed.'));
    await world.desk.pipeline.drainInbox();
    world.desk.clock.set(MORNING);
    for (const name of ['Ana', 'Ben', 'Cy']) await postForm(connection, aForm(name, `My payment failed, ${name}.`));
    await postForm(connection, { ...aForm('Dora', 'The card does not work.'), subject: 'Card' });
    await postJson(connection, { email: 'eve@example.com', subject: 'Card', message: 'A payment by card, twice.' });
    await world.desk.pipeline.drainInbox();
    const [, ana] = await allTickets(connection);
    const changes = [{ field: 'category', from: 'billing', to: 'bug' }] as const;
    await world.desk.pipeline.edit(ana?.key ?? '', { by: 'Ana', at: MORNING, changes });
    await countUses(connection.queries, 10);
  });
  afterAll(() => world.database.drop());

  const queries = () => world.database.connection.queries;

  it('counts each turn once, though a rule set several fields in it', async () => {
    const uses = await readUses(queries(), MORNING);
    expect(uses.get('triage\nPayments are billing')).toEqual({
      fired: { 7: 4, 30: 4, 90: 5 },
      overridden: { 7: 1, 30: 1, 90: 1 },
      lastAt: MORNING,
    });
  });

  it('counts a rule whose tags came beside those of another', async () => {
    const uses = await readUses(queries(), MORNING);
    expect(uses.get('triage\nMoney is tagged')?.fired[7]).toBe(2);
  });

  it.each([
    ['fired', BILLING, 7],
    ['fired', BILLING, 90],
    ['fired', MONEY, 90],
    ['overridden', BILLING, 7],
  ] as const)('shows as many turns that %s behind %o as were counted in %i days', async (what, key, window) => {
    const uses = await readUses(queries(), MORNING);
    const turns = await readTurns(queries(), key, { what, since: firstDay(MORNING, window), most: 100 });
    expect(turns.length).toBe(uses.get(`${key.stage}\n${key.name}`)?.[what][window]);
    expect(turns.length).toBeGreaterThan(0);
  });

  it('names the tickets, the latest first, and no more than were asked for', async () => {
    const given = { what: 'fired', since: firstDay(MORNING, 90), most: 2 } as const;
    const turns = await readTurns(queries(), BILLING, given);
    expect(turns.map(({ at: when }) => when.equals(MORNING))).toEqual([true, true]);
  });

  it('knows over which channels a rule was met, since when, and how often', async () => {
    const askers = await readAskers(queries(), { of: BILLING });
    expect(askers.map(({ kind, value, fired }) => `${kind} ${value} ${fired}`)).toEqual([
      'channel website 4',
      'channel json 1',
    ]);
    const news = await readAskers(queries(), { since: at('2026-11-01T00:00:00Z') });
    expect(news.map(({ name, value }) => `${name}: ${value}`).sort()).toEqual([
      'Money is tagged: json',
      'Money is tagged: website',
      'Payments are billing: json',
    ]);
  });

  it('counts the decisions of each version of the config', async () => {
    const [version] = await queries().select().from(configVersions);
    expect(version?.decisions).toBeGreaterThan(10);
  });

  it('counts nothing a second time, and goes on where it stopped', async () => {
    const before = await readUses(queries(), MORNING);
    expect(await countUses(queries(), 10)).toEqual({ isBehind: false });
    expect(await readUses(queries(), MORNING)).toEqual(before);
    await postForm(world.database.connection, aForm('Fay', 'One more payment failed.'));
    await world.desk.pipeline.drainInbox();
    expect(await countUses(queries(), 0)).toEqual({ isBehind: true });
    await countUses(queries(), 1);
    expect((await readUses(queries(), MORNING)).get('triage\nPayments are billing')?.fired[7]).toBe(5);
  });
});
