import type { ChannelGiven } from '../../src/kit/connector.ts';
import { parseJson } from '../../src/kit/json-value.ts';
import { idOfRaw } from '../../src/kit/mail/mail-channel.ts';
import { parsedMail } from '../../src/kit/mail/mail-message.ts';
import { readMail } from '../../src/kit/mail/read-mail.ts';
import { answeredAt } from '../../src/kit/mail-settings.ts';
import { readableLater } from '../../src/kit/readable.ts';
import { sentAs } from '../../src/kit/sent-as.ts';
import { isTimely } from '../../src/kit/signature.ts';
import type { Answer, Channel, Parsed, RawRequest, Verdict } from '../../src/ports/channel.ts';
import { fetchMail } from './s3.ts';
import type { SesSettings } from './settings.ts';
import { createSnsSignatures } from './sns-signature.ts';
import { Envelope, Received } from './wire.ts';

/** Where a subscription is confirmed; whoever is signed by AWS may still name another address. */
const CONFIRMATION = /^https:\/\/sns\.[a-z0-9-]{1,40}\.amazonaws\.com(?:\.cn)?\/\?/;

/**
 * SNS comes again for an hour at most, which nobody can change. What it signed is older only where somebody recorded it.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
const LONGEST_WAY_SECONDS = 2 * 3600;

const UNDERSTOOD: Answer = { status: 200, headers: {}, body: '' };

/** A mail that SES tells of, and what SNS says around it. */
interface Announced {
  envelope: Envelope;
  received: Received;
}

/** Makes the channel of mail that Amazon SES receives. */
export function createSesChannel({ topics, ...settings }: SesSettings, { access, ask, now }: ChannelGiven): Channel {
  const isSigned = createSnsSignatures(ask);

  function mailOf(announced: Announced): Uint8Array | Promise<Uint8Array> {
    return contentOf(announced.received) ?? fetched(announced);
  }

  async function fetched({ received, envelope }: Announced): Promise<Uint8Array> {
    const { action } = received.receipt;
    const [, , , region = ''] = envelope.TopicArn.split(':');
    const place = { region, bucket: action.bucketName, key: action.objectKey };
    return fetchMail(place, { access, ask, now: now() });
  }

  async function parse(request: RawRequest): Promise<Parsed> {
    const announced = announcedIn(request);
    if (announced === null) return { kind: 'ignored', reason: 'It announces no mail.', messages: [] };
    const mail = readMail(await mailOf(announced));
    const { recipients, dmarcVerdict } = announced.received.receipt;
    const doubt = dmarcVerdict.status === 'FAIL' ? 'dmarc=fail' : null;
    return parsedMail(mail, { receivedAt: request.receivedAt, recipients, doubt });
  }

  return {
    async verify(request): Promise<Verdict> {
      const envelope = sentAs(Envelope, request);
      if (envelope === null) return refused('it is nothing that SNS sends');
      if (!topics.includes(envelope.TopicArn)) {
        return refused(`its topic ${envelope.TopicArn.slice(0, 300)} is none of the channel's`);
      }
      const verdict = await isSigned(envelope);
      const at = Date.parse(envelope.Timestamp);
      if (!verdict.authentic || isTimely(at, request.receivedAt, LONGEST_WAY_SECONDS)) return verdict;
      return refused(`it was signed at ${envelope.Timestamp.slice(0, 40)}, which is not within two hours of now`);
    },
    async greet(request) {
      const envelope = sentAs(Envelope, request);
      if (envelope === null || envelope.Type === 'Notification') return null;
      const url = envelope.SubscribeURL ?? '';
      if (envelope.Type === 'SubscriptionConfirmation' && CONFIRMATION.test(url)) await ask(url, { method: 'GET' });
      return UNDERSTOOD;
    },
    answeredAt: answeredAt(settings),
    deliveryId,
    parse: (request) => readableLater(() => parse(request)),
    async file(request, part) {
      const announced = announcedIn(request);
      if (announced === null) return null;
      const mail = readMail(await mailOf(announced));
      return mail.files[part]?.bytes() ?? null;
    },
  };
}

function refused(reason: string): Verdict {
  return { authentic: false, reason };
}

/** The mail's own id where it came along, for a mail may come twice; the id that SES gave it else. */
function deliveryId(request: RawRequest): string | null {
  const received = announcedIn(request)?.received;
  if (received === undefined) return null;
  const content = contentOf(received);
  const ownId = content === null ? null : idOfRaw(content);
  const announcedId = /^<?([^<>\s]+)>?$/.exec(received.mail.commonHeaders.messageId)?.[1];
  return ownId ?? announcedId ?? received.mail.messageId;
}

/** The mail itself; null where it lies in S3. */
function contentOf({ content, receipt }: Received): Buffer | null {
  return content === undefined
    ? null
    : Buffer.from(content, /base64/i.test(receipt.action.encoding) ? 'base64' : 'utf8');
}

/** The first one that SES sends only says that all is set up. */
function announcedIn(request: RawRequest): Announced | null {
  const envelope = sentAs(Envelope, request);
  if (envelope?.Type !== 'Notification') return null;
  try {
    const { success, data } = Received.safeParse(parseJson(envelope.Message));
    return success && data.mail.messageId !== 'AMAZON_SES_SETUP_NOTIFICATION' ? { envelope, received: data } : null;
  } catch {
    return null;
  }
}
