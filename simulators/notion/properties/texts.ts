import { z } from 'zod';
import { units } from '../parsed.ts';
import type { RichText, World } from '../world.ts';

/** All of section 2, in UTF-16 units. */
const TEXT_UNITS = 2000;
const URL_UNITS = 2000;
const EQUATION_UNITS = 1000;
const MOST_ITEMS = 100;

const PLAIN = { bold: false, italic: false, strikethrough: false, underline: false, code: false, color: 'default' };

const common = {
  annotations: z
    .strictObject({
      bold: z.boolean().default(false),
      italic: z.boolean().default(false),
      strikethrough: z.boolean().default(false),
      underline: z.boolean().default(false),
      code: z.boolean().default(false),
      color: z.string().default('default'),
    })
    .optional(),
  // Whoever sends back what was read sends these along.
  plain_text: z.string().optional(),
  href: z.string().nullish(),
};

const Text = z.strictObject({
  ...common,
  type: z.literal('text').optional(),
  text: z.strictObject({
    content: units(TEXT_UNITS),
    link: z.strictObject({ url: units(URL_UNITS) }).nullish(),
  }),
});

const Mention = z.strictObject({
  ...common,
  type: z.literal('mention').optional(),
  mention: z.union([
    z.strictObject({
      type: z.literal('user').optional(),
      user: z.strictObject({ id: z.string(), object: z.literal('user').optional() }),
    }),
    z.strictObject({ type: z.literal('page').optional(), page: z.strictObject({ id: z.string() }) }),
  ]),
});

const Equation = z.strictObject({
  ...common,
  type: z.literal('equation').optional(),
  equation: z.strictObject({ expression: units(EQUATION_UNITS) }),
});

type TextItem = z.output<typeof Text> | z.output<typeof Mention> | z.output<typeof Equation>;

/** The text of a title, a property, a comment or a block, as it is written. */
export const Texts = z.array(z.union([Text, Mention, Equation])).max(MOST_ITEMS);

/** As answers show it. Nothing is kept of an empty text. */
export function shownTexts(world: World, items: readonly TextItem[]): RichText[] {
  return items.map((item) => shownText(world, item)).filter(({ plain_text }) => plain_text !== '');
}

/** Plain text in as many items as it needs. */
export function textsOf(text: string): RichText[] {
  const parts: RichText[] = [];
  for (let start = 0; start < text.length; start += TEXT_UNITS) {
    parts.push(plainText(text.slice(start, start + TEXT_UNITS)));
  }
  return parts;
}

export function plainOf(texts: readonly RichText[]): string {
  return texts.map(({ plain_text }) => plain_text).join('');
}

function plainText(content: string): RichText {
  return { type: 'text', text: { content, link: null }, annotations: PLAIN, plain_text: content, href: null };
}

function shownText({ users, pages }: World, item: TextItem): RichText {
  const annotations = item.annotations ?? PLAIN;
  if ('text' in item) {
    const { content, link = null } = item.text;
    return { type: 'text', text: { content, link }, annotations, plain_text: content, href: link?.url ?? null };
  }
  if ('equation' in item) {
    const { expression } = item.equation;
    return { type: 'equation', equation: { expression }, annotations, plain_text: expression, href: null };
  }
  if ('user' in item.mention) {
    const { id } = item.mention.user;
    const mention = { type: 'user', user: { object: 'user', id } };
    return { type: 'mention', mention, annotations, plain_text: `@${users.get(id)?.name ?? 'Anonymous'}`, href: null };
  }
  const { id } = item.mention.page;
  const title = pages.get(id)?.state.cells.get('title');
  const name = title?.is === 'text' ? plainOf(title.text) : 'Untitled';
  return {
    type: 'mention',
    mention: { type: 'page', page: { id } },
    annotations,
    plain_text: name,
    href: `https://www.notion.so/${id.replaceAll('-', '')}`,
  };
}
