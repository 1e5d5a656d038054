import { multipartSample, secondsOf, testMail, withSecret } from '../../src/kit/sample.ts';
import { signatureOf } from '../../src/kit/signature.ts';
import type { ChannelSecrets, Sample, TestMessage } from '../../src/ports/channel.ts';

/** A mail as a route of Mailgun posts it. Mailgun signs the time and a token that it uses once. */
export function sample(said: TestMessage, secrets: ChannelSecrets): Sample | null {
  const { from, headers } = testMail(said);
  const [timestamp, token] = [String(secondsOf(said)), said.id];
  return withSecret(secrets, (secret) =>
    multipartSample({
      from,
      subject: said.subject,
      'body-plain': said.text,
      'message-headers': JSON.stringify(headers),
      timestamp,
      token,
      signature: signatureOf(secret, { content: [timestamp, token], encoding: 'hex' }),
    }),
  );
}
