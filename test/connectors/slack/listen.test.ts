import { afterEach, describe, expect, it } from 'vitest';
import { createSlackChannel } from '../../../connectors/slack/channel.ts';
import { SlackSettings } from '../../../connectors/slack/settings.ts';
import type { Deliver, Listening } from '../../../src/ports/channel.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { recorded } from '../../support/recorded.ts';
import { aSocketServer, type SocketLine } from '../../support/socket-server.ts';
import { aSlack } from './slack.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** Socket Mode against a server of ours that says what Slack would. */
async function aLine(deliver: Deliver, environment = { SLACK_APP_TOKEN: 'xapp-1' }) {
  const { promise, resolve } = Promise.withResolvers<SocketLine>();
  const server = await aSocketServer(resolve);
  opened.push(() => server.close());
  const slack = aSlack({
    'apps.connections.open': { ok: true, url: server.address },
    'users.info': { ok: false, error: 'user_not_found' },
  });
  const channel = createSlackChannel(
    SlackSettings.parse({ appToken: 'env:SLACK_APP_TOKEN' }),
    aChannelGiven({ access: 'xoxb-1', environment, ask: slack.ask }),
  );
  const stop = new AbortController();
  const listening: Listening = {
    deliver,
    memory: { get: async () => null, set: async () => undefined },
    pause: () => new Promise(() => {}),
    signal: stop.signal,
  };
  return { listened: channel.listen?.(listening), line: promise, stop, slack };
}

function payload(name: string): unknown {
  return JSON.parse(Buffer.from(recorded('slack', name).body).toString());
}

function envelope(id: string, body: unknown, type = 'events_api'): string {
  return JSON.stringify({ envelope_id: id, type, payload: body, accepts_response_payload: true });
}

describe('Socket Mode of Slack', () => {
  it('hands over what comes, and confirms it once it is kept', async () => {
    const { promise: isKept, resolve: keep } = Promise.withResolvers<void>();
    const delivered: string[] = [];
    const { listened, line, stop, slack } = await aLine(async ({ body }) => {
      delivered.push(Buffer.from(body).toString());
      await isKept;
      return { id: '1', isRepeat: false };
    });
    const { say, heard } = await line;
    say('{"type":"hello","num_connections":1}');
    say(envelope('e1', payload('message-im')));
    await expect.poll(() => delivered.map((each) => JSON.parse(each))).toEqual([payload('message-im')]);
    expect(heard).toEqual([]);
    keep();
    await expect.poll(() => heard).toEqual(['{"envelope_id":"e1"}']);
    expect(slack.asked).toMatchObject([{ method: 'apps.connections.open', token: 'Bearer xapp-1' }]);
    stop.abort();
    await listened;
  });

  it('answers a command, and keeps nothing of what is no message', async () => {
    const delivered: unknown[] = [];
    const { listened, line, stop } = await aLine(async (request) => {
      delivered.push(request);
      return { id: '1', isRepeat: false };
    });
    const { say, heard } = await line;
    const command = { command: '/help-me', text: 'It burns.', user_id: 'U1', trigger_id: '1.2' };
    say(envelope('e1', command, 'slash_commands'));
    say(envelope('e2', { type: 'event_callback', event: { type: 'reaction_added' } }));
    await expect.poll(() => heard.length).toBe(2);
    const answers = new Map(heard.map((each) => [JSON.parse(each).envelope_id, JSON.parse(each).payload]));
    expect(answers.get('e1')).toMatchObject({ response_type: 'ephemeral' });
    expect(answers.get('e2')).toBeUndefined();
    expect(delivered.length).toBe(1);
    stop.abort();
    await listened;
  });

  it('ends when Slack renews the line', async () => {
    const { listened, line } = await aLine(async () => ({ id: '1', isRepeat: false }));
    (await line).say('{"type":"disconnect","reason":"refresh_requested"}');
    await expect(listened).resolves.toBeUndefined();
  });

  it('fails when the line breaks', async () => {
    const { listened, line } = await aLine(async () => ({ id: '1', isRepeat: false }));
    void line.then(({ cut }) => cut());
    await expect(listened).rejects.toMatchObject({ code: 'slack.connection-lost', retry: 'later' });
  });

  it('confirms nothing that could not be kept', async () => {
    const { listened, line } = await aLine(() => Promise.reject(new Error('The disk is full.')));
    void line.then(({ say }) => say(envelope('e1', payload('message-im'))));
    await expect(listened).rejects.toThrow('The disk is full.');
    expect((await line).heard).toEqual([]);
  });

  it('says which token it lacks', async () => {
    const { listened } = await aLine(async () => ({ id: '1', isRepeat: false }), { SLACK_APP_TOKEN: '' });
    await expect(listened).rejects.toMatchObject({ code: 'slack.no-app-token' });
  });
});
