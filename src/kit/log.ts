import { pino } from 'pino';

/**
 * Where we say what happened: values first, then the sentence. Never a body, a token or a customer's
 * words; the names below are blotted out wherever they stand.
 */
export interface Log {
  debug(values: object, sentence: string): void;
  info(values: object, sentence: string): void;
  warn(values: object, sentence: string): void;
  error(values: object, sentence: string): void;
  /** The same log, with values that every line carries. */
  child(values: object): Log;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Where lines go; pino's own when left out, which is standard output. */
export interface LogTarget {
  write(line: string): void;
}

/** Values of these names are never written. */
const SECRET_NAMES = ['authorization', 'cookie', 'set-cookie', 'token', 'secret', 'password', 'body', 'text'];

/** How many causes of an error are followed. */
const DEEPEST_CAUSE = 5;

/** A log of JSON lines on standard output, or wherever the target is. */
export function createLog(level: LogLevel, target?: LogTarget): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRET_NAMES.flatMap((name) => [`["${name}"]`, `*["${name}"]`]), censor: '***' },
    serializers: { err: (error: unknown) => describeError(error), url: withoutToken },
  };
  return target === undefined ? pino(options) : pino(options, target);
}

/** The path of an address as it may stand in a log: the token of a hook, a file, a survey or a ticket’s page is blotted out, the query left off. */
export function withoutToken(address: unknown): string {
  const path = String(address).split(/[?#]/, 1)[0] ?? '';
  return path.replace(/(\/(?:hooks|files)\/[^/]+|\/survey|\/ticket)\/.+$/i, '$1/***');
}

/**
 * An error for the log. A failed query keeps its statement and loses its values, which are customers'
 * words, so the message is taken from its cause.
 */
function describeError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { message: typeof error };
  const isQuery = 'query' in error && 'params' in error;
  return {
    type: error.name,
    message: isQuery ? `failed query: ${String(error.query).slice(0, 200)}` : error.message,
    ...('code' in error ? { code: error.code } : {}),
    stack: framesOf(error),
    ...(error.cause !== undefined && depth < DEEPEST_CAUSE ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

/** Only the places: the head of a stack repeats the message. */
function framesOf(error: Error): string {
  const lines = error.stack?.split('\n') ?? [];
  return lines.filter((line) => /^\s+at /.test(line)).join('\n');
}
