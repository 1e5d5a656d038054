import { answerAt } from '../../src/kit/answers.ts';
import { isObject } from '../../src/kit/json-value.ts';
import { filesOf } from '../../src/kit/linked-files.ts';
import { pastMoment } from '../../src/kit/moment.ts';
import { messageOfAny, messageOfQuestions } from '../../src/kit/questions.ts';
import { readBody } from '../../src/kit/read-body.ts';
import { readable } from '../../src/kit/readable.ts';
import { sentId } from '../../src/kit/sent-id.ts';
import { verifyToken } from '../../src/kit/shown-token.ts';
import { withToken } from '../../src/kit/sample.ts';
import type { Parsed, PlainChannel, RawRequest } from '../../src/ports/channel.ts';
import { questionsOf, uploadsIn } from './entry.ts';
import { sample } from './sample.ts';
import type { GravityFormsSettings } from './settings.ts';

/** Makes the channel of the forms of a WordPress site with Gravity Forms. */
export function createGravityFormsChannel(settings: GravityFormsSettings): PlainChannel {
  return {
    needs: 'token',
    verify: verifyToken,
    deliveryId: (request) => sentId(request, 'id') ?? sentId(request, 'entry_id'),
    parse: (request) => readable(() => parse(request, settings)),
    sample: (said, secrets) => withToken(sample(said, settings.fields), secrets),
  };
}

function parse(request: RawRequest, { fields, labels }: GravityFormsSettings): Parsed {
  const { value } = readBody(request);
  if (!isObject(value)) return messageOfAny(value, fields);
  const uploads = Object.values(value).flatMap(uploadsIn);
  const answered = Object.entries(value).filter(([, held]) => uploadsIn(held).length === 0);
  return messageOfQuestions(questionsOf(Object.fromEntries(answered), labels), {
    fields,
    externalId: answerAt(value, 'id') ?? answerAt(value, 'entry_id'),
    sentAt: pastMoment(momentOf(answerAt(value, 'date_created')), request.receivedAt),
    files: filesOf(uploads),
    about: { Page: answerAt(value, 'source_url') ?? '' },
  });
}

/** `2026-03-02 08:00:00`, in UTC and without saying so. */
function momentOf(written: string | null): string | null {
  return written === null ? null : `${written.replace(' ', 'T')}Z`;
}
