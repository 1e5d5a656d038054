import { describe, expect, it } from 'vitest';
import { aConfig, findingsOf } from '../support/config.ts';

const LETTER = "---\nsubject: 'How to get back in'\n---\n\nLike this.\n";
const RULES = `rules:
  - { name: Locked out, why: It blocks, owner: Ana, when: { text: { mentions: locked } }, then: { category: access } }
`;
const TRIAGE = `categories: [access]\n${RULES}steps: { access: [Receive, Solve] }\n`;
const SILENCE = {
  'follow-up.yaml': 'silence: { reminder: reset }\n',
  'replies/reset.md': LETTER,
};

function findings(selfService: string, files: Readonly<Record<string, string>> = SILENCE): readonly string[] {
  return findingsOf({ 'triage.yaml': `${TRIAGE}selfService: ${selfService}\n`, ...files });
}

describe('self-service in triage.yaml', () => {
  it('is off unless a category has it', () => {
    expect(aConfig({}).policy.triage.selfService).toEqual({});
  });

  it('is in order with a template, and steps that there are', () => {
    expect(findings('{ access: { template: reset, steps: [Solve] } }')).toEqual([]);
  });

  it('is for a category that there is', () => {
    expect(findings('{ acces: { template: reset } }')).toEqual([
      expect.stringMatching(/triage\.yaml:\d+:\d+ .*"acces" is not a category/),
    ]);
  });

  it('does steps of its category', () => {
    const [finding, ...others] = findings('{ access: { template: reset, steps: [Solv] } }');
    expect(finding).toContain('Solv');
    expect(finding).toContain('a step of access');
    expect(others).toEqual([]);
  });

  it('names a template that there is, with no gap that nothing fills', () => {
    expect(findings('{ access: { template: rest } }')[0]).toContain('"rest" is not a template in replies/');
    const survey = { ...SILENCE, 'replies/link.md': LETTER.replace('Like this.', '{{ survey.link }}') };
    expect(findings('{ access: { template: link } }', survey)[0]).toContain('"survey.link", which nothing fills here');
  });

  it('says in a letter with an article what the article says, and how to reach a person (A-088)', () => {
    const letter = (text: string) => ({ ...SILENCE, 'replies/answer.md': LETTER.replace('Like this.', text) });
    const rule = '{ access: { template: answer, withArticle: 20% } }';
    expect(findings(rule, letter('{{ article.title }}: {{ article.text }}\n\n{{ answer.person }}'))).toEqual([]);
    expect(findings(rule, letter('{{ article.text }}'))).toEqual([
      expect.stringContaining('replies/answer.md lacks the gap "answer.person", without which no article answers'),
    ]);
    expect(findings('{ access: { template: answer } }', letter('{{ article.text }}'))[0]).toContain(
      '"article.text", which nothing fills here',
    );
    const { selfService } = aConfig({
      'triage.yaml': `${TRIAGE}selfService: ${rule}\n`,
      ...letter('{{ article.text }} {{ answer.person }}'),
    }).policy.triage;
    expect(selfService['access']?.withArticle).toBe(0.2);
  });

  it('asks of an article to have three tenths in common where it does not say how much', () => {
    const answer = LETTER.replace('Like this.', '{{ article.text }} {{ answer.person }}');
    const files = { ...SILENCE, 'replies/answer.md': answer };
    const rule = 'selfService: { access: { template: answer, withArticle: true } }\n';
    const { selfService } = aConfig({ 'triage.yaml': TRIAGE + rule, ...files }).policy.triage;
    expect(selfService['access']?.withArticle).toBe(0.3);
    expect(findings('{ access: { template: answer, withArticle: false } }', files)).toEqual([
      expect.stringMatching(/triage\.yaml:\d+:\d+ .*false is not a share; for example: true/),
    ]);
  });

  it('warns of tickets that would wait without end', () => {
    const without = { 'replies/reset.md': LETTER };
    expect(findings('{ access: { template: reset } }', without)).toEqual([
      expect.stringContaining('a requester who does not say whether it helped is waited for without end'),
    ]);
  });
});
