import type { StoreMemory } from '../../src/kit/connector.ts';
import { isFiltered, type Refused } from './refused.ts';
import { Dialect } from './wire.ts';

/** The most that an endpoint may be able to do; each refusal takes something away. */
export const RICHEST: Dialect = {
  level: 'json_schema',
  temperature: true,
  effort: true,
  limit: 'max_tokens',
  roomy: false,
};

export const POORER = { json_schema: 'json_object', json_object: 'text', text: null } as const;
const OTHER_LIMIT = { max_tokens: 'max_completion_tokens', max_completion_tokens: 'none', none: null } as const;

/** As much of a message is looked at: some servers repeat the whole request after it. */
const BEGINNING = 300;

/**
 * How to say the same once more after a request was refused as such, or null where it is not about the words: what the
 * refusal names is left out, and where it names nothing that we know, less is asked of the answer.
 */
export function poorerDialect(dialect: Dialect, refused: Refused): Dialect | null {
  const { status, param, message } = refused;
  if ((status !== 400 && status !== 422) || isFiltered(refused)) return null;
  const names = (word: string) => param === word || message.slice(0, BEGINNING).includes(word);
  if (dialect.temperature && names('temperature')) return { ...dialect, temperature: false };
  if (dialect.effort && names('reasoning_effort')) return { ...dialect, effort: false };
  const limit = names('max_tokens') || names('max_completion_tokens') ? OTHER_LIMIT[dialect.limit] : null;
  if (limit !== null) return { ...dialect, limit };
  const level = POORER[dialect.level];
  return level === null ? null : { ...dialect, level };
}

/** What was found out about an endpoint and a model, here and over restarts. */
export interface Known<Found> {
  /** Null while nothing is known. */
  get(): Promise<Found | null>;
  set(found: Found): Promise<void>;
}

export function rememberDialect(name: string, memory: StoreMemory): Known<Dialect> {
  return remember(name, { memory, form: Dialect });
}

/** Finds again under a name what was found out, where it still has the form. */
export function remember<Found>(
  name: string,
  { memory, form }: { memory: StoreMemory; form: { safeParse(kept: unknown): { data?: Found } } },
): Known<Found> {
  let known: Found | null = null;
  return {
    async get() {
      known ??= form.safeParse(await memory.get(name)).data ?? null;
      return known;
    },
    async set(dialect) {
      if (JSON.stringify(known) === JSON.stringify(dialect)) return;
      known = dialect;
      await memory.set(name, dialect);
    },
  };
}
