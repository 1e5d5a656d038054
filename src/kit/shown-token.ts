import type { ChannelSecrets, RawRequest, Verdict } from '../ports/channel.ts';
import { isOneOf } from './constant-time.ts';

/**
 * For senders that cannot sign: the token stands in the address, in a header where the sender can add one, or is the
 * password of an address such as `https://anybody:<token>@desk.example.com/hooks/mail`.
 */
export function verifyToken(request: RawRequest, { tokens }: ChannelSecrets): Verdict {
  const bearer = /^Bearer (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  const shown = [request.token, bearer, passwordIn(request), request.headers['x-tabledesk-token']].filter(
    (each) => typeof each === 'string',
  );
  if (shown.length === 0) return { authentic: false, reason: 'there is no token' };
  return shown.some((each) => isOneOf(each, tokens))
    ? { authentic: true }
    : { authentic: false, reason: 'the token is not one of those in force' };
}

function passwordIn({ headers }: RawRequest): string | null {
  const basic = /^Basic ([\w+/=]+)$/i.exec(headers['authorization'] ?? '')?.[1];
  return basic === undefined
    ? null
    : Buffer.from(basic, 'base64')
        .toString()
        .replace(/^[^:]*:?/, '');
}
