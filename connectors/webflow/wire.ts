import { z } from 'zod';
import { AnyJson } from '../../src/kit/any-json.ts';

/** What Webflow posts: https://developers.webflow.com/data/reference/webhooks/events/form-submission */
export const Event = z.object({
  triggerType: z.string().catch('form_submission'),
  payload: z.object({
    id: z.string().nullable().catch(null),
    name: z.string().catch(''),
    submittedAt: z.string().nullable().catch(null),
    /** By the names that the designer gave to the fields. */
    data: z.record(z.string(), AnyJson),
  }),
});
