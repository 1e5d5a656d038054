import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordConfig } from '../../../src/db/config-history.ts';
import { type ExplainedDecision, explainTicket } from '../../../src/reports/playbook/explain.ts';
import { MORNING } from '../../support/builders.ts';
import { aConfig, aTriageRule } from '../../support/config.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { aLiveConfig } from '../../support/live-config.ts';
import { aDesk, aForm, allTickets, postForm, type TestDesk } from '../../support/pipeline.ts';

const CONFIG = aConfig({
  'channels.yaml': 'channels: { website: { kind: form } }\n',
  'people.yaml': 'queues: { support: { method: none } }\n',
  'triage.yaml': `categories: [billing, idea]\nrules:\n${aTriageRule('Payments', '{ text: { mentions: payment } }', '{ category: billing }')}`,
  'follow-up.yaml': [
    'closing: { after: 1d }\n',
    'silence: { statuses: [pending], remindAfter: 2d, resolveAfter: 5d, reminder: reminder }\n',
    'survey: { template: survey, share: 100%, notAgainFor: 14d, when: { not: { category: idea } } }\n',
  ].join(''),
  'replies/reminder.md': '---\nsubject: Are you there?\n---\nWe wait until {{ reminder.until }}.\n',
  'replies/survey.md': '---\nsubject: How was it?\n---\n{{ survey.link }}\n',
});

describe.each(ENGINES)('what else follows a ticket up, on %s', (engine) => {
  const world = {} as { database: TestDatabase; desk: TestDesk };

  beforeAll(async () => {
    world.database = await aDatabase(engine);
    const { connection } = world.database;
    await recordConfig(connection.queries, CONFIG, MORNING);
    world.desk = aDesk(connection, { config: aLiveConfig({ policy: CONFIG.policy }) });
    // One person does not answer, and the other's idea is answered and resolved.
    await postForm(connection, aForm('Greta'));
    await postForm(connection, aForm('Ivo', 'You could have a dark mode.'));
    await world.desk.pipeline.drainInbox();
    await edit('Greta', { field: 'status', from: 'new', to: 'pending' });
    await edit('Ivo', { field: 'category', from: null, to: 'idea' }, { field: 'status', from: 'new', to: 'resolved' });
    for (const days of [2, 3, 1, 1]) {
      world.desk.clock.forward({ hours: 24 * days });
      await world.desk.pipeline.wakeDue();
    }
  }, 60_000);
  afterAll(() => world.database.drop());

  async function ticketOf(name: string) {
    const tickets = await allTickets(world.database.connection);
    const found = tickets.find(({ requester }) => requester.name === name);
    if (found === undefined) throw new Error(`no ticket of ${name}`);
    return found;
  }

  async function edit(name: string, ...changes: readonly Edit[]): Promise<void> {
    const { pipeline, clock } = world.desk;
    await pipeline.edit((await ticketOf(name)).key, { by: 'Ana', at: clock.now(), changes });
  }

  /** What lost, of each decision of a code. */
  async function lost(name: string, code: string) {
    const chain = await explainTicket(world.database.connection.queries, await ticketOf(name), CONFIG);
    const told = (each: ExplainedDecision) => each.lost?.rules.map((rule) => [rule.name, rule.place, rule.why]);
    return chain.filter(({ decision }) => decision.code === code).map(told);
  }

  it('says of a reminder why nothing closes or asks yet', async () => {
    expect(await lost('Greta', 'follow_up.reminded')).toEqual([
      [
        ['closing', 'follow-up.yaml:1', 'Asked for what was not so: status is resolved (it was “pending”).'],
        ['survey', 'follow-up.yaml:3', 'Asked for what was not so: status is closed (it was “pending”).'],
      ],
    ]);
  });

  it('says it once of a turn that changes two fields', async () => {
    const [first, ...others] = await lost('Greta', 'follow_up.silent');
    expect(first?.map(([name]) => name)).toEqual(['closing', 'survey']);
    expect(others).toEqual([[]]);
  });

  it('says of closing what had its say before, and what came with it', async () => {
    const [first] = await lost('Greta', 'follow_up.closed');
    expect(first).toEqual([
      [
        'silence',
        'follow-up.yaml:2',
        'Had had its say before: Resolved from pending: Greta did not answer for 5 days.',
      ],
      [
        'survey',
        'follow-up.yaml:3',
        'Had its say as well: Asks greta@example.com how it was, as 100 % of all are asked.',
      ],
    ]);
  });

  it('says of closing why nobody is asked how it was', async () => {
    const [first] = await lost('Ivo', 'follow_up.closed');
    expect(first).toEqual([
      ['silence', 'follow-up.yaml:2', 'Asked for what was not so: status is pending (it was “resolved”).'],
      ['survey', 'follow-up.yaml:3', 'Asked for what was not so: not (category is idea).'],
    ]);
  });

  it('says of a survey that closing came with it', async () => {
    const [first] = await lost('Greta', 'follow_up.surveyed');
    expect(first?.[0]).toEqual([
      'closing',
      'follow-up.yaml:1',
      'Had its say as well: Closed: nobody wrote for 24 hours after it was resolved.',
    ]);
  });
});

type Edit = { field: 'status' | 'category'; from: string | null; to: string };
