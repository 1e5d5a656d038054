import { filesOf } from '../../src/kit/linked-files.ts';
import { pastMoment } from '../../src/kit/moment.ts';
import { answerText, messageOfAny, messageOfQuestions, type Question } from '../../src/kit/questions.ts';
import { readBody } from '../../src/kit/read-body.ts';
import { readable } from '../../src/kit/readable.ts';
import { sentId } from '../../src/kit/sent-id.ts';
import { verifyToken } from '../../src/kit/shown-token.ts';
import { withToken } from '../../src/kit/sample.ts';
import type { Parsed, PlainChannel, RawRequest } from '../../src/ports/channel.ts';
import { sample } from './sample.ts';
import type { FilloutSettings } from './settings.ts';
import { Event } from './wire.ts';

/** Answers that are files, by their types. */
const FILES = new Set(['FileUpload', 'Signature', 'ImageUpload', 'AudioRecording']);

const ASKS: Readonly<Record<string, Question['asks']>> = { EmailInput: 'email', Email: 'email', LongAnswer: 'message' };

/** Makes the channel of a Fillout form. */
export function createFilloutChannel(settings: FilloutSettings): PlainChannel {
  return {
    needs: 'token',
    verify: verifyToken,
    deliveryId: (request) => sentId(request, 'submission.submissionId'),
    parse: (request) => readable(() => parse(request, settings)),
    sample: (said, secrets) => withToken(sample(said, settings.fields), secrets),
  };
}

/** A body that the admin wrote is read as any JSON is. */
function parse(request: RawRequest, { fields }: FilloutSettings): Parsed {
  const { value } = readBody(request);
  const read = Event.safeParse(value);
  if (!read.success) return messageOfAny(value, fields);
  const { formName, submission } = read.data;
  const { questions, calculations, urlParameters } = submission;
  const asked = [...questions.filter(({ type }) => !FILES.has(type)), ...calculations, ...urlParameters];
  return messageOfQuestions(
    asked.map(({ id, name, type, value: said }) => ({
      label: name ?? '',
      ids: [id],
      asks: ASKS[type] ?? null,
      answer: answerText(said),
    })),
    {
      fields,
      externalId: submission.submissionId,
      sentAt: pastMoment(submission.submissionTime, request.receivedAt),
      files: filesOf(questions.filter(({ type }) => FILES.has(type)).map(({ value: files }) => files)),
      about: { Form: formName },
    },
  );
}
