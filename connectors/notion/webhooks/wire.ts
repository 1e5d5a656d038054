import { z } from 'zod';
import { Moment } from '../wire.ts';

/** The text of a call. One that is no JSON tells nothing. */
const Json = z.string().transform((text): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
});

/** What Notion posts once to a new address, for a person to bring back. Nothing else is taken for a token. */
export const Greeting = Json.pipe(z.object({ verification_token: z.string().regex(/^[\w.~+/=-]{16,200}$/) })).transform(
  ({ verification_token: token }) => token,
);

/** Where something happened, and who did it. One that cannot be read is looked into. */
export const Event = Json.pipe(
  z.object({
    authors: z.array(z.object({ id: z.string() })).catch([]),
    data: z.object({
      parent: z.object({ id: z.string().nullish().catch(null), data_source_id: z.string().nullish().catch(null) }),
    }),
  }),
)
  .transform(({ authors, data: { parent } }) => ({
    authorIds: authors.map(({ id }) => id),
    placeIds: [parent.id, parent.data_source_id].filter((id) => typeof id === 'string'),
  }))
  .nullable()
  .catch(null);

/** Beside which page somebody wrote. One on a passage of its text names that, and is not read. */
export const CommentEvent = Json.pipe(
  z.object({
    type: z.enum(['comment.created', 'comment.updated']),
    authors: z.array(z.object({ type: z.string() })),
    data: z.object({ page_id: z.string(), parent: z.object({ type: z.literal('page') }) }),
  }),
)
  .transform(({ authors, data }) => ({ authors, pageId: data.page_id }))
  .nullable()
  .catch(null);

/** What calls are signed with, as it was kept. */
export const KeptToken = z
  .object({
    token: z.string().nullable().catch(null),
    /** Until when another one is taken; null at all other times. */
    openUntil: Moment.nullable().catch(null),
  })
  .catch({ token: null, openUntil: null });
export type KeptToken = z.output<typeof KeptToken>;
