import { createPrivateKey, sign } from 'node:crypto';
import { verifyKey } from 'discord-interactions';
import type { Ask } from '../../../src/kit/connector.ts';
import type { RawRequest } from '../../../src/ports/channel.ts';
import { MORNING } from '../../support/builders.ts';
import { withHeaders } from '../../support/form-tools.ts';

/** The first two pairs of keys of RFC 8032, 7.1. */
const PRIVATE = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const OTHER_PRIVATE = '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb';
export const PUBLIC_KEY = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';

/** As Discord signs: https://docs.discord.com/developers/interactions/overview#validating-security-request-headers */
export function signed(
  request: RawRequest,
  { at = MORNING, isOther = false }: { at?: Temporal.Instant; isOther?: boolean } = {},
): RawRequest {
  const seed = Buffer.from(isOther ? OTHER_PRIVATE : PRIVATE, 'hex');
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const time = String(Math.floor(at.epochMilliseconds / 1000));
  const signature = sign(null, Buffer.concat([Buffer.from(time), request.body]), key).toString('hex');
  return withHeaders(request, { 'x-signature-timestamp': time, 'x-signature-ed25519': signature });
}

/** What Discord's own library says, which looks at no time. */
export function isValidForDiscord({ headers, body }: RawRequest, key: string): Promise<boolean> {
  const { 'x-signature-ed25519': signature = '', 'x-signature-timestamp': time = '' } = headers;
  return verifyKey(body, signature, time, key);
}

/** One call of the API. */
export interface Asked {
  path: string;
  params: Readonly<Record<string, unknown>>;
  token: string | undefined;
}

/** A Discord that answers as it is told, and writes down what it was asked. */
export function aDiscord(answer: object | string = {}, status = 200): { ask: Ask; asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    async ask(url, { headers: sent = {}, body = new Uint8Array() }) {
      const path = new URL(url).pathname.replace('/api/v10', '');
      asked.push({ path, params: JSON.parse(Buffer.from(body).toString()), token: sent['authorization'] });
      const usual = path.endsWith('/channels')
        ? { id: '99', type: 1 }
        : { id: String(asked.length), channel_id: '645' };
      const said = typeof answer === 'string' ? answer : JSON.stringify({ ...usual, ...answer });
      return { status, headers: {}, body: Buffer.from(said), url };
    },
  };
}
