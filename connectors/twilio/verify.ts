import { verifySignature } from '../../src/kit/signature.ts';
import type { ChannelSecrets, RawRequest, Verdict } from '../../src/ports/channel.ts';

/**
 * Checks Twilio's signature: over the address as Twilio calls it, and all fields by their names.
 * https://www.twilio.com/docs/usage/security#validating-requests
 */
export function verify({ address, headers, body }: RawRequest, { signing }: ChannelSecrets): Verdict {
  const header = 'x-twilio-signature';
  const shown = [headers[header] ?? ''];
  const fields = signedFields(new URLSearchParams(Buffer.from(body).toString()));
  const verdicts = addressesOf(address ?? '').map((each) => {
    const content = [each, ...fields];
    return verifySignature({ header, shown, secrets: signing, content, encoding: 'base64', hash: 'sha1' });
  });
  const refusal: Verdict = { authentic: false, reason: 'the address that was called is not known' };
  return verdicts.find(({ authentic }) => authentic) ?? verdicts[0] ?? refusal;
}

/** Each name with its value; values of a name that comes again once each. */
function signedFields(fields: URLSearchParams): readonly string[] {
  const names = [...new Set(fields.keys())].toSorted();
  return names.flatMap((name) => [...new Set(fields.getAll(name))].toSorted().map((value) => `${name}${value}`));
}

/** Twilio signs an address now with the port that goes without saying, and now without. */
function addressesOf(address: string): readonly string[] {
  const [, scheme, host, port = '', rest] = /^(https?:\/\/)([^/?#]*?)(:\d+)?([/?#].*)?$/.exec(address) ?? [];
  if (scheme === undefined || host === undefined) return [];
  const usual = scheme === 'https://' ? ':443' : ':80';
  return [...new Set([port, '', usual])].map((each) => `${scheme}${host}${each}${rest ?? ''}`);
}
