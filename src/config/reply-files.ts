import { z } from 'zod';
import type { ReplyTemplate } from '../decide/policy.ts';
import { versionOf } from '../decide/replies.ts';
import { fixOfName } from './finding.ts';
import { readHeaded } from './head.ts';
import type { Finding } from './live.ts';
import { gapsOfFile, REPLY_FIELDS, templateFaults } from './replies.ts';
import type { Source } from './source.ts';
import { Condition, type WrittenCondition } from './written/condition.ts';
import { Title } from './written/words.ts';

/** What stands between the two lines `---` at the top of a reply. */
export const ReplyHead = z
  .strictObject({
    subject: z
      .string('is not text')
      .trim()
      .min(1, 'is empty')
      .max(200)
      .optional()
      .describe('The subject of the mail; it can have gaps too. Only what agents take for an answer needs none.')
      .meta({ examples: ['We have your request {{ ticket.number }}'] }),
    title: Title.optional()
      .describe('Makes it an answer that agents can take, under this name.')
      .meta({ examples: ['How to get a refund'] }),
    suggestWhen: Condition.optional()
      .describe('Suggests the answer for tickets of which this holds. It needs a title.')
      .meta({ examples: [{ category: 'billing', text: { mentions: ['refund*'] } }] }),
    why: z
      .string('is not a sentence')
      .trim()
      .min(1, 'is empty')
      .max(300)
      .optional()
      .describe('One sentence for the team: when to take this answer, and when not.')
      .meta({ examples: ['Only while the order is less than 30 days old.'] }),
  })
  .superRefine(
    (head, context) => {
      for (const [key, message] of faultsOf(head)) context.addIssue({ code: 'custom', path: [key], message });
    },
    // Whatever else is wrong with it.
    { when: ({ value }) => typeof value === 'object' && value !== null },
  );

type Head = z.output<typeof ReplyHead>;

function faultsOf({ subject, title, suggestWhen, why }: Head): readonly [key: string, message: string][] {
  if (title !== undefined) return [];
  const missing: [string, string][] = subject === undefined ? [['subject', 'is missing']] : [];
  if (suggestWhen !== undefined) missing.push(['suggestWhen', 'is of no use without a title']);
  if (why !== undefined) missing.push(['why', 'is of no use without a title']);
  return missing;
}

/** An answer that agents can take, as its file has it. */
export interface WrittenDraft {
  /** The name of the reply, without a language. */
  reply: string;
  title: string;
  why: string | null;
  suggestWhen: WrittenCondition | undefined;
  /** As findings name it: `replies/refund.md`. */
  file: `replies/${string}`;
  source: Source;
}

/** One file of `replies/`, read. */
export interface ReplyFile {
  template: ReplyTemplate;
  /** Null for a letter that only Tabledesk sends. */
  draft: WrittenDraft | null;
  findings: readonly Finding[];
}

/** Reads `replies/<name>.md`: a head with the subject, and below it the text with its gaps. */
export function readReply(file: string, name: string, text: string): ReplyFile {
  const { head, source, body, bodyLine, findings } = readHeaded(
    { file, text },
    { schema: ReplyHead, first: 'subject: and the subject of the mail' },
  );
  const subject = head?.subject ?? '';
  const title = head?.title;
  const { reply } = versionOf(name);
  const place = { file, known: title === undefined ? gapsOfFile(reply) : Object.keys(REPLY_FIELDS) };
  return {
    template: { name, subject, body: body.trim() },
    draft:
      title === undefined
        ? null
        : {
            reply,
            title,
            why: head?.why ?? null,
            suggestWhen: head?.suggestWhen,
            file: `replies/${name}.md`,
            source,
          },
    findings: [
      ...findings,
      ...gapFindings(subject, { ...place, path: 'subject', start: source.placeOf(['subject']) }),
      ...gapFindings(body, { ...place, path: '', start: { line: bodyLine, column: 1 } }),
    ],
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
