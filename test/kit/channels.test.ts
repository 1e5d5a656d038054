import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createChannels } from '../../src/kit/channels.ts';
import { type Ask, role } from '../../src/kit/connector.ts';
import { MORNING } from '../support/builders.ts';
import { TAKES_ANYTHING } from '../support/channels.ts';

/** What a channel is handed to ask its system with. */
function askOfChannel(): Ask {
  const handed: Ask[] = [];
  const channel = role(z.unknown(), (_settings, { ask }: { ask: Ask }) => {
    handed.push(ask);
    return TAKES_ANYTHING;
  });
  const connectors = { any: { id: 'any', title: 'Any', summary: 'Any.', docs: null, channel } };
  const base = { holds: () => false, look: async () => undefined };
  const channelOf = createChannels({ connectors, environment: {}, publicAddress: null, now: () => MORNING, base });
  channelOf({ name: 'any', kind: 'any', secrets: null, access: null, settings: {} });
  const [ask] = handed;
  if (ask === undefined) throw new Error('no channel was made');
  return ask;
}

describe('what a channel asks its system', () => {
  const server = createServer((_request, response) => response.end('hello'));
  beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
  afterAll(() => new Promise((closed) => server.close(closed)));
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  it('does not reach our own network, unless the admin named the address and said so', async () => {
    const ask = askOfChannel();
    await expect(ask(address(), {})).rejects.toMatchObject({ code: 'fetch.address-refused' });
    expect((await ask(address(), { internal: true })).body.toString()).toBe('hello');
  });
});
