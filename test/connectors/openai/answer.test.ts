import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../../connectors/openai/answer.ts';
import { plainProse } from '../../../connectors/openai/prose.ts';
import { readingOf } from '../../../connectors/openai/reading.ts';
import { aQuestion } from '../../support/language-models.ts';
import { fc } from '../../support/properties.ts';

const QUESTION = aQuestion({
  missing: [
    { field: 'order', question: 'Which order is it?', choices: [] },
    { field: '__proto__', question: 'Which browser?', choices: ['Firefox'] },
  ],
  summaryFor: ['billing'],
});

const KEYS = [
  'category',
  'severity',
  'product',
  'language',
  'intent',
  'quote',
  'reason',
  'summary',
  'field_1',
  'field_2',
];
const value = fc.oneof(
  fc.constantFrom('billing', 'Billing ', 'left my account', 'low', 'en'),
  fc.jsonValue(),
  fc.string(),
);
const answer = fc.oneof(
  fc.string(),
  fc.dictionary(fc.constantFrom(...KEYS), value).map((object) => `So: ${JSON.stringify(object)}`),
);

describe('whatever a model writes', () => {
  it('is read without a failure, and brings nothing but the lists and the words of the requester', () => {
    fc.assert(
      fc.property(answer, (content) => {
        const { answer: read, fault } = readAnswer(content, QUESTION);
        expect(read === null && fault === null).toBe(false);
        if (read === null) return;
        const reading = readingOf(QUESTION, { answer: read, told: '', show: (text) => text });
        expect(['billing', 'bug', 'question', null]).toContain(reading.category);
        expect(reading.reason.length).toBeLessThanOrEqual(200);
        expect(QUESTION.text + QUESTION.subject).toContain(reading.fields['order'] ?? '');
        if (reading.summary !== null) expect(reading.category).toBe('billing');
      }),
    );
  });

  it('is one line without links and formulas, where a sentence is wanted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (written) => {
        const prose = plainProse(`${written} see http://a.example/b or a.example.`, { most: 100, told: '' }) ?? '';
        expect(prose.length).toBeLessThanOrEqual(100);
        expect(prose).not.toMatch(/[\r\n<>]|:\/\/|a\.example|^[=+@-]/);
      }),
    );
  });
});

describe('the answer to a question with choices', () => {
  it('is one of them, and to an open one it is copied from the request, spelt as there', () => {
    const said = { category: null, field_1: 'THE  same amount', field_2: 'firefox' };
    const { answer: read } = readAnswer(JSON.stringify(said), QUESTION);
    expect(read).not.toBeNull();
    if (read === null) return;
    const { fields } = readingOf(QUESTION, { answer: read, told: '', show: (text) => text });
    expect(Object.entries(fields)).toEqual([
      ['order', 'the same amount'],
      ['__proto__', 'Firefox'],
    ]);
  });
});
