import { z } from 'zod';
import { JsonText } from '../../src/kit/json-text.ts';

/** Files may be this large where nobody pays, in bytes (developers.notion.com, "Working with files and media"). */
const FREE_FILE_BYTES = 5 * 1024 * 1024;

/** A schema of something that Notion answers. Loose: new keys in an answer break nothing. */
export type Shape<Value> = z.ZodType<Value>;

/** What Notion says besides its reason; each of these counts for one answer or another. */
const AdditionalData = z
  .object({
    /** What was saved although the answer is an error. */
    committed_resource_id: z.string().nullish().catch(null),
    block_limit: z.string().nullish().catch(null),
    rate_limit_reason: z.string().nullish().catch(null),
    retry_after: z.coerce.number().nonnegative().nullish().catch(null),
  })
  .catch({});

/** The text of a request that said no. A page of HTML, say, tells nothing. */
export const Refusal = z
  .string()
  .transform((text): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  })
  .pipe(
    z.object({
      code: z.string().catch(''),
      message: z.string().catch(''),
      additional_data: AdditionalData.default({}),
    }),
  )
  .catch({ code: '', message: '', additional_data: {} });

/** What the official client rejects with: an answer of Notion's, or anything without a status. */
export const ClientFailure = z
  .object({ status: z.number().nullable().catch(null), body: z.string().catch('') })
  .catch({ status: null, body: '' });

/** An instant, as Notion writes it. */
export const Moment = z.string().transform((written, context) => {
  try {
    return Temporal.Instant.from(written);
  } catch {
    context.addIssue({ message: 'must be a moment', code: 'custom' });
    return z.NEVER;
  }
});

/** Texts, in pieces. */
export const Texts = z.array(z.object({ plain_text: z.string() }));

/** A title as plain text. */
export const Title = Texts.catch([]).transform((texts) => texts.map(({ plain_text: text }) => text).join(''));

/** An option, with whatever else it has, since all of them are sent back when another is added. */
const Option = z.looseObject({ id: z.string(), name: z.string() });
export type Option = z.output<typeof Option>;

const Group = z.object({ name: z.string(), option_ids: z.array(z.string()).catch([]) });
const Offer = z.object({ options: z.array(Option).catch([]), groups: z.array(Group).optional().catch(undefined) });

/** A property of the schema: a column. */
export const Property = z
  .looseObject({ id: z.string(), name: z.string(), type: z.string(), description: z.string().nullish().catch(null) })
  .transform((told) => {
    const { id, name, type, description = null } = told;
    const { options, groups = [] } = Offer.catch({ options: [], groups: [] }).parse(told[type]);
    return { id, name, type, description, options, groups };
  });
export type Property = z.output<typeof Property>;

export const DataSource = z
  .object({
    id: z.string(),
    in_trash: z.boolean().catch(false),
    title: Title,
    parent: z.object({ database_id: z.string() }).nullable().catch(null),
    properties: z.record(z.string(), Property),
  })
  .transform(({ id, in_trash: isInTrash, title, parent, properties }) => ({
    id,
    isInTrash,
    title,
    /** Of the database that people open; null where Notion does not tell. */
    databaseId: parent?.database_id ?? null,
    properties: Object.values(properties),
  }));
export type DataSource = z.output<typeof DataSource>;

/** Data sources that a search found; what is none is left out. */
export const FoundDataSources = z.object({
  results: z.array(DataSource.nullable().catch(null)).transform((found) => found.flatMap((each) => each ?? [])),
});
export type FoundDataSources = z.output<typeof FoundDataSources>;

/** Somebody, as a page names them: often by the id alone. */
const Named = z.object({ id: z.string(), name: z.string().nullish().catch(null) });

/** What stands in one property of a page: the value is under the name of its type. */
const Value = z.looseObject({ id: z.string(), type: z.string() });
export type Value = z.output<typeof Value>;

/** A page that is a row. Its values come under names, which people change, and go by ids. */
export const Page = z
  .object({
    id: z.string(),
    created_time: Moment,
    last_edited_time: Moment,
    created_by: Named,
    last_edited_by: Named,
    in_trash: z.boolean(),
    parent: z.object({ data_source_id: z.string().optional().catch(undefined) }),
    properties: z.record(z.string(), Value),
  })
  .transform(({ properties, parent, ...page }) => ({
    id: page.id,
    createdAt: page.created_time,
    editedAt: page.last_edited_time,
    createdBy: page.created_by.id,
    editedBy: page.last_edited_by.id,
    isInTrash: page.in_trash,
    dataSourceId: parent.data_source_id ?? null,
    values: new Map(Object.values(properties).map((value) => [value.id, value])),
  }));
export type Page = z.output<typeof Page>;

/** What a write answers. A connection that may not read content is told the id alone. */
export const Written = z.object({ id: z.string() });

export const Found = z.object({
  results: z.array(Page),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
  /** `incomplete` where Notion stops although there is more. */
  request_status: z.object({ type: z.string() }).optional().catch(undefined),
});
export type Found = z.output<typeof Found>;

/** A person or a bot. The address comes with a capability of its own. */
export const User = z.object({
  id: z.string(),
  type: z.string().optional().catch(undefined),
  name: z.string().nullish().catch(null),
  person: z
    .object({ email: z.string().nullish().catch(null) })
    .optional()
    .catch(undefined),
});
export type User = z.output<typeof User>;

export const Users = z.object({
  results: z.array(User),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
});
export type Users = z.output<typeof Users>;

export const CellOption = z.object({ name: z.string() });
export const CellOptions = z.array(CellOption);
export const CellPeople = z.array(Named);

/** A moment, or a day alone. */
export const CellDate = z.object({ start: z.string() });

/** What a person reads in something that stands in a cell: the name of an option or of somebody, a day, a text. */
export const CellWords = z
  .union([
    z.object({ plain_text: z.string() }).transform((piece) => piece.plain_text),
    z.object({ name: z.string() }).transform(({ name }) => name),
    z.object({ start: z.string() }).transform(({ start }) => start),
    z
      .object({ prefix: z.string().nullable(), number: z.number() })
      .transform(({ prefix, number }) => (prefix === null ? String(number) : `${prefix}-${number}`)),
  ])
  .nullable()
  .catch(null);

/** What somebody wrote about a page. */
export const Comment = z
  .object({
    id: z.string(),
    created_time: Moment,
    created_by: z.object({ id: z.string() }),
    rich_text: Texts,
    /** A connection can bear any name, or its own; a person has no other than theirs. */
    display_name: z.object({ type: z.string(), resolved_name: z.string().nullish().catch(null) }),
    attachments: z.array(z.unknown()).optional().catch(undefined),
  })
  .transform(({ id, ...told }) => ({
    id,
    createdAt: told.created_time,
    authorId: told.created_by.id,
    texts: told.rich_text.map(({ plain_text: text }) => text),
    shown: { type: told.display_name.type, name: told.display_name.resolved_name ?? null },
    files: told.attachments?.length ?? 0,
  }));
export type Comment = z.output<typeof Comment>;

export const Comments = z.object({ results: z.array(Comment), next_cursor: z.string().nullable() });
export type Comments = z.output<typeof Comments>;

/** What a formula or a rollup comes to: the value is under the name of its type. */
export const Computed = z.looseObject({ type: z.string() });

/** The files of a cell, with whatever they have, since all of them are sent back when another is added. */
export const CellFiles = z.array(z.looseObject({ name: z.string().catch('') })).catch([]);
export type CellFiles = z.output<typeof CellFiles>;

/** A file that was announced. */
export const Uploaded = z.object({ id: z.string() });

/** Where reading left off, as it is kept between reads. */
const KeptPlace = z.object({
  /** Changes up to here are read; null before everything was read once. */
  since: Moment.nullable(),
  /** A reading that is under way. */
  reading: z
    .object({
      begunAt: Moment,
      /** Rows that people have archived are read after the others, and only when everything is read. */
      isArchived: z.boolean(),
      /** Where this part of the reading begins; null for the first. */
      from: Moment.nullable(),
      /** The time of the last row that was read, by which the next part begins. */
      last: Moment.nullable(),
      cursor: z.string().nullable(),
    })
    .nullable(),
});
export const Place = JsonText.pipe(KeptPlace);
export type Place = z.output<typeof Place>;

/** The same for a table beside the tickets' own, with the ids of the properties that were read. */
export const TablePlace = JsonText.pipe(z.object({ place: KeptPlace, fields: z.array(z.string()) }));

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

/** A database: what people open, with one table in it or several. */
export const Database = z.object({
  id: z.string(),
  title: Title,
  url: z.string(),
  data_sources: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type Database = z.output<typeof Database>;
