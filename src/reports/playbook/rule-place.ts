import { type Path, readSource } from '../../config/source.ts';
import type { SourceReader } from '../../config/source-reader.ts';
import type { Stage } from '../../domain/decision.ts';
import type { EntryKey } from './entry.ts';

/** Texts of a config by their names, as a version keeps them. */
export type Files = Readonly<Record<string, string>>;

/** Where the rules of each stage stand: the file, and the list in it. */
const LISTS: Readonly<Partial<Record<Stage, readonly (readonly [string, string])[]>>> = {
  intake: [['intake.yaml', 'notTickets']],
  clarify: [['intake.yaml', 'clarify']],
  triage: [['triage.yaml', 'rules']],
  route: [['routing.yaml', 'rules']],
  handoff: [['routing.yaml', 'handoffs']],
  sla: [['sla.yaml', 'policies']],
  escalate: [['escalation.yaml', 'escalations']],
  follow_up: [['follow-up.yaml', 'checkIns']],
};

/** What the config switches on as a whole: the file, and the key in it. */
const KEYS: Readonly<Partial<Record<Stage, Readonly<Record<string, readonly [string, Path]>>>>> = {
  respond: { acknowledgement: ['desk.yaml', ['intake']], selfService: ['triage.yaml', []] },
  link: { incidents: ['triage.yaml', []] },
  follow_up: {
    closing: ['follow-up.yaml', []],
    silence: ['follow-up.yaml', []],
    summary: ['follow-up.yaml', []],
    survey: ['follow-up.yaml', []],
  },
};

/** The lines of a rule, in one version of the config. */
export interface RulePlace {
  file: string;
  line: number;
  lastLine: number;
}

/**
 * Where a rule stands in a version, by its name; null where that version has none of it.
 *
 * @param reader of whoever asks for many
 */
export function placeOfRule(
  files: Files,
  { stage, name }: EntryKey,
  reader: SourceReader = { read: readSource },
): RulePlace | null {
  for (const [file, list] of LISTS[stage] ?? []) {
    const source = reader.read(file, files[file] ?? '');
    const index = namesIn(source.value, list).indexOf(name);
    if (index >= 0) return extent(files, file, source.placeOf([list, index]));
  }
  const known = KEYS[stage];
  const [file, path] = (known !== undefined && Object.hasOwn(known, name) ? known[name] : undefined) ?? [];
  const source = file === undefined || path === undefined ? null : reader.read(file, files[file] ?? '');
  if (source === null || file === undefined || path === undefined) return null;
  const place = source.placeOfKey(path, name);
  const isThere = (files[file] ?? '').split('\n')[place.line - 1]?.trimStart().startsWith(name) === true;
  return isThere ? extent(files, file, place) : null;
}

function namesIn(value: unknown, list: string): readonly unknown[] {
  const rules = member(value, list);
  return Array.isArray(rules) ? rules.map((rule) => member(rule, 'name')) : [];
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && key in value ? Reflect.get(value, key) : undefined;
}

/** A rule goes on as long as lines are indented as deep as what it begins with, and ends before what is empty. */
function extent(files: Files, file: string, { line, column }: { line: number; column: number }): RulePlace {
  const lines = (files[file] ?? '').split('\n');
  let lastLine = line;
  for (let next = line; next < lines.length; next += 1) {
    const text = lines[next] ?? '';
    if (text.trim() === '') continue;
    const indent = text.length - text.trimStart().length;
    const isWithin = text.trimStart().startsWith('- ') ? indent >= column : indent >= Math.max(column - 1, 1);
    if (!isWithin || text.trimStart().startsWith('#')) break;
    lastLine = next + 1;
  }
  return { file, line, lastLine };
}
