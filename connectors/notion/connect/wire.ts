import { z } from 'zod';
import { Texts } from '../wire.ts';

/** Files may be this large where nobody pays, in bytes (developers.notion.com, "Working with files and media"). */
const FREE_FILE_BYTES = 5 * 1024 * 1024;

const Title = Texts.catch([]).transform((texts) => texts.map(({ plain_text: text }) => text).join(''));

/** The connection that asks. */
export const Myself = z
  .object({
    name: z.string().nullish().catch(null),
    bot: z
      .object({
        workspace_name: z.string().nullish().catch(null),
        workspace_limits: z.object({ max_file_upload_size_in_bytes: z.number() }).optional().catch(undefined),
      })
      .optional()
      .catch(undefined),
  })
  .transform(({ name, bot }) => {
    const most = bot?.workspace_limits?.max_file_upload_size_in_bytes;
    return {
      name: name ?? null,
      workspace: bot?.workspace_name ?? null,
      /** Told by the size of files alone; null where it is not. */
      isFree: most === undefined ? null : most <= FREE_FILE_BYTES,
    };
  });
export type Myself = z.output<typeof Myself>;

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

/** A database: what people open, with one table in it or several. */
export const Database = z.object({
  id: z.string(),
  title: Title,
  url: z.string(),
  data_sources: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type Database = z.output<typeof Database>;

/** The table's place. */
export const SourceParent = z.object({ parent: z.object({ database_id: z.string() }) });

export const ViewIds = z.object({
  results: z.array(z.object({ id: z.string() })),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
});

export const View = z.object({ id: z.string(), name: z.string().catch('') });
