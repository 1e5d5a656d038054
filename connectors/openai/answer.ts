import type { TriageQuestion } from '../../src/domain/triage-question.ts';
import { chosen } from './chosen.ts';
import type { Answered, Form } from './form.ts';
import { answerSchema, fieldKey, ModelAnswer } from './wire.ts';
import { writtenObject } from './written-object.ts';

/** What a reading takes at most, in tokens. */
const ROOM = 600;

/** How a question about a ticket is answered. */
export function triageForm(question: TriageQuestion): Form<ModelAnswer> {
  return {
    name: 'triage',
    schema: answerSchema(question),
    room: ROOM,
    read: (content) => readAnswer(content, question),
    kept: (value) => ModelAnswer.safeParse(value).data ?? null,
  };
}

/** Reads what a model wrote about a ticket. */
export function readAnswer(content: string, question: TriageQuestion): Answered<ModelAnswer> {
  const written = writtenObject(content, 'category');
  if ('fault' in written) return { answer: null, fault: written.fault };
  const { object } = written;
  const read = ModelAnswer.safeParse({ ...object, fields: fieldsIn(object, question) });
  if (!read.success) return { answer: null, fault: 'The key "category" must be there, with a text or null.' };
  const { category } = read.data;
  const names = question.categories.map(({ name }) => name);
  const isOfList = category === null || chosen(category, names) !== null;
  return { answer: read.data, fault: isOfList ? null : `"category" must be one of ${JSON.stringify(names)}, or null.` };
}

function fieldsIn(object: Readonly<Record<string, unknown>>, { missing }: TriageQuestion) {
  const said = missing.map((_, index) => [fieldKey(index), object[fieldKey(index)]] as const);
  return Object.fromEntries(said.filter(([, value]) => typeof value === 'string'));
}
