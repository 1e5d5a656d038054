import { expect, it } from 'vitest';
import { TICKET_FIELDS } from '../../src/decide/conditions/fields.ts';
import { fieldWords } from '../../src/domain/sentences/field-words.ts';

it.each([
  ['priority', 'priority'],
  ['reopenCount', 'the count of reopenings'],
  ['requester.domain', 'the requester’s domain'],
  ['requester.vip', 'the VIP mark'],
  ['requester.account.Support plan', 'the account’s Support plan'],
  ['fields.Order value', 'Order value in the form'],
  ['row. Renewal', 'Renewal in the row'],
  ['reading.intent', 'the intent that a model reads'],
  ['calendar office', 'calendar office'],
])('says %s as %s', (name, words) => {
  expect(fieldWords(name)).toBe(words);
});

it('leaves no field that a rule can ask about as only programmers write it', () => {
  const written = Object.keys(TICKET_FIELDS).map(fieldWords);
  expect(written.filter((words) => /[a-z][A-Z.]/.test(words))).toEqual([]);
});
