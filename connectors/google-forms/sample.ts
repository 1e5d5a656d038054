import type { FormFields } from '../../src/kit/form-fields.ts';
import { jsonSample, secondsOf, testAnswers, withSecret } from '../../src/kit/sample.ts';
import { standardWebhookHeaders } from '../../src/kit/standard-webhooks.ts';
import type { ChannelSecrets, Sample, TestMessage } from '../../src/ports/channel.ts';

/** A response as the script posts it. */
export function sample(said: TestMessage, secrets: ChannelSecrets, fields: FormFields): Sample | null {
  const answers = testAnswers(said, fields).map(({ asks, label, answer }) => {
    return { id: asks, title: label, type: asks === 'message' ? 'PARAGRAPH_TEXT' : 'TEXT', value: answer };
  });
  const response = {
    source: 'google-forms',
    formId: 'test',
    formTitle: 'Test',
    responseId: said.id,
    submittedAt: said.at.toString(),
    respondentEmail: said.email ?? '',
    answers: answers.filter(({ id }) => id !== 'email'),
  };
  const signed = { id: said.id, at: secondsOf(said) };
  return withSecret(secrets, (secret) =>
    jsonSample(response, (body) => standardWebhookHeaders(secret, { ...signed, body })),
  );
}
