import { adoptRow, type ToldRow } from '../../src/kit/adopt-row.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { filesOf } from '../../src/kit/linked-files.ts';
import { messageOfAny, messageOfQuestions, questionsIn } from '../../src/kit/questions.ts';
import { readBody } from '../../src/kit/read-body.ts';
import { readable } from '../../src/kit/readable.ts';
import { bodyIn, sentId } from '../../src/kit/sent-id.ts';
import { verifyToken } from '../../src/kit/shown-token.ts';
import { withToken } from '../../src/kit/sample.ts';
import type { Parsed, PlainChannel, RawRequest } from '../../src/ports/channel.ts';
import { sample } from './sample.ts';
import type { AirtableFormSettings } from './settings.ts';
import { Told } from './wire.ts';

/** Makes the channel of an automation of an Airtable base. */
export function createAirtableFormChannel(settings: AirtableFormSettings, { base }: ChannelGiven): PlainChannel {
  return {
    needs: 'token',
    verify: verifyToken,
    deliveryId: (request) => sentId(request, 'record'),
    greet: (request) => adoptRow(toldIn(request), base),
    parse: (request) => readable(() => parse(request, settings)),
    sample: (said, secrets) => withToken(sample(said, settings.fields), secrets),
  };
}

function toldIn(request: RawRequest): ToldRow | null {
  const told = Told.safeParse(bodyIn(request)).data;
  return told === undefined ? null : { id: told.record, where: [told.base, told.table.id, told.table.name] };
}

function parse(request: RawRequest, { fields: named }: AirtableFormSettings): Parsed {
  const { value } = readBody(request);
  const read = Told.safeParse(value);
  if (!read.success) return messageOfAny(value, named);
  const { table, record, fields, files } = read.data;
  return messageOfQuestions(questionsIn(fields), {
    fields: named,
    externalId: record,
    sentAt: null,
    files: filesOf(files),
    about: { Form: table.name },
  });
}
