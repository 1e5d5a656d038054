import type { Environment, RequestMeter } from '../../src/kit/connector.ts';
import type { Pace, RequestKind } from './pace.ts';
import { type Answer, blocked, isUnknownOutcome, problemOf, rateLimited } from './problems.ts';
import type { Room } from './room.ts';
import { ClientFailure, Refusal, type Shape } from './wire.ts';

const PUBLIC_API = 'https://api.notion.com';

/** Pauses before a request whose outcome is unknown is made again, in milliseconds. */
const PAUSES = [1000, 3000];

/** Notion's words for a 429 that is about this connection's own requests, and for one that does not pass. */
const TOO_FAST = 'public_api_request_rate_limit';
const BLOCKED = 'public_api_request_blocked';

/** A request. */
export interface Asked<Value> {
  /** How it is paced; what is not said is prompt. */
  kind?: RequestKind;
  method: 'get' | 'post' | 'patch';
  /** After `/v1/`. */
  path: string;
  query?: Readonly<Record<string, string | string[]>>;
  body?: Record<string, unknown>;
  /** In place of a body: a file to upload. */
  file?: { filename: string; data: Blob };
  /** What a good answer looks like. */
  shape: Shape<Value>;
  /** Whether asking twice does no more than asking once. */
  isRepeatable: boolean;
}

/** What was answered. */
export interface Answered<Value> {
  value: Value;
  /** When, by Notion's clock, in whole seconds; null where something on the way took the header. */
  at: Temporal.Instant | null;
}

export interface Client {
  /** @throws Problem `notion.*`; a NotionProblem where Notion said why */
  ask<Value>(asked: Asked<Value>): Promise<Answered<Value>>;
}

interface ClientParts {
  environment: Environment;
  meter: RequestMeter;
  pace: Pace;
  pause: (milliseconds: number) => Promise<void>;
}

/** Asks as one connection, with the official client for the way there and back and everything else our own. */
export function createClient({ timeoutSeconds }: { timeoutSeconds: number }, parts: ClientParts): Client {
  const endpointUrl = parts.environment['NOTION_BASE_URL']?.replace(/\/+$/, '') || PUBLIC_API;

  async function once<Value>(asked: Asked<Value>): Promise<Answered<Value>> {
    // The package is loaded with the first request, so that a desk that never makes one starts sooner.
    const { openRoom } = await import('./room.ts');
    const room = openRoom({ ...parts, endpointUrl, timeoutSeconds });
    const { kind = 'prompt' } = asked;
    const begun = await parts.pace.turn(kind);
    parts.meter.spend();
    try {
      const value = understood(asked, await send(room, asked));
      return { value, at: room.heard.at };
    } catch (error) {
      throw await failure(error, { asked, room, pace: parts.pace });
    } finally {
      await parts.pace.ended(kind, begun);
    }
  }

  return {
    async ask(asked) {
      for (const pause of asked.isRepeatable ? PAUSES : []) {
        try {
          return await once(asked);
        } catch (error) {
          if (!isUnknownOutcome(error)) throw error;
          await parts.pause(pause);
        }
      }
      return once(asked);
    },
  };
}

function send(room: Room, { method, path, query, body, file }: Asked<unknown>): Promise<object> {
  return room.request<object>({
    method,
    path,
    ...(query !== undefined && { query }),
    ...(body !== undefined && { body }),
    ...(file !== undefined && { formDataParams: { file } }),
  });
}

function understood<Value>(asked: Asked<Value>, body: unknown): Value {
  const read = asked.shape.safeParse(body);
  if (!read.success) throw problemOf(anAnswer({ status: 200, message: read.error.message }), nameOf(asked));
  return read.data;
}

/** Tells the pace what it must know, and everybody else what happened. */
async function failure(
  error: unknown,
  { asked, room, pace }: { asked: Asked<unknown>; room: Room; pace: Pace },
): Promise<unknown> {
  if (isUnknownOutcome(error)) return error;
  const { status, body } = ClientFailure.parse(error);
  const { code, message, additional_data: said } = Refusal.parse(body);
  if (status === 429 && said.rate_limit_reason === BLOCKED) {
    await pace.blocked();
    return blocked();
  }
  if (status === 429 || status === 529) {
    const isOurs = said.rate_limit_reason === TOO_FAST;
    return rateLimited(await pace.tooFast({ retryAfter: room.heard.retryAfter ?? said.retry_after ?? null, isOurs }));
  }
  const savedId = said.committed_resource_id ?? null;
  const answer = { status: status ?? 0, code, message, savedId, isBlockLimit: said.block_limit === 'block_creation' };
  // An answer that is no JSON is one all the same.
  return problemOf(error instanceof SyntaxError ? anAnswer({ status: 200 }) : answer, nameOf(asked));
}

function anAnswer(told: Partial<Answer>): Answer {
  return { status: 0, code: '', message: '', savedId: null, isBlockLimit: false, ...told };
}

function nameOf({ method, path }: Asked<unknown>): string {
  return `${method.toUpperCase()} /${path}`;
}
