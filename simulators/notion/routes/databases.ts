import { z } from 'zod';
import { failed, invalid } from '../refusal.ts';
import { parsed } from '../parsed.ts';
import { emptyDatabase, emptySource } from '../made.ts';
import { expectSchema, newProperty } from '../properties/schema.ts';
import { partialUser } from '../properties/read.ts';
import { plainOf, shownTexts, Texts, textsOf } from '../properties/texts.ts';
import { noteDatabase } from '../webhooks/record.ts';
import { useBlocks } from '../write.ts';
import type { Database, Parent } from '../world.ts';
import { toldTime } from '../world.ts';
import { trashed } from './page-body.ts';
import { expectBlocks } from './pages.ts';
import { databaseWith, idAt, pageWith, type Answer, type Route, type Visit } from './route.ts';

const Decoration = { icon: z.unknown().optional(), cover: z.unknown().optional() };
const CreateBody = z.strictObject({
  ...Decoration,
  parent: z.union([
    z.strictObject({ type: z.literal('page_id'), page_id: z.uuid() }),
    z.strictObject({ type: z.literal('workspace'), workspace: z.literal(true) }),
  ]),
  title: Texts.optional(),
  description: Texts.optional(),
  is_inline: z.boolean().optional(),
  initial_data_source: z.strictObject({ properties: z.record(z.string(), z.unknown()).default({}) }).optional(),
});
const UpdateBody = z.strictObject({
  ...Decoration,
  title: Texts.optional(),
  description: Texts.optional(),
  is_inline: z.boolean().optional(),
  is_locked: z.boolean().optional(),
  in_trash: z.boolean().optional(),
});

/** Containers of data sources (section 1). */
export const DATABASES: readonly Route[] = [
  { method: 'POST', path: '/databases', kind: 'schema', needs: ['insert content'], answer: create },
  { method: 'GET', path: '/databases/:database', kind: 'schema', needs: ['read content'], answer: retrieve },
  { method: 'PATCH', path: '/databases/:database', kind: 'schema', needs: ['update content'], answer: update },
];

/** With its first data source, and a table view as every new database has. */
function create(visit: Visit): Answer {
  const { world, author } = visit;
  const body = parsed(CreateBody, visit.body);
  const parent = parentOf(visit, body.parent);
  const given = Object.entries(body.initial_data_source?.properties ?? { Name: { title: {} } });
  const properties = given.map(([name, property]) => newProperty(world, name, property));
  expectSchema(properties);
  expectBlocks(visit);
  const title = plainOf(shownTexts(world, body.title ?? []));
  const database = emptyDatabase(world, author, { parent, title });
  database.description = plainOf(shownTexts(world, body.description ?? []));
  database.isInline = body.is_inline ?? false;
  const source = emptySource(world, author, { database, name: title });
  source.properties = properties;
  useBlocks(world, 1);
  return { body: databaseBody(visit, database), committed: { id: database.id } };
}

function retrieve(visit: Visit): Answer {
  return { body: databaseBody(visit, databaseWith(visit, idAt(visit, 'database'))) };
}

function update(visit: Visit): Answer {
  const { world, author } = visit;
  const database = databaseWith(visit, idAt(visit, 'database'));
  const body = parsed(UpdateBody, visit.body);
  if (body.title !== undefined) database.title = plainOf(shownTexts(world, body.title));
  if (body.description !== undefined) database.description = plainOf(shownTexts(world, body.description));
  database.isInline = body.is_inline ?? database.isInline;
  database.isLocked = body.is_locked ?? database.isLocked;
  if (body.in_trash !== undefined && body.in_trash !== database.inTrash) {
    database.inTrash = body.in_trash;
    for (const source of database.dataSources) source.inTrash = body.in_trash;
    noteDatabase(world, author, database);
  }
  database.editedAt = world.settings.now();
  database.editedBy = author.id;
  return { body: databaseBody(visit, database), committed: { id: database.id } };
}

/** An internal connection makes nothing at the top of the workspace (section 5). */
function parentOf(visit: Visit, given: z.output<typeof CreateBody>['parent']): Parent {
  if (given.type === 'workspace') {
    throw invalid(
      "Internal integrations aren't owned by a single user, so creating workspace-level private pages is not supported.",
    );
  }
  const page = pageWith(visit, given.page_id);
  if (page.parent.type === 'data_source') throw failed('body', 'body.parent.page_id should be a page that is no row');
  return { type: 'page', id: page.id };
}

export function parentBody(parent: Parent): object {
  return parent.type === 'page' ? { type: 'page_id', page_id: parent.id } : { type: 'workspace', workspace: true };
}

function databaseBody({ world, version }: Visit, database: Database): object {
  return {
    object: 'database',
    id: database.id,
    title: textsOf(database.title),
    description: textsOf(database.description),
    parent: parentBody(database.parent),
    is_inline: database.isInline,
    ...trashed(version, database.inTrash),
    is_locked: database.isLocked,
    created_time: toldTime(world, database.createdAt),
    last_edited_time: toldTime(world, database.editedAt),
    created_by: partialUser(database.createdBy),
    last_edited_by: partialUser(database.editedBy),
    data_sources: database.dataSources.map(({ id, name }) => ({ id, name })),
    icon: null,
    cover: null,
    url: `https://www.notion.so/${database.id.replaceAll('-', '')}`,
    public_url: null,
  };
}
