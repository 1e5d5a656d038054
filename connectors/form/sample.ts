import { formSample, testFields, withToken } from '../../src/kit/sample.ts';
import type { ChannelSecrets, Sample, TestMessage } from '../../src/ports/channel.ts';

const NAMES = { name: 'name', email: 'email', subject: 'subject', message: 'message' };

/** What a browser posts; a page of the first site that may post here, where the config lists some. */
export function sample(said: TestMessage, secrets: ChannelSecrets, origins: readonly string[]): Sample | null {
  const [site] = origins;
  const origin = site === undefined ? {} : { origin: new URL(site).origin };
  const posted = formSample(testFields(said, NAMES), () => origin);
  return secrets.tokens.length === 0 ? posted : withToken(posted, secrets);
}
