import { answerAt } from '../../src/kit/answers.ts';
import { isObject } from '../../src/kit/json-value.ts';
import { filesOf } from '../../src/kit/linked-files.ts';
import { messageOfAny, messageOfQuestions, questionsIn } from '../../src/kit/questions.ts';
import { readBody } from '../../src/kit/read-body.ts';
import { readable } from '../../src/kit/readable.ts';
import { sentId } from '../../src/kit/sent-id.ts';
import { verifyToken } from '../../src/kit/shown-token.ts';
import { withToken } from '../../src/kit/sample.ts';
import type { Parsed, PlainChannel, RawRequest } from '../../src/ports/channel.ts';
import { sample } from './sample.ts';
import type { WpformsSettings } from './settings.ts';

/** Makes the channel of the forms of a WordPress site with WPForms. */
export function createWpformsChannel(settings: WpformsSettings): PlainChannel {
  return {
    needs: 'token',
    verify: verifyToken,
    deliveryId: (request) => sentId(request, 'entry_id'),
    parse: (request) => readable(() => parse(request, settings)),
    sample: (said, secrets) => withToken(sample(said, settings.fields), secrets),
  };
}

/** The body holds the keys that the admin created, and nothing else. */
function parse(request: RawRequest, settings: WpformsSettings): Parsed {
  const { value } = readBody(request);
  const { name, email, subject, message } = settings.fields;
  const fields = {
    name: name ?? 'name',
    email: email ?? 'email',
    subject: subject ?? 'subject',
    message: message ?? 'message',
  };
  const submission = { fields, externalId: answerAt(value, 'entry_id'), sentAt: null };
  if (!isObject(value)) return messageOfAny(value, fields);
  const { entry_id: _id, files = null, name: named = null, ...others } = value;
  // A name of several boxes comes as an object of them.
  const person = isObject(named) ? Object.values(named).map(String).filter(Boolean).join(' ') : named;
  const questions = questionsIn({ name: person, ...others });
  return messageOfQuestions(questions, { ...submission, files: filesOf(files) });
}
