import { idOfLength, jsonSample } from '../../src/kit/sample.ts';
import type { ChannelSecrets, Sample, TestMessage } from '../../src/ports/channel.ts';

/** A post as an outgoing webhook tells of it, of a person and in a channel that nobody has. */
export function sample(said: TestMessage, { tokens: [token] }: ChannelSecrets): Sample | null {
  if (token === undefined) return null;
  const id = idOfLength(said, 26);
  return jsonSample({
    token,
    channel_id: id,
    user_id: id,
    user_name: said.name,
    post_id: id,
    timestamp: said.at.epochMilliseconds,
    text: `${said.subject}\n\n${said.text}`,
    trigger_word: '',
    file_ids: '',
  });
}
