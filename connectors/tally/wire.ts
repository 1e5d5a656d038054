import { z } from 'zod';

/** Of a question with choices: what its ids stand for. A table has them for its rows and columns. */
const Option = z.object({ id: z.string(), text: z.string() });
const Options = z.array(Option).catch([]);

const Field = z.object({
  key: z.string(),
  label: z.string().nullable().catch(null),
  type: z.string().catch(''),
  value: z.json().catch(null),
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
