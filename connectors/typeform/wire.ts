import { z } from 'zod';
import { AnyJson } from '../../src/kit/any-json.ts';

const Question = z.object({
  id: z.string(),
  ref: z.string().catch(''),
  type: z.string().catch(''),
  title: z.string().catch(''),
});

/** A question, or a group of some; groups hold no groups. */
const Field = Question.extend({
  properties: z.object({ fields: z.array(Question).catch([]) }).catch({ fields: [] }),
});

/** The value stands under the name of its type. */
const Answer = z
  .object({
    type: z.string(),
    field: z.object({ id: z.string(), ref: z.string().catch(''), type: z.string().catch('') }),
  })
  .catchall(AnyJson);
export type Answer = z.output<typeof Answer>;

/** What Typeform posts: https://www.typeform.com/developers/webhooks/example-payload/ */
export const Event = z.object({
  event_id: z.string().catch(''),
  event_type: z.string().catch(''),
  form_response: z.object({
    token: z.string(),
    submitted_at: z.string().nullable().catch(null),
    response_url: z.string().catch(''),
    hidden: z.record(z.string(), AnyJson).catch({}),
    definition: z
      .object({ title: z.string().catch(''), fields: z.array(Field).catch([]) })
      .catch({ title: '', fields: [] }),
    answers: z.array(Answer).catch([]),
  }),
});
export type Event = z.output<typeof Event>;

export const Choice = z.object({ label: z.string().catch(''), other: z.string().catch('') });
export const Choices = z.object({ labels: z.array(z.string()).catch([]), other: z.string().catch('') });
