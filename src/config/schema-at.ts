import { z } from 'zod';
import type { Path } from './source.ts';
import { isOpenField } from './written/condition.ts';
import { AnyFieldTest } from './written/field-test.ts';

/** The schemas that can stand at a path of a value: several where a value can be one of several things. */
function schemasAt(schema: z.core.$ZodType, path: Path): readonly z.core.$ZodType[] {
  let here = plainSchemas(schema);
  for (const key of path) here = here.flatMap((each) => stepInto(each, key)).flatMap(plainSchemas);
  return here;
}

/** The keys that the groups at a path can have. */
export function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  return schemasAt(schema, path).flatMap((each) => (each instanceof z.ZodObject ? Object.keys(each.shape) : []));
}

/** What a schema's author said of the values at a path; where nothing was said, of the group around them. */
export function wordsAt(schema: z.core.$ZodType, path: Path): { description: string | null; example: unknown } {
  const words = ownWordsAt(schema, path);
  if (words.description !== null || words.example !== undefined || path.length === 0) return words;
  return wordsAt(schema, path.slice(0, -1));
}

function ownWordsAt(schema: z.core.$ZodType, path: Path): { description: string | null; example: unknown } {
  let description: string | null = null;
  let example: unknown;
  for (const each of wrappersAt(schema, path)) {
    const meta = z.globalRegistry.get(each);
    description ??= meta?.description ?? null;
    example ??= Array.isArray(meta?.['examples']) ? meta['examples'][0] : undefined;
  }
  return { description, example };
}

/** The schema at a path from the outermost wrapper to the innermost: each may say something of itself. */
function wrappersAt(schema: z.core.$ZodType, path: Path): readonly z.core.$ZodType[] {
  const last = path.at(-1);
  if (last === undefined) return unwrapped(schema);
  return schemasAt(schema, path.slice(0, -1))
    .flatMap((each) => stepInto(each, last))
    .flatMap(unwrapped);
}

/** A schema and everything inside its wrappers. */
function unwrapped(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  return [schema, ...innerOf(schema).flatMap(unwrapped)];
}

function plainSchemas(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const inner = innerOf(schema);
  return inner.length === 0 ? [schema] : inner.flatMap(plainSchemas);
}

/** What a wrapper wraps: a default, an alternative, a transformation. Nothing of a schema that is no wrapper. */
function innerOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return [schema.unwrap()];
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return [schema.unwrap()];
  if (schema instanceof z.ZodLazy) return [schema.unwrap()];
  if (schema instanceof z.ZodPipe) return [schema.in];
  if (schema instanceof z.ZodUnion) return schema.options;
  return [];
}

function stepInto(schema: z.core.$ZodType, key: string | number): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodArray) return typeof key === 'number' ? [schema.element] : [];
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (!(schema instanceof z.ZodObject)) return [];
  const member = schema.shape[key];
  if (member !== undefined) return [member];
  return typeof key === 'string' && isOpenField(key) ? [AnyFieldTest] : [];
}
