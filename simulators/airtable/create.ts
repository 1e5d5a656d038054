import { createDesigners, designedField, type DesignedField, type Designers } from './designers.ts';
import { createHandling } from './handle.ts';
import { createIds } from './ids.ts';
import { createPeople, type People } from './people.ts';
import type { Counters, LoggedRequest } from './request-log.ts';
import { emptyTable } from './routes/schema.ts';
import { DEFAULTS, type Settings } from './settings.ts';
import { deliverPings } from './webhooks/pings.ts';
import type { Role, Scope, Table, Token, User, World } from './world.ts';
import { SCOPES } from './world.ts';

export interface NewUser {
  name: string;
  email: string;
}

export interface NewToken {
  /** Whose it is, by id. */
  userId: string;
  /** All of them where nothing is said. */
  scopes?: readonly Scope[];
  bases?: 'all' | readonly string[];
  kind?: 'pat' | 'oauth';
}

export interface NewTable {
  name: string;
  /** The first is the primary one. */
  fields: readonly DesignedField[];
}

export interface NewBase {
  name: string;
  members: readonly { userId: string; role: Role }[];
  tables?: readonly NewTable[];
}

/** Ids to write requests with. */
export interface MadeBase {
  id: string;
  /** By the names of tables. */
  tables: Readonly<Record<string, MadeTable>>;
}

export interface MadeTable {
  id: string;
  /** Ids by the names of fields. */
  fields: Readonly<Record<string, string>>;
}

/** An Airtable in memory. */
export interface Airtable {
  /** Answers one request. `Response.error()` stands for a connection that breaks. */
  handle(request: Request): Promise<Response>;
  addUser(user: NewUser): User;
  /** Returns what goes behind `Bearer`. */
  addToken(token: NewToken): string;
  /** From now on it is answered with 401. */
  revokeToken(token: string): void;
  addBase(base: NewBase): MadeBase;
  /** Gives somebody another role in a base, `none` to remove them. */
  setRole(baseId: string, userId: string, role: Role): void;
  people: People;
  designers: Designers;
  /** Sends the pings of webhooks that are due, and says how many. */
  deliverPings(): Promise<number>;
  /** Every request since the start, or since `clearLog`, in the order of their answers. */
  requests(): readonly LoggedRequest[];
  counters(): Counters;
  clearLog(): void;
  usedThisMonth(): number;
  setMonthlyCap(cap: number | null): void;
  /** May be changed while it runs: faults, latency, limits. */
  settings: Settings;
}

/** Makes an Airtable with nothing in it. */
export function createAirtable(given: Partial<Settings> = {}): Airtable {
  const settings: Settings = { ...DEFAULTS, ...given };
  const world: World = {
    settings,
    ids: createIds(settings.seed),
    bases: new Map(),
    users: new Map(),
    tokens: new Map(),
    files: new Map(),
    listings: new Map(),
  };
  const { handle, log, limits } = createHandling(world);
  return {
    handle,
    settings,
    addUser: (user) => addUser(world, user),
    addToken: (token) => addToken(world, token),
    revokeToken: (token) => void world.tokens.delete(token),
    addBase: (base) => addBase(world, base),
    setRole: (baseId, userId, role) => setRole(world, baseId, { userId, role }),
    people: createPeople(world),
    designers: createDesigners(world),
    deliverPings: () => deliverPings(world),
    requests: log.requests,
    counters: log.counters,
    clearLog: log.clear,
    usedThisMonth: limits.usedThisMonth,
    setMonthlyCap: limits.setMonthlyCap,
  };
}

function addUser({ users, ids }: World, { name, email }: NewUser): User {
  const user = { id: ids.next('usr'), name, email };
  users.set(user.id, user);
  return user;
}

/** Of any length: tokens are opaque (section 1). */
function addToken({ tokens, ids }: World, { userId, scopes = SCOPES, bases = 'all', kind = 'pat' }: NewToken): string {
  const token: Token = {
    token: `${ids.next('pat')}.${Buffer.from(ids.bytes(32)).toString('hex')}`,
    userId,
    scopes,
    bases,
    kind,
  };
  tokens.set(token.token, token);
  return token.token;
}

function addBase(world: World, { name, members, tables = [] }: NewBase): MadeBase {
  const { ids, settings, bases } = world;
  const now = settings.now();
  const made = tables.map((table) => designedTable(world, table));
  const id = ids.next('app');
  bases.set(id, {
    id,
    name,
    workspaceId: ids.next('wsp'),
    createdAt: now,
    tables: made,
    members: members.map((member) => ({ ...member, since: now })),
    webhooks: [],
    transactions: 0,
  });
  return { id, tables: Object.fromEntries(made.map((table) => [table.name, shown(table)])) };
}

function designedTable(world: World, { name, fields }: NewTable): Table {
  const table = emptyTable({ world }, { name, description: null });
  table.fields = fields.map((field) => designedField(world, field));
  table.primaryFieldId = table.fields[0]?.id ?? '';
  return table;
}

function shown({ id, fields }: Table): MadeTable {
  return { id, fields: Object.fromEntries(fields.map((field) => [field.name, field.id])) };
}

function setRole({ bases, settings }: World, baseId: string, { userId, role }: { userId: string; role: Role }): void {
  const base = bases.get(baseId);
  if (base === undefined) throw new Error(`There is no base ${baseId}.`);
  base.members = base.members.filter((member) => member.userId !== userId);
  if (role !== 'none') base.members.push({ userId, role, since: settings.now() });
}
