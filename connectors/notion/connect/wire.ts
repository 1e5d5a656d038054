import { z } from 'zod';
import { Title } from '../wire.ts';

/** A page that is no row can hold a database. Its title is the one property that it has. */
export const FoundPage = z
  .object({
    object: z.literal('page'),
    id: z.string(),
    in_trash: z.boolean().catch(false),
    parent: z.object({ type: z.string() }),
    properties: z.record(z.string(), z.looseObject({ type: z.string() })),
  })
  .transform(({ id, in_trash: isInTrash, parent, properties }) => {
    const title = Object.values(properties).find(({ type }) => type === 'title');
    return { id, isInTrash, isRow: parent.type === 'data_source_id', title: Title.parse(title?.['title']) };
  });

const FoundSource = z
  .object({
    object: z.literal('data_source'),
    id: z.string(),
    in_trash: z.boolean().catch(false),
    title: Title,
    parent: z.object({ database_id: z.string() }),
  })
  .transform(({ id, in_trash: isInTrash, title, parent }) => ({
    id,
    isInTrash,
    title,
    databaseId: parent.database_id,
  }));

/** A page of what a search found; what is neither kind is left out. */
function pageOf<Item extends z.ZodType>(item: Item) {
  const some = z.array(item.nullable().catch(null)).transform((found) => found.filter((each) => each !== null));
  return z.object({ results: some, next_cursor: z.string().nullable(), has_more: z.boolean() });
}

export const FoundPages = pageOf(FoundPage);
export const FoundSources = pageOf(FoundSource);

/** The table's place. */
export const SourceParent = z.object({ parent: z.object({ database_id: z.string() }) });

export const ViewIds = z.object({
  results: z.array(z.object({ id: z.string() })),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
});

export const View = z.object({ id: z.string(), name: z.string().catch('') });
