import { z } from 'zod';
import { AnyJson } from '../../src/kit/any-json.ts';

/** What Jotform posts, one text part for each; most are empty. */
export const Delivery = z.object({
  submissionID: z.string().min(1),
  formTitle: z.string().catch(''),
  /** `Label:value, Label:value`. Labels and values may hold commas and colons, so it is no source of answers. */
  pretty: z.string().catch(''),
  /** JSON: `{"q3_name": {"first": "Jo"}, …}`. */
  rawRequest: z.string().min(2),
});
export type Delivery = z.output<typeof Delivery>;

/** By questions, as `q9_pictures`, the names of what was uploaded; the links stand under `pictures`. */
export const Uploads = z.record(z.string(), AnyJson);

/** What the API says of a submission: https://api.jotform.com/docs/#submission-id */
export const Kept = z.object({
  content: z.object({
    id: z.coerce.string(),
    answers: z.record(
      z.string(),
      z.object({
        name: z.string().catch(''),
        text: z.string().catch(''),
        type: z.string().catch(''),
        order: z.coerce.number().catch(0),
        answer: AnyJson.catch(null),
      }),
    ),
  }),
});
export type Kept = z.output<typeof Kept>;
