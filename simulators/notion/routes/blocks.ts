import { z } from 'zod';
import { blocksOf, keepBlocks, markdownOf, newBlocks } from '../blocks.ts';
import { failed } from '../refusal.ts';
import { PagingQuery, parsed, queryOf } from '../parsed.ts';
import { partialUser } from '../properties/read.ts';
import { notePage } from '../webhooks/record.ts';
import { touch } from '../write.ts';
import type { Block, Page } from '../world.ts';
import { seesPage, toldTime } from '../world.ts';
import { listBody, pageOfList, trashed } from './page-body.ts';
import { expectBlocks } from './pages.ts';
import { blockWith, idAt, missing, pageWith, type Answer, type Route, type Visit } from './route.ts';

const Position = z.union([
  z.strictObject({ type: z.literal('after_block'), after_block: z.strictObject({ id: z.string() }) }),
  z.strictObject({ type: z.enum(['start', 'end']) }),
]);
const AppendBody = z.strictObject({
  children: z.array(z.unknown()).max(100),
  position: Position.optional(),
  after: z.string().optional(),
});
const MarkdownBody = z.union([
  z.strictObject({
    type: z.literal('insert_content'),
    insert_content: z.strictObject({
      content: z.string(),
      position: z.strictObject({ type: z.enum(['start', 'end']) }).optional(),
    }),
  }),
  z.strictObject({
    type: z.literal('replace_content'),
    replace_content: z.strictObject({ new_str: z.string(), allow_deleting_content: z.boolean().optional() }),
  }),
]);

/** The bodies of pages (section 5): appending, reading and taking away. */
export const BLOCKS: readonly Route[] = [
  { method: 'GET', path: '/blocks/:block', kind: 'blocks', needs: ['read content'], answer: retrieve },
  { method: 'DELETE', path: '/blocks/:block', kind: 'blocks', needs: ['update content'], answer: remove },
  { method: 'GET', path: '/blocks/:block/children', kind: 'blocks', needs: ['read content'], answer: listChildren },
  { method: 'PATCH', path: '/blocks/:block/children', kind: 'blocks', needs: ['insert content'], answer: append },
  { method: 'GET', path: '/pages/:page/markdown', kind: 'blocks', needs: ['read content'], answer: readMarkdown },
  { method: 'PATCH', path: '/pages/:page/markdown', kind: 'blocks', needs: ['update content'], answer: writeMarkdown },
];

/** What has children: a page, or a block of it. */
interface Holder {
  page: Page;
  block: Block | null;
}

function retrieve(visit: Visit): Answer {
  return { body: blockBody(visit, blockWith(visit, idAt(visit, 'block'))) };
}

function remove(visit: Visit): Answer {
  const block = blockWith(visit, idAt(visit, 'block'));
  block.inTrash = true;
  noteContent(visit, visit.world.pages.get(block.pageId), [block.id]);
  return { body: blockBody(visit, block) };
}

function listChildren(visit: Visit): Answer {
  const { page, block } = holderAt(visit);
  const query = parsed(PagingQuery, queryOf(visit.call.query), { part: 'query' });
  const there = (block?.children ?? page.blocks).filter(({ inTrash }) => !inTrash);
  const { items, next } = pageOfList(there, query);
  return {
    body: listBody(
      'block',
      items.map((item) => blockBody(visit, item)),
      next,
    ),
  };
}

/** Not idempotent: the same again is twice there (section 5). */
function append(visit: Visit): Answer {
  const { version } = visit;
  const holder = holderAt(visit);
  const body = parsed(AppendBody, visit.body);
  const odd = version === '2025-09-03' ? 'position' : 'after';
  if (body[odd] !== undefined) {
    throw failed('body', `body.${odd} should be not present, instead was \`${JSON.stringify(body[odd])}\``);
  }
  const made = newBlocks(visit, body.children);
  const list = holder.block?.children ?? holder.page.blocks;
  const start = startOf(list, body);
  expectBlocks(visit);
  list.splice(start, 0, ...made);
  keep(visit, holder, made);
  const ids = made.map(({ id }) => id);
  return {
    body: listBody(
      'block',
      made.map((block) => blockBody(visit, block)),
      null,
    ),
    committed: { id: holder.block?.id ?? holder.page.id, childIds: ids },
  };
}

function readMarkdown(visit: Visit): Answer {
  return { body: markdownBody(pageWith(visit, idAt(visit, 'page'))) };
}

function writeMarkdown(visit: Visit): Answer {
  const page = pageWith(visit, idAt(visit, 'page'));
  const body = parsed(MarkdownBody, visit.body);
  const made = blocksOf(
    visit,
    body.type === 'insert_content' ? body.insert_content.content : body.replace_content.new_str,
  );
  expectBlocks(visit);
  if (body.type === 'replace_content') for (const block of page.blocks) block.inTrash = true;
  const isFirst = body.type === 'insert_content' && body.insert_content.position?.type === 'start';
  page.blocks.splice(isFirst ? 0 : page.blocks.length, 0, ...made);
  keep(visit, { page, block: null }, made);
  return { body: markdownBody(page), committed: { id: page.id } };
}

/** @throws Refusal 404 */
function holderAt(visit: Visit): Holder {
  const { world, connection } = visit;
  const id = idAt(visit, 'block');
  const page = world.pages.get(id);
  if (page !== undefined && seesPage(world, connection, page)) return { page, block: null };
  const block = blockWith(visit, id);
  const holding = world.pages.get(block.pageId);
  if (holding === undefined) throw missing(visit, 'block', id);
  return { page: holding, block };
}

/** @throws Refusal 400 for a block that is not among them */
function startOf(list: readonly Block[], { position, after }: z.output<typeof AppendBody>): number {
  if (position?.type === 'start') return 0;
  const id = position?.type === 'after_block' ? position.after_block.id : after;
  if (id === undefined) return list.length;
  const index = list.findIndex((block) => block.id === id);
  if (index === -1) throw failed('body', `body.position should name a child of the block, instead was \`"${id}"\``);
  return index + 1;
}

function keep(visit: Visit, { page, block }: Holder, made: readonly Block[]): void {
  keepBlocks(visit.world, { blocks: made, pageId: page.id, parentId: block?.id ?? null });
  noteContent(
    visit,
    page,
    made.map(({ id }) => id),
  );
}

/** Whether the page counts as edited nobody knows (section 12): a setting says. */
function noteContent({ world, author }: Visit, page: Page | undefined, blockIds: readonly string[]): void {
  if (page === undefined) return;
  if (world.settings.blocksEdit) touch(world, author, page);
  notePage(world, author, { page, type: 'page.content_updated', blockIds });
}

function markdownBody({ id, blocks }: Page): object {
  return { object: 'page_markdown', id, markdown: markdownOf(blocks), truncated: false, unknown_block_ids: [] };
}

function blockBody({ world, version }: Visit, block: Block): object {
  const { id, type, content, children, pageId, parentId, createdAt, createdBy, inTrash } = block;
  const time = toldTime(world, createdAt);
  return {
    object: 'block',
    id,
    parent: parentId === null ? { type: 'page_id', page_id: pageId } : { type: 'block_id', block_id: parentId },
    created_time: time,
    last_edited_time: time,
    created_by: partialUser(createdBy),
    last_edited_by: partialUser(createdBy),
    has_children: children.some((child) => !child.inTrash),
    ...trashed(version, inTrash),
    type,
    [type]: content,
  };
}
