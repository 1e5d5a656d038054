import { jsonSample } from '../../src/kit/sample.ts';
import type { Sample, TestMessage } from '../../src/ports/channel.ts';
import type { JsonSettings } from './settings.ts';

/** A body whose names are the paths of the config, where it has some: names may hold dots. */
export function sample(said: TestMessage, { fields }: JsonSettings): Sample {
  const body = {
    [fields.name ?? 'name']: said.name,
    ...(said.email !== null && { [fields.email ?? 'email']: said.email }),
    [fields.subject ?? 'subject']: said.subject,
    [fields.message ?? 'message']: said.text,
    ...(fields.id !== null && { [fields.id]: said.id }),
  };
  return jsonSample(body, () => ({ 'idempotency-key': said.id }));
}
