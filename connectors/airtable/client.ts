import { setTimeout as wait } from 'node:timers/promises';
import type { Environment, RequestMeter } from '../../src/kit/connector.ts';
import { begin } from './begun-requests.ts';
import type { Pace, RequestKind } from './pace.ts';
import { type Answer, isRateLimited, isUnknownOutcome, monthSpent, problemOf, rateLimited } from './problems.ts';
import { isGood, Refused } from './http-answer.ts';
import type { Room } from './room.ts';
import { ClientFailure, Refusal, type Shape } from './wire.ts';

const PUBLIC_API = 'https://api.airtable.com';

/** Files go to a host of their own; another server that stands for Airtable takes them below `/content`. */
const PUBLIC_CONTENT = 'https://content.airtable.com';

/** Pauses before a request whose outcome is unknown is made again, in milliseconds. Each try costs a request. */
const PAUSES = [1000, 3000];

/** Airtable's word for a month whose calls are used up; its other 429 is about speed. */
const MONTH_SPENT = 'PUBLIC_API_BILLING_LIMIT_EXCEEDED';

/** Pauses that Airtable asks for, in seconds, as the problems of a request that met them. */
const PENALTY_SECONDS = 30;
const CLOSED_SECONDS = 3600;

/** A request. */
export interface Asked<Value> {
  /** `rows` of the base, or what `meta` knows: bases, tables, people. */
  kind: RequestKind;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** What stands before the path where it is neither the base nor `meta`: webhooks are under `/v0/bases`. */
  room?: 'bases';
  /** After `/v0/<base>`, `/v0/meta` or `/v0/<room>`. */
  path: string;
  query?: Readonly<Record<string, unknown>>;
  body?: unknown;
  /** What a good answer looks like. */
  shape: Shape<Value>;
  /** Whether asking twice does no more than asking once. */
  isRepeatable: boolean;
  /** Whether a good answer may say nothing at all. */
  mayBeEmpty?: boolean;
  /** Whether it brings a file. */
  isUpload?: boolean;
  /** How long it may take, where that is not the usual time. */
  timeoutSeconds?: number;
}

/** What was answered. */
export interface Answered<Value> {
  value: Value;
  /** When, by Airtable's clock, in whole seconds; null where something on the way took the header. */
  at: Temporal.Instant | null;
}

export interface Client {
  /** @throws Problem `airtable.*`; an AirtableProblem where Airtable said why */
  ask<Value>(asked: Asked<Value>): Promise<Answered<Value>>;
}

interface ClientParts {
  environment: Environment;
  meter: RequestMeter;
  pace: Pace;
  pause: (milliseconds: number) => Promise<void>;
}

/** Asks one base, with the official client for the way there and back and everything else our own. */
export function createClient(
  { base, timeoutSeconds }: { base: string; timeoutSeconds: number },
  parts: ClientParts,
): Client {
  async function once<Value>(asked: Asked<Value>): Promise<Answered<Value>> {
    const seconds = asked.timeoutSeconds ?? timeoutSeconds;
    const endpointUrl = endpointOf(parts.environment, asked);
    const name = asked.room ?? (asked.kind === 'rows' ? base : 'meta');
    // The package is loaded with the first request, so that a desk that never makes one starts sooner.
    const { openRoom } = await import('./room.ts');
    const room = openRoom(name, { ...parts, endpointUrl, timeoutSeconds: seconds });
    await parts.pace.turn(asked.kind);
    parts.meter.spend();
    const { body, date } = await within(seconds, () => send(room, asked)).catch(async (error: unknown) => {
      throw await failure(error, asked, parts.pace);
    });
    parts.pace.answered();
    return { value: understood(asked, body), at: date };
  }

  return {
    async ask(asked) {
      for (const pause of asked.isRepeatable ? PAUSES : []) {
        try {
          return await once(asked);
        } catch (error) {
          if (isUnknownOutcome(error)) await parts.pause(pause);
          // Its next turn waits until the pause is over: a person stands before it, and it was not carried out.
          else if (asked.kind !== 'schema' || !isRateLimited(error)) throw error;
        }
      }
      return once(asked);
    },
  };
}

function endpointOf({ AIRTABLE_ENDPOINT_URL: api, AIRTABLE_CONTENT_URL: content }: Environment, asked: Asked<unknown>) {
  const own = api?.replace(/\/+$/, '');
  if (asked.isUpload !== true) return own || PUBLIC_API;
  return content?.replace(/\/+$/, '') || (own ? `${own}/content` : PUBLIC_CONTENT);
}

async function send(room: Room, asked: Asked<unknown>): Promise<{ body: unknown; date: Temporal.Instant | null }> {
  const { method, path, query, body } = asked;
  try {
    const reply = await room.makeRequest({
      method,
      path,
      ...(query !== undefined && { qs: query }),
      ...(body !== undefined && { body }),
    });
    const answered: unknown = reply.body;
    return { body: answered, date: dateOf(reply.headers.get('date')) };
  } catch (error) {
    // The package takes an empty body for a broken one.
    if (asked.mayBeEmpty === true && isGood(answerOf(error).status)) return { body: null, date: null };
    throw error;
  }
}

/** The moment of an HTTP header, in whole seconds. */
function dateOf(header: string | null): Temporal.Instant | null {
  const milliseconds = header === null ? Number.NaN : Date.parse(header);
  return Number.isNaN(milliseconds) ? null : Temporal.Instant.fromEpochMilliseconds(milliseconds);
}

/** The package stops waiting for headers, and never for a body; its connection would stay open for ever. */
async function within<Value>(seconds: number, ask: () => Promise<Value>): Promise<Value> {
  const heard = new AbortController();
  const { answer, end } = begin(ask);
  const late = wait(seconds * 1000, null, { signal: heard.signal }).then(() => {
    end();
    throw new Error(`no answer within ${seconds} s`);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    heard.abort();
  }
}

function understood<Value>(asked: Asked<Value>, body: unknown): Value {
  const read = asked.shape.safeParse(body);
  if (!read.success) throw problemOf({ status: 200, type: '', message: read.error.message }, nameOf(asked));
  return read.data;
}

/** Tells the pace what it must know, and everybody else what happened. */
async function failure(error: unknown, asked: Asked<unknown>, pace: Pace): Promise<unknown> {
  const answer = answerOf(error);
  if (answer.status === 429 && answer.type === MONTH_SPENT) {
    pace.spent();
    return monthSpent(CLOSED_SECONDS);
  }
  pace.answered();
  if (answer.status !== 429) return problemOf(answer, nameOf(asked));
  await pace.tooFast();
  return rateLimited(PENALTY_SECONDS);
}

/** Whatever the package rejects with. What has no status never came back, or not as JSON. */
function answerOf(error: unknown): Answer {
  if (error instanceof Refused) return { status: error.statusCode, ...Refusal.parse(error.body) };
  const { statusCode } = ClientFailure.parse(error);
  return { status: statusCode ?? 0, type: '', message: '' };
}

function nameOf({ method, path }: Asked<unknown>): string {
  return `${method} ${path}`;
}
