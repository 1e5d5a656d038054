import { describe, expect, it } from 'vitest';
import { findingsOf } from '../support/config.ts';

/** The findings of an intake.yaml, without those about other files. */
function foundIn(intake: string): readonly string[] {
  return findingsOf({ 'intake.yaml': intake }).filter((finding) => finding.includes('intake.yaml'));
}

describe('what is drawn out of texts', () => {
  it('is tried on the samples, and each that fails is named with its place (A-017)', () => {
    const found = foundIn(`extract:
  - field: order_number
    patterns: ['\\d{6}']
    matches:
      - { text: 'Order 204511', gives: '204511' }
      - { text: 'Order AB-204511', gives: AB-204511 }
      - { text: 'No order', gives: '204511' }
    ignores:
      - 'Call me at 030-123456.'
      - 'Hello'
`);
    expect(found).toEqual([
      'error config/intake.yaml:6:9 extract.0.matches.1: this sample gives "204511", not "AB-204511"; correct the patterns, or what the sample is to give.',
      'error config/intake.yaml:7:9 extract.0.matches.2: this sample gives nothing, not "204511"; correct the patterns, or what the sample is to give.',
      'error config/intake.yaml:9:9 extract.0.ignores.0: this sample gives "123456", and is to give nothing; let the patterns ask for more, such as a word before the value.',
    ]);
  });

  it('needs patterns that can be used, or a kind', () => {
    expect(foundIn("extract:\n  - { field: order, patterns: ['(?=x)'] }\n")[0]).toContain(
      'extract.0.patterns.0: "(?=x)" is not a pattern that we can use',
    );
    expect(foundIn('extract:\n  - { field: order }\n')[0]).toContain('it needs either a kind or patterns');
    expect(foundIn('extract:\n  - { field: a.b, kind: url }\n')[0]).toContain('extract.0.field: "a.b" is not a name');
  });
});

describe('a closed list of tags', () => {
  it('has every tag that rules and fields give, and fields that there are', () => {
    const rule = '{ name: R, why: w, owner: Ana, when: {}, then: { tags: [paymnt] } }';
    const found = findingsOf({
      'triage.yaml': `tags: [payment]\ntagsFrom:\n  fields.product: { shop: payments }\n  chanel: { web: payment }\nrules:\n  - ${rule}\n`,
    }).filter((finding) => finding.includes('not one of the tags') || finding.includes('is not a field'));
    expect(found).toEqual([
      'error config/triage.yaml:3:27 tagsFrom.fields.product.shop: "payments" is not one of the tags; did you mean "payment"? Allowed: payment.',
      'error config/triage.yaml:4:3 tagsFrom.chanel: "chanel" is not a field; did you mean "channel"?',
      'error config/triage.yaml:6:61 rules.0.then.tags.0: "paymnt" is not one of the tags; did you mean "payment"? Allowed: payment.',
    ]);
  });
});
