import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Problem } from '../domain/problem.ts';
import { isPublicAddress, type MayConnect } from './public-address.ts';

/** An address that a host name leads to. */
export interface HostAddress {
  address: string;
  family: number;
}

/** What a request to a foreign address may take. */
export interface GuardedRequest {
  /** The longest answer that is read, in bytes. */
  maxBytes: number;
  /** Whether a longer answer is cut there, for whoever only wants to know how it begins. Left out, it is refused. */
  isCut?: boolean;
  /** For everything together: names, redirects and the whole body. */
  timeoutSeconds: number;
  /** Redirects that are followed; none is with a body. */
  maxRedirects: number;
  method?: 'GET' | 'POST';
  /** Lower-case names. Left off from where a redirect leaves the origin for which they were meant. */
  headers?: Readonly<Record<string, string>>;
  body?: Uint8Array;
  /** Ends it before its time. */
  signal?: AbortSignal;
  /** Which addresses may be connected to; those of the internet at large when left out. */
  mayConnect?: MayConnect;
  /** Finds the addresses of a host; the system's way when left out. */
  resolve?: (host: string) => Promise<readonly HostAddress[]>;
}

/** An answer, whatever its status. */
export interface Fetched {
  status: number;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
  /** Where it came from in the end. */
  url: string;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Asks an address that somebody else chose, without letting them reach what only we can reach. Each host is
 * resolved once, each of its addresses checked, and the connection goes to one that was checked, so that a
 * name cannot lead elsewhere in between; redirects are checked in the same way.
 *
 * @throws Problem `fetch.address-refused`, `fetch.too-large`, `fetch.too-many-redirects`, which stay; and
 * `fetch.unreachable`, `fetch.too-slow`, which may pass
 */
export async function guardedFetch(address: string, asked: GuardedRequest): Promise<Fetched> {
  const inTime = AbortSignal.timeout(asked.timeoutSeconds * 1000);
  const deadline = asked.signal === undefined ? inTime : AbortSignal.any([inTime, asked.signal]);
  let url = urlOf(address, null);
  let headers = asked.headers ?? {};
  for (let redirects = 0; ; redirects += 1) {
    const step = { url, headers, asked, deadline };
    const next = await take(step, await answerTo(step));
    if ('status' in next) return next;
    if (redirects === asked.maxRedirects) throw tooManyRedirects(asked.maxRedirects);
    if (next.origin !== url.origin) headers = {};
    url = next;
  }
}

/** One request, to one host. */
interface Step {
  url: URL;
  headers: Readonly<Record<string, string>>;
  asked: GuardedRequest;
  deadline: AbortSignal;
}

/** @throws Problem `fetch.address-refused` for what is no web address */
function urlOf(written: string, base: URL | null): URL {
  const url = URL.parse(written, base?.href);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') throw notOfTheWeb();
  return url;
}

async function answerTo(step: Step): Promise<IncomingMessage> {
  const { url, headers, asked, deadline } = step;
  const addresses = await checkedAddresses(step);
  const options: RequestOptions = {
    method: asked.method ?? 'GET',
    // Bytes are kept as they come, so they had better come plain.
    headers: { 'user-agent': 'Tabledesk', 'accept-encoding': 'identity', ...headers },
    lookup: answering(addresses),
    agent: false,
    signal: deadline,
  };
  const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
  return new Promise<IncomingMessage>((answered, failed) => {
    request.once('response', answered);
    // What goes wrong after the answer began is for whoever reads it.
    request.on('error', (error) => failed(unreachable(step, error)));
    request.end(asked.body);
  });
}

/** The addresses of a host that may be connected to. One that is written as a number needs no looking up. */
async function checkedAddresses(step: Step): Promise<readonly HostAddress[]> {
  const { url, asked } = step;
  const { mayConnect = isPublicAddress, resolve = systemAddresses } = asked;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const found = family === 0 ? await within(step, resolve(host)) : [{ address: host, family }];
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const allowed = found.filter(({ address }) => mayConnect(address, port));
  if (allowed.length === 0) throw addressRefused(url.hostname);
  return allowed;
}

function systemAddresses(host: string): Promise<HostAddress[]> {
  return lookup(host, { all: true });
}

/** A name server that keeps silent cannot be told to stop; its answer is not waited for. */
async function within<Value>(step: Step, answer: Promise<Value>): Promise<Value> {
  const { deadline } = step;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(deadline.reason);
  deadline.addEventListener('abort', giveUp);
  try {
    return await Promise.race([answer, late]);
  } catch (error) {
    throw unreachable(step, error);
  } finally {
    deadline.removeEventListener('abort', giveUp);
  }
}

/** Names are not looked up a second time: the addresses that were checked are the ones that are used. */
function answering(addresses: readonly HostAddress[]): LookupFunction {
  return (_host, { all }, done) => {
    const [first] = addresses;
    if (all) done(null, [...addresses]);
    else done(null, first?.address ?? '', first?.family);
  };
}

/** The answer as a whole, or where it sends us. */
async function take(step: Step, response: IncomingMessage): Promise<Fetched | URL> {
  const { url, asked } = step;
  const { statusCode: status = 0, headers } = response;
  try {
    if (REDIRECTS.has(status) && headers.location !== undefined && asked.body === undefined) {
      return urlOf(headers.location, url);
    }
    const body = asked.isCut ? await beginning(response, asked.maxBytes) : await wholeBody(response, asked.maxBytes);
    return { status, headers: plain(headers), body, url: url.href };
  } catch (error) {
    throw error instanceof Problem ? error : unreachable(step, error);
  } finally {
    response.destroy();
  }
}

async function wholeBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

async function beginning(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size >= maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}

function plain(headers: IncomingMessage['headers']): Fetched['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

function notOfTheWeb(): Problem {
  return new Problem({
    code: 'fetch.address-refused',
    message: 'The address is none of the web: it begins with neither http:// nor https://.',
    fix: 'Let the sender give an address that a browser can open.',
  });
}

function addressRefused(host: string): Problem {
  return new Problem({
    code: 'fetch.address-refused',
    message: `${host} is in a network that strangers must not reach through us, so nothing was asked of it.`,
    fix: 'Let the sender give an address on the internet, or send the file itself.',
  });
}

function tooManyRedirects(most: number): Problem {
  return new Problem({
    code: 'fetch.too-many-redirects',
    message: `The address leads on to another one more than ${most} times.`,
    fix: 'Let the sender give the address at which it ends.',
  });
}

function tooLarge(maxBytes: number): Problem {
  return new Problem({
    code: 'fetch.too-large',
    message: `What is at the address is larger than the ${maxBytes} bytes that are read.`,
    fix: 'Open the address in a browser, or ask for a smaller file.',
  });
}

/** Whatever the network, the name servers or the other side did. Only the host is told: an address may hold a secret. */
function unreachable({ url, asked, deadline }: Step, cause: unknown): Problem {
  const fix = 'Nothing is to be done if it passes; else open the address in a browser.';
  const retry = 'later';
  if (deadline.aborted) {
    const message = `${url.hostname} did not answer in full within ${asked.timeoutSeconds} s.`;
    return new Problem({ code: 'fetch.too-slow', message, fix, retry }, { cause });
  }
  const message = `${url.hostname} could not be reached, or broke off in the middle of its answer.`;
  return new Problem({ code: 'fetch.unreachable', message, fix, retry }, { cause });
}
