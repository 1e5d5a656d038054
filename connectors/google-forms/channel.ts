import { answerAt } from '../../src/kit/answers.ts';
import { pastMoment } from '../../src/kit/moment.ts';
import { answerText, messageOfAny, messageOfQuestions, type Question } from '../../src/kit/questions.ts';
import { readBody } from '../../src/kit/read-body.ts';
import { readable } from '../../src/kit/readable.ts';
import { bodyIn } from '../../src/kit/sent-id.ts';
import { verifyStandardWebhook } from '../../src/kit/standard-webhooks.ts';
import type { Parsed, PlainChannel, RawRequest } from '../../src/ports/channel.ts';
import { sample } from './sample.ts';
import type { GoogleFormsSettings } from './settings.ts';
import { Response } from './wire.ts';

/** Makes the channel of a Google Form. */
export function createGoogleFormsChannel(settings: GoogleFormsSettings): PlainChannel {
  return {
    needs: 'signing',
    verify: verifyStandardWebhook,
    deliveryId,
    parse: (request) => readable(() => parse(request, settings)),
    sample: (said, secrets) => sample(said, secrets, settings.fields),
  };
}

/** Ids of responses are their form's own; Google starts the script twice now and then. */
function deliveryId(request: RawRequest): string | null {
  const body = bodyIn(request);
  const id = answerAt(body, 'responseId');
  return id === null ? null : `${answerAt(body, 'formId') ?? ''} ${id}`;
}

function parse(request: RawRequest, { fields }: GoogleFormsSettings): Parsed {
  const { value } = readBody(request);
  const read = Response.safeParse(value);
  if (!read.success) return messageOfAny(value, fields);
  const { formTitle, responseId, submittedAt, respondentEmail, answers } = read.data;
  const collected: Question = { label: 'Email', ids: ['respondentEmail'], asks: 'email', answer: respondentEmail };
  const questions = answers.map(({ id, title, type, value: said }): Question => ({
    label: title,
    ids: [id],
    asks: type === 'PARAGRAPH_TEXT' ? 'message' : null,
    answer: answerText(said),
  }));
  return messageOfQuestions([collected, ...questions], {
    fields,
    externalId: responseId,
    sentAt: pastMoment(submittedAt, request.receivedAt),
    files: [],
    about: { Form: formTitle },
  });
}
