import { describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { createLog } from '../../src/kit/log.ts';
import { type InboxRow, readRows } from '../../src/pipeline/read-rows.ts';
import type { Channel, Parsed } from '../../src/ports/channel.ts';
import { aMessage, MORNING } from '../support/builders.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';

const ROW: InboxRow = {
  id: '1',
  seq: 1,
  channel: 'chat',
  deliveryId: '1',
  receivedAt: MORNING,
  headers: {},
  body: Buffer.from('hi'),
  state: 'waiting',
  attempts: 0,
  insisted: false,
  problem: null,
  ticketKey: null,
  finishedAt: null,
  sender: null,
};

const SAID: Parsed = { kind: 'messages', messages: [aMessage({ from: { name: 'U1', email: null } })] };
const KNOWN: Parsed = {
  kind: 'messages',
  messages: [aMessage({ from: { name: 'Greta', email: 'greta@example.com' } })],
};

/** Reads one request of a chat that knows more of who writes than the request says. */
async function read(complete: Channel['complete'], pause = () => new Promise<void>(() => {})) {
  const log: string[] = [];
  const channel: Channel = {
    verify: () => ({ authentic: true }),
    deliveryId: () => null,
    parse: async () => SAID,
    ...(complete === undefined ? {} : { complete }),
  };
  const [only] = await readRows([ROW], {
    config: aLiveConfig({ channels: [aChannel({ name: 'chat', kind: 'chat' })] }),
    channelOf: () => channel,
    pause,
    log: createLog('warn', { write: (line: string) => void log.push(line) }),
  });
  return { parsed: only?.parsed, log: log.join('\n') };
}

describe('reading stored requests', () => {
  it('answers nobody and asks nobody because of a test', async () => {
    const said = aMessage({
      from: { name: 'Ana', email: null, identities: [{ kind: 'slack', value: 'U1' }] },
      conversation: { to: 'D1', thread: null, name: 'slack:D1' },
    });
    const row = { ...ROW, headers: { 'x-tabledesk-test': 'of ours' } };
    const [only] = await readRows([row], {
      config: aLiveConfig({ channels: [aChannel({ name: 'chat', kind: 'chat' })] }),
      channelOf: () => ({
        verify: () => ({ authentic: true }),
        deliveryId: () => null,
        parse: () => ({ kind: 'messages', messages: [said] }),
        complete: () => Promise.reject(new Error('somebody was asked')),
      }),
      pause: () => new Promise<void>(() => {}),
      log: createLog('silent'),
    });
    expect(only?.parsed).toEqual({
      kind: 'messages',
      messages: [aMessage({ from: { name: 'Ana', email: null }, isTest: true })],
    });
  });

  it('puts in what the system of the sender knows beyond them', async () => {
    expect(await read(async () => KNOWN)).toEqual({ parsed: KNOWN, log: '' });
  });

  it('goes on without when that is slow, and says so', async () => {
    const late = await read(
      () => new Promise(() => {}),
      async () => undefined,
    );
    expect([late.parsed, late.log]).toEqual([SAID, expect.stringContaining('too slow')]);
  });

  it('goes on without when that fails, and says why', async () => {
    const refused = new Problem({ code: 'chat.forbidden', message: 'The token may not read users.', fix: 'Add it.' });
    const failed = await read(() => Promise.reject(refused));
    expect([failed.parsed, failed.log]).toEqual([SAID, expect.stringContaining('chat.forbidden')]);
  });

  it('takes the word of a channel that knows no more', async () => {
    expect((await read(undefined)).parsed).toEqual(SAID);
  });
});
