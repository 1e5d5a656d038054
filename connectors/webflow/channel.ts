import { linkedFiles } from '../../src/kit/linked-files.ts';
import { pastMoment } from '../../src/kit/moment.ts';
import { messageOfAny, messageOfQuestions, questionsIn } from '../../src/kit/questions.ts';
import { readBody } from '../../src/kit/read-body.ts';
import { readable } from '../../src/kit/readable.ts';
import { sentId } from '../../src/kit/sent-id.ts';
import { verifyToken } from '../../src/kit/shown-token.ts';
import { isTimely, verifySignature } from '../../src/kit/signature.ts';
import type { ChannelSecrets, Parsed, PlainChannel, RawRequest, Verdict } from '../../src/ports/channel.ts';
import { sample } from './sample.ts';
import type { WebflowSettings } from './settings.ts';
import { Event } from './wire.ts';

/** How old a signature may be, in seconds: what Webflow advises. */
const OLDEST_SECONDS = 300;

/** Makes the channel of the forms of a Webflow site. */
export function createWebflowChannel(settings: WebflowSettings): PlainChannel {
  return {
    needs: 'either',
    verify: (request, secrets) =>
      secrets.signing.length > 0 ? verify(request, secrets) : verifyToken(request, secrets),
    deliveryId: (request) => sentId(request, 'payload.id'),
    parse: (request) => readable(() => parse(request, settings)),
    sample: (said, secrets) => sample(said, secrets, settings.fields),
  };
}

/** Webflow signs the time, in milliseconds, along with the body. */
function verify({ headers, body, receivedAt }: RawRequest, { signing }: ChannelSecrets): Verdict {
  const at = headers['x-webflow-timestamp'] ?? '';
  const header = 'x-webflow-signature';
  const shown = [headers[header] ?? ''];
  const verdict = verifySignature({ header, shown, secrets: signing, content: [`${at}:`, body], encoding: 'hex' });
  if (!verdict.authentic || isTimely(Number(at), receivedAt, OLDEST_SECONDS)) return verdict;
  return { authentic: false, reason: 'x-webflow-timestamp is more than five minutes from now' };
}

function parse(request: RawRequest, { fields }: WebflowSettings): Parsed {
  const { value } = readBody(request);
  const read = Event.safeParse(value);
  if (!read.success) return messageOfAny(value, fields);
  const { triggerType, payload } = read.data;
  const parsed = messageOfQuestions(questionsIn(payload.data), {
    fields,
    externalId: payload.id,
    sentAt: pastMoment(payload.submittedAt, request.receivedAt),
    files: linkedFiles(payload.data, null),
    about: { Form: payload.name },
  });
  if (parsed.kind !== 'messages' || triggerType === 'form_submission') return parsed;
  return { ...parsed, kind: 'ignored', reason: `Webflow tells of ${triggerType}, which is no form.` };
}
