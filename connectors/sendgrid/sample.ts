import { multipartSample, testMail, withToken } from '../../src/kit/sample.ts';
import type { ChannelSecrets, Sample, TestMessage } from '../../src/ports/channel.ts';

/** A mail as Inbound Parse posts it, with the token in the address; with a key only SendGrid can sign. */
export function sample(said: TestMessage, secrets: ChannelSecrets): Sample | null {
  if (secrets.signing.length > 0) return null;
  const { from, headers } = testMail(said);
  const lines = headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  return withToken(multipartSample({ headers: lines, from, subject: said.subject, text: said.text }), secrets);
}
