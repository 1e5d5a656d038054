import { z } from 'zod';
import type { ReplyTemplate } from '../decide/policy.ts';
import { fixOfName } from './finding.ts';
import type { Finding } from './live.ts';
import { gapsOfFile, templateFaults } from './replies.ts';
import { schemaFindings } from './schema-findings.ts';
import { readSource } from './source.ts';

/** What stands between the two lines `---` at the top of a reply. */
export const ReplyHead = z.strictObject({
  subject: z
    .string('is not text')
    .trim()
    .min(1, 'is empty')
    .max(200)
    .describe('The subject of the mail; it can have gaps too.')
    .meta({ examples: ['We have your request {{ ticket.number }}'] }),
});

const HEAD = /^---[^\S\n]*\r?\n([\s\S]*?)\r?\n---[^\S\n]*(?:\r?\n|$)/;

/** One file of `replies/`, read. */
export interface ReplyFile {
  template: ReplyTemplate;
  findings: readonly Finding[];
}

/** Reads `replies/<name>.md`: a head with the subject, and below it the text with its gaps. */
export function readReply(file: string, name: string, text: string): ReplyFile {
  const head = HEAD.exec(text);
  if (head === null) return { template: { name, subject: '', body: '' }, findings: [noHead(file)] };
  // One blank line keeps the lines of the head where they stand in the file.
  const source = readSource(file, `\n${head[1] ?? ''}`);
  const body = text.slice(head[0].length);
  const parsed = ReplyHead.safeParse(source.value);
  const wrong = parsed.success
    ? []
    : schemaFindings({ source, schema: ReplyHead, at: [], value: source.value }, parsed.error.issues);
  const subject = parsed.data?.subject ?? '';
  const place = { file, known: gapsOfFile(name) };
  return {
    template: { name, subject, body: body.trim() },
    findings: [
      ...source.faults.map((fault) => ({ ...fault, severity: 'error' as const, file, path: '' })),
      ...wrong,
      ...gapFindings(subject, { ...place, path: 'subject', start: source.placeOf(['subject']) }),
      ...gapFindings(body, { ...place, path: '', start: { line: linesIn(head[0]), column: 1 } }),
    ],
  };
}

function noHead(file: string): Finding {
  return {
    severity: 'error',
    file,
    line: 1,
    column: 1,
    path: 'subject',
    message: 'is missing',
    fix: 'Begin the file with three lines: ---, then subject: and the subject of the mail, then --- again.',
  };
}

interface Template {
  file: string;
  /** The gaps that it can have. */
  known: readonly string[];
  path: string;
  /** Where the text begins in the file. */
  start: { line: number; column: number };
}

function gapFindings(text: string, { file, known, path, start }: Template): readonly Finding[] {
  return templateFaults(text, known).map(({ line, column, message, unknownField }) => ({
    severity: 'error',
    file,
    line: start.line + line - 1,
    column: line === 1 ? start.column + column - 1 : column,
    path,
    message,
    fix:
      unknownField === null
        ? 'Gaps are written {{ ticket.number }}; docs/reference/config.md lists them.'
        : fixOfName(unknownField, known),
  }));
}

/** How many lines a text takes, the one that follows it included. */
function linesIn(text: string): number {
  return text.split('\n').length;
}
