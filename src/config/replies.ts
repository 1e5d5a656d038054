import { Liquid, LiquidError, type Template, type Variable } from 'liquidjs';
import type { ReplyTemplate } from '../decide/policy.ts';
import { Problem } from '../domain/problem.ts';

/** What a reply can say of the ticket. `docs/reference/config.md` lists it. */
export interface ReplyValues {
  ticket: { number: string; subject: string; status: string; category: string; priority: string };
  requester: { name: string; email: string };
  desk: { name: string };
  /** What the agent wrote: only there in the template `reply`. */
  reply?: { text: string; author: string };
}

/** The gaps that a template can have, with what fills them. */
export const REPLY_FIELDS: Readonly<Record<string, string>> = {
  'ticket.number': 'The number, as T-1042.',
  'ticket.subject': 'What the ticket is about, as the requester put it.',
  'ticket.status': 'Where the ticket stands.',
  'ticket.category': 'What triage says it is; empty when it says nothing.',
  'ticket.priority': 'How soon it is to be done.',
  'requester.name': 'Who asks.',
  'requester.email': 'The address of who asks.',
  'desk.name': 'The name of your desk.',
  'reply.text': 'What the agent wrote. In the template reply alone.',
  'reply.author': 'Who wrote it. In the template reply alone.',
};

/** The template around what an agent writes; the only one with `reply.text`. */
export const AGENT_REPLY = 'reply';

/** Something wrong with a template. Lines and columns count from 1, within the text that was given. */
export interface TemplateFault {
  line: number;
  column: number;
  message: string;
  /** The gap that nothing fills, when that is the fault. */
  unknownField: string | null;
}

/**
 * Fills the gaps of a template. The subject comes back on one line, so that it can stand in a mail's
 * header. Throws `config.reply-unfillable` when a gap has no value; the config check keeps that from
 * happening.
 */
export function renderReply(template: ReplyTemplate, values: ReplyValues): { subject: string; text: string } {
  try {
    const { subject, text } = filled(parsed(template), values);
    return { subject: subject.replaceAll(/\s+/g, ' ').trim(), text: text.trim() };
  } catch (cause) {
    throw unfillable(template.name, cause);
  }
}

/** A template that was read once, for all the replies that it makes. */
interface Parsed {
  liquid: Liquid;
  subject: Template[];
  body: Template[];
}

const PARSED = new WeakMap<ReplyTemplate, Parsed>();

function parsed(template: ReplyTemplate): Parsed {
  const known = PARSED.get(template);
  if (known !== undefined) return known;
  const liquid = engine();
  const fresh = { liquid, subject: liquid.parse(template.subject), body: liquid.parse(template.body) };
  PARSED.set(template, fresh);
  return fresh;
}

function filled({ liquid, subject, body }: Parsed, values: ReplyValues): { subject: string; text: string } {
  return { subject: String(liquid.renderSync(subject, values)), text: String(liquid.renderSync(body, values)) };
}

/** What is wrong with a template's text; an empty list when every gap can be filled. */
export function templateFaults(text: string, name: string): readonly TemplateFault[] {
  const known = fieldsFor(name);
  let gaps: readonly Variable[];
  try {
    gaps = gapsOf(text);
  } catch (error) {
    return [syntaxFault(error)];
  }
  return gaps
    .map((variable) => ({ field: variable.segments.map(String).join('.'), ...variable.location }))
    .filter(({ field }) => !known.includes(field))
    .map(({ field, row, col }) => ({
      line: row,
      column: col,
      message: `"${field}" is not a field of a reply`,
      unknownField: field,
    }));
}

function gapsOf(text: string): readonly Variable[] {
  const liquid = engine();
  return Object.values(liquid.analyzeSync(liquid.parse(text)).globals).flat();
}

/** The names of the gaps that a template of this name can have. */
export function fieldsFor(name: string): readonly string[] {
  return Object.keys(REPLY_FIELDS).filter((field) => name === AGENT_REPLY || !field.startsWith('reply.'));
}

/** Plain text: nothing is escaped. A template is one file, so that the tags which read others are gone. */
function engine(): Liquid {
  const liquid = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true, templates: {} });
  for (const tag of ['include', 'render', 'layout', 'block']) delete liquid.tags[tag];
  return liquid;
}

function syntaxFault(error: unknown): TemplateFault {
  if (!LiquidError.is(error)) throw error;
  const [line, column] = error.token.getPosition();
  const message = error.message.replace(/,? ?(file:.*?, )?line:\d+, col:\d+$/, '');
  return { line: line ?? 1, column: column ?? 1, message, unknownField: null };
}

function unfillable(name: string, cause: unknown): Problem {
  const said = cause instanceof Error ? cause.message : 'it cannot be read';
  return new Problem(
    {
      code: 'config.reply-unfillable',
      message: `The reply template ${name} cannot be filled in: ${said}.`,
      fix: `Mend replies/${name}.md in the config folder; tabledesk check names the place.`,
    },
    { cause },
  );
}
