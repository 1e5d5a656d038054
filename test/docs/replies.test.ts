import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aConfig } from '../support/config.ts';

const PAGE = readFileSync(new URL('../../docs/replies.md', import.meta.url), 'utf8');
const TEXTS = Array.from(PAGE.matchAll(/```markdown\n([\s\S]*?)```/g), ([, text = '']) => text);

describe('docs/replies.md', () => {
  it('has a letter, an answer and an article that load as they stand there', () => {
    const [letter = '', answer = '', article = '', ...others] = TEXTS;
    expect(others).toEqual([]);
    const { policy } = aConfig({
      'desk.yaml': 'name: Test desk\nintake: { acknowledgement: letter }\n',
      'triage.yaml': 'categories: [billing]\n',
      'replies/letter.md': letter,
      'replies/answer.md': answer,
      'articles/article.md': article,
    });
    expect(policy.offers.drafts.map(({ title }) => title)).toEqual(['Try the card again']);
    expect(policy.offers.articles.map(({ title }) => title)).toEqual(['When a payment fails']);
  });

  it('has a rule for a language that loads', () => {
    const [, rule = ''] = /```yaml\n# routing\.yaml\n([\s\S]*?)```/.exec(PAGE) ?? [];
    const people = 'agents: { Ana: { skills: [spanish] } }\nqueues: { support: { members: [Ana] } }\n';
    const { policy, warnings } = aConfig({ 'people.yaml': people, 'routing.yaml': rule });
    expect(warnings).toEqual([]);
    expect(policy.routing.rules[0]?.when).toEqual({ kind: 'is', field: 'language', values: ['es'] });
  });
});
