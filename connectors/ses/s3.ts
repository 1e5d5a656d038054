import { createHash, createHmac } from 'node:crypto';
import { Problem } from '../../src/domain/problem.ts';
import type { Ask } from '../../src/kit/connector.ts';

/** SES takes mails of up to 40 MB. */
const LARGEST_MAIL = 41 * 1024 * 1024;

/** A minute for the largest, at the pace of a slow line. */
const PATIENCE_SECONDS = 60;

/** The hash of no body at all. */
const NO_BODY = createHash('sha256').digest('hex');

/** Where a mail lies. */
export interface Place {
  region: string;
  bucket: string;
  key: string;
}

/** What `access` holds: `<access key id>:<secret access key>`. */
const ACCESS = /^([A-Z0-9]{16,128}):(\S{16,256})$/;

/**
 * Fetches a mail from S3, with Signature Version 4.
 *
 * @throws Problem `ses.no-access`, `ses.not-fetched`, and those of `guardedFetch`
 */
export async function fetchMail(
  place: Place,
  given: { access: string | null; ask: Ask; now: Temporal.Instant },
): Promise<Uint8Array> {
  const [, keyId, secret] = ACCESS.exec(given.access ?? '') ?? [];
  if (keyId === undefined || secret === undefined) throw noAccess(place);
  const path = [place.bucket, ...place.key.split('/')].map(escaped).join('/');
  const host = `s3.${place.region}.amazonaws.com`;
  const headers = signedHeaders({ host, path: `/${path}`, region: place.region, keyId, secret, now: given.now });
  const { status, body } = await given.ask(`https://${host}/${path}`, {
    method: 'GET',
    headers,
    maxBytes: LARGEST_MAIL,
    timeoutSeconds: PATIENCE_SECONDS,
  });
  if (status !== 200) throw notFetched(place, status);
  return body;
}

interface Signing {
  host: string;
  path: string;
  region: string;
  keyId: string;
  secret: string;
  now: Temporal.Instant;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
export function signedHeaders({ host, path, region, keyId, secret, now }: Signing): Readonly<Record<string, string>> {
  const at = now.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
  const day = at.slice(0, 8);
  const names = 'host;x-amz-content-sha256;x-amz-date';
  const request = [
    'GET',
    path,
    '',
    `host:${host}`,
    `x-amz-content-sha256:${NO_BODY}`,
    `x-amz-date:${at}`,
    '',
    names,
    NO_BODY,
  ];
  const scope = `${day}/${region}/s3/aws4_request`;
  const hashed = createHash('sha256').update(request.join('\n')).digest('hex');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (made, part) => createHmac('sha256', made).update(part).digest(),
    `AWS4${secret}`,
  );
  const signature = createHmac('sha256', key).update(['AWS4-HMAC-SHA256', at, scope, hashed].join('\n')).digest('hex');
  return {
    'x-amz-content-sha256': NO_BODY,
    'x-amz-date': at,
    authorization: `AWS4-HMAC-SHA256 Credential=${keyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/** RFC 3986: of these four `encodeURIComponent` thinks otherwise. */
function escaped(part: string): string {
  return encodeURIComponent(part).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function noAccess({ bucket, key }: Place): Problem {
  return new Problem({
    code: 'ses.no-access',
    message: `The mail lies in S3 as ${bucket}/${key}, and the channel has no key to fetch it.`,
    fix: 'Set access of the channel to <access key id>:<secret access key> of a user who may read the bucket, then try again.',
  });
}

function notFetched({ bucket, key }: Place, status: number): Problem {
  return new Problem({
    code: 'ses.not-fetched',
    message: `S3 answered ${status} when the mail ${bucket}/${key} was fetched.`,
    fix: 'Check that the key in access may read the bucket (s3:GetObject), then try again.',
  });
}
