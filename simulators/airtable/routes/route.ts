import type { Call } from '../call.ts';
import { isId } from '../ids.ts';
import { noAccess, notFound, recordGone } from '../refusal.ts';
import type { Base, Role, Row, Scope, Table, Token, User, World } from '../world.ts';
import { tableOf } from '../world.ts';

/** What a request asks for, as the log and the counters name it. */
export type CallKind =
  | 'list'
  | 'get'
  | 'create'
  | 'update'
  | 'upsert'
  | 'replace'
  | 'delete'
  | 'comments'
  | 'upload'
  | 'schema'
  | 'account'
  | 'webhooks'
  | 'other';

/** A request whose sender is known. */
export interface Visit {
  world: World;
  call: Call;
  /** The JSON of the body, `{}` where there is none. */
  body: unknown;
  /** What stands in the path for `:names`. */
  params: Readonly<Record<string, string>>;
  token: Token;
  user: User;
}

/** A request to one base that its sender may see. */
export interface BaseVisit extends Visit {
  base: Base;
}

export interface Answer {
  /** Undefined is an empty body. */
  body: unknown;
  /** How many records it is about. */
  records?: number;
  /** More precisely than the route knows: an upsert among updates. */
  kind?: CallKind;
}

interface AnyRoute {
  method: string;
  /** After `/v0`; `:base` and its like stand for one segment. */
  path: string;
  kind: CallKind;
  /** All of them are needed (section 1). */
  scopes: readonly Scope[];
  /** Uploads have a host of their own. */
  host?: 'content';
}

/** What has no base: who one is, which bases there are. */
export interface AccountRoute extends AnyRoute {
  about: 'account';
  answer: (visit: Visit) => Answer | Promise<Answer>;
}

export interface BaseRoute extends AnyRoute {
  about: 'base';
  role: Role;
  /** Whether a spent month stops it: data and webhooks yes, the schema no (section 2). */
  isData: boolean;
  answer: (visit: BaseVisit) => Answer | Promise<Answer>;
}

export type Route = AccountRoute | BaseRoute;

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

/** @throws Refusal 403 for an unknown one */
export function tableAt({ base, params }: BaseVisit): Table {
  const table = tableOf(base, params['table'] ?? '');
  if (table === undefined) throw noAccess();
  return table;
}

/** @throws Refusal 404 for what is no id and for a deleted record, 403 for one that never was (section 6) */
export function rowAt({ params }: Visit, table: Table): Row {
  const id = params['record'] ?? '';
  if (!isId('rec', id)) throw notFound();
  const row = table.rows.get(id);
  if (row !== undefined) return row;
  throw table.deleted.has(id) ? recordGone() : noAccess();
}
