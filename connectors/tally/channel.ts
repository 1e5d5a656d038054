import { isObject, type Json } from '../../src/kit/json-value.ts';
import { filesOf } from '../../src/kit/linked-files.ts';
import { pastMoment } from '../../src/kit/moment.ts';
import { answerText, messageOfAny, messageOfQuestions, type Question } from '../../src/kit/questions.ts';
import { readBody } from '../../src/kit/read-body.ts';
import { readable } from '../../src/kit/readable.ts';
import { sentId } from '../../src/kit/sent-id.ts';
import { verifySignature } from '../../src/kit/signature.ts';
import type { ChannelSecrets, Parsed, PlainChannel, RawRequest, Verdict } from '../../src/ports/channel.ts';
import { sample } from './sample.ts';
import type { TallySettings } from './settings.ts';
import { Event, type Field } from './wire.ts';

/** Answers that are files, by their types. */
const FILES = new Set(['FILE_UPLOAD', 'SIGNATURE']);

const ASKS: Readonly<Record<string, Question['asks']>> = { INPUT_EMAIL: 'email', TEXTAREA: 'message' };

/** Makes the channel of a Tally form. */
export function createTallyChannel(settings: TallySettings): PlainChannel {
  return {
    needs: 'signing',
    verify,
    deliveryId: (request) => sentId(request, 'data.submissionId'),
    parse: (request) => readable(() => parse(request, settings)),
    sample: (said, secrets) => sample(said, secrets, settings.fields),
  };
}

function verify({ headers, body }: RawRequest, { signing }: ChannelSecrets): Verdict {
  const header = 'tally-signature';
  const shown = [headers[header] ?? ''];
  return verifySignature({ header, shown, secrets: signing, content: [body], encoding: 'base64' });
}

function parse(request: RawRequest, { fields: named }: TallySettings): Parsed {
  const { value } = readBody(request);
  const read = Event.safeParse(value);
  if (!read.success) return messageOfAny(value, named);
  const { submissionId, formName, createdAt, fields } = read.data.data;
  return messageOfQuestions(questionsOf(fields), {
    fields: named,
    externalId: submissionId,
    sentAt: pastMoment(createdAt, request.receivedAt),
    files: filesOf(fields.filter(({ type }) => FILES.has(type)).map(({ value: files }) => files)),
    about: { Form: formName },
  });
}

function questionsOf(fields: readonly Field[]): readonly Question[] {
  return fields
    .filter((field) => !FILES.has(field.type) && !isBoxOfAnother(field, fields))
    .map((field) => ({
      label: field.label ?? '',
      ids: [field.key],
      asks: ASKS[field.type] ?? null,
      answer: answerText(withTexts(field.value, textsOf(field))),
    }));
}

/** A question with boxes comes twice: with all that were ticked, and once more for each box, as yes or no. */
function isBoxOfAnother({ key, value }: Field, fields: readonly Field[]): boolean {
  return (
    typeof value === 'boolean' && fields.some((other) => other.options.length > 0 && key.startsWith(`${other.key}_`))
  );
}

function textsOf({ options, rows, columns }: Field): ReadonlyMap<string, string> {
  return new Map([...options, ...rows, ...columns].map(({ id, text }) => [id, text]));
}

/** Choices are answered by their ids; in a table, by those of the row and the column. */
function withTexts(value: Json, texts: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return texts.get(value) ?? value;
  if (Array.isArray(value)) return value.map((each: Json) => withTexts(each, texts));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [texts.get(name) ?? name, withTexts(held, texts)]),
  );
}
