import type { Author, Comment, Database, DataSource, Discussion, Page, World } from '../world.ts';
import { seesDatabase, seesPage, sourceOf } from '../world.ts';
import type { EventType } from './event.ts';
import type { Happening, Subscription } from './subscription.ts';

type PageEventType = EventType & `page.${string}`;

/** A change of a property of the schema. */
export interface SchemaChange {
  id: string;
  name: string | null;
  action: 'created' | 'updated' | 'deleted';
}

/** Tells subscriptions of a page: not at once, with what else happens to it (section 8). */
export function notePage(
  world: World,
  author: Author,
  {
    page,
    type,
    properties,
    blockIds,
  }: { page: Page; type: PageEventType; properties?: readonly string[]; blockIds?: readonly string[] },
): void {
  const data = {
    parent: parentOf(world, page),
    ...(properties !== undefined && { updated_properties: properties }),
    ...(blockIds !== undefined && { updated_blocks: blockIds.map((id) => ({ id, type: 'block' })) }),
  };
  for (const subscription of listening(world, type)) {
    if (!seesPage(world, connectionOf(world, subscription), page)) continue;
    const entity = { id: page.id, type: 'page' as const };
    aggregate(subscription, { ...happening(world, author), type, entity, data });
  }
}

export function noteDataSource(
  world: World,
  author: Author,
  {
    source,
    type,
    changes,
  }: { source: DataSource; type: EventType & `data_source.${string}`; changes?: readonly SchemaChange[] },
): void {
  const data = {
    parent: { id: source.databaseId, type: 'database', data_source_id: source.id },
    ...(changes !== undefined && { updated_properties: changes }),
  };
  for (const subscription of listening(world, type)) {
    if (!seesDatabase(world, connectionOf(world, subscription), source.databaseId)) continue;
    const entity = { id: source.id, type: 'data_source' as const };
    aggregate(subscription, { ...happening(world, author), type, entity, data });
  }
}

/** Comments are told at once (section 8), to connections that may read them. */
export function noteComment(
  world: World,
  author: Author,
  { comment, discussion, type }: { comment: Comment; discussion: Discussion; type: EventType & `comment.${string}` },
): void {
  const page = world.pages.get(discussion.pageId);
  if (page === undefined) return;
  const { blockId, pageId } = discussion;
  const parent = blockId === null ? { id: pageId, type: 'page' } : { id: blockId, type: 'block' };
  for (const subscription of listening(world, type)) {
    const connection = connectionOf(world, subscription);
    if (!connection.capabilities.has('read comments') || !seesPage(world, connection, page)) continue;
    subscription.happenings.push({
      ...happening(world, author),
      type,
      entity: { id: comment.id, type: 'comment' },
      data: { page_id: pageId, parent },
      dueAt: world.settings.now(),
    });
  }
}

export function noteDatabase(world: World, author: Author, database: Database): void {
  const type = database.inTrash ? 'data_source.deleted' : 'data_source.undeleted';
  for (const source of database.dataSources) noteDataSource(world, author, { source, type });
}

function listening({ subscriptions }: World, type: EventType): Subscription[] {
  return subscriptions.filter(({ isVerified, types }) => isVerified && types.has(type));
}

function connectionOf({ connections }: World, { connectionId }: Subscription) {
  const connection = [...connections.values()].find(({ id }) => id === connectionId);
  if (connection === undefined) throw new Error(`There is no connection ${connectionId}.`);
  return connection;
}

function happening({ settings }: World, author: Author): Pick<Happening, 'authors' | 'at' | 'dueAt'> {
  const at = settings.now();
  return { authors: [author], at, dueAt: at + settings.aggregationMs };
}

function parentOf(world: World, page: Page): object {
  const source = sourceOf(world, page);
  if (source !== undefined) return { id: source.databaseId, type: 'database', data_source_id: source.id };
  const { parent } = page;
  return parent.type === 'workspace' ? { id: world.workspaceId, type: 'space' } : { id: parent.id, type: 'page' };
}

/** What takes each other back: neither is told. */
const OPPOSITES: Readonly<Partial<Record<EventType, EventType>>> = {
  'page.deleted': 'page.undeleted',
  'page.undeleted': 'page.deleted',
  'data_source.deleted': 'data_source.undeleted',
  'data_source.undeleted': 'data_source.deleted',
};

/**
 * Joins what happens to one thing in one window: "created" swallows later edits, created and deleted cancel out,
 * and edits are one event (section 8).
 */
function aggregate(subscription: Subscription, next: Happening): void {
  const same = subscription.happenings.filter(({ entity }) => entity.id === next.entity.id);
  const created = same.find(({ type }) => type === 'page.created');
  const opposite = same.find(({ type }) => type === OPPOSITES[next.type]);
  const cancelled = next.type === 'page.deleted' ? (created ?? opposite) : opposite;
  if (cancelled !== undefined) {
    const gone = new Set(cancelled === created ? same : [cancelled]);
    subscription.happenings = subscription.happenings.filter((one) => !gone.has(one));
    return;
  }
  const earlier = created ?? same.find(({ type }) => type === next.type);
  if (earlier === undefined) {
    subscription.happenings.push(next);
    return;
  }
  const data = earlier.type === next.type ? joined(earlier.data, next.data) : earlier.data;
  Object.assign(earlier, { data, at: next.at, authors: joinedAuthors(earlier.authors, next.authors) });
}

function joined(earlier: Happening['data'], next: Happening['data']): Happening['data'] {
  const lists = ['updated_properties', 'updated_blocks'].flatMap((name) => {
    const items = [earlier[name], next[name]].flatMap((list) => (Array.isArray(list) ? list : []));
    const distinct = [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
    return items.length === 0 ? [] : [[name, distinct] as const];
  });
  return { ...next, ...Object.fromEntries(lists) };
}

function joinedAuthors(earlier: Happening['authors'], next: Happening['authors']): Happening['authors'] {
  return [...new Map([...earlier, ...next].map((author) => [author.id, author])).values()];
}
