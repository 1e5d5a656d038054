import { z } from 'zod';
import { AnyJson } from '../../src/kit/any-json.ts';

/** Of a question with choices: what its ids stand for. A table has them for its rows and columns. */
const Option = z.object({ id: z.string(), text: z.string() });
const Options = z.array(Option).default([]).catch([]);

const Field = z.object({
  key: z.string(),
  label: z.string().nullable().catch(null),
  type: z.string().catch(''),
  value: AnyJson.catch(null),
  options: Options,
  rows: Options,
  columns: Options,
});
export type Field = z.output<typeof Field>;

/** What Tally posts: https://tally.so/help/webhooks */
export const Event = z.object({
  eventType: z.string().catch(''),
  data: z.object({
    submissionId: z.string(),
    formName: z.string().catch(''),
    createdAt: z.string().nullable().catch(null),
    fields: z.array(Field),
  }),
});
