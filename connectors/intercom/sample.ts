import { asMarkup } from '../../src/kit/as-markup.ts';
import { jsonSample, secondsOf, withSecret } from '../../src/kit/sample.ts';
import { signatureOf } from '../../src/kit/signature.ts';
import type { ChannelSecrets, Sample, TestMessage } from '../../src/ports/channel.ts';

/** A conversation as Intercom tells that it began. */
export function sample(said: TestMessage, secrets: ChannelSecrets): Sample | null {
  const { id, name, email } = said;
  const body = `<p>${asMarkup(said.subject)}</p><p>${asMarkup(said.text)}</p>`;
  const source = { type: 'conversation', id, body, author: { type: 'user', id, name, email }, attachments: [] };
  const item = { type: 'conversation', id, created_at: secondsOf(said), source };
  const notice = { type: 'notification_event', topic: 'conversation.user.created', id: `notif_${id}`, data: { item } };
  return withSecret(secrets, (secret) =>
    jsonSample(notice, (content) => ({
      'x-hub-signature': `sha1=${signatureOf(secret, { content: [content], encoding: 'hex', hash: 'sha1' })}`,
    })),
  );
}
