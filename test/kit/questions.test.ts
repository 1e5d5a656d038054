import { describe, expect, it } from 'vitest';
import { FormFields } from '../../src/kit/form-fields.ts';
import type { InboundMessage } from '../../src/domain/message.ts';
import { answerText, messageOfAny, messageOfQuestions, type Question } from '../../src/kit/questions.ts';

function aQuestion(label: string, answer: string, more: Partial<Question> = {}): Question {
  return { label, ids: [], asks: null, answer, ...more };
}

function read(questions: readonly Question[], fields: object = {}, about = {}): InboundMessage {
  const given = { fields: FormFields.parse(fields), externalId: null, sentAt: null, files: [], about };
  const parsed = messageOfQuestions(questions, given);
  if (parsed.kind !== 'messages' || parsed.messages[0] === undefined) throw new Error(`read as ${parsed.kind}`);
  return parsed.messages[0];
}

describe('the questions of a form', () => {
  it('are understood by their titles, whatever dots stand in them', () => {
    const message = read([
      aQuestion('Your name. As in your passport.', 'Zoë'),
      aQuestion('What happened? Describe it.', 'It broke'),
      aQuestion('Product name. No version.', 'Shop'),
    ]);
    expect(message).toMatchObject({
      from: { name: 'Zoë' },
      text: 'It broke',
      fields: { 'Product name. No version.': 'Shop' },
    });
  });

  it('are understood by their types before their titles', () => {
    const message = read([
      aQuestion('Email of a colleague', 'other@example.com'),
      aQuestion('Where do we reach you?', 'zoe@example.com', { asks: 'email' }),
      aQuestion('What now?', 'broken', { asks: 'message' }),
      aQuestion('Details of the delivery, as long as can be', 'to the door on the left please'),
    ]);
    expect(message).toMatchObject({ from: { email: 'zoe@example.com' }, text: 'broken' });
  });

  it('are guessed by titles where several ask for long texts', () => {
    const message = read([
      aQuestion('Anything else', 'a long text that says nothing much', { asks: 'message' }),
      aQuestion('Describe the problem', 'it broke twice', { asks: 'message' }),
    ]);
    expect(message.text).toBe('it broke twice');
  });

  it('are what the config says first of all', () => {
    const questions = [
      aQuestion('A', 'one@example.com', { ids: ['q1'], asks: 'email' }),
      aQuestion('B', 'two@example.com'),
    ];
    expect(read(questions, { email: 'B' }).from.email).toBe('two@example.com');
    expect(read(questions, { email: 'q1' }).from.email).toBe('one@example.com');
    expect(read(questions, { email: 'gone' }).from.email).toBe('one@example.com');
    const wrong = [...questions, aQuestion('C', 'none of yours')];
    expect(read(wrong, { email: 'C' }).from.email).toBe('one@example.com');
  });

  it('have an answer each in the fields, though titles repeat or are left out', () => {
    const message = read([
      aQuestion('Why', 'it broke today'),
      aQuestion('Box', '1'),
      aQuestion('Box', '2'),
      aQuestion(' ', '3', { ids: ['q7'] }),
      aQuestion('Skipped', '  '),
    ]);
    expect(message.fields).toEqual({ Box: '1', 'Box (2)': '2', q7: '3' });
  });

  it('stand before what the form tool says of them', () => {
    const message = read(
      [aQuestion('Note', 'it broke today'), aQuestion('Form', 'blue')],
      {},
      { Form: 'Help', Page: '/' },
    );
    expect(message.fields).toEqual({ Form: 'blue', Page: '/' });
  });
});

describe('a body without a shape of which we know', () => {
  it('is read by names and looks, with what is clearly a file', () => {
    const body = {
      who: { mail: 'a@example.com' },
      note: 'It is broken.',
      email: 'none',
      files: ['https://example.com/a.png'],
    };
    const parsed = messageOfAny(body, FormFields.parse({ email: 'email' }));
    expect(parsed.kind === 'messages' && parsed.messages).toMatchObject([
      {
        from: { email: 'a@example.com' },
        text: 'It is broken.',
        fields: { email: 'none' },
        attachments: [{ name: 'a.png' }],
      },
    ]);
  });

  it('that says nothing is unreadable', () => {
    const parsed = messageOfAny({ a: '', b: [] }, FormFields.parse({}));
    expect(parsed.kind === 'unreadable' && parsed.problem.code).toBe('request.empty');
  });
});

describe('an answer', () => {
  it.each([
    [true, 'Yes'],
    [false, 'No'],
    [null, ''],
    [7, '7'],
    [['a', 'b'], 'a, b'],
    [{ street: 'Hill 1', city: '', country: 'NL' }, 'street: Hill 1\ncountry: NL'],
    [{ street: 'Hill 1' }, 'street: Hill 1'],
  ])('of %j reads "%s"', (value, text) => {
    expect(answerText(value)).toBe(text);
  });
});
