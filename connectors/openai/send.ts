import OpenAI, { APIError } from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { EmbeddingCreateParams } from 'openai/resources/embeddings';
import { Problem } from '../../src/domain/problem.ts';
import type { Ask } from '../../src/kit/connector.ts';
import type { Now } from '../../src/ports/now.ts';
import type { Endpoint } from './endpoint.ts';
import type { Refused } from './refused.ts';
import { Completion, Embeddings, Refusal } from './wire.ts';

/** The clock of the machine stands behind ours, should that ever fail: longer than any deadline, in seconds. */
const BACKSTOP_SECONDS = 70;

/** A vector of 3,072 numbers is 60 kB of JSON at worst, and some dozens of them come at a time. */
const MOST_BYTES = 8_000_000;

/** Of what the library would send, what an endpoint needs: nothing about this machine leaves the house. */
const HEADERS = ['authorization', 'content-type', 'accept'];

/** One request each. */
export interface Sending {
  complete(body: ChatCompletionCreateParamsNonStreaming, signal: AbortSignal): Promise<Completion | Refused>;
  embed(body: EmbeddingCreateParams, signal: AbortSignal): Promise<Embeddings | Refused>;
}

/**
 * Speaks with an endpoint by the library `openai`. Attempts and deadlines are those of whoever asks: the library's own
 * may take half an hour.
 */
export function createSend({ url, key, isNamed }: Endpoint, { ask, now }: { ask: Ask; now: Now }): Sending {
  const client = new OpenAI({
    apiKey: key,
    baseURL: url,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: BACKSTOP_SECONDS * 1000,
    logLevel: 'off',
    fetch: guarded(ask, isNamed),
  });
  async function heard<Answer>(
    asked: Promise<unknown>,
    form: { safeParse(answer: unknown): { data?: Answer } },
    signal: AbortSignal,
  ): Promise<Answer | Refused> {
    try {
      return form.safeParse(await asked).data ?? unread('it is no such answer');
    } catch (error) {
      if (signal.aborted) throw error;
      return refusedBy(error, now());
    }
  }
  return {
    complete: (body, signal) => heard(client.chat.completions.create(body, { signal }), Completion, signal),
    embed: (body, signal) => heard(client.embeddings.create(body, { signal }), Embeddings, signal),
  };
}

/** What the library takes for the network: only what is meant to be reached is. */
function guarded(ask: Ask, internal: boolean) {
  return async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const sent = new Headers(init.headers);
    const { status, headers, body } = await ask(input instanceof Request ? input.url : String(input), {
      method: 'POST',
      headers: Object.fromEntries(HEADERS.flatMap((name) => (sent.has(name) ? [[name, sent.get(name) ?? '']] : []))),
      body: Buffer.from(typeof init.body === 'string' ? init.body : ''),
      timeoutSeconds: BACKSTOP_SECONDS,
      maxBytes: MOST_BYTES,
      internal,
      ...(init.signal && { signal: init.signal }),
    });
    const answered = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined || name === 'content-length' ? [] : [[name, value]],
    );
    return new Response(mayHaveBody(status) ? new Uint8Array(body) : null, { status, headers: answered });
  };
}

/** `Response` refuses a body with these. */
function mayHaveBody(status: number): boolean {
  return status !== 204 && status !== 205 && status !== 304;
}

function refusedBy(error: unknown, at: Temporal.Instant): Refused {
  if (error instanceof APIError && error.status !== undefined) {
    const { code = null, param = null, message } = Refusal.parse(error);
    return {
      status: error.status,
      code,
      param,
      message,
      retryAfterSeconds: retryAfter(error.headers, at),
      unreached: null,
    };
  }
  const problem = problemIn(error);
  return { ...unread(''), status: null, unreached: problem ?? unreadable(error) };
}

/** An answer that came, and that nobody can read: as good as none. */
function unread(why: string): Refused {
  return { status: 502, code: null, param: null, message: why, retryAfterSeconds: null, unreached: null };
}

/** The library wraps what its network throws. */
function problemIn(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  return error instanceof Error && error.cause !== undefined ? problemIn(error.cause) : null;
}

function unreadable(cause: unknown): Problem {
  return new Problem(
    {
      code: 'fetch.unreachable',
      message: 'The answer broke off, or is no JSON.',
      fix: 'Nothing is to be done if it passes.',
      retry: 'later',
    },
    { cause },
  );
}

/** Seconds, milliseconds or a date: all three are in use. */
function retryAfter(headers: Headers | undefined, at: Temporal.Instant): number | null {
  const milliseconds = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds / 1000);
  const written = headers?.get('retry-after') ?? '';
  if (/^\d+(\.\d+)?$/.test(written.trim())) return Number(written);
  const date = Date.parse(written);
  return Number.isNaN(date) ? null : Math.max(0, (date - at.epochMilliseconds) / 1000);
}
