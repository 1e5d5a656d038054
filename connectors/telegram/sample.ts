import { idOfLength, jsonSample, secondsOf } from '../../src/kit/sample.ts';
import type { ChannelSecrets, Sample, TestMessage } from '../../src/ports/channel.ts';

/** A private message as Telegram posts it, of somebody whom no bot can write to. */
export function sample(said: TestMessage, { tokens: [token] }: ChannelSecrets): Sample | null {
  if (token === undefined) return null;
  const [id, date] = [1, secondsOf(said)];
  const number = Number.parseInt(idOfLength(said, 8), 36);
  const message = {
    message_id: number,
    from: { id, is_bot: false, first_name: said.name },
    chat: { id, type: 'private', first_name: said.name },
    date,
    text: `${said.subject}\n\n${said.text}`,
  };
  return jsonSample({ update_id: number, message }, () => ({ 'x-telegram-bot-api-secret-token': token }));
}
