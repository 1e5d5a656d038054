import { bodyOf, readCall, type Call } from './call.ts';
import { commits, spoil, type Fault } from './faults.ts';
import { isId } from './ids.ts';
import { createLimits, type Limits } from './limits.ts';
import { noAccess, notFound, Refusal, unauthenticated } from './refusal.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import { ACCOUNT, isVisible } from './routes/account.ts';
import { COMMENTS } from './routes/comments.ts';
import { fileAnswer, UPLOADING } from './routes/files.ts';
import { READING } from './routes/list.ts';
import { matchPath, type Answer, type CallKind, type Route, type Visit } from './routes/route.ts';
import { SCHEMA } from './routes/schema.ts';
import { WEBHOOKS } from './routes/webhooks.ts';
import { WRITING } from './routes/write.ts';
import type { World } from './world.ts';
import { mayAtLeast, roleOf } from './world.ts';

/** The first that fits answers: those of `/meta` and `/bases` before those that begin with any base. */
const ROUTES: readonly Route[] = [
  ...ACCOUNT,
  ...SCHEMA,
  ...WEBHOOKS,
  ...UPLOADING,
  ...COMMENTS,
  ...READING,
  ...WRITING,
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
  records: number;
}

/** Answers requests as Airtable does: who asks, how often, whether they may, and then what they ask for. */
export function createHandling(world: World): Handling {
  const { settings } = world;
  const limits = createLimits(settings);
  const log = createRequestLog();

  async function outcomeOf(request: Request, fault: Fault | null): Promise<Outcome> {
    if (fault === null) return answerTo(world, limits, request);
    const { base, kind } = seen(request);
    if (fault.kind === 'rate-limited') {
      if (base !== null) limits.punish(base);
      return { response: spoil(fault, null), kind, records: 0 };
    }
    if (fault.kind === 'slow-headers') await settings.wait(fault.milliseconds);
    if (!commits(fault)) return { response: spoil(fault, null), kind, records: 0 };
    const meant = await answerTo(world, limits, request);
    return { ...meant, response: spoil(fault, meant.response) };
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
      const { response, kind, records } = await outcomeOf(request, fault);
      // An upsert took its time between looking and writing.
      if (settings.latencyMs > 0 && kind !== 'upsert') await settings.wait(settings.latencyMs);
      log.note({ ...arrival, status: response.status, at, kind, records, fault: fault?.kind ?? null });
      return response;
    },
  };
}

async function answerTo(world: World, limits: Limits, request: Request): Promise<Outcome> {
  const found: { kind: CallKind; records: number } = { kind: 'other', records: 0 };
  try {
    const call = await readCall(request, world.settings.maxBodyBytes);
    if (call.host === 'files') return { response: fileAnswer(world, call), ...found };
    const { route, params } = routeOf(call);
    found.kind = route.kind;
    const answer = await visit({ world, limits, call }, route, params);
    const response = dated(world, answer.body);
    return { response, kind: answer.kind ?? route.kind, records: answer.records ?? 0 };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, body, headers } = error;
    return { response: Response.json(body, { status, headers: { ...headers, date: dateOf(world) } }), ...found };
  }
}

async function visit(
  { world, limits, call }: { world: World; limits: Limits; call: Call },
  route: Route,
  params: Record<string, string>,
): Promise<Answer> {
  const token = world.tokens.get(call.token ?? '');
  const user = world.users.get(token?.userId ?? '');
  if (token === undefined || user === undefined) throw unauthenticated();
  const baseId = params['base'] ?? null;
  if (baseId !== null && !isId('app', baseId)) throw notFound();
  limits.admit({ baseId, token: token.token, isData: route.about === 'base' && route.isData });
  if (!route.scopes.every((scope) => token.scopes.includes(scope))) throw noAccess();
  const visitor: Visit = { world, call, body: bodyOf(call), params, token, user };
  if (route.about === 'account') return route.answer(visitor);
  const base = world.bases.get(baseId ?? '');
  if (base === undefined || !isVisible(base, token, user.id)) throw noAccess();
  if (!mayAtLeast(roleOf(base, user.id), route.role)) throw noAccess();
  return route.answer({ ...visitor, base });
}

/** @throws Refusal 404 */
function routeOf({ method, host, segments }: Call): { route: Route; params: Record<string, string> } {
  for (const route of ROUTES) {
    if (route.method !== method || (route.host ?? 'api') !== host) continue;
    const params = matchPath(route.path, segments);
    // `/v0/meta/…` and `/v0/bases/…` name no base.
    if (params !== null && params['base'] !== 'meta' && params['base'] !== 'bases') return { route, params };
  }
  throw notFound();
}

/** What can be told of a request that never arrives. */
function seen(request: Request): { base: string | null; kind: CallKind } {
  const segments = new URL(request.url).pathname.split('/').filter((part) => part !== '');
  const base = segments.find((segment) => isId('app', segment)) ?? null;
  const path = segments.slice(segments.indexOf('v0') + 1).map((segment) => decodeURIComponent(segment));
  const route = ROUTES.find((one) => one.method === request.method && matchPath(one.path, path) !== null);
  return { base, kind: route?.kind ?? 'other' };
}

/** With the moment at which it was answered: readers keep it as their watermark (section 5). */
function dated(world: World, body: unknown): Response {
  const headers = { date: dateOf(world) };
  return body === undefined ? new Response(null, { headers }) : Response.json(body, { headers });
}

function dateOf({ settings }: World): string {
  return new Date(settings.now()).toUTCString();
}
