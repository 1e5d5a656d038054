import type { CallKind } from '../call-kind.ts';
import type { Call, Version } from '../call.ts';
import type { Committed } from '../faults.ts';
import { uuidIn } from '../ids.ts';
import { failed, objectNotFound, type Named } from '../refusal.ts';
import type { Author, Block, Capability, Connection, Database, DataSource, Page, World } from '../world.ts';
import { dataSourceWith, seesDatabase, seesPage } from '../world.ts';

/** A request whose sender is known. */
export interface Visit {
  world: World;
  call: Call;
  version: Version;
  /** The JSON of the body, `{}` where there is none. */
  body: unknown;
  /** What stands in the path for `:names`. */
  params: Readonly<Record<string, string>>;
  connection: Connection;
  author: Author;
}

export interface Answer {
  body: object;
  /** How many pages it is about. */
  pages?: number;
  /** What was made, for an answer that says only that. */
  committed?: Committed;
}

export interface Route {
  method: string;
  /** After `/v1`; `:page` and its like stand for one segment. */
  path: string;
  kind: CallKind;
  /** All of them are needed (section 1). */
  needs: readonly Capability[];
  answer: (visit: Visit) => Answer | Promise<Answer>;
}

/** The named segments where the path is the route's, else null. */
export function matchPath(path: string, segments: readonly string[]): Record<string, string> | null {
  const steps = path.split('/').slice(1);
  if (steps.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, step] of steps.entries()) {
    const segment = segments[index] ?? '';
    if (step.startsWith(':')) params[step.slice(1)] = segment;
    else if (step !== segment) return null;
  }
  return params;
}

/** @throws Refusal 400 for what is no UUID */
export function idAt({ params }: Visit, name: string): string {
  const given = params[name] ?? '';
  const id = uuidIn(given);
  if (id === null) throw failed('path', `path.${name} should be a valid uuid, instead was \`"${given}"\``);
  return id;
}

/** @throws Refusal 404 */
export function missing({ connection }: Visit, what: Named, id: string): Refusal404 {
  return objectNotFound(what, id, connection.name);
}
type Refusal404 = ReturnType<typeof objectNotFound>;

/** @throws Refusal 404 for one that does not exist or was not shared */
export function pageWith(visit: Visit, id: string): Page {
  const page = visit.world.pages.get(id);
  if (page === undefined || !seesPage(visit.world, visit.connection, page)) throw missing(visit, 'page', id);
  return page;
}

/** @throws Refusal 404 */
export function databaseWith(visit: Visit, id: string): Database {
  const database = visit.world.databases.get(id);
  if (database === undefined || !seesDatabase(visit.world, visit.connection, id)) throw missing(visit, 'database', id);
  return database;
}

/** @throws Refusal 404: the id of a database is not that of its data source (section 1) */
export function sourceWith(visit: Visit, id: string): DataSource {
  const source = dataSourceWith(visit.world, id);
  if (source === undefined || !seesDatabase(visit.world, visit.connection, source.databaseId)) {
    throw missing(visit, 'data_source', id);
  }
  return source;
}

/** @throws Refusal 404 */
export function blockWith(visit: Visit, id: string): Block {
  const block = visit.world.blocks.get(id);
  const page = visit.world.pages.get(block?.pageId ?? '');
  if (block === undefined || page === undefined || !seesPage(visit.world, visit.connection, page)) {
    throw missing(visit, 'block', id);
  }
  return block;
}
