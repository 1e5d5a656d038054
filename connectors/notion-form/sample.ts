import type { FormFields } from '../../src/kit/form-fields.ts';
import { jsonSample, testAnswers } from '../../src/kit/sample.ts';
import type { Sample, TestMessage } from '../../src/ports/channel.ts';

/** What the action "Send webhook" posts, of a page of a database that is nobody's. */
export function sample(said: TestMessage, fields: FormFields): Sample {
  const properties = testAnswers(said, fields).map(({ asks, label, answer }) => [label, propertyOf(asks, answer)]);
  return jsonSample({
    source: { type: 'automation', attempt: 1 },
    data: {
      object: 'page',
      id: said.id,
      url: '',
      created_time: said.at.toString(),
      parent: { type: 'database_id', database_id: `test-${said.id}` },
      properties: Object.fromEntries(properties),
    },
  });
}

function propertyOf(asks: keyof FormFields, answer: string): object {
  if (asks === 'email') return { id: asks, type: 'email', email: answer };
  const type = asks === 'subject' ? 'title' : 'rich_text';
  return { id: asks, type, [type]: [{ type: 'text', plain_text: answer }] };
}
