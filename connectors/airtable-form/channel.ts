import type { ChannelGiven, TicketBase } from '../../src/kit/connector.ts';
import { filesOf } from '../../src/kit/linked-files.ts';
import { messageOfAny, messageOfQuestions, questionsIn } from '../../src/kit/questions.ts';
import { readBody } from '../../src/kit/read-body.ts';
import { readable } from '../../src/kit/readable.ts';
import { sentId } from '../../src/kit/sent-id.ts';
import { verifyToken } from '../../src/kit/shown-token.ts';
import type { Answer, Parsed, PlainChannel, RawRequest } from '../../src/ports/channel.ts';
import type { AirtableFormSettings } from './settings.ts';
import { Told } from './wire.ts';

/** Makes the channel of an automation of an Airtable base. */
export function createAirtableFormChannel(settings: AirtableFormSettings, { base }: ChannelGiven): PlainChannel {
  return {
    needs: 'token',
    verify: verifyToken,
    deliveryId: (request) => sentId(request, 'record'),
    greet: (request) => adopt(request, base),
    parse: (request) => readable(() => parse(request, settings)),
  };
}

/** A record among the tickets becomes one where it is, so that there is no second; the base is read for it. */
async function adopt(request: RawRequest, base: TicketBase): Promise<Answer | null> {
  const told = toldIn(request);
  if (told === null || !base.holds([told.base, told.table.id, told.table.name])) return null;
  await base.look();
  const said = JSON.stringify({ row: told.record });
  return { status: 200, headers: { 'content-type': 'application/json' }, body: said };
}

function toldIn(request: RawRequest): ReturnType<typeof Told.parse> | null {
  try {
    return Told.safeParse(readBody(request).value).data ?? null;
  } catch {
    return null;
  }
}

function parse(request: RawRequest, { fields: named }: AirtableFormSettings): Parsed {
  const { value } = readBody(request);
  const read = Told.safeParse(value);
  if (!read.success) return messageOfAny(value, { fields: named, externalId: null, sentAt: null, files: [] });
  const { table, record, fields, files } = read.data;
  return messageOfQuestions(questionsIn(fields), {
    fields: named,
    externalId: record,
    sentAt: null,
    files: filesOf(files),
    about: { Form: table.name },
  });
}
