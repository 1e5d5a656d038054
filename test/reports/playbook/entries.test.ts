import { describe, expect, it } from 'vitest';
import { entriesOf, entryOf } from '../../../src/reports/playbook/entries.ts';
import { REASON_CODES } from '../../../src/domain/sentence.ts';
import { FIRING_CODES, OVERRIDING_CODES } from '../../../src/reports/playbook/firing.ts';
import { exampleFiles, loadedFiles } from '../../support/example-config.ts';

const BRAMBLE = loadedFiles(exampleFiles('bramble'));
const ENTRIES = entriesOf(BRAMBLE);

describe('the playbook of a desk with everything in it', () => {
  it('has every rule of every stage', () => {
    const { intake, triage, routing, sla, escalation, followUp } = BRAMBLE.policy;
    const rules = [intake.notTickets, intake.clarify, triage.rules, routing.rules, routing.handoffs, sla.policies];
    const named = [...rules, escalation.definitions, followUp.checkIns].flatMap((list) => list.map(({ name }) => name));
    expect(named.length).toBeGreaterThan(20);
    expect(
      ENTRIES.filter(({ owner }) => owner !== null)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(named.sort());
  });

  it('has what is switched on without a name', () => {
    const standing = ENTRIES.filter(({ owner }) => owner === null).map(({ stage, name }) => `${stage} ${name}`);
    expect(standing).toEqual(
      expect.arrayContaining(['respond acknowledgement', 'follow_up closing', 'follow_up survey']),
    );
  });

  it('says of each what happens, and what happens otherwise', () => {
    const silent = ENTRIES.filter(
      ({ trigger, logic, exception }) => trigger === '' || logic.join('') === '' || !exception.endsWith('.'),
    );
    expect(silent).toEqual([]);
  });

  it('says where each stands, down to the line', () => {
    const lines = (file: string) => (BRAMBLE.files[file] ?? '').split('\n');
    for (const { name, owner, place } of ENTRIES) {
      const [file = '', line = '0'] = place.split(':');
      const text = lines(file)[Number(line) - 1] ?? '';
      expect(text).toContain(owner === null ? `${name}:` : name);
    }
  });
});

it('tells one rule with its reason, its owner and the way out of it', () => {
  const config = loadedFiles({
    'desk.yaml': 'name: Desk\n',
    'people.yaml': 'queues: { support: { method: none }, review: { method: none } }\n',
    'triage.yaml': `categories: [billing]
reviewQueue: review
rules:
  - name: Refunds are billing
    why: Only finance can pay back.
    owner: finance lead
    when: { text: { mentions: refund* } }
    then: { category: billing, priority: high, tags: [money] }
`,
  });
  expect(entryOf(entriesOf(config), { stage: 'triage', name: 'Refunds are billing' })).toEqual({
    stage: 'triage',
    name: 'Refunds are billing',
    why: 'Only finance can pay back.',
    owner: 'finance lead',
    trigger: 'the text mentions “refund*”',
    logic: ['Sets category to billing.', 'Sets priority to high.', 'Adds the tag money.'],
    exception:
      'Where no rule gives a category, the ticket waits in review for a person. ' +
      'Where no rule gives a priority, the severity does, or else it is medium. What a person chose stays.',
    place: 'triage.yaml:4',
  });
});

it('counts by decisions that there are', () => {
  const unknown = [...FIRING_CODES, ...OVERRIDING_CODES].filter((code) => !REASON_CODES.includes(code));
  expect(unknown).toEqual([]);
});
