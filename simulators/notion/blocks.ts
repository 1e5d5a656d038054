import { z } from 'zod';
import { failed } from './refusal.ts';
import { parsed, type Where } from './parsed.ts';
import { plainOf, shownTexts, Texts, textsOf } from './properties/texts.ts';
import { useBlocks } from './write.ts';
import type { Author, Block, RichText, World } from './world.ts';

/** All of section 2. */
const MOST_CHILDREN = 100;
const MOST_LEVELS = 2;
const MOST_BLOCKS = 1000;

const Written = { rich_text: Texts, color: z.string().optional() };

/** The blocks that this simulator knows: those of plain writing. */
const CONTENTS = {
  paragraph: z.looseObject(Written),
  heading_1: z.looseObject(Written),
  heading_2: z.looseObject(Written),
  heading_3: z.looseObject(Written),
  bulleted_list_item: z.looseObject(Written),
  numbered_list_item: z.looseObject(Written),
  quote: z.looseObject(Written),
  toggle: z.looseObject(Written),
  callout: z.looseObject(Written),
  to_do: z.looseObject({ ...Written, checked: z.boolean().default(false) }),
  code: z.looseObject({ rich_text: Texts, language: z.string().default('plain text') }),
  divider: z.looseObject({}),
} as const;

/** How plain writing is written in Markdown, line by line. */
const SIGNS: Readonly<Record<string, string>> = {
  heading_1: '# ',
  heading_2: '## ',
  heading_3: '### ',
  bulleted_list_item: '- ',
  numbered_list_item: '1. ',
  quote: '> ',
};

/** Who makes blocks. */
export interface Maker {
  world: World;
  author: Author;
}

/**
 * Blocks as a request writes them. Nothing holds them before `keepBlocks`.
 *
 * @throws Refusal 400 for an unknown type, and for more or deeper than is taken at once
 */
export function newBlocks(maker: Maker, given: readonly unknown[]): Block[] {
  const blocks = given.map((one, index) => newBlock(maker, one, { at: ['children', index], level: 0 }));
  const count = countOf(blocks);
  if (count > MOST_BLOCKS)
    throw failed('body', `body.children should have ≤ \`${MOST_BLOCKS}\` blocks, instead had \`${count}\``);
  return blocks;
}

/** Blocks of a text in Markdown, of which but the beginnings of lines are understood here. */
export function blocksOf(maker: Maker, markdown: string): Block[] {
  const lines = markdown.split(/\n+/).filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [type, sign] = Object.entries(SIGNS).find(([, start]) => line.startsWith(start)) ?? ['paragraph', ''];
    return blockOf(maker, { type, content: written(textsOf(line.slice(sign.length))), children: [] });
  });
}

export function markdownOf(blocks: readonly Block[]): string {
  return blocks
    .filter(({ inTrash }) => !inTrash)
    .map(({ type, content, children }) => {
      const text = type === 'divider' ? '---' : `${SIGNS[type] ?? ''}${plainOf(textsIn(content))}`;
      const below = markdownOf(children.filter(({ inTrash }) => !inTrash));
      return below === '' ? text : `${text}\n${below.replaceAll(/^/gm, '\t')}`;
    })
    .join('\n');
}

/** Puts blocks where they belong, makes them findable and counts them. */
export function keepBlocks(
  world: World,
  { blocks, pageId, parentId }: { blocks: readonly Block[]; pageId: string; parentId: string | null },
): void {
  for (const block of blocks) {
    Object.assign(block, { pageId, parentId });
    world.blocks.set(block.id, block);
    keepBlocks(world, { blocks: block.children, pageId, parentId: block.id });
  }
  useBlocks(world, blocks.length);
}

function newBlock(
  maker: Maker,
  given: unknown,
  { at, level }: { at: readonly (string | number)[]; level: number },
): Block {
  const where: Where = { part: 'body', at };
  const frame = parsed(z.record(z.string(), z.unknown()), given, where);
  const type = typeIn(frame);
  if (type === undefined) {
    throw failed(
      'body',
      `body.${at.join('.')} should be a block of a known type, instead was \`${JSON.stringify(given)}\``,
    );
  }
  const { children, ...content } = parsed(CONTENTS[type], frame[type], { part: 'body', at: [...at, type] });
  const below = [...at, type, 'children'];
  if (children !== undefined && level + 1 >= MOST_LEVELS) {
    throw failed('body', `body.${below.join('.')} should be not present, instead was \`${JSON.stringify(children)}\``);
  }
  const inside =
    parsed(z.array(z.unknown()).max(MOST_CHILDREN).optional(), children, { part: 'body', at: below }) ?? [];
  return blockOf(maker, {
    type,
    content: shown(maker.world, content),
    children: inside.map((child, index) => newBlock(maker, child, { at: [...below, index], level: level + 1 })),
  });
}

function typeIn(frame: Readonly<Record<string, unknown>>): keyof typeof CONTENTS | undefined {
  return Object.keys(CONTENTS).find((type): type is keyof typeof CONTENTS => type in frame);
}

function shown(world: World, content: Readonly<Record<string, unknown>>): Block['content'] {
  const texts = Texts.safeParse(content['rich_text']);
  return texts.success ? { color: 'default', ...content, rich_text: shownTexts(world, texts.data) } : content;
}

function written(texts: readonly RichText[]): Block['content'] {
  return { rich_text: texts, color: 'default' };
}

function textsIn(content: Block['content']): RichText[] {
  const texts = content['rich_text'];
  return Array.isArray(texts) ? texts : [];
}

function blockOf({ world, author }: Maker, given: Pick<Block, 'type' | 'content' | 'children'>): Block {
  return {
    ...given,
    id: world.ids.uuid(),
    pageId: '',
    parentId: null,
    createdAt: world.settings.now(),
    createdBy: author.id,
    inTrash: false,
  };
}

function countOf(blocks: readonly Block[]): number {
  return blocks.reduce((count, { children }) => count + 1 + countOf(children), 0);
}
