import type { ChannelGiven } from '../../src/kit/connector.ts';
import { emptyRequest, readable } from '../../src/kit/readable.ts';
import { bodyIn, sentId } from '../../src/kit/sent-id.ts';
import { sentAs } from '../../src/kit/sent-as.ts';
import { verifySignature } from '../../src/kit/signature.ts';
import type { Answer, ChannelSecrets, Parsed, PlainChannel, RawRequest } from '../../src/ports/channel.ts';
import { askedIn, messageOf } from './message.ts';
import { sample } from './sample.ts';
import { createSend } from './send.ts';
import type { IntercomSettings } from './settings.ts';
import { ConversationNotice, Notification } from './wire.ts';

/** Topics that tell of people who ask. Others tell of what teammates do, of contacts, of the webhook itself. */
const ASKED = /^conversation\.user\.(?:created|replied)$/;

const THANKS: Answer = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'Thank you.' };

/** Makes the channel of an app of Intercom. */
export function createIntercomChannel(settings: IntercomSettings, given: ChannelGiven): PlainChannel {
  return {
    needs: 'signing',
    verify,
    // The same on each attempt.
    deliveryId: (request) => sentId(request, 'id'),
    parse: (request) => readable(() => parse(request)),
    greet: async (request) => (isOfInterest(request) ? null : THANKS),
    // Before Intercom takes an address it asks there with HEAD, of which nothing is signed.
    greetGet: () => THANKS,
    sample,
    send: createSend(settings, given),
  };
}

/** Signed with the client secret of the app. */
function verify({ headers, body }: RawRequest, { signing }: ChannelSecrets) {
  const header = 'x-hub-signature';
  const shown = [(headers[header] ?? '').replace(/^sha1=/, '')];
  return verifySignature({ header, shown, secrets: signing, content: [body], encoding: 'hex', hash: 'sha1' });
}

/** What cannot be read at all is kept for a person to look at. */
function isOfInterest(request: RawRequest): boolean {
  const notice = Notification.safeParse(bodyIn(request));
  return !notice.success || ASKED.test(notice.data.topic);
}

function parse(request: RawRequest): Parsed {
  const notice = sentAs(ConversationNotice, request);
  if (notice === null) return { kind: 'unreadable', problem: emptyRequest() };
  const asked = askedIn(notice);
  if (asked === null) return { kind: 'ignored', reason: 'A teammate or a bot wrote it in Intercom.', messages: [] };
  return { kind: 'messages', messages: [messageOf(asked, notice.data.item)] };
}
