import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/domain/decision.ts';
import { redactedDecision } from '../../src/privacy/redact-decision.ts';

const CONFIG = new Set(['Standard', 'medium', 'Gold', 'billing']);

function redacted(evidence: readonly Evidence[]) {
  const decision = {
    id: '1',
    field: 'slaState',
    params: { policy: 'Standard', minutes: 96 },
    fromValue: null,
    toValue: 'met',
    evidence,
    sentence: 'As it was said.',
    source: { kind: 'policy' as const, name: 'Standard' },
  };
  return redactedDecision(decision, { isOurs: (word) => CONFIG.has(word), isTheirs: () => false });
}

describe('a decision of an erased ticket', () => {
  it('stays as it was said where it names nothing but the config', () => {
    const evidence: Evidence[] = [{ kind: 'field', name: 'priority', value: 'medium' }];
    expect(redacted(evidence)).toMatchObject({ evidence, sentence: 'As it was said.' });
  });

  it.each<[string, Evidence]>([
    ['a text', { kind: 'text', quote: 'medium' }],
    ['what a form was told', { kind: 'field', name: 'fields.plan', value: 'Gold' }],
    ['what is known of who asked', { kind: 'field', name: 'requester.account.plan', value: 'Gold' }],
    ['a value that is not in the config', { kind: 'field', name: 'category', value: 'Greta' }],
  ])('loses its proof and its sentence where it rests on %s', (_, proof) => {
    expect(redacted([proof])).toMatchObject({
      evidence: [],
      sentence: 'What this said was erased with the personal data of the ticket.',
    });
  });
});
