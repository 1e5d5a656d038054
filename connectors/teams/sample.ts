import { asMarkup } from '../../src/kit/as-markup.ts';
import { idOfLength, jsonSample, withSecret } from '../../src/kit/sample.ts';
import { signatureOf } from '../../src/kit/signature.ts';
import type { ChannelSecrets, Sample, TestMessage } from '../../src/ports/channel.ts';

/** A message that mentions us, as an outgoing webhook posts it. */
export function sample(said: TestMessage, secrets: ChannelSecrets): Sample | null {
  const id = String(said.at.epochMilliseconds);
  const activity = {
    type: 'message',
    id,
    timestamp: said.at.toString(),
    text: `<at>Help desk</at> ${asMarkup(`${said.subject}\n\n${said.text}`)}`,
    from: { id: `29:${said.id}`, name: said.name },
    conversation: { id: `19:${idOfLength(said, 32)}@thread.tacv2;messageid=${id}` },
  };
  return withSecret(secrets, (secret) =>
    jsonSample(activity, (body) => ({
      authorization: `HMAC ${signatureOf(Buffer.from(secret, 'base64'), { content: [body], encoding: 'base64' })}`,
    })),
  );
}
