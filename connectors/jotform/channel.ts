import { valueAt } from '../../src/kit/answers.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { isObject, type Json, parseJson } from '../../src/kit/json-value.ts';
import { linkFor } from '../../src/kit/link-for.ts';
import { filesOf } from '../../src/kit/linked-files.ts';
import { messageOfAny, messageOfQuestions, type Question } from '../../src/kit/questions.ts';
import { readBody } from '../../src/kit/read-body.ts';
import { readable } from '../../src/kit/readable.ts';
import { sentId } from '../../src/kit/sent-id.ts';
import { verifyToken } from '../../src/kit/shown-token.ts';
import { withToken } from '../../src/kit/sample.ts';
import type { Parsed, PlainChannel, RawRequest } from '../../src/ports/channel.ts';
import { composedText, isPersonName } from './composed.ts';
import { labelsIn, type Said } from './labels.ts';
import { readBack } from './read-back.ts';
import { sample } from './sample.ts';
import type { JotformSettings } from './settings.ts';
import { Delivery, Uploads } from './wire.ts';

/** Where files lie; an account may keep them to those who are signed in. */
const HOSTS = /(^|\.)jotform\.com$/;

/** Makes the channel of a Jotform. */
export function createJotformChannel(settings: JotformSettings, { access, ask }: ChannelGiven): PlainChannel {
  const channel: PlainChannel = {
    needs: 'token',
    verify: verifyToken,
    deliveryId: (request) => sentId(request, 'submissionID'),
    parse: (request) => readable(() => parse(request, settings)),
    sample: (said, secrets) => withToken(sample(said, settings.fields), secrets),
    linkTo: async (url) => linkFor(url, HOSTS, access === null ? {} : { apikey: access }),
  };
  if (access === null) return channel;
  return { ...channel, complete: (parsed) => readBack(parsed, { settings, access, ask }) };
}

function parse(request: RawRequest, { fields }: JotformSettings): Parsed {
  const { value } = readBody(request);
  const read = Delivery.safeParse(value);
  const raw = read.success ? parseJson(read.data.rawRequest) : null;
  if (!read.success || !isObject(raw)) return messageOfAny(value, fields);
  const { submissionID, formTitle, pretty } = read.data;
  const uploads = uploadsOf(raw);
  const said = answersIn(raw).filter(({ key }) => !(key in uploads));
  return messageOfQuestions(questionsOf(said, pretty), {
    fields,
    externalId: submissionID,
    sentAt: null,
    files: filesOf(Object.values(uploads)),
    about: { Form: formTitle },
  });
}

/** Answers stand under `q<number>_<name>`; whatever else there is comes from the form's machinery. */
function answersIn(raw: Readonly<Record<string, Json>>): readonly Said[] {
  return Object.entries(raw).flatMap(([key, value]) => {
    const [, id, name] = /^q(\d+)_(.+)$/.exec(key) ?? [];
    return id === undefined || name === undefined ? [] : [{ key, id, name, value, text: composedText(value) }];
  });
}

function questionsOf(said: readonly Said[], pretty: string): readonly Question[] {
  const labels = labelsIn(pretty, said);
  return said.map(({ key, id, name, value, text }) => ({
    label: labels.get(key) ?? wordsOf(name),
    ids: [id, name, key],
    asks: isPersonName(value) ? 'name' : null,
    answer: text,
  }));
}

/** Names are made of the question: `whatHappened`. */
function wordsOf(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').replace(/^./, (first) => first.toUpperCase());
}

/** The links of what was uploaded, by the question's key. They stand beside it, under its name alone. */
function uploadsOf(raw: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const names = Object.keys(Uploads.catch({}).parse(raw['temp_upload']));
  return Object.fromEntries(names.map((key) => [key, valueAt(raw, key.replace(/^q\d+_/, '')) ?? null]));
}
