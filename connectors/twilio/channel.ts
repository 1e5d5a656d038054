import type { Attachment, DeliveryReport, InboundMessage } from '../../src/domain/message.ts';
import { identity } from '../../src/domain/requester.ts';
import { chatMessage } from '../../src/kit/chat-message.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { emptyRequest, readable } from '../../src/kit/readable.ts';
import { storable } from '../../src/kit/storable-text.ts';
import type { Answer, FileLink, Parsed, PlainChannel, RawRequest } from '../../src/ports/channel.ts';
import { basicAuth, conversationName, createSend } from './send.ts';
import { sample } from './sample.ts';
import type { TwilioSettings } from './settings.ts';
import { verify } from './verify.ts';
import { Notice } from './wire.ts';

/** No words of ours: what an answer to the webhook says becomes a message. */
const NOTHING: Answer = { status: 200, headers: { 'content-type': 'text/xml' }, body: '<Response/>' };

/** Words by which people end and begin messages, which Twilio itself obeys: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out */
const OPT_OUT = new Set([
  'stop',
  'stopall',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'revoke',
  'optout',
  'start',
  'unstop',
]);

/** https://www.twilio.com/docs/messaging/api/message-resource#message-status-values */
const FAILED = new Set(['failed', 'undelivered']);

/** Makes the channel of the numbers of a Twilio account. */
export function createTwilioChannel(settings: TwilioSettings, given: ChannelGiven): PlainChannel {
  return {
    needs: 'signing',
    verify,
    deliveryId,
    parse: (request) => readable(() => parse(request)),
    sample,
    greet: async (request) => (isNoNews(noticeIn(request)) ? NOTHING : null),
    answer: () => NOTHING,
    linkTo: async (url) => linkTo(url, given.access === null ? null : basicAuth(settings, given.access)),
    send: createSend(settings, given),
  };
}

/** Twilio posts forms, whatever anybody says of their type. */
function noticeIn({ body }: Pick<RawRequest, 'body'>): Notice | null {
  const fields = new URLSearchParams(Buffer.from(body).toString());
  const read = Notice.safeParse(Object.fromEntries(fields));
  return read.success ? read.data : null;
}

function deliveryId(request: RawRequest): string | null {
  const notice = noticeIn(request);
  if (notice === null) return null;
  return isStatus(notice) ? `${notice.MessageSid} ${notice.MessageStatus}` : notice.MessageSid;
}

/** Twilio tells at the same address what becomes of our messages. */
function isStatus({ MessageStatus: status }: Notice): boolean {
  return status !== '' && status !== 'received';
}

/** That a message of ours is on its way, arrived or was read is not kept. */
function isNoNews(notice: Notice | null): boolean {
  return notice !== null && isStatus(notice) && !FAILED.has(notice.MessageStatus);
}

function reportOf({ MessageSid: id, MessageStatus: status, ErrorCode: code }: Notice): DeliveryReport {
  const why = /^\d{1,6}$/.test(code) ? `, https://www.twilio.com/docs/api/errors/${code}` : '';
  return { of: [storable(id)], outcome: 'failed', isAddressDead: false, says: `Twilio says: ${status}${why}` };
}

function parse(request: RawRequest): Parsed {
  const notice = noticeIn(request);
  if (notice === null) return { kind: 'unreadable', problem: emptyRequest() };
  if (isStatus(notice))
    return { kind: 'messages', messages: [], reports: FAILED.has(notice.MessageStatus) ? [reportOf(notice)] : [] };
  const messages = [messageOf(notice)];
  const isOptOut = notice.OptOutType !== '' || (!isWhatsApp(notice) && OPT_OUT.has(notice.Body.trim().toLowerCase()));
  if (!isOptOut) return { kind: 'messages', messages };
  return { kind: 'ignored', reason: 'It is a word by which people end or begin messages; Twilio obeys it.', messages };
}

function isWhatsApp({ From }: Notice): boolean {
  return From.startsWith('whatsapp:');
}

function messageOf(notice: Notice): InboundMessage {
  const { From: theirs, To: ours, MessageSid: externalId, ProfileName: name } = notice;
  const files = filesOf(notice);
  const caller = theirs.replace(/^whatsapp:/, '');
  const who = /^\+?\d+$/.test(caller)
    ? identity('phone', caller)
    : identity(isWhatsApp(notice) ? 'whatsapp' : 'sms', caller);
  return chatMessage({
    name: name || caller,
    text: wordsOf(notice) || files.map((file) => file.name).join(', ') || '(no text)',
    externalId,
    sentAt: null,
    identities: who === null ? [] : [who],
    files,
    conversation: { to: theirs, thread: ours, name: conversationName(ours, theirs) },
  });
}

function wordsOf({ Body: text, Latitude: latitude, Longitude: longitude, Address: address }: Notice): string {
  if (text.trim() !== '') return text;
  return latitude === ''
    ? ''
    : [address, `https://maps.google.com/?q=${latitude},${longitude}`].filter(Boolean).join('\n');
}

function filesOf(notice: Notice): readonly Attachment[] {
  return Array.from({ length: notice.NumMedia }, (_, at) => at).flatMap((at) => {
    const [url, type] = [notice[`MediaUrl${at}`], notice[`MediaContentType${at}`]];
    if (typeof url !== 'string' || !URL.canParse(url)) return [];
    const contentType = typeof type === 'string' && type !== '' ? type : 'application/octet-stream';
    const kind = /^[\w-]+/.exec(contentType)?.[0] ?? 'file';
    return [{ name: `${kind}-${at + 1}`, contentType: storable(contentType), size: 0, url: storable(url) }];
  });
}

/** Files lie behind the account's door; nobody else is shown the token. */
function linkTo(url: string, authorization: string | null): FileLink {
  const { hostname, protocol } = new URL(url);
  const isTheirs = protocol === 'https:' && /(^|\.)twilio\.com$/.test(hostname);
  return { url, headers: authorization !== null && isTheirs ? { authorization } : {} };
}
