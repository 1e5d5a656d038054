import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MASKED_KINDS } from '../../src/kit/masking/found.ts';
import { aConfig } from '../support/config.ts';

const PAGE = readFileSync(new URL('../../docs/models.md', import.meta.url), 'utf8');
const TRIAGE = `categories: [billing, bug]
rules:
  - { name: Money, why: It pays, owner: Ana, when: { text: { mentions: refund } }, then: { category: billing } }
  - { name: Bugs, why: It blocks, owner: Ana, when: { text: { mentions: bug } }, then: { category: bug } }
`;

describe('the page on language models', () => {
  const examples = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);

  it('has examples that load without a warning', () => {
    expect(examples).toHaveLength(4);
    for (const text of examples) {
      const files = {
        'channels.yaml': 'channels: { website: { kind: form }, support-mail: { kind: json } }\n',
        ...(text.startsWith('# privacy.yaml')
          ? { 'triage.yaml': TRIAGE, 'privacy.yaml': text }
          : { 'triage.yaml': `${TRIAGE}${text}` }),
      };
      const warnings = aConfig(files, { OPENAI_API_KEY: 'k' }).warnings.filter(({ file }) =>
        /(triage|privacy)\.yaml$/.test(file),
      );
      expect(warnings).toEqual([]);
    }
  });

  it('names each kind of placeholder', () => {
    expect(MASKED_KINDS.filter((kind) => !PAGE.includes(`[${kind}_`))).toEqual([]);
  });
});
