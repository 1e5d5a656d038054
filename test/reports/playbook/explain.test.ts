import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordConfig } from '../../../src/db/config-history.ts';
import { configVersions } from '../../../src/db/schema.ts';
import { unmetParts } from '../../../src/decide/conditions/unmet.ts';
import { subjectOf } from '../../../src/decide/conditions/index.ts';
import { explainTicket } from '../../../src/reports/playbook/explain.ts';
import { aTicket, MORNING } from '../../support/builders.ts';
import { aConfig, aTriageRule } from '../../support/config.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { aLiveConfig } from '../../support/live-config.ts';
import { aDesk, aForm, allTickets, postForm } from '../../support/pipeline.ts';

function configWith(first: string) {
  return aConfig({
    'channels.yaml': 'channels: { website: { kind: form } }\n',
    'people.yaml': 'queues: { support: { method: none }, review: { method: none }, money: { method: none } }\n',
    'triage.yaml': [
      'categories: [billing, bug]\nreviewQueue: review\nrules:\n',
      aTriageRule(first, '{ text: { mentions: payment } }', '{ category: billing }'),
      aTriageRule('Late', '{ category: billing, channel: website }', '{ category: bug }'),
      aTriageRule('Far', '{ text: { mentions: crash }, requester.vip: true, channel: website }', '{ category: bug }'),
    ].join(''),
    'routing.yaml': `rules:\n${aTriageRule('Bugs', '{ category: bug }', '{ queue: support }')}${aTriageRule('Money', '{ category: billing }', '{ queue: money }')}`,
  });
}

const THEN = configWith('Payments');
const NOW = configWith('Renamed');

describe.each(ENGINES)('what lost a decision, on %s', (engine) => {
  const world = {} as { database: TestDatabase };
  beforeAll(async () => {
    world.database = await aDatabase(engine);
    const { connection } = world.database;
    await recordConfig(connection.queries, THEN, MORNING);
    const desk = aDesk(connection, { config: aLiveConfig({ policy: THEN.policy }) });
    await postForm(connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
    const [ticket] = await allTickets(connection);
    desk.clock.forward({ hours: 1 });
    const changes = [{ field: 'category', from: 'billing', to: 'bug' }] as const;
    await desk.pipeline.edit(ticket?.key ?? '', { by: 'Ana', at: desk.clock.now(), changes });
  });
  afterAll(() => world.database.drop());

  async function explained(code: string) {
    const [ticket] = await allTickets(world.database.connection);
    if (ticket === undefined) throw new Error('no ticket');
    const chain = await explainTicket(world.database.connection.queries, ticket, NOW);
    return chain.find(({ decision }) => decision.code === code);
  }

  it('names the line of the rule in the config of that time, though it has another name now', async () => {
    const found = await explained('triage.category_by_rule');
    expect(found?.rule).toEqual({ file: 'triage.yaml', line: 4, lastLine: 4 });
  });

  it('says which rules held too late, and what did not hold of the others, with what stood there', async () => {
    expect((await explained('triage.category_by_rule'))?.lost).toEqual({
      rules: [
        {
          name: 'Late',
          place: 'triage.yaml:5',
          kind: 'later',
          why: 'Held too; it would have said category bug, and another rule had said it.',
        },
        {
          name: 'Far',
          place: 'triage.yaml:6',
          kind: 'unmet',
          why: 'Asked for what was not so: the VIP mark is true (it was “false”) and the text mentions “crash”.',
        },
      ],
      others: 0,
    });
  });

  it('goes by the fields as they stood then, not as a person left them since', async () => {
    expect((await explained('route.rule'))?.lost?.rules).toEqual([
      {
        name: 'Bugs',
        place: 'routing.yaml:2',
        kind: 'unmet',
        why: 'Asked for what was not so: category is bug (it was “billing”).',
      },
    ]);
  });

  it('tells the sentences alone of decisions whose config nobody has any more', async () => {
    const { queries } = world.database.connection;
    const before = (await explained('triage.category_by_rule'))?.decision.sentence;
    await queries.delete(configVersions);
    const found = await explained('triage.category_by_rule');
    expect(found).toMatchObject({ rule: null, lost: null, says: null });
    expect(found?.decision.sentence).toBe(before);
    expect(before).toBe('Billing, because the text says “Payment” (rule Payments). This outranks Late (bug).');
    await recordConfig(queries, THEN, MORNING);
  });

  it('asks nothing of what a person did', async () => {
    expect((await explained('edit.corrected'))?.lost).toBeNull();
  });
});

it('finds no part that keeps a condition from holding where it holds', () => {
  const condition = { kind: 'is', field: 'priority', values: ['medium'] } as const;
  expect(unmetParts(condition, subjectOf(aTicket(), MORNING))).toEqual([]);
  const either = { kind: 'any', of: [{ kind: 'empty', field: 'category', empty: false }] } as const;
  expect(unmetParts(either, subjectOf(aTicket(), MORNING))).toEqual([{ condition: either, stood: null }]);
});
