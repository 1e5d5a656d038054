import { notFound, Refusal, tooLarge, unparsable } from './refusal.ts';

/** A URL must be shorter than this (section 2). Which status a longer one gets is open [U, section 13]: 414 here. */
const URL_CHARACTERS = 16_000;

/** Files are uploaded to a host of their own (section 1), or below this path where one address serves both. */
const CONTENT_HOST = 'content.airtable.com';
const CONTENT_PATH = 'content';
export const FILES_PATH = 'files';

/** A request, read. */
export interface Call {
  method: string;
  host: 'api' | 'content' | 'files';
  /** What follows `/v0`, decoded. A slash at the end and a bare `?` change nothing. */
  segments: readonly string[];
  /** `fields[]` and `sort[0][field]` as lists and objects. */
  query: Readonly<Record<string, unknown>>;
  token: string | null;
  /** Parsed when somebody asks for it. */
  text: string;
}

/** @throws Refusal 414 for a long URL, 413 for a big body, 404 for a path outside `/v0` */
export async function readCall(request: Request, maxBodyBytes: number | null): Promise<Call> {
  // Clients and proxies count the path, and not how the simulator happens to be called.
  const url = new URL(request.url);
  if (`https://api.airtable.com${url.pathname}${url.search}`.length >= URL_CHARACTERS) throw uriTooLong();
  const text = await request.text();
  if (maxBodyBytes !== null && Buffer.byteLength(text) > maxBodyBytes) throw tooLarge();
  const { host, path } = hostOf(url);
  return {
    method: request.method,
    host,
    segments: host === 'files' ? path : versioned(path),
    query: nested(url.searchParams),
    token: /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? null,
    text,
  };
}

/** @throws Refusal 400 */
export function bodyOf({ text }: Call): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw unparsable();
  }
}

function uriTooLong(): Refusal {
  return new Refusal(414, { error: { type: 'REQUEST_URI_TOO_LONG', message: 'Request URI too long' } });
}

function hostOf(url: URL): { host: Call['host']; path: string[] } {
  const path = url.pathname.split('/').slice(1).map(decoded);
  if (path.at(-1) === '') path.pop();
  if (path[0] === FILES_PATH) return { host: 'files', path: path.slice(1) };
  if (url.hostname === CONTENT_HOST) return { host: 'content', path };
  return path[0] === CONTENT_PATH ? { host: 'content', path: path.slice(1) } : { host: 'api', path };
}

function versioned([version, ...rest]: readonly string[]): string[] {
  if (version !== 'v0') throw notFound();
  return rest;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw notFound();
  }
}

/** `a[]=1&b[0][c]=2` → `{ a: ['1'], b: [{ c: '2' }] }`. */
function nested(parameters: URLSearchParams): Record<string, unknown> {
  const root: Branch = new Map();
  for (const [key, value] of parameters) {
    if (key === '') continue;
    const name = /^[^[]+/.exec(key)?.[0] ?? key;
    const steps = [...key.slice(name.length).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
    plant(root, [name, ...steps], value);
  }
  return Object.fromEntries([...root].map(([key, value]) => [key, grown(value)]));
}

type Branch = Map<string, Branch | string>;

function plant(branch: Branch, [step = '', ...rest]: readonly string[], value: string): void {
  const key = step === '' ? String(branch.size) : step;
  if (rest.length === 0) {
    branch.set(key, value);
    return;
  }
  const known = branch.get(key);
  const below = known instanceof Map ? known : new Map<string, Branch | string>();
  branch.set(key, below);
  plant(below, rest, value);
}

function grown(value: Branch | string): unknown {
  if (typeof value === 'string') return value;
  const entries = [...value].map(([key, below]) => [key, grown(below)] as const);
  const isList = entries.every(([key]) => /^\d+$/.test(key));
  return isList ? entries.map(([, below]) => below) : Object.fromEntries(entries);
}
