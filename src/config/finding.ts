import { nearestName } from '../kit/nearest-name.ts';
import type { Finding } from './live.ts';
import type { Path, Source } from './source.ts';

/** Values that are longer are not shown whole. */
const LONGEST_SHOWN = 60;

/** A longer list of names helps nobody. */
const LONGEST_LIST = 15;

/** Names of keys whose values nobody is to see. */
const SECRET_KEY = /token|secret|password|passphrase|api_?key/i;

/** One line for a terminal or a log: `config/triage.yaml:5:15 rules.0.then.priority: "urgant" is not a priority; …`. */
export function formatFinding({ file, line, column, path, message, fix }: Finding): string {
  const subject = path === '' ? '' : ` ${path}:`;
  return `${file}:${line}:${column}${subject} ${message}; ${withSmallStart(fix)}`;
}

function withSmallStart(sentence: string): string {
  return /^[A-Z](?![A-Z])/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

/** A finding about the value at a path. */
export function findingAt(source: Source, path: Path, what: Pick<Finding, 'severity' | 'message' | 'fix'>): Finding {
  return { ...what, file: source.file, ...source.placeOf(path), path: path.join('.') };
}

/** A finding about a key that should not be there. */
export function findingAtKey(
  source: Source,
  { path, key }: { path: Path; key: string },
  what: Pick<Finding, 'severity' | 'message' | 'fix'>,
): Finding {
  return { ...what, file: source.file, ...source.placeOfKey(path, key), path: [...path, key].join('.') };
}

/** The sentence that helps whoever wrote a name that does not exist. */
export function fixOfName(written: string, valid: readonly string[]): string {
  if (valid.length === 0) return 'There is none yet: write one first.';
  const nearest = nearestName(written, valid);
  const all = valid.length > LONGEST_LIST ? [] : [`Allowed: ${valid.join(', ')}.`];
  const question = nearest === null ? [] : [`Did you mean "${nearest}"?`];
  const some = `Allowed are ${valid.slice(0, LONGEST_LIST).join(', ')} and ${valid.length - LONGEST_LIST} more.`;
  const said = [...question, ...all];
  return said.length === 0 ? some : said.join(' ');
}

/** A value as a finding shows it; what could be a secret is not shown. */
export function shown(value: unknown, path: Path): string {
  if (path.some((key) => typeof key === 'string' && SECRET_KEY.test(key))) return 'this value';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a group of keys';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** In the order of a reader: by file, then by line. */
export function inReadingOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (one, other) => one.file.localeCompare(other.file) || one.line - other.line || one.column - other.column,
  );
}
