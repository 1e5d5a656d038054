import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { RawRequest } from '../../src/ports/channel.ts';
import { MORNING } from './builders.ts';

const FOLDER = join(import.meta.dirname, '../fixtures');

const Recorded = z.strictObject({
  origin: z.string().min(20),
  date: z.iso.date(),
  headers: z.record(z.string(), z.string()),
  /** Base64, so that every byte is the one that came. */
  body: z.base64(),
});

/** A request of `test/fixtures/<system>/<name>.json`, as it came in. */
export function recorded(system: string, name: string, overrides: Partial<RawRequest> = {}): RawRequest {
  const { headers, body } = Recorded.parse(JSON.parse(readFileSync(join(FOLDER, system, `${name}.json`), 'utf8')));
  return { headers, body: Buffer.from(body, 'base64'), token: null, receivedAt: MORNING, ...overrides };
}

/** Every recorded request of a system, by name. */
export function allRecorded(system: string): readonly (readonly [string, RawRequest])[] {
  const names = readdirSync(join(FOLDER, system)).filter((file) => file.endsWith('.json'));
  return names.map((file) => file.slice(0, -'.json'.length)).map((name) => [name, recorded(system, name)] as const);
}

/** A request made up for a test. */
export function aRequest(
  contentType: string,
  body: string | Uint8Array,
  overrides: Partial<RawRequest> = {},
): RawRequest {
  return {
    headers: contentType === '' ? {} : { 'content-type': contentType },
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    token: null,
    receivedAt: MORNING,
    ...overrides,
  };
}
