import { describe, expect, it } from 'vitest';
import { type Asked, readAnswers } from '../../../src/decide/clarify/read-answers.ts';

const PRODUCT: Asked = {
  field: 'product',
  question: 'Which product is it about?',
  choices: ['Shop', 'Web shop', 'App'],
};
const VERSION: Asked = { field: 'app_version', question: 'Which version do you use?', choices: [] };

/** The answers of a text, by field. */
function read(text: string, asked: readonly Asked[] = [PRODUCT, VERSION]): Record<string, string> {
  return Object.fromEntries(readAnswers(text, asked).map(({ field, value }) => [field, value]));
}

describe('an answer (A-012)', () => {
  it.each([
    ['by the names of the fields', 'Product: app\nApp version: 4.2', { product: 'App', app_version: '4.2' }],
    ['by the questions, copied', 'Which version do you use? : 4.2', { app_version: '4.2' }],
    ['by their numbers', 'Hi,\n1. The app, I think\n2) 4.2\nGreta', { product: 'App', app_version: '4.2' }],
    ['by number and name at once', '2. App version: 4.2', { app_version: '4.2' }],
    ['by a choice that is named somewhere', 'It happens in the WEB-SHOP since Monday.', { product: 'Web shop' }],
    ['outside of what is quoted', 'The app.\n\n> Which product is it about? (Shop, Web shop, App)', { product: 'App' }],
  ])('is read %s', (_, text, answers) => {
    expect(read(text)).toEqual(answers);
  });

  it('to one open question is all that was written, beside greetings', () => {
    expect(read('Hello,\n\n4.2.1.\n\nThanks!', [VERSION])).toEqual({ app_version: '4.2.1' });
    expect(read('4.2.1\n-- \nGreta Holm\nExample Ltd', [VERSION])).toEqual({ app_version: '4.2.1' });
  });

  it.each([
    ['two choices', 'Both the app and the shop.'],
    ['a choice within a word', 'I was shopping for apps.'],
    ['something else', 'Why do you ask? I wrote it below.'],
  ])('is none by %s', (_, text) => {
    expect(read(text)).toEqual({});
  });

  it.each(['I don’t know.', "I don't know", 'Keine Ahnung', 'Where do I find it?', 'One line.\nAnother line.'])(
    'is none by “%s” to an open question',
    (text) => {
      expect(read(text.replace('’', "'"), [VERSION])).toEqual({});
    },
  );
});
