import type { Ids } from './ids.ts';
import type { Settings } from './settings.ts';
import type { Subscription } from './webhooks/subscription.ts';

/** What a connection may be allowed to do. */
export const CAPABILITIES = [
  'read content',
  'update content',
  'insert content',
  'read comments',
  'insert comments',
  'read users',
  'read emails',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Comments are off where nobody ticks them (section 1). */
export const USUAL_CAPABILITIES: readonly Capability[] = CAPABILITIES.filter((name) => !name.endsWith('comments'));

export interface User {
  id: string;
  name: string;
  email: string;
  /** Guests are not listed (section 5). */
  kind: 'member' | 'guest' | 'bot';
}

/** Who writes. */
export interface Author {
  id: string;
  type: 'person' | 'bot';
}

/** What Notion once called an integration. */
export interface Connection {
  id: string;
  name: string;
  token: string;
  /** A personal access token acts as its person, and no block limit holds it (section 1). */
  kind: 'internal' | 'personal';
  capabilities: Set<Capability>;
  /** As whom it writes: its bot, or the person whose token it is. */
  userId: string;
  /** Ids of the pages and databases that were shared with it; what lies below is shared with them. */
  shared: Set<string>;
}

/** What people and the API can make. */
export const CREATABLE_TYPES = [
  'title',
  'rich_text',
  'number',
  'select',
  'multi_select',
  'status',
  'people',
  'date',
  'checkbox',
  'email',
  'url',
  'phone_number',
  'files',
  'relation',
  'formula',
  'unique_id',
  'created_time',
  'last_edited_time',
  'created_by',
  'last_edited_by',
] as const;

/** What only people make (section 4). */
export const HANDMADE_TYPES = ['button', 'verification', 'rollup'] as const;

export type PropertyType = (typeof CREATABLE_TYPES)[number] | (typeof HANDMADE_TYPES)[number];

/** What Notion fills itself, and nobody writes (section 4). */
export const COMPUTED_TYPES = [
  'formula',
  'unique_id',
  'created_time',
  'last_edited_time',
  'created_by',
  'last_edited_by',
  'button',
  'verification',
  'rollup',
] as const satisfies readonly PropertyType[];
export type ComputedType = (typeof COMPUTED_TYPES)[number];
export type WritableType = Exclude<PropertyType, ComputedType>;

export type StatusGroup = 'To-do' | 'In progress' | 'Complete';

export interface Option {
  id: string;
  name: string;
  color: string;
  description: string | null;
  /** Of a status. */
  group?: StatusGroup;
}

export interface Property {
  /** Encoded, as answers show it; of the title it is always `title` (section 1). */
  id: string;
  name: string;
  type: PropertyType;
  description: string | null;
  /** Of select, multi_select and status. */
  options: Option[];
  /** Everything else that its type has: a number's format, a formula's expression, the data source of a relation. */
  config: Readonly<Record<string, unknown>>;
}

/** A piece of text as answers show it. */
export interface RichText {
  type: 'text' | 'mention' | 'equation';
  text?: { content: string; link: { url: string } | null };
  mention?: Readonly<Record<string, unknown>>;
  equation?: { expression: string };
  annotations: Readonly<Record<string, boolean | string>>;
  plain_text: string;
  href: string | null;
}

export interface DateCell {
  start: string;
  end: string | null;
  time_zone: string | null;
}

/** A file in a property: somewhere else, or uploaded. */
export interface FileCell {
  name: string;
  /** Where it is, of an external one. */
  url: string | null;
  /** Id of what was uploaded. */
  uploadId: string | null;
}

/**
 * What a property of a page holds; what is empty is not there. Ids are those of an option, of users, pages or
 * several options, as the type says.
 */
export type Cell =
  | { is: 'text'; text: readonly RichText[] }
  | { is: 'string'; value: string }
  | { is: 'number'; value: number }
  | { is: 'checked' }
  | { is: 'id'; id: string }
  | { is: 'ids'; ids: readonly string[] }
  | { is: 'date'; date: DateCell }
  | { is: 'files'; files: readonly FileCell[] };
export type Cells = ReadonlyMap<string, Cell>;

/** All of a page that changes, never changed in place: queries may lag behind and tell an older one. */
export interface PageState {
  cells: Cells;
  editedAt: number;
  editedBy: string;
  inTrash: boolean;
  isArchived: boolean;
}

export type Parent = { type: 'workspace' } | { type: 'page' | 'data_source'; id: string };

export interface Page {
  id: string;
  parent: Parent;
  createdAt: number;
  createdBy: string;
  /** Counts the rows of its data source, for `unique_id`. */
  number: number;
  isLocked: boolean;
  state: PageState;
  /** What it was before, and until when, as long as a query may still tell it. */
  past: { until: number; state: PageState }[];
  blocks: Block[];
}

export interface Block {
  id: string;
  pageId: string;
  /** The block that it stands in, null for the page. */
  parentId: string | null;
  type: string;
  /** What stands under its type, children left out. */
  content: Readonly<Record<string, unknown>>;
  children: Block[];
  createdAt: number;
  createdBy: string;
  inTrash: boolean;
}

export interface DataSource {
  id: string;
  databaseId: string;
  name: string;
  properties: Property[];
  pages: Map<string, Page>;
  nextNumber: number;
  inTrash: boolean;
  createdAt: number;
  createdBy: string;
  editedAt: number;
  editedBy: string;
}

export interface View {
  id: string;
  dataSourceId: string;
  name: string;
  type: string;
  filter: unknown;
  sorts: unknown;
  quickFilters: unknown;
  configuration: unknown;
  createdAt: number;
  createdBy: string;
  editedAt: number;
  editedBy: string;
}

export interface Database {
  id: string;
  parent: Parent;
  title: string;
  description: string;
  isInline: boolean;
  isLocked: boolean;
  inTrash: boolean;
  dataSources: DataSource[];
  views: View[];
  createdAt: number;
  createdBy: string;
  editedAt: number;
  editedBy: string;
}

/** What was said about a page or one of its blocks. */
export interface Discussion {
  id: string;
  pageId: string;
  blockId: string | null;
  isResolved: boolean;
  comments: Comment[];
}

export interface Comment {
  id: string;
  text: readonly RichText[];
  createdAt: number;
  editedAt: number;
  authorId: string;
  /** A name that the connection chose, else null. */
  displayName: string | null;
}

export interface Upload {
  id: string;
  filename: string;
  contentType: string;
  createdAt: number;
  createdBy: string;
  /** Null until it was sent. */
  bytes: Uint8Array<ArrayBuffer> | null;
  /** Once it is in a page it is kept; before, it expires after an hour. */
  isAttached: boolean;
}

/** Everything that a simulated Notion knows: one workspace. */
export interface World {
  settings: Settings;
  ids: Ids;
  workspaceId: string;
  users: Map<string, User>;
  /** By their tokens. */
  connections: Map<string, Connection>;
  /** Rows are here too. */
  pages: Map<string, Page>;
  databases: Map<string, Database>;
  blocks: Map<string, Block>;
  discussions: Map<string, Discussion>;
  uploads: Map<string, Upload>;
  subscriptions: Subscription[];
  /** Pages whose writing takes its time just now. */
  beingWritten: Set<string>;
  /** Blocks that were ever made, and when the last one was that the plan gives (section 2). */
  blocksUsed: number;
  blocksSpentAt: number | null;
}

export function dataSourcesOf({ databases }: World): DataSource[] {
  return [...databases.values()].flatMap(({ dataSources }) => dataSources);
}

export function dataSourceWith(world: World, id: string): DataSource | undefined {
  return dataSourcesOf(world).find((source) => source.id === id);
}

/** A property by its id, encoded or not, or by its name. */
export function propertyOf(source: DataSource, idOrName: string): Property | undefined {
  const found = source.properties.find(({ id, name }) => id === idOrName || name === idOrName);
  return found ?? source.properties.find(({ id }) => id === encodeURIComponent(idOrName));
}

export function optionOf(property: Property, id: string | undefined): Option | undefined {
  return property.options.find((option) => option.id === id);
}

/** The data source of a row. */
export function sourceOf(world: World, page: Page): DataSource | undefined {
  return page.parent.type === 'data_source' ? dataSourceWith(world, page.parent.id) : undefined;
}

/** Whether a page, or something above it, was shared with the connection. */
export function seesPage(world: World, connection: Connection, page: Page): boolean {
  if (connection.shared.has(page.id)) return true;
  const source = sourceOf(world, page);
  if (source !== undefined) return seesDatabase(world, connection, source.databaseId);
  return seesParent(world, connection, page.parent);
}

export function seesDatabase(world: World, connection: Connection, databaseId: string): boolean {
  const database = world.databases.get(databaseId);
  if (database === undefined) return false;
  return connection.shared.has(databaseId) || seesParent(world, connection, database.parent);
}

function seesParent(world: World, connection: Connection, parent: Parent): boolean {
  const page = parent.type === 'page' ? world.pages.get(parent.id) : undefined;
  return page !== undefined && seesPage(world, connection, page);
}

/** How a moment is told: by whole minutes (section 0). */
export function toldMoment({ settings }: World, at: number): number {
  const minutes = at / 60_000;
  const { rounding } = settings;
  if (rounding === 'nearest') return Math.round(minutes) * 60_000;
  return (rounding === 'up' ? Math.ceil(minutes) : Math.floor(minutes)) * 60_000;
}

export function toldTime(world: World, at: number): string {
  return new Date(toldMoment(world, at)).toISOString();
}
