import { z } from 'zod';
import { FRUSTRATIONS, SENTIMENTS } from '../../src/domain/opinion.ts';
import { SEVERITIES } from '../../src/domain/severity.ts';
import type { TriageQuestion } from '../../src/domain/triage-question.ts';

/** Servers leave out what they do not count, and some give null for it. */
const Count = z.number().min(0).nullish();

/** An answer to a request for a chat completion, as far as we read it. */
export const Completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: Count,
      completion_tokens: Count,
      prompt_tokens_details: z.object({ cached_tokens: Count }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});
export type Completion = z.infer<typeof Completion>;

/** An answer to a request for vectors: numbers, or the same as 32 bits each in base64, whatever was asked for. */
export const Embeddings = z.object({
  data: z.array(
    z.object({
      index: z.int().nullish().catch(null),
      embedding: z.union([z.array(z.number()), z.base64()]),
    }),
  ),
  usage: z.object({ prompt_tokens: Count }).nullish().catch(null),
});
export type Embeddings = z.infer<typeof Embeddings>;

/** What was found out about an endpoint for vectors. */
export const VectorDialect = z.object({
  /** Whether it takes a wish for a length. */
  dimensions: z.boolean(),
  /** Most texts to a request, and most characters of a text. */
  batch: z.int().positive(),
  longest: z.int().positive(),
  /** So many numbers its vectors have; null before the first. */
  length: z.int().positive().nullable(),
});
export type VectorDialect = z.infer<typeof VectorDialect>;

/** Why a request was refused, as far as its server says so. */
export const Refusal = z.object({
  status: z.number().optional(),
  code: z.coerce.string().nullish().catch(null),
  param: z.string().nullish().catch(null),
  type: z.string().nullish().catch(null),
  message: z.string().catch(''),
});

/** A word, or anything else that is none. */
const Word = z.string().trim().nullable().catch(null).default(null);

/** What a model answered. What is no text counts as nothing said; only a category must be there, if only as null. */
export const ModelAnswer = z.object({
  category: z.string().trim().nullable(),
  severity: Word,
  product: Word,
  language: Word,
  sentiment: Word,
  frustration: Word,
  intent: Word,
  quote: Word,
  reason: Word,
  summary: Word,
  /** By `fieldKey`. */
  fields: z.record(z.string(), z.string()).default({}),
});
export type ModelAnswer = z.infer<typeof ModelAnswer>;

/** What a model wrote as a draft, and the names of what it wrote it from. */
export const DraftAnswer = z.object({
  draft: Word,
  sources: z
    .union([z.string(), z.array(z.string())])
    .nullable()
    .catch(null)
    .default(null)
    .transform((said) => [said ?? []].flat().flatMap((each) => each.match(/\bS\d{1,2}\b/g) ?? [])),
});
export type DraftAnswer = z.infer<typeof DraftAnswer>;

/** What was found out about an endpoint: the most that it can do, and which words it does not take. */
export const Dialect = z.object({
  level: z.enum(['json_schema', 'json_object', 'text']),
  /** Models that think first take no temperature. */
  temperature: z.boolean(),
  effort: z.boolean(),
  /** What the longest answer is called. */
  limit: z.enum(['max_tokens', 'max_completion_tokens', 'none']),
  /** Whether the answer needs more room, as thoughts are counted with it. */
  roomy: z.boolean(),
});
export type Dialect = z.infer<typeof Dialect>;

/** The key of a field that nobody said yet: its own name may be anything. */
export function fieldKey(index: number): string {
  return `field_${index + 1}`;
}

/** The form of a draft; names of sources are one text, as some servers know no lists. */
export function draftSchema() {
  const properties = { draft: oneOf(null), sources: oneOf(null) };
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/**
 * The form of an answer, in what all servers understand of JSON schema: one flat object, all keys required, texts or
 * null, no limits of length.
 */
export function answerSchema({ categories, products, intents, missing, summaryFor }: TriageQuestion) {
  const text = oneOf(null);
  const properties: Record<string, unknown> = {
    category: oneOf(categories.map(({ name }) => name)),
    severity: oneOf(SEVERITIES),
    ...(products.length > 0 && { product: oneOf(products) }),
    language: text,
    sentiment: oneOf(SENTIMENTS),
    frustration: oneOf(FRUSTRATIONS),
    ...(intents.length > 0 && { intent: oneOf(intents.map(({ name }) => name)) }),
    ...Object.fromEntries(
      missing.map(({ choices }, index) => [fieldKey(index), choices.length === 0 ? text : oneOf(choices)]),
    ),
    quote: text,
    reason: text,
    ...(summaryFor.length > 0 && { summary: text }),
  };
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function oneOf(values: readonly string[] | null) {
  return { anyOf: [{ type: 'string', ...(values !== null && { enum: values }) }, { type: 'null' }] };
}
