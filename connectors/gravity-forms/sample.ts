import type { FormFields } from '../../src/kit/form-fields.ts';
import { jsonSample, testFields } from '../../src/kit/sample.ts';
import type { Sample, TestMessage } from '../../src/ports/channel.ts';

/** An entry as the add-on posts it, with the fields that were selected. */
export function sample(said: TestMessage, fields: FormFields): Sample {
  return jsonSample({ ...testFields(said, fields), entry_id: said.id });
}
