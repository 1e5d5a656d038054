import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordConfig } from '../../../src/db/config-history.ts';
import { type ExplainedDecision, explainTicket } from '../../../src/reports/playbook/explain.ts';
import { MORNING } from '../../support/builders.ts';
import { aConfig, aTriageRule } from '../../support/config.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { aLiveConfig } from '../../support/live-config.ts';
import { aDesk, aForm, allTickets, postForm } from '../../support/pipeline.ts';

function escalation(name: string, parts: string): string {
  return `  - { name: ${name}, why: w, owner: o, ${parts}, notify: { who: [Ana], by: email }, accountable: owner, customer: none, until: resolved }\n`;
}

function checkIn(name: string, parts: string): string {
  return `  - { name: ${name}, why: w, owner: o, ${parts}, template: check-in }\n`;
}

const CONFIG = aConfig({
  'channels.yaml': 'channels: { website: { kind: form } }\n',
  'people.yaml':
    'agents: { Ana: { email: ana@example.com } }\nqueues: { support: { members: [Ana], method: none, notify: [Ana] } }\n',
  'triage.yaml': `categories: [billing]\nrules:\n${aTriageRule('Payments', '{ text: { mentions: payment } }', '{ category: billing }')}`,
  'escalation.yaml': [
    'escalations:\n',
    escalation('Nobody moves', 'when: {}, after: { noProgress: 2h }, priority: high'),
    escalation('Nobody has it', 'when: { category: billing }, after: { waiting: 1d }, priority: unchanged'),
    escalation('Nobody moves at all', 'when: {}, after: { noProgress: 90m }, level: 2, priority: unchanged'),
    escalation('VIP', 'when: { requester.vip: true }, priority: unchanged'),
  ].join(''),
  'follow-up.yaml': [
    'closing: { after: 1d }\n',
    'checkIns:\n',
    checkIn('After a payment', 'when: { category: billing }, after: 2d'),
    checkIn('A week later', 'when: {}, after: 7d'),
    checkIn('After an answer', 'when: {}, after: 1d, since: answered'),
    checkIn('Spanish', 'when: { language: es }, after: 2d'),
  ].join(''),
  'replies/check-in.md': '---\nsubject: Is all well?\n---\nHello.\n',
});

describe.each(ENGINES)('what waits for its time, on %s', (engine) => {
  const world = {} as { database: TestDatabase; chain: readonly ExplainedDecision[] };

  beforeAll(async () => {
    world.database = await aDatabase(engine);
    const { connection } = world.database;
    await recordConfig(connection.queries, CONFIG, MORNING);
    const desk = aDesk(connection, { config: aLiveConfig({ policy: CONFIG.policy }) });
    await postForm(connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
    desk.clock.forward({ hours: 2 });
    await desk.pipeline.wakeDue();
    const [ticket] = await allTickets(connection);
    const solved = [{ field: 'status', from: 'new', to: 'resolved' }] as const;
    await desk.pipeline.edit(ticket?.key ?? '', { by: 'Ana', at: desk.clock.now(), changes: solved });
    desk.clock.forward({ hours: 49 });
    await desk.pipeline.wakeDue();
    const [now] = await allTickets(connection);
    if (now === undefined) throw new Error('no ticket');
    world.chain = await explainTicket(connection.queries, now, CONFIG);
  });
  afterAll(() => world.database.drop());

  function found(code: string, name: string) {
    return world.chain.find(
      ({ decision }) => decision.code === code && 'name' in decision.source && decision.source.name === name,
    );
  }

  it('says of an escalation on which line it stands, from when it counts, whom it tells and who answers', () => {
    const { rule, says } = found('escalate.raised', 'Nobody moves') ?? {};
    expect(rule).toEqual({ file: 'escalation.yaml', line: 2, lastLine: 2 });
    expect(says).toEqual({
      trigger: 'nothing was done for 2 h',
      logic: ['Raises it to level 1, priority high.', 'Tells Ana.', 'The owner answers for it.'],
    });
  });

  it('says which other escalations had their say, which wait, for what, and which are for other tickets', () => {
    expect(found('escalate.raised', 'Nobody moves')?.lost?.rules.map(({ name, why }) => [name, why])).toEqual([
      ['Nobody has it', 'Is for such a ticket, and its time had not come: nobody had it for 24 h.'],
      ['Nobody moves at all', 'Held too, and had its say as well.'],
      ['VIP', 'Asked for what was not so: the VIP mark is true (it was “false”).'],
    ]);
  });

  it('says of a check-in when it goes out, and why others do not', () => {
    const { rule, says, lost } = found('follow_up.check_in_planned', 'After a payment') ?? {};
    expect(rule).toEqual({ file: 'follow-up.yaml', line: 3, lastLine: 3 });
    expect(says?.logic).toEqual(['Asks how it is going 48 h after the solution, with check-in.md.']);
    expect(lost?.rules.map(({ name, why }) => [name, why])).toEqual([
      ['A week later', 'Held too, and had its say as well.'],
      ['After an answer', 'Is for such a ticket, and its time had not come: 24 h after an answer of ours.'],
      ['Spanish', 'Asked for what was not so: language is es (it was “en”).'],
    ]);
  });

  it('leads to the line of what the config follows up with as a whole', () => {
    expect(found('follow_up.closed', 'closing')?.rule).toEqual({ file: 'follow-up.yaml', line: 1, lastLine: 1 });
  });

  it('tells what a rule says once, though several decisions come of it', () => {
    const told = world.chain.filter(({ says }) => says !== null).map(({ decision }) => decision.source);
    const names = told.flatMap((source) => ('name' in source ? [source.name] : []));
    expect(names).toEqual([...new Set(names)]);
    expect(world.chain.filter(({ decision }) => decision.stage === 'escalate').length).toBeGreaterThan(names.length);
  });
});
