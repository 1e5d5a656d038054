import { expect, it } from 'vitest';
import { conditionWords } from '../../../src/reports/playbook/condition-words.ts';
import { aConfig, aTriageRule } from '../../support/config.ts';

function wordsOf(when: string): string {
  const people = 'calendars: { office: { hours: { Mon-Fri: "09:00-17:00" } } }\n';
  const triage = `categories: [billing]\nrules:\n${aTriageRule('One', when, '{ category: billing }')}`;
  const [rule] = aConfig({ 'people.yaml': people, 'triage.yaml': triage }).policy.triage.rules;
  if (rule === undefined) throw new Error('no rule');
  return conditionWords(rule.when);
}

it.each([
  ['{}', 'always'],
  ['{ text: { mentions: [refund*, money back] } }', 'the text mentions “refund*” or “money back”'],
  ["{ subject: { matches: '\\binv-\\d{6}\\b' } }", 'the subject matches \\binv-\\d{6}\\b'],
  ['{ language: de, priority: [high, critical] }', 'language is de, and priority is high or critical'],
  ['{ row.Plan: Gold }', 'Plan in the row is Gold'],
  ['{ fields.Order value: { above: 100 } }', 'Order value in the form is above 100'],
  ['{ createdAt: { after: 2026-01-01 } }', 'the time of arrival is after 2026-01-01T00:00Z'],
  ['{ assignee: { empty: true } }', 'assignee is empty'],
  ['{ outOfHours: office }', 'it is outside the hours of office'],
  ['{ weekday: [Sat, Sun] }', 'it is a Saturday or Sunday'],
  ['{ not: { channel: console } }', 'not (channel is console)'],
  [
    '{ priority: high, any: [{ channel: console }, { language: de, weekday: Mon }] }',
    'priority is high, and (channel is console, or (language is de, and it is a Monday))',
  ],
])('says %s as %s', (when, words) => {
  expect(wordsOf(when)).toBe(words);
});

it('names a dozen phrases, and counts the others', () => {
  const phrases = Array.from({ length: 20 }, (_, index) => `word${index}`);
  const words = wordsOf(`{ text: { mentions: [${phrases.join(', ')}] } }`);
  expect(words).toContain('“word10” or 9 more');
});
