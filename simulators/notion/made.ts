import type { Author, Database, DataSource, Parent, World } from './world.ts';

/** A database with nothing in it but the view that every one begins with. */
export function emptyDatabase(
  world: World,
  author: Author,
  { parent, title }: { parent: Parent; title: string },
): Database {
  const database: Database = {
    id: world.ids.uuid(),
    parent,
    title,
    description: '',
    isInline: false,
    isLocked: false,
    inTrash: false,
    dataSources: [],
    views: [],
    ...stamped(world, author),
  };
  world.databases.set(database.id, database);
  return database;
}

/** A data source of a database, and a table view of it. */
export function emptySource(
  world: World,
  author: Author,
  { database, name }: { database: Database; name: string },
): DataSource {
  const source: DataSource = {
    id: world.ids.uuid(),
    databaseId: database.id,
    name,
    properties: [],
    pages: new Map(),
    nextNumber: 1,
    inTrash: false,
    ...stamped(world, author),
  };
  database.dataSources.push(source);
  database.views.push({
    id: world.ids.uuid(),
    dataSourceId: source.id,
    name: 'Table',
    type: 'table',
    filter: null,
    sorts: null,
    quickFilters: null,
    configuration: null,
    ...stamped(world, author),
  });
  return source;
}

export function stamped(
  { settings }: World,
  { id }: Author,
): Pick<Database, 'createdAt' | 'createdBy' | 'editedAt' | 'editedBy'> {
  const now = settings.now();
  return { createdAt: now, createdBy: id, editedAt: now, editedBy: id };
}
