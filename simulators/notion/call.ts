import { failed, invalid, noSuchUrl, unparsable, versionMissing } from './refusal.ts';

/** The two whose shapes differ (section 1). Older ones work in earnest and are no part of this simulator. */
export const VERSIONS = ['2025-09-03', '2026-03-11'] as const;
export type Version = (typeof VERSIONS)[number];

/** The whole body (section 2), with which status is not said [U]. */
const MOST_BODY_BYTES = 500 * 1024;

/** A request, read. */
export interface Call {
  method: string;
  /** What follows `/v1`, decoded. */
  segments: readonly string[];
  query: URLSearchParams;
  token: string | null;
  version: string | null;
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** @throws Refusal 400 for a path outside `/v1` */
export async function readCall(request: Request): Promise<Call> {
  const url = new URL(request.url);
  const [version, ...segments] = pathOf(url);
  if (version !== 'v1') throw noSuchUrl();
  return {
    method: request.method,
    segments,
    query: url.searchParams,
    token: /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? null,
    version: request.headers.get('notion-version'),
    contentType: request.headers.get('content-type') ?? '',
    bytes: new Uint8Array(await request.arrayBuffer()),
  };
}

/** The segments of a path. `//v1` is not `/v1` (section 1). */
export function pathOf(url: URL): string[] {
  const path = url.pathname.split('/').slice(1).map(decoded);
  if (path.length > 1 && path.at(-1) === '') path.pop();
  return path;
}

/** @throws Refusal 400 `missing_version`, or for one that is not known here */
export function versionOf({ version }: Call): Version {
  if (version === null) throw versionMissing();
  const known = VERSIONS.find((one) => one === version);
  if (known === undefined) {
    const names = VERSIONS.map((one) => `\`"${one}"\``).join(' or ');
    throw invalid(
      `Notion-Version header failed validation: Notion-Version header should be ${names}, instead was \`"${version}"\`.`,
    );
  }
  return known;
}

/** @throws Refusal 400 for what is no JSON, and for too much of it */
export function bodyOf({ bytes, contentType }: Call): unknown {
  if (contentType.startsWith('multipart/form-data') || bytes.byteLength === 0) return {};
  if (bytes.byteLength > MOST_BODY_BYTES) {
    throw failed('body', `body.length should be ≤ \`${MOST_BODY_BYTES}\`, instead was \`${bytes.byteLength}\``);
  }
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw unparsable();
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw noSuchUrl();
  }
}
