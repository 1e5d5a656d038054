import type { FormFields } from '../../src/kit/form-fields.ts';
import { multipartSample, testAnswers } from '../../src/kit/sample.ts';
import type { Sample, TestMessage } from '../../src/ports/channel.ts';

/** A submission as Jotform posts it: a form of text parts, one of which holds the answers as JSON. */
export function sample(said: TestMessage, fields: FormFields): Sample {
  const answers = testAnswers(said, fields);
  const raw = Object.fromEntries(answers.map(({ asks, answer }, at) => [`q${at + 3}_${asks}`, answer]));
  return multipartSample({
    formID: '1',
    formTitle: 'Test',
    submissionID: said.id,
    pretty: answers.map(({ label, answer }) => `${label}:${answer}`).join(', '),
    rawRequest: JSON.stringify({ slug: 'submit/1', ...raw }),
  });
}
