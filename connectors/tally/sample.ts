import type { FormFields } from '../../src/kit/form-fields.ts';
import { jsonSample, testAnswers, withSecret } from '../../src/kit/sample.ts';
import { signatureOf } from '../../src/kit/signature.ts';
import type { ChannelSecrets, Sample, TestMessage } from '../../src/ports/channel.ts';

const TYPES = { name: 'INPUT_TEXT', email: 'INPUT_EMAIL', subject: 'INPUT_TEXT', message: 'TEXTAREA' };

/** A submission as Tally posts it. */
export function sample(said: TestMessage, secrets: ChannelSecrets, fields: FormFields): Sample | null {
  const createdAt = said.at.toString();
  const answers = testAnswers(said, fields).map(({ asks, label, answer }) => {
    return { key: `question_${asks}`, label, type: TYPES[asks], value: answer };
  });
  const data = { submissionId: said.id, formId: 'test', formName: 'Test', createdAt, fields: answers };
  return withSecret(secrets, (secret) =>
    jsonSample({ eventId: said.id, eventType: 'FORM_RESPONSE', createdAt, data }, (body) => ({
      'tally-signature': signatureOf(secret, { content: [body], encoding: 'base64' }),
    })),
  );
}
