import { z } from 'zod';
import { AnyJson } from '../../src/kit/any-json.ts';

/** What the script in the guide posts: the two are one contract. */
export const Told = z.object({
  base: z.string(),
  table: z.object({ id: z.string(), name: z.string().catch('') }),
  record: z.string(),
  /** As people read each cell, by the names of the fields. */
  fields: z.record(z.string(), AnyJson).catch({}),
  /** Links that die within hours. */
  files: AnyJson.catch([]),
});
