import { z } from 'zod';
import { parsed } from '../parsed.ts';
import { changeSchema, schemaChanges } from '../properties/change-schema.ts';
import { partialUser } from '../properties/read.ts';
import { shownSchema } from '../properties/schema.ts';
import { plainOf, shownTexts, Texts, textsOf } from '../properties/texts.ts';
import { noteDataSource } from '../webhooks/record.ts';
import type { DataSource } from '../world.ts';
import { toldTime } from '../world.ts';
import { parentBody } from './databases.ts';
import { trashed } from './page-body.ts';
import { idAt, sourceWith, type Answer, type Route, type Visit } from './route.ts';

const UpdateBody = z.strictObject({
  title: Texts.optional(),
  icon: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
  in_trash: z.boolean().optional(),
});

/** Tables: their schema (section 4). Making a second one in a database is no part of this simulator. */
export const DATA_SOURCES: readonly Route[] = [
  { method: 'GET', path: '/data_sources/:data_source', kind: 'schema', needs: ['read content'], answer: retrieve },
  { method: 'PATCH', path: '/data_sources/:data_source', kind: 'schema', needs: ['update content'], answer: update },
];

function retrieve(visit: Visit): Answer {
  return { body: sourceBody(visit, sourceWith(visit, idAt(visit, 'data_source'))) };
}

function update(visit: Visit): Answer {
  const { world, author } = visit;
  const source = sourceWith(visit, idAt(visit, 'data_source'));
  const body = parsed(UpdateBody, visit.body);
  const changes = schemaChanges(world, source, body.properties);
  if (body.title !== undefined) source.name = plainOf(shownTexts(world, body.title));
  if (body.in_trash !== undefined && body.in_trash !== source.inTrash) {
    source.inTrash = body.in_trash;
    noteDataSource(world, author, {
      source,
      type: body.in_trash ? 'data_source.deleted' : 'data_source.undeleted',
    });
  }
  changeSchema(world, author, { source, changes });
  return { body: sourceBody(visit, source), committed: { id: source.id } };
}

export function sourceBody({ world, version }: Visit, source: DataSource): object {
  const database = world.databases.get(source.databaseId);
  return {
    object: 'data_source',
    id: source.id,
    title: textsOf(source.name),
    description: [],
    parent: { type: 'database_id', database_id: source.databaseId },
    database_parent: parentBody(database?.parent ?? { type: 'workspace' }),
    is_inline: database?.isInline ?? false,
    ...trashed(version, source.inTrash),
    created_time: toldTime(world, source.createdAt),
    last_edited_time: toldTime(world, source.editedAt),
    created_by: partialUser(source.createdBy),
    last_edited_by: partialUser(source.editedBy),
    properties: shownSchema(source.properties),
    icon: null,
    cover: null,
    url: `https://www.notion.so/${source.databaseId.replaceAll('-', '')}`,
    public_url: null,
  };
}
