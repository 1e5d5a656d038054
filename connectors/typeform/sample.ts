import type { FormFields } from '../../src/kit/form-fields.ts';
import { jsonSample, testAnswers, withSecret } from '../../src/kit/sample.ts';
import { signatureOf } from '../../src/kit/signature.ts';
import type { ChannelSecrets, Sample, TestMessage } from '../../src/ports/channel.ts';

const TYPES = { name: 'short_text', email: 'email', subject: 'short_text', message: 'long_text' };

/** A response as Typeform posts it. */
export function sample(said: TestMessage, secrets: ChannelSecrets, fields: FormFields): Sample | null {
  const asked = testAnswers(said, fields).map(({ asks, label, answer }) => {
    const [field, type] = [{ id: asks, ref: asks, type: TYPES[asks] }, asks === 'email' ? 'email' : 'text'];
    return { question: { ...field, title: label }, given: { type, [type]: answer, field } };
  });
  const response = {
    form_id: 'test',
    token: said.id,
    submitted_at: said.at.toString(),
    definition: { id: 'test', title: 'Test', fields: asked.map(({ question }) => question) },
    answers: asked.map(({ given }) => given),
  };
  return withSecret(secrets, (secret) =>
    jsonSample({ event_id: said.id, event_type: 'form_response', form_response: response }, (body) => ({
      'typeform-signature': `sha256=${signatureOf(secret, { content: [body], encoding: 'base64' })}`,
    })),
  );
}
