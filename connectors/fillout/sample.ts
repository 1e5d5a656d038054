import type { FormFields } from '../../src/kit/form-fields.ts';
import { jsonSample, testAnswers } from '../../src/kit/sample.ts';
import type { Sample, TestMessage } from '../../src/ports/channel.ts';

const TYPES = { name: 'ShortAnswer', email: 'EmailInput', subject: 'ShortAnswer', message: 'LongAnswer' };

/** A submission as Fillout posts it. */
export function sample(said: TestMessage, fields: FormFields): Sample {
  const at = said.at.toString();
  const questions = testAnswers(said, fields).map(({ asks, label, answer }) => {
    return { id: asks, name: label, type: TYPES[asks], value: answer };
  });
  const submission = { submissionId: said.id, submissionTime: at, lastUpdatedAt: at, questions };
  return jsonSample({ formId: 'test', formName: 'Test', submission });
}
