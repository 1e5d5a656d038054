import type { z } from 'zod';
import type { Finding } from './live.ts';
import { schemaFindings } from './schema-findings.ts';
import { readSource, type Source } from './source.ts';

/** A file of text with a head of keys: what stands between the two lines `---` at its top. */
export interface HeadedText<Head> {
  /** Null when it is missing or wrong. */
  head: Head | null;
  /** The head as a file of its own, whose lines are those of the whole. */
  source: Source;
  body: string;
  /** The line in which the body begins; counts from 1. */
  bodyLine: number;
  findings: readonly Finding[];
}

const HEAD = /^---[^\S\n]*\r?\n([\s\S]*?)\r?\n---[^\S\n]*(?:\r?\n|$)/;

/** Reads a text with a head of these keys; `first` is the line that no head can do without, in words. */
export function readHeaded<Schema extends z.ZodType>(
  { file, text }: { file: string; text: string },
  { schema, first }: { schema: Schema; first: string },
): HeadedText<z.output<Schema>> {
  const found = HEAD.exec(text);
  // One blank line keeps the lines of the head where they stand in the file.
  const source = readSource(file, `\n${found?.[1] ?? ''}`);
  if (found === null) return { head: null, source, body: '', bodyLine: 1, findings: [noHead(file, first)] };
  const parsed = schema.safeParse(source.value);
  const issues = parsed.success ? [] : parsed.error.issues;
  return {
    head: parsed.success ? parsed.data : null,
    source,
    body: text.slice(found[0].length),
    bodyLine: found[0].split('\n').length,
    findings: [
      ...source.faults.map((fault) => ({ ...fault, severity: 'error' as const, file, path: '' })),
      ...schemaFindings({ source, schema, at: [], value: source.value }, issues),
    ],
  };
}

function noHead(file: string, first: string): Finding {
  return {
    severity: 'error',
    file,
    line: 1,
    column: 1,
    path: first.split(':', 1)[0] ?? '',
    message: 'is missing',
    fix: `Begin the file with three lines: ---, then ${first}, then --- again.`,
  };
}
