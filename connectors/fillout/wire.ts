import { z } from 'zod';
import { AnyJson } from '../../src/kit/any-json.ts';

/** A question, a sum or what the form's address brought along. */
const Said = z.object({
  id: z.string().catch(''),
  name: z.string().nullable().catch(null),
  type: z.string().catch(''),
  value: AnyJson.catch(null),
});
const AllSaid = z.array(Said).catch([]);

/** What Fillout posts: https://www.fillout.com/help/webhook */
export const Event = z.object({
  formName: z.string().catch(''),
  submission: z.object({
    submissionId: z.string(),
    submissionTime: z.string().nullable().catch(null),
    questions: z.array(Said),
    calculations: AllSaid,
    urlParameters: AllSaid,
  }),
});
