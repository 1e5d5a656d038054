import type { Ask } from '../../../src/kit/connector.ts';
import type { RawRequest } from '../../../src/ports/channel.ts';
import { withHeaders } from '../../support/form-tools.ts';

/** One call of the Bot API. */
export interface Asked {
  method: string;
  token: string;
  params: Readonly<Record<string, unknown>>;
}

/** A Telegram that answers as it is told, and writes down what it was asked. */
export function aTelegram(answer: (asked: Asked) => object | Promise<object>): { ask: Ask; asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    async ask(url, { body = new Uint8Array() }) {
      const [, token = '', method = ''] = /\/bot([^/]+)\/(\w+)$/.exec(new URL(url).pathname) ?? [];
      const call = { method, token, params: JSON.parse(Buffer.from(body).toString()) };
      asked.push(call);
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(await answer(call))), url };
    },
  };
}

/** A Telegram to which every message can be sent, with ids from 201. */
export function aTelegramThatSends(): ReturnType<typeof aTelegram> {
  let sent = 200;
  return aTelegram(({ params }) => ({ ok: true, result: sentTo(params['chat_id'], (sent += 1)) }));
}

/** What Telegram says of a message that it took. */
export function sentTo(chat: unknown, id: number): object {
  return { message_id: id, date: 1_763_800_000, chat: { id: chat, type: 'private' } };
}

export function withToken(request: RawRequest, token = 'new-token'): RawRequest {
  return withHeaders(request, { 'x-telegram-bot-api-secret-token': token });
}
