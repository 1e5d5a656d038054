import { z } from 'zod';
import { blocksSpent, conflict, failed, invalid } from '../refusal.ts';
import { parsed } from '../parsed.ts';
import { blocksOf, keepBlocks, newBlocks } from '../blocks.ts';
import { take, writesOf, type Writing } from '../properties/write.ts';
import { shownTexts, Texts } from '../properties/texts.ts';
import { insertPage, noteSchema, setArchived, setTrash, writeCells, type Writes } from '../write.ts';
import type { DataSource, Parent, Property } from '../world.ts';
import { sourceOf } from '../world.ts';
import { pageBody, wantedProperties } from './page-body.ts';
import { idAt, pageWith, sourceWith, type Answer, type Route, type Visit } from './route.ts';

const Properties = z.record(z.string(), z.unknown()).default({});
const Decoration = { icon: z.unknown().optional(), cover: z.unknown().optional() };
const ParentBody = z.union([
  z.strictObject({ type: z.literal('data_source_id').optional(), data_source_id: z.uuid() }),
  z.strictObject({ type: z.literal('page_id').optional(), page_id: z.uuid() }),
]);
const CreateBody = z.strictObject({
  ...Decoration,
  parent: ParentBody,
  properties: Properties,
  children: z.array(z.unknown()).max(100).optional(),
  markdown: z.string().optional(),
});
const UpdateBody = z.strictObject({
  ...Decoration,
  properties: Properties,
  in_trash: z.boolean().optional(),
  archived: z.boolean().optional(),
  is_archived: z.boolean().optional(),
  is_locked: z.boolean().optional(),
});

/** Rows and other pages (section 5). */
export const PAGES: readonly Route[] = [
  { method: 'POST', path: '/pages', kind: 'create', needs: ['insert content'], answer: create },
  { method: 'GET', path: '/pages/:page', kind: 'get', needs: ['read content'], answer: retrieve },
  { method: 'PATCH', path: '/pages/:page', kind: 'update', needs: ['update content'], answer: update },
];

function create(visit: Visit): Answer {
  const { world, author } = visit;
  const body = parsed(CreateBody, visit.body);
  if (body.children !== undefined && body.markdown !== undefined) {
    throw failed('body', 'body.markdown should be not present where body.children is');
  }
  const { parent, source } = placeOf(visit, body.parent);
  const only = wantedProperties(visit, source);
  const writing = source === null ? null : writingIn(visit, source);
  const writes = writing === null ? titleAlone(visit, body.properties) : writesOf(writing, body.properties);
  const blocks = body.markdown === undefined ? newBlocks(visit, body.children ?? []) : blocksOf(visit, body.markdown);
  expectBlocks(visit);
  noteNewOptions(visit, source, writing === null ? [] : take(writing));
  const made = insertPage(world, author, { parent, source, writes });
  made.blocks = blocks;
  keepBlocks(world, { blocks, pageId: made.id, parentId: null });
  return { body: pageBody(visit, made, { only }), pages: 1, committed: { id: made.id } };
}

function retrieve(visit: Visit): Answer {
  const page = pageWith(visit, idAt(visit, 'page'));
  return {
    body: pageBody(visit, page, { only: wantedProperties(visit, sourceOf(visit.world, page) ?? null) }),
    pages: 1,
  };
}

function update(visit: Visit): Answer {
  const { world, author, version } = visit;
  const page = pageWith(visit, idAt(visit, 'page'));
  const body = parsed(UpdateBody, visit.body);
  if (body.archived !== undefined && version !== '2025-09-03') {
    throw failed('body', `body.archived should be not present, instead was \`${body.archived}\``);
  }
  const source = sourceOf(world, page) ?? null;
  const only = wantedProperties(visit, source);
  const inTrash = body.in_trash ?? body.archived;
  if (page.state.inTrash && inTrash !== false && Object.keys(body.properties).length > 0) {
    throw invalid("Can't edit page on block with an archived ancestor. You must unarchive the page before editing.");
  }
  const writing = source === null ? null : writingIn(visit, source);
  const writes = writing === null ? titleAlone(visit, body.properties) : writesOf(writing, body.properties);
  if (world.beingWritten.has(page.id)) throw conflict();
  if (world.settings.latencyMs > 0) world.beingWritten.add(page.id);
  noteNewOptions(visit, source, writing === null ? [] : take(writing));
  if (inTrash !== undefined) setTrash(world, author, { page, inTrash });
  if (body.is_archived !== undefined) setArchived(world, author, { page, isArchived: body.is_archived });
  if (body.is_locked !== undefined) page.isLocked = body.is_locked;
  writeCells(world, author, { page, writes });
  return { body: pageBody(visit, page, { only }), pages: 1, committed: { id: page.id } };
}

/** @throws Refusal 403 `block_limit` once the plan's blocks are spent and the grace is over (section 0) */
export function expectBlocks({ world, connection }: Visit): void {
  const { plan, blockGraceSeconds, blockLimit, now } = world.settings;
  const members = [...world.users.values()].filter(({ kind }) => kind === 'member').length;
  const isCounted = plan === 'free' && members > 1 && connection.kind === 'internal' && blockLimit !== null;
  if (!isCounted || world.blocksUsed < blockLimit) return;
  const at = now();
  if (at >= (world.blocksSpentAt ?? at) + blockGraceSeconds * 1000) throw blocksSpent();
}

function placeOf(visit: Visit, given: z.output<typeof ParentBody>): { parent: Parent; source: DataSource | null } {
  if ('page_id' in given) {
    const page = pageWith(visit, given.page_id);
    return { parent: { type: 'page', id: page.id }, source: null };
  }
  const source = sourceWith(visit, given.data_source_id);
  if (source.inTrash) throw invalid("Can't create a page in a data source that is in the trash.");
  return { parent: { type: 'data_source', id: source.id }, source };
}

function writingIn({ world, connection }: Visit, source: DataSource): Writing {
  const mayAddOptions = connection.capabilities.has('update content');
  return { world, source, mayAddOptions, newOptions: [], uploads: [] };
}

/** What is no row has a title and nothing else. */
function titleAlone({ world }: Visit, properties: Readonly<Record<string, unknown>>): Writes {
  const { title } = parsed(
    z.strictObject({ title: z.union([Texts, z.strictObject({ title: Texts })]).optional() }),
    properties,
    {
      part: 'body',
      at: ['properties'],
    },
  );
  if (title === undefined) return new Map();
  const text = shownTexts(world, Array.isArray(title) ? title : title.title);
  return new Map([['title', text.length === 0 ? null : { is: 'text', text }]]);
}

function noteNewOptions({ world, author }: Visit, source: DataSource | null, changed: readonly Property[]): void {
  if (source === null || changed.length === 0) return;
  const changes = changed.map(({ id, name }) => ({ id, name, action: 'updated' as const }));
  noteSchema(world, author, { source, changes });
}
