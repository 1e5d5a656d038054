import { isIP } from 'node:net';
import { Problem } from '../../src/domain/problem.ts';
import type { Environment } from '../../src/kit/environment.ts';
import { isPublicAddress } from '../../src/kit/public-address.ts';

/** https://platform.openai.com/docs/api-reference/introduction */
const PUBLIC_ENDPOINT = 'https://api.openai.com/v1';

/** Names that lead nowhere on the internet (RFC 6761, 6762, 8375, and what ICANN keeps for private use). */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|lan|home\.arpa)$|^[^.]+$/;

/** The library wants one; servers of one's own ask for none. */
const NO_KEY = 'none';

/** Where the model is, and what opens it. */
export interface Endpoint {
  /** Without a slash at its end. */
  url: string;
  key: string;
  /** On this machine, or in a network of the admin's own: what goes there stays in the house. */
  isLocal: boolean;
  /** The admin named the address, and so may name one that strangers must not reach. */
  isNamed: boolean;
}

/**
 * The endpoint of the environment.
 *
 * @throws Problem `model.no-key`, `model.address-refused`
 */
export function endpointOf({ OPENAI_BASE_URL: named = '', OPENAI_API_KEY: key = '' }: Environment): Endpoint {
  const isNamed = named !== '';
  const written = isNamed ? named : PUBLIC_ENDPOINT;
  const url = URL.parse(written);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '') {
    throw addressRefused('is no address that we can ask', 'Write it as https://models.example.com/v1.');
  }
  const isLocal = isLocalHost(url.hostname);
  if (url.protocol === 'http:' && !isLocal) {
    const why = 'begins with http://, so that everybody on the way could read the tickets and the key';
    throw addressRefused(why, 'Begin it with https://.');
  }
  if (key === '' && !isNamed) throw noKey();
  return { url: written.replace(/\/+$/, ''), key: key === '' ? NO_KEY : key, isLocal, isNamed };
}

function isLocalHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return isIP(host) === 0 ? LOCAL_NAME.test(host) : !isPublicAddress(host);
}

function addressRefused(why: string, fix: string): Problem {
  return new Problem({ code: 'model.address-refused', message: `OPENAI_BASE_URL ${why}.`, fix });
}

function noKey(): Problem {
  return new Problem({
    code: 'model.no-key',
    message: 'OPENAI_API_KEY is not set, so that the language model is asked nothing.',
    fix: 'Set it in the environment or in .env, and start again; or set OPENAI_BASE_URL to an endpoint that wants no key.',
  });
}
