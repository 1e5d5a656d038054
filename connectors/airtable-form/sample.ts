import type { FormFields } from '../../src/kit/form-fields.ts';
import { jsonSample, testFields, idOfLength } from '../../src/kit/sample.ts';
import type { Sample, TestMessage } from '../../src/ports/channel.ts';

/** What the script of the guide posts, of a record of a base that is nobody's. */
export function sample(said: TestMessage, fields: FormFields): Sample {
  const id = idOfLength(said, 14);
  return jsonSample({
    base: `app${id}`,
    table: { id: `tbl${id}`, name: 'Test' },
    record: `rec${id}`,
    fields: testFields(said, fields),
    files: [],
  });
}
