import { asMarkup } from '../../src/kit/as-markup.ts';
import { idOfLength, jsonSample, secondsOf, withSecret } from '../../src/kit/sample.ts';
import { signatureOf } from '../../src/kit/signature.ts';
import type { ChannelSecrets, Sample, TestMessage } from '../../src/ports/channel.ts';

/** A message to the app alone, as the Events API posts it. */
export function sample(said: TestMessage, secrets: ChannelSecrets): Sample | null {
  const [id, time] = [idOfLength(said, 9).toUpperCase(), secondsOf(said)];
  const event = {
    type: 'message',
    user: `U${id}`,
    ts: `${time}.000100`,
    text: asMarkup(`${said.subject}\n\n${said.text}`),
    channel: `D${id}`,
    channel_type: 'im',
  };
  return withSecret(secrets, (secret) =>
    jsonSample({ type: 'event_callback', event_id: `Ev${id}`, event }, (body) => ({
      'x-slack-request-timestamp': String(time),
      'x-slack-signature': `v0=${signatureOf(secret, { content: [`v0:${time}:`, body], encoding: 'hex' })}`,
    })),
  );
}
