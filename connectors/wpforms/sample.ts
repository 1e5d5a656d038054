import type { FormFields } from '../../src/kit/form-fields.ts';
import { jsonSample, testFields } from '../../src/kit/sample.ts';
import type { Sample, TestMessage } from '../../src/ports/channel.ts';

/** An entry as the add-on posts it, with the keys of the guide. */
export function sample(said: TestMessage, fields: FormFields): Sample {
  const { name, email, subject, message } = fields;
  const keys = {
    name: name ?? 'name',
    email: email ?? 'email',
    subject: subject ?? 'subject',
    message: message ?? 'message',
  };
  return jsonSample({ ...testFields(said, keys), entry_id: said.id });
}
