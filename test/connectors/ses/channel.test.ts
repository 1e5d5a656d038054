import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import MessageValidator from 'sns-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSesChannel } from '../../../connectors/ses/channel.ts';
import { signedHeaders } from '../../../connectors/ses/s3.ts';
import { SesSettings } from '../../../connectors/ses/settings.ts';
import type { Ask } from '../../../src/kit/connector.ts';
import type { Channel, RawRequest } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { at } from '../../support/builders.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { aMail, RECORDED_FILE, RECORDED_MAIL } from '../../support/mails.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:mail';
const SECRETS = { tokens: [], signing: [] };
const CERTIFICATE = Buffer.from(recorded('ses-others', 'certificate').body);

/** When SNS signed what was recorded. */
const SIGNED_AT = at('2026-03-02T08:00:05.123Z');

/** What was recorded, as it came in. */
function announced(system: 'ses' | 'ses-others', name: string): RawRequest {
  return recorded(system, name, { receivedAt: SIGNED_AT });
}

/** AWS, as far as it is asked; `asked` tells what for. */
function anAws(mail: Buffer | null = null): { ask: Ask; asked: (readonly [string, object])[] } {
  const asked: (readonly [string, object])[] = [];
  const ask: Ask = async (url, request) => {
    asked.push([url, request]);
    const body = url.endsWith('.pem') ? CERTIFICATE : (mail ?? Buffer.alloc(0));
    return { status: url.startsWith('https://s3.') && mail === null ? 403 : 200, headers: {}, body, url };
  };
  return { ask, asked };
}

function aChannel(given: { topic?: string; access?: string; ask?: Ask } = {}): Channel {
  const { topic = TOPIC, access = null, ask = anAws().ask } = given;
  return createSesChannel(SesSettings.parse({ topics: [topic] }), aChannelGiven({ access, ask }));
}

function changed(request: RawRequest, from: string, to: string): RawRequest {
  return { ...request, body: Buffer.from(Buffer.from(request.body).toString().replaceAll(from, to)) };
}

/** What AWS's own library says, to which its certificate is given as from the network. */
async function isValidForAws({ body }: RawRequest): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  new MessageValidator().validate(Buffer.from(body).toString(), (error) => resolve(error === null));
  return promise;
}

describe('Amazon SES', () => {
  const aws = setupServer(
    http.get('https://sns.eu-west-1.amazonaws.com/:file', ({ request: { url } }) =>
      url.endsWith('.pem') ? new HttpResponse(CERTIFICATE) : new HttpResponse(null, { status: 403 }),
    ),
  );
  beforeAll(() => aws.listen({ onUnhandledRequest: 'error' }));
  afterAll(() => aws.close());

  const request = announced('ses', 'base64');
  testChannel({
    channel: aChannel(),
    secrets: SECRETS,
    authentic: allRecorded('ses').map(([name]) => [name, announced('ses', name)] as const),
    forged: [
      ['another body', changed(request, '2026-03-02T08:00:05', '2026-03-02T08:00:06')],
      ['another topic of AWS', changed(request, ':mail', ':male')],
      [
        'a certificate of somebody',
        changed(request, 'https://sns.eu-west-1.amazonaws.com/Simple', 'https://evil.example/Simple'),
      ],
      ['a certificate beside', changed(request, 'amazonaws.com/Simple', 'amazonaws.com.evil.example/Simple')],
      ['no version of SNS', changed(request, '"SignatureVersion": "2"', '"SignatureVersion": "__proto__"')],
      ['nothing of SNS', aRequest('text/plain', '{}')],
    ],
    library: { name: 'sns-validator', accepts: isValidForAws },
  });

  it('is asked for its certificate once', async () => {
    const { ask, asked } = anAws();
    const channel = aChannel({ ask });
    for (let times = 0; times < 3; times += 1) await channel.verify(request, SECRETS);
    expect(asked).toHaveLength(1);
  });

  it('is believed within two hours of the time that was signed, as SNS comes again for one', async () => {
    const times = [7200, -7200, 7201, -7201].map((seconds) => SIGNED_AT.add({ seconds }));
    const verdicts = await Promise.all(
      times.map(async (receivedAt) => aChannel().verify({ ...request, receivedAt }, SECRETS)),
    );
    expect(verdicts.map(({ authentic }) => authentic)).toEqual([true, true, false, false]);
  });

  it('is believed for the topics of the channel alone', async () => {
    expect(await aChannel({ topic: `${TOPIC}2` }).verify(request, SECRETS)).toEqual({
      authentic: false,
      reason: `its topic ${TOPIC} is none of the channel's`,
    });
  });

  it('has its subscription confirmed, at AWS and nowhere else', async () => {
    const { ask, asked } = anAws();
    const channel = aChannel({ ask });
    const elsewhere = announced('ses-others', 'confirmation-elsewhere');
    expect(await channel.verify(elsewhere, SECRETS)).toEqual({ authentic: true });
    expect(await channel.greet?.(elsewhere)).toEqual({ status: 200, headers: {}, body: '' });
    expect(asked.map(([url]) => new URL(url).hostname)).toEqual(['sns.eu-west-1.amazonaws.com']);
    const confirmation = announced('ses-others', 'confirmation');
    expect(await channel.greet?.(confirmation)).toMatchObject({ status: 200 });
    expect(asked.at(-1)?.[0]).toBe(
      `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=2336412f37`,
    );
    expect(await channel.greet?.(request)).toBeNull();
  });
});

describe('a mail that SES received', () => {
  it.each(['base64', 'utf8-signed-as-of-old'])('is read out of %s (A-004, A-007)', async (name) => {
    const [channel, request] = [aChannel(), announced('ses', name)];
    const parsed = await channel.parse(request);
    expect(parsed.kind === 'messages' && parsed.messages).toMatchObject([RECORDED_MAIL]);
    expect(channel.deliveryId(request)).toBe('CAF=1@mail.example.com');
    expect(Buffer.from((await channel.file?.(request, 0)) ?? []).equals(RECORDED_FILE)).toBe(true);
  });

  it('bears the doubt of SES where DMARC failed', async () => {
    const doubtOf = async (name: string) => {
      const parsed = await aChannel().parse(announced('ses', name));
      return parsed.kind === 'messages' ? parsed.messages[0]?.from.doubt : null;
    };
    expect([await doubtOf('utf8-signed-as-of-old'), await doubtOf('base64')]).toEqual(['dmarc=fail', undefined]);
  });

  it('is fetched from S3 where it is large, and waits where that fails', async () => {
    const request = announced('ses-others', 'in-s3');
    const { ask, asked } = anAws(aMail({ body: 'A large one' }));
    const access = 'AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    const parsed = await aChannel({ ask, access }).parse(request);
    expect(parsed.kind === 'messages' && parsed.messages[0]?.text).toBe('A large one');
    expect(asked[0]?.[0]).toBe('https://s3.eu-west-1.amazonaws.com/mails.example/in/d6iitobk75ur44p8kdnnp7g2n800');
    const problemOf = async (channel: Channel) => {
      const read = await channel.parse(request);
      return read.kind === 'unreadable' && read.problem.code;
    };
    expect(await problemOf(aChannel({ access }))).toBe('ses.not-fetched');
    expect(await problemOf(aChannel())).toBe('ses.no-access');
    expect(aChannel().deliveryId(request)).toBe('CAF=1@mail.example.com');
  });

  it('is none where SES says that all is set up', async () => {
    expect(await aChannel().parse(announced('ses-others', 'setup'))).toMatchObject({ kind: 'ignored' });
  });

  it('is asked of S3 with a signature of version 4', () => {
    const { authorization } = signedHeaders({
      host: 'examplebucket.s3.amazonaws.com',
      path: '/test.txt',
      region: 'us-east-1',
      keyId: 'AKIAIOSFODNN7EXAMPLE',
      secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      now: at('2013-05-24T00:00:00Z'),
    });
    expect(authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/20130524\/us-east-1\/s3\/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=df548e2ce037944d03f3e68682813b093763996d597cf890ca3d9037fd231eb4$/,
    );
  });
});
