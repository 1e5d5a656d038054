import { z } from 'zod';
import { AnyJson } from '../../src/kit/any-json.ts';

/** What a page holds in one property: the value stands under the name of its type. */
const Value = z.object({ id: z.string().catch(''), type: z.string() }).catchall(AnyJson);
export type Value = z.output<typeof Value>;

/** What the action "Send webhook" posts: the page with the properties that were chosen. */
export const Told = z.object({
  data: z.object({
    object: z.literal('page'),
    id: z.string(),
    url: z.string().catch(''),
    created_time: z.string().nullable().catch(null),
    parent: z
      .object({ data_source_id: z.string().nullable().catch(null), database_id: z.string().nullable().catch(null) })
      .catch({ data_source_id: null, database_id: null }),
    properties: z.record(z.string(), Value).catch({}),
  }),
});
export type Properties = z.output<typeof Told>['data']['properties'];

/** A piece of text, an option, a person: whatever people read of it. */
export const Words = z.union([
  z.object({ plain_text: z.string() }).transform(({ plain_text: text }) => text),
  z.object({ name: z.string() }).transform(({ name }) => name),
  z.object({ id: z.string() }).transform(() => ''),
]);

export const Dates = z.object({ start: z.string(), end: z.string().nullable().catch(null) });
export const Numbered = z.object({ prefix: z.string().nullable().catch(null), number: z.number() });

/** What a page says below its properties: https://developers.notion.com/reference/get-block-children */
export const Blocks = z.object({
  results: z.array(z.object({ type: z.string() }).catchall(AnyJson)).catch([]),
});
export const BlockText = z.object({ rich_text: z.array(Words) }).transform(({ rich_text: pieces }) => pieces.join(''));
