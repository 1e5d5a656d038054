import type { FormFields } from '../../src/kit/form-fields.ts';
import { jsonSample, testFields, withSecret, withToken } from '../../src/kit/sample.ts';
import { signatureOf } from '../../src/kit/signature.ts';
import type { ChannelSecrets, Sample, TestMessage } from '../../src/ports/channel.ts';

/** A submission as Webflow posts it: signed where the channel has a secret, with the token in the address else. */
export function sample(said: TestMessage, secrets: ChannelSecrets, fields: FormFields): Sample | null {
  const payload = { name: 'Test', id: said.id, submittedAt: said.at.toString(), data: testFields(said, fields) };
  const event = { triggerType: 'form_submission', payload };
  if (secrets.signing.length === 0) return withToken(jsonSample(event), secrets);
  const at = String(said.at.epochMilliseconds);
  return withSecret(secrets, (secret) =>
    jsonSample(event, (body) => ({
      'x-webflow-timestamp': at,
      'x-webflow-signature': signatureOf(secret, { content: [`${at}:`, body], encoding: 'hex' }),
    })),
  );
}
