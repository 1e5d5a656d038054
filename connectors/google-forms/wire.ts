import { z } from 'zod';
import { AnyJson } from '../../src/kit/any-json.ts';

/** What `script.gs` posts: the two are one contract. */
export const Response = z.object({
  formId: z.string(),
  formTitle: z.string().catch(''),
  responseId: z.string(),
  submittedAt: z.string().nullable().catch(null),
  /** Empty unless the form collects addresses. */
  respondentEmail: z.string().catch(''),
  answers: z.array(
    z.object({
      id: z.string().catch(''),
      title: z.string().catch(''),
      /** As Google calls it: `PARAGRAPH_TEXT`. Unknown when the script is bound to a sheet. */
      type: z.string().catch(''),
      value: AnyJson.catch(null),
    }),
  ),
});
