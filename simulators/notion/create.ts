import { createDesigners, designedProperty, type DesignedProperty, type Designers } from './designers.ts';
import { createHandling } from './handle.ts';
import { createIds } from './ids.ts';
import { emptyDatabase, emptySource } from './made.ts';
import { createPeople, personNamed, sourceNamed, type People } from './people.ts';
import { textsOf } from './properties/texts.ts';
import type { Counters, LoggedRequest } from './request-log.ts';
import { DEFAULTS, type Settings } from './settings.ts';
import { deliverWebhooks } from './webhooks/deliver.ts';
import { createWebhooks, type Webhooks } from './webhooks/webhooks.ts';
import { insertPage, useBlocks } from './write.ts';
import type { Capability, Connection, User, World } from './world.ts';
import { USUAL_CAPABILITIES } from './world.ts';

export interface NewUser {
  name: string;
  email: string;
  /** Guests are not listed. */
  kind?: 'member' | 'guest';
}

export interface NewConnection {
  name?: string;
  /** All of them where nothing is said. */
  capabilities?: readonly Capability[];
  /** Ids of the pages and databases that are shared with it from the start. */
  shared?: readonly string[];
  /** The id of the person whose personal access token it is; else it is an internal connection with a bot. */
  personId?: string;
}

export interface NewDatabase {
  name: string;
  /** The id of the page that it stands under; at the top of the workspace where nothing is said. */
  parentPageId?: string;
  /** A title is made where none is among them. */
  properties?: readonly DesignedProperty[];
}

/** Ids to write requests with. */
export interface MadeDatabase {
  id: string;
  dataSourceId: string;
  /** Ids by the names of properties. */
  properties: Readonly<Record<string, string>>;
}

/** A Notion in memory: one workspace. */
export interface Notion {
  /** Answers one request. `Response.error()` stands for a connection that breaks. */
  handle(request: Request): Promise<Response>;
  addUser(user: NewUser): User;
  /** Returns what goes behind `Bearer`. */
  addConnection(connection?: NewConnection): string;
  /** From now on it is answered with 401. */
  revokeToken(token: string): void;
  setCapabilities(token: string, capabilities: readonly Capability[]): void;
  /** Shares a page or a database, and all that is below it, or takes it back: ••• → Connections (section 1). */
  share(token: string, id: string): void;
  unshare(token: string, id: string): void;
  /** Answers a connection with `public_api_request_blocked`, or no longer. */
  setBlocked(token: string, isBlocked: boolean): void;
  /** A page that is no row. Returns its id. */
  addPage(title: string, parentPageId?: string): string;
  addDatabase(database: NewDatabase): MadeDatabase;
  /** The ids of one that is there, for one that the API made. By its title or an id of it. */
  database(name: string): MadeDatabase;
  people: People;
  designers: Designers;
  webhooks: Webhooks;
  /** Sends handshakes and events that are due, and says how many. */
  deliverWebhooks(): Promise<number>;
  /** Every request since the start, or since `clearLog`, in the order of their answers. */
  requests(): readonly LoggedRequest[];
  counters(): Counters;
  clearLog(): void;
  /** Blocks that were ever made in the workspace (section 2). */
  blocksUsed(): number;
  /** May be changed while it runs: faults, latency, limits, plan. */
  settings: Settings;
}

/** Makes a Notion with nothing in it. */
export function createNotion(given: Partial<Settings> = {}): Notion {
  const settings: Settings = { ...DEFAULTS, ...given };
  const world = emptyWorld(settings);
  const { handle, log, limits } = createHandling(world);
  return {
    handle,
    settings,
    addUser: (user) => addUser(world, user),
    addConnection: (connection = {}) => addConnection(world, connection),
    revokeToken: (token) => void world.connections.delete(token),
    setCapabilities: (token, capabilities) => void (connectionOf(world, token).capabilities = new Set(capabilities)),
    share: (token, id) => void connectionOf(world, token).shared.add(id),
    unshare: (token, id) => void connectionOf(world, token).shared.delete(id),
    setBlocked: (token, isBlocked) => limits.setBlocked(connectionOf(world, token).id, isBlocked),
    addPage: (title, parentPageId) => addPage(world, title, parentPageId),
    addDatabase: (database) => addDatabase(world, database),
    database: (name) => shownDatabase(world, name),
    people: createPeople(world),
    designers: createDesigners(world),
    webhooks: createWebhooks(world),
    deliverWebhooks: () => deliverWebhooks(world),
    requests: log.requests,
    counters: log.counters,
    clearLog: log.clear,
    blocksUsed: () => world.blocksUsed,
  };
}

function emptyWorld(settings: Settings): World {
  const ids = createIds(settings.seed);
  return {
    settings,
    ids,
    workspaceId: ids.uuid(),
    users: new Map(),
    connections: new Map(),
    pages: new Map(),
    databases: new Map(),
    blocks: new Map(),
    discussions: new Map(),
    uploads: new Map(),
    subscriptions: [],
    beingWritten: new Set(),
    blocksUsed: 0,
    blocksSpentAt: null,
  };
}

function addUser({ users, ids }: World, { name, email, kind = 'member' }: NewUser): User {
  const user: User = { id: ids.uuid(), name, email, kind };
  users.set(user.id, user);
  return user;
}

function addConnection(
  { connections, users, ids }: World,
  { name = 'Tabledesk', capabilities = USUAL_CAPABILITIES, shared = [], personId }: NewConnection,
): string {
  const bot: User = { id: ids.uuid(), name, email: '', kind: 'bot' };
  if (personId === undefined) users.set(bot.id, bot);
  const connection: Connection = {
    id: ids.uuid(),
    name,
    token: ids.secret('ntn_'),
    kind: personId === undefined ? 'internal' : 'personal',
    capabilities: new Set(capabilities),
    userId: personId ?? bot.id,
    shared: new Set(shared),
  };
  connections.set(connection.token, connection);
  return connection.token;
}

function connectionOf({ connections }: World, token: string): Connection {
  const connection = connections.get(token);
  if (connection === undefined) throw new Error('There is no connection with this token.');
  return connection;
}

function addPage(world: World, title: string, parentPageId: string | undefined): string {
  return insertPage(world, personNamed(world, undefined), {
    parent: parentPageId === undefined ? { type: 'workspace' } : { type: 'page', id: parentPageId },
    source: null,
    writes: new Map([['title', { is: 'text', text: textsOf(title) }]]),
  }).id;
}

function addDatabase(world: World, { name, parentPageId, properties = [] }: NewDatabase): MadeDatabase {
  const author = personNamed(world, undefined);
  const database = emptyDatabase(world, author, {
    parent: parentPageId === undefined ? { type: 'workspace' } : { type: 'page', id: parentPageId },
    title: name,
  });
  const source = emptySource(world, author, { database, name });
  const title: DesignedProperty[] = properties.some(({ type }) => type === 'title')
    ? []
    : [{ name: 'Name', type: 'title' }];
  source.properties = [...title, ...properties].map((property) => designedProperty(world, property));
  useBlocks(world, 1);
  return shownDatabase(world, database.id);
}

function shownDatabase(world: World, name: string): MadeDatabase {
  const source = sourceNamed(world, name);
  return {
    id: source.databaseId,
    dataSourceId: source.id,
    properties: Object.fromEntries(source.properties.map((property) => [property.name, property.id])),
  };
}
