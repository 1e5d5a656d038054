import { bodyOf, pathOf, readCall, versionOf, type Call } from './call.ts';
import type { CallKind } from './call-kind.ts';
import { commits, delayOf, pauseAfter, spoil, type Committed, type Fault } from './faults.ts';
import { createLimits, type Limits } from './limits.ts';
import { noSuchUrl, Refusal, restricted, unauthenticated } from './refusal.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import { BLOCKS } from './routes/blocks.ts';
import { COMMENTS } from './routes/comments.ts';
import { DATABASES } from './routes/databases.ts';
import { DATA_SOURCES } from './routes/data-sources.ts';
import { FILE_UPLOADS, fileAnswer } from './routes/file-uploads.ts';
import { PAGES } from './routes/pages.ts';
import { PROPERTY_ITEMS } from './routes/property-items.ts';
import { QUERY } from './routes/query.ts';
import { matchPath, type Answer, type Route } from './routes/route.ts';
import { SEARCH } from './routes/search.ts';
import { USERS } from './routes/users.ts';
import { VIEWS } from './routes/views.ts';
import type { Connection, World } from './world.ts';

/** Files that were uploaded are read from a host of their own, or below this path where one address serves both. */
export const FILES_PATH = 'files';

/** The first that fits answers: `/users/me` before any user. */
const ROUTES: readonly Route[] = [
  ...PAGES,
  ...QUERY,
  ...PROPERTY_ITEMS,
  ...DATABASES,
  ...DATA_SOURCES,
  ...USERS,
  ...COMMENTS,
  ...BLOCKS,
  ...VIEWS,
  ...SEARCH,
  ...FILE_UPLOADS,
];

export interface Handling {
  handle(request: Request): Promise<Response>;
  log: RequestLog;
  limits: Limits;
}

/** What is known of a request when it is answered. */
interface Outcome {
  response: Response;
  kind: CallKind;
  pages: number;
  committed: Committed | null;
}

/** Answers requests as Notion does: who asks, how often, whether they may, and then what they ask for. */
export function createHandling(world: World): Handling {
  const { settings } = world;
  const limits = createLimits(settings);
  const log = createRequestLog();

  async function outcomeOf(request: Request, fault: Fault | null): Promise<Outcome> {
    if (fault === null) return answerTo(world, limits, request);
    const { kind, connection } = seen(world, request);
    if (connection !== undefined && pauseAfter(fault) > 0) limits.pause(connection.id, pauseAfter(fault));
    const { milliseconds, isBefore } = delayOf(fault);
    if (milliseconds > 0 && isBefore) await settings.wait(milliseconds);
    const meant = commits(fault) ? await answerTo(world, limits, request) : null;
    if (milliseconds > 0 && !isBefore) await settings.wait(milliseconds);
    // What would have been refused is refused: nothing was done that could be lost.
    if (meant !== null && meant.response.status >= 400) return meant;
    const spoiled = spoil(fault, meant?.response ?? null, meant?.committed ?? null);
    const response = spoiled instanceof Refusal ? refusalBody(world, spoiled) : spoiled;
    return { kind, pages: 0, committed: null, ...meant, response };
  }

  return {
    log,
    limits,
    async handle(request) {
      const { method } = request;
      const { pathname, search } = new URL(request.url);
      const arrival = { method, path: `${pathname}${search}`, number: log.nextNumber() };
      const fault = settings.faults(arrival);
      const at = settings.now();
      const { response, kind, pages, committed } = await outcomeOf(request, fault);
      if (settings.latencyMs > 0) await takeTime(world, committed);
      // It tells when it is sent, though what it says may be older.
      if (response.headers.has('date')) response.headers.set('date', new Date(settings.now()).toUTCString());
      log.note({ ...arrival, status: response.status, at, kind, pages, fault: fault?.kind ?? null });
      return response;
    },
  };
}

/** Nobody else can write the page until its answer is given (section 6). */
async function takeTime({ settings, beingWritten }: World, written: Committed | null): Promise<void> {
  await settings.wait(settings.latencyMs);
  if (written !== null) beingWritten.delete(written.id);
}

async function answerTo(world: World, limits: Limits, request: Request): Promise<Outcome> {
  const found: Outcome = { response: Response.error(), kind: 'other', pages: 0, committed: null };
  const file = filePath(world, request);
  if (file !== null) return { ...found, response: fileAnswer(world, file) };
  try {
    const call = await readCall(request);
    const { route, params } = routeOf(call);
    found.kind = route.kind;
    const { body, pages = 0, committed = null } = await visit({ world, limits, call }, route, params);
    return { ...found, response: answerBody(world, body), pages, committed };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...found, response: refusalBody(world, error) };
  }
}

async function visit(
  { world, limits, call }: { world: World; limits: Limits; call: Call },
  route: Route,
  params: Record<string, string>,
): Promise<Answer> {
  const connection = world.connections.get(call.token ?? '');
  if (connection === undefined) throw unauthenticated();
  limits.admit({ connectionId: connection.id, kind: route.kind });
  const version = versionOf(call);
  const body = bodyOf(call);
  if (!route.needs.every((capability) => connection.capabilities.has(capability))) throw restricted();
  const author = {
    id: connection.userId,
    type: connection.kind === 'internal' ? ('bot' as const) : ('person' as const),
  };
  return route.answer({ world, call, version, body, params, connection, author });
}

/** @throws Refusal 400 `invalid_request_url` */
function routeOf({ method, segments }: Pick<Call, 'method' | 'segments'>): {
  route: Route;
  params: Record<string, string>;
} {
  for (const route of ROUTES) {
    const params = route.method === method ? matchPath(route.path, segments) : null;
    if (params !== null) return { route, params };
  }
  throw noSuchUrl();
}

/** What can be told of a request that never arrives. */
function seen(world: World, request: Request): { kind: CallKind; connection: Connection | undefined } {
  const token = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  const [, ...segments] = pathOf(new URL(request.url));
  const route = ROUTES.find((one) => one.method === request.method && matchPath(one.path, segments) !== null);
  return { kind: route?.kind ?? 'other', connection: world.connections.get(token) };
}

function filePath({ settings }: World, request: Request): string[] | null {
  if (request.method !== 'GET' || !request.url.startsWith(`${settings.filesAddress}/`)) return null;
  return request.url.slice(settings.filesAddress.length + 1).split('/');
}

/** Every answer has the id of its request, in a header and in what it says (section 6). */
function answerBody({ ids, settings }: World, body: object): Response {
  const id = ids.uuid();
  return Response.json({ ...body, request_id: id }, { headers: headersOf(settings.now(), id) });
}

function refusalBody({ ids, settings }: World, { status, body, headers }: Refusal): Response {
  const id = ids.uuid();
  return Response.json(
    { ...body, request_id: id },
    { status, headers: { ...headers, ...headersOf(settings.now(), id) } },
  );
}

function headersOf(now: number, requestId: string): Record<string, string> {
  return { date: new Date(now).toUTCString(), 'x-notion-request-id': requestId };
}
