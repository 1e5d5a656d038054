import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawRequest } from '../../src/ports/channel.ts';
import { MORNING } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { hmacOf, standardSigned, withHeaders } from '../support/form-tools.ts';
import { aServer, type TestServer } from '../support/http-server.ts';
import { aChannel } from '../support/live-config.ts';
import { recorded } from '../support/recorded.ts';

const SECRET = 'whsec_c2VjcmV0LW9mLXRoZS10ZXN0cw==';
const SIGNING = { tokens: [], signing: [SECRET] };
const TOKEN = { tokens: ['letmein'], signing: [] };

/** How each form tool proves itself: by what it signs, or by a token in its address. */
const TOOLS: Readonly<Record<string, { fixture: string; sign?: (request: RawRequest) => RawRequest }>> = {
  'airtable-form': { fixture: 'record' },
  fillout: { fixture: 'submission' },
  'google-forms': { fixture: 'response', sign: (request) => standardSigned(request, SECRET) },
  'gravity-forms': { fixture: 'all-fields' },
  jotform: { fixture: 'submission' },
  tally: {
    fixture: 'submission',
    sign: (request) => withHeaders(request, { 'tally-signature': hmacOf(SECRET, [request.body], 'base64') }),
  },
  typeform: {
    fixture: 'response',
    sign: (request) =>
      withHeaders(request, { 'typeform-signature': `sha256=${hmacOf(SECRET, [request.body], 'base64')}` }),
  },
  wpforms: { fixture: 'json' },
  webflow: {
    fixture: 'contact',
    sign: (request) => {
      const at = String(MORNING.epochMilliseconds);
      const signature = hmacOf(SECRET, [`${at}:`, request.body], 'hex');
      return withHeaders(request, { 'x-webflow-timestamp': at, 'x-webflow-signature': signature });
    },
  },
};

describe('the door for form tools', () => {
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    const channels = Object.entries(TOOLS).flatMap(([kind, { sign }]) => [
      aChannel({ name: kind, kind, secrets: sign === undefined ? TOKEN : SIGNING }),
      aChannel({ name: `${kind}-open`, kind, secrets: { tokens: [], signing: [] } }),
      aChannel({ name: `${kind}-paused`, kind, secrets: sign === undefined ? TOKEN : SIGNING, paused: true }),
    ]);
    server = await aServer(database.connection, { channels });
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  async function post(path: string, { headers, body }: RawRequest): Promise<number> {
    const bytes = Uint8Array.from(body);
    const response = await fetch(`${server.address}/hooks/${path}`, { method: 'POST', headers, body: bytes });
    await response.body?.cancel();
    return response.status;
  }

  it.each(Object.entries(TOOLS))('lets %s in once, and nobody in its name', async (kind, { fixture, sign }) => {
    const request = recorded(kind, fixture);
    const authentic = sign?.(request) ?? request;
    const path = sign === undefined ? `${kind}/letmein` : kind;
    expect(await post(path, authentic)).toBe(202);
    expect(await post(path, authentic)).toBe(200);
    expect(await post(kind, request)).toBe(401);
  });

  it.each(Object.keys(TOOLS))(
    'asks %s to come again while it is closed, with no status that it takes for good',
    async (kind) => {
      const request = recorded(kind, TOOLS[kind]?.fixture ?? '');
      expect(await post(`${kind}-paused`, request)).toBe(503);
      expect(await post(`${kind}-open`, request)).toBe(503);
      expect(await post(`${kind}-gone`, request)).toBe(503);
    },
  );
});
