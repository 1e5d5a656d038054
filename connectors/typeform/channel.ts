import type { InboundMessage } from '../../src/domain/message.ts';
import { answerAt, valueAt } from '../../src/kit/answers.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import type { Json } from '../../src/kit/json-value.ts';
import { linkFor } from '../../src/kit/link-for.ts';
import { filesOf } from '../../src/kit/linked-files.ts';
import { pastMoment } from '../../src/kit/moment.ts';
import { answerText, messageOfAny, messageOfQuestions, type Question } from '../../src/kit/questions.ts';
import { readBody } from '../../src/kit/read-body.ts';
import { readable } from '../../src/kit/readable.ts';
import { bodyIn } from '../../src/kit/sent-id.ts';
import { verifySignature } from '../../src/kit/signature.ts';
import type { ChannelSecrets, Parsed, PlainChannel, RawRequest, Verdict } from '../../src/ports/channel.ts';
import { sample } from './sample.ts';
import type { TypeformSettings } from './settings.ts';
import { type Answer, Choice, Choices, Event } from './wire.ts';

/** What Typeform sends of a response that was begun and not submitted. */
const PARTIAL = 'form_response_partial';

/** Where files lie, behind the account's own door. */
const HOSTS = /(^|\.)typeform\.(com|eu)$/;

/** Types of answers that have files: nothing but links, or words too. */
const ONLY_FILES = new Set(['file_url', 'signature']);
const FILES = new Set([...ONLY_FILES, 'multi_format']);

/** Makes the channel of a Typeform. */
export function createTypeformChannel(settings: TypeformSettings, { access }: ChannelGiven): PlainChannel {
  return {
    needs: 'signing',
    verify,
    deliveryId,
    parse: (request) => readable(() => parse(request, settings)),
    sample: (said, secrets) => sample(said, secrets, settings.fields),
    linkTo: async (url) => linkFor(url, HOSTS, access === null ? {} : { authorization: `Bearer ${access}` }),
  };
}

function verify({ headers, body }: RawRequest, { signing }: ChannelSecrets): Verdict {
  const header = 'typeform-signature';
  const shown = (headers[header] ?? '').replace(/^sha256=/, '');
  return verifySignature({ header, shown: [shown], secrets: signing, content: [body], encoding: 'base64' });
}

/** The token names the response, and stays when it is sent again; of a response that is not done there may be more to come. */
function deliveryId(request: RawRequest): string | null {
  const body = bodyIn(request);
  const token = answerAt(body, 'form_response.token');
  if (token === null || answerAt(body, 'event_type') !== PARTIAL) return token;
  return `${token} partial ${answerAt(body, 'event_id') ?? ''}`;
}

function parse(request: RawRequest, { fields, partial }: TypeformSettings): Parsed {
  const { value } = readBody(request);
  const read = Event.safeParse(value);
  if (!read.success) return messageOfAny(value, fields);
  const { event_type: event, form_response: response } = read.data;
  const parsed = messageOfQuestions(questionsOf(response), {
    fields,
    externalId: response.token,
    sentAt: pastMoment(response.submitted_at, request.receivedAt),
    files: filesOf(response.answers.filter(({ type }) => FILES.has(type)).map(valueOf)),
    about: { Form: response.definition.title, Response: response.response_url },
  });
  if (parsed.kind !== 'messages') return parsed;
  const isWhole = event === 'form_response';
  if (partial === 'take' && (isWhole || event === PARTIAL)) {
    return { ...parsed, messages: parsed.messages.map((message) => tied(message, response.token)) };
  }
  if (isWhole) return parsed;
  const reason =
    event === PARTIAL
      ? 'The form was left before it was submitted.'
      : `Typeform tells of ${event}, which is no response.`;
  return { ...parsed, kind: 'ignored', reason };
}

/** What was sent half and is sent whole later belongs together. Nobody guesses a response's token. */
function tied(message: InboundMessage, token: string): InboundMessage {
  const names = [`typeform:${token}`];
  return { ...message, thread: { ...message.thread, belongsTo: names, knownAs: names } };
}

function questionsOf({ definition, answers, hidden }: Event['form_response']): readonly Question[] {
  const fields = definition.fields.flatMap((field) => [field, ...field.properties.fields]);
  const asked = new Map(fields.map((field) => [field.id, field]));
  const texts = new Map(answers.map((answer) => [answer, textOf(answer)]));
  const said = new Map([...texts].flatMap(([answer, text]) => namesOf(answer).map((name) => [name, text] as const)));
  for (const [name, value] of Object.entries(hidden)) said.set(`hidden:${name}`, answerText(value));
  const questions = answers
    .filter(({ type }) => !ONLY_FILES.has(type))
    .map((answer): Question => {
      const { id, ref, type } = answer.field;
      const asks = asksOf(answer.type, asked.get(id)?.type ?? type);
      const label = titleOf(asked.get(id)?.title ?? '', said);
      return { label, ids: [id, ref], asks, answer: texts.get(answer) ?? '' };
    });
  return [...questions, ...Object.entries(hidden).map(([name, value]) => hiddenQuestion(name, value))];
}

/** What the address of the form brought along: a field by its own name. */
function hiddenQuestion(name: string, value: Json): Question {
  return { label: name, ids: [name], asks: null, answer: answerText(value) };
}

/** Under which names a title may quote an answer. */
function namesOf({ field: { id, ref } }: Answer): readonly string[] {
  return [`field:${id}`, `field:${ref}`, `answer_${id}`];
}

/** Titles quote answers, as `{{field:name}}`, and write what is bold between stars. */
function titleOf(title: string, said: ReadonlyMap<string, string>): string {
  return title
    .replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_quote, name: string) => said.get(name) ?? '')
    .replace(/\*([^*\n]+)\*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

function asksOf(answerType: string, fieldType: string): Question['asks'] {
  if (answerType === 'email' || fieldType === 'email') return 'email';
  return fieldType === 'long_text' ? 'message' : null;
}

function valueOf({ type, field: _field, ...values }: Answer): Json {
  return valueAt(values, type) ?? null;
}

function textOf(answer: Answer): string {
  const value = valueOf(answer);
  if (answer.type === 'choice') {
    const { label, other } = Choice.catch({ label: '', other: '' }).parse(value);
    return label || other;
  }
  if (answer.type !== 'choices') return answerText(value);
  const { labels, other } = Choices.catch({ labels: [], other: '' }).parse(value);
  return [...labels, other].filter(Boolean).join(', ');
}
