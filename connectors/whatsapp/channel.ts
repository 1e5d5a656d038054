import type { DeliveryReport } from '../../src/domain/message.ts';
import { noAccess } from '../../src/kit/chat-api.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { isOneOf } from '../../src/kit/constant-time.ts';
import { readBody } from '../../src/kit/read-body.ts';
import { readable } from '../../src/kit/readable.ts';
import { verifySignature } from '../../src/kit/signature.ts';
import { storable } from '../../src/kit/storable-text.ts';
import type {
  Answer,
  ChannelSecrets,
  FileLink,
  Parsed,
  PlainChannel,
  RawRequest,
  Verdict,
} from '../../src/ports/channel.ts';
import { createWhatsAppApi, fileIdIn, type WhatsAppApi } from './api.ts';
import { messagesOf } from './message.ts';
import { createSend } from './send.ts';
import { sample } from './sample.ts';
import type { WhatsAppSettings } from './settings.ts';
import { MediaLink, Notification, type Status, type Value } from './wire.ts';

/** As much of what WhatsApp says as tells why. */
const LONGEST_WORDS = 200;

/** Makes the channel of a WhatsApp number. */
export function createWhatsAppChannel(settings: WhatsAppSettings, given: ChannelGiven): PlainChannel {
  const api = given.access === null ? null : createWhatsAppApi(given, given.access);
  return {
    needs: 'signing',
    verify,
    deliveryId,
    parse: (request) => readable(() => parse(request)),
    sample,
    greet: async (request) => greet(request),
    greetGet,
    linkTo: (url) => linkTo(url, { api, access: given.access }),
    send: createSend(api, settings),
  };
}

function verify({ headers, body }: RawRequest, { signing }: ChannelSecrets): Verdict {
  const header = 'x-hub-signature-256';
  const shown = (headers[header] ?? '').replace(/^sha256=/, '');
  return verifySignature({ header, shown: [shown], secrets: signing, content: [body], encoding: 'hex' });
}

/** What a request tells of, number by number; null where it is no notice of WhatsApp's. */
function valuesOf(request: Pick<RawRequest, 'headers' | 'body'>): readonly Value[] | null {
  const read = Notification.safeParse(readBody(request).value);
  if (!read.success) return null;
  return read.data.entry.flatMap(({ changes }) => changes.flatMap(({ value }) => value ?? []));
}

function valuesOr(request: RawRequest): readonly Value[] | null {
  try {
    return valuesOf(request);
  } catch {
    return null;
  }
}

/** A request may bring several messages, and comes again with the same. */
function deliveryId(request: RawRequest): string | null {
  const ids = (valuesOr(request) ?? []).flatMap((value) => [
    ...value.messages.flatMap((message) => message?.id ?? []),
    ...failuresIn(value).map(({ id }) => `failed:${id}`),
  ]);
  return ids.length === 0 ? null : ids.join(' ');
}

function parse(request: RawRequest): Parsed {
  const values = valuesOf(request) ?? [];
  const [messages, reports] = [values.flatMap(messagesOf), values.flatMap(failuresIn).map(reportOf)];
  if (messages.length > 0 || reports.length > 0) return { kind: 'messages', messages, reports };
  const reason = 'WhatsApp tells of something in which nobody says anything: a reaction, or what it does not pass on.';
  return { kind: 'ignored', reason, messages: [] };
}

/** Three notices come for each answer of ours: sent, delivered, read. They say nothing new, and are not kept. */
function greet(request: RawRequest): Answer | null {
  const values = valuesOr(request);
  const isNoMessage =
    values !== null && values.every((value) => value.messages.length === 0 && failuresIn(value).length === 0);
  return isNoMessage ? { status: 200, headers: {}, body: '' } : null;
}

/** Answers of ours that were not delivered. */
function failuresIn({ statuses }: Value): readonly Status[] {
  return statuses.flatMap((each) => (each?.status === 'failed' ? [each] : []));
}

function reportOf({ id, errors: [error] }: Status): DeliveryReport {
  const { code = 0, title = '', message = '', error_data: { details } = { details: '' } } = error ?? {};
  const words = [title || message, details].filter((each, index, all) => each !== '' && all.indexOf(each) === index);
  const says = `WhatsApp says: ${words.join(': ') || 'failed'}${code === 0 ? '' : ` (${code})`}`;
  return { of: [storable(id)], outcome: 'failed', isAddressDead: false, says: storable(says.slice(0, LONGEST_WORDS)) };
}

/** https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests */
function greetGet({ address }: RawRequest, { tokens }: ChannelSecrets): Answer | null {
  const query = URL.parse(address ?? '')?.searchParams;
  const challenge = query?.get('hub.challenge') ?? '';
  if (query?.get('hub.mode') !== 'subscribe' || !/^[\w-]{1,200}$/.test(challenge)) return null;
  const headers = { 'content-type': 'text/plain' };
  const isTheirs = isOneOf(query.get('hub.verify_token') ?? '', tokens);
  return isTheirs ? { status: 200, headers, body: challenge } : { status: 403, headers, body: 'The token is wrong.' };
}

/** What is kept of a file is its id: where it lies is told for some minutes, to whoever shows the token there, too. */
async function linkTo(
  url: string,
  { api, access }: { api: WhatsAppApi | null; access: string | null },
): Promise<FileLink> {
  const id = fileIdIn(url);
  if (id === null) return { url, headers: {} };
  if (api === null) throw noAccess('WhatsApp');
  const link = await api(encodeURIComponent(id), { result: MediaLink });
  const { hostname, protocol } = new URL(link.url);
  const isTheirs = protocol === 'https:' && /(^|\.)(fbsbx|facebook|fbcdn|whatsapp)\.(com|net)$/.test(hostname);
  return { url: link.url, headers: access !== null && isTheirs ? { authorization: `Bearer ${access}` } : {} };
}
