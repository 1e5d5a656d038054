import { describe, expect, it } from 'vitest';
import { createTelegramChannel } from '../../../connectors/telegram/channel.ts';
import { TelegramSettings } from '../../../connectors/telegram/settings.ts';
import type { Deliver, Listening } from '../../../src/ports/channel.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { recorded } from '../../support/recorded.ts';
import { aTelegram } from './telegram.ts';

/** A bot that asks; `said` are Telegram's answers to the questions, after which it keeps silent. */
function aListener(said: readonly object[], deliver: Deliver) {
  const answers = [...said];
  const stop = new AbortController();
  const telegram = aTelegram(({ method }) => {
    if (method !== 'getUpdates') return { ok: true, result: { message_id: 1 } };
    const answer = answers.shift();
    if (answer !== undefined) return answer;
    stop.abort();
    return new Promise<object>(() => {});
  });
  const given = aChannelGiven({ access: '7:secret', ask: telegram.ask });
  const channel = createTelegramChannel(TelegramSettings.parse({ poll: true }), given);
  const listening: Listening = {
    deliver,
    memory: { get: async () => null, set: async () => undefined },
    pause: () => new Promise(() => {}),
    signal: stop.signal,
  };
  return { listened: channel.listen?.(listening), telegram };
}

function update(name: string): { update_id: number; message: object } {
  return JSON.parse(Buffer.from(recorded('telegram', name).body).toString());
}

const kept: Deliver = async () => ({ id: '1', isRepeat: false });

describe('a bot that asks for what is new', () => {
  it('hands over messages, and confirms them with the next question', async () => {
    const delivered: unknown[] = [];
    const result = [update('private'), update('photo')];
    const { listened, telegram } = aListener([{ ok: true, result }], async ({ body }) => {
      delivered.push(JSON.parse(Buffer.from(body).toString()));
      return { id: '1', isRepeat: false };
    });
    await listened;
    expect(delivered).toEqual(result);
    expect(telegram.asked.map(({ params }) => params)).toEqual([
      { offset: 0, timeout: 30, allowed_updates: ['message'] },
      { offset: 90_003, timeout: 30, allowed_updates: ['message'] },
    ]);
  });

  it('greets who starts it, and keeps nothing of what is no message', async () => {
    const { message, update_id: id } = update('private');
    const result = [
      { update_id: id, message: { ...message, text: '/start' } },
      { update_id: id + 1, edited_message: message },
    ];
    const { listened, telegram } = aListener([{ ok: true, result }], () => Promise.reject(new Error('It was kept.')));
    await listened;
    expect(telegram.asked.map(({ method }) => method)).toEqual(['getUpdates', 'sendMessage', 'getUpdates']);
  });

  it('confirms nothing that could not be kept', async () => {
    const full = () => Promise.reject(new Error('The disk is full.'));
    const { listened, telegram } = aListener([{ ok: true, result: [update('private')] }], full);
    await expect(listened).rejects.toThrow('The disk is full.');
    expect(telegram.asked.length).toBe(1);
  });

  it('says that somebody else hears for the bot', async () => {
    const description = "Conflict: can't use getUpdates method while webhook is active";
    const { listened } = aListener([{ ok: false, error_code: 409, description }], kept);
    await expect(listened).rejects.toMatchObject({ code: 'telegram.conflict', retry: 'later' });
  });

  it('needs the token of the bot', async () => {
    const channel = createTelegramChannel(TelegramSettings.parse({ poll: true }), aChannelGiven());
    const listening = { signal: new AbortController().signal } as Listening;
    await expect(channel.listen?.(listening)).rejects.toMatchObject({ code: 'chat.no-access' });
  });
});
