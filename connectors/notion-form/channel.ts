import { adoptRow, type ToldRow } from '../../src/kit/adopt-row.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { filesOf } from '../../src/kit/linked-files.ts';
import { pastMoment } from '../../src/kit/moment.ts';
import { messageOfAny, messageOfQuestions } from '../../src/kit/questions.ts';
import { readBody } from '../../src/kit/read-body.ts';
import { readable } from '../../src/kit/readable.ts';
import { bodyIn, sentId } from '../../src/kit/sent-id.ts';
import { verifyToken } from '../../src/kit/shown-token.ts';
import { withToken } from '../../src/kit/sample.ts';
import type { Answer, Channel, Parsed, RawRequest, Receipt } from '../../src/ports/channel.ts';
import { withPageText } from './page-text.ts';
import { filesIn, questionsOf, titleOf } from './properties.ts';
import { sample } from './sample.ts';
import type { NotionFormSettings } from './settings.ts';
import { Told } from './wire.ts';

/** A call that fails pauses the automation until somebody resumes it, and then nothing is told of any page. */
const STATUSES = { 401: 200, 413: 200, 429: 200, 503: 200 } as const;

/** Makes the channel of the webhook actions of a Notion database. */
export function createNotionFormChannel(settings: NotionFormSettings, given: ChannelGiven): Channel {
  const { access, ask, base } = given;
  const channel: Channel = {
    needs: 'token',
    statuses: STATUSES,
    verify: verifyToken,
    deliveryId: (request) => sentId(request, 'data.id'),
    greet: (request) => adoptRow(toldIn(request), base),
    parse: (request) => readable(() => parse(request, settings)),
    sample: (said, secrets) => withToken(sample(said, settings.fields), secrets),
    answer: (_request, receipt) => accepted(receipt),
  };
  return access === null ? channel : { ...channel, complete: (parsed) => withPageText(parsed, { ask, access }) };
}

/** A database may have several data sources, so that the one says more than the other. */
function toldIn(request: RawRequest): ToldRow | null {
  const data = Told.safeParse(bodyIn(request)).data?.data;
  const where = data?.parent.data_source_id ?? data?.parent.database_id ?? null;
  return data === undefined || where === null ? null : { id: data.id, where: [where] };
}

function parse(request: RawRequest, { fields }: NotionFormSettings): Parsed {
  const { value } = readBody(request);
  const read = Told.safeParse(value);
  if (!read.success) return messageOfAny(value, fields);
  const { id, url, created_time: createdAt, properties } = read.data.data;
  return messageOfQuestions(questionsOf(properties), {
    fields: { ...fields, subject: fields.subject ?? titleOf(properties) },
    externalId: id,
    sentAt: pastMoment(createdAt, request.receivedAt),
    files: filesOf(filesIn(properties)),
    about: { Page: url },
  });
}

function accepted({ id }: Receipt): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id }) };
}
