import type { z } from 'zod';
import { OPEN_FIELDS } from '../decide/conditions/fields.ts';
import { findingAt, findingAtKey, fixOfName, shown } from './finding.ts';
import type { Finding } from './live.ts';
import { keysAt, wordsAt } from './schema-at.ts';
import type { Path, Source } from './source.ts';

type Issue = z.core.$ZodIssue;

/** What a schema expected, in words. */
const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

const BEGINNINGS: readonly string[] = Object.values(OPEN_FIELDS);

/** One part of a file that is checked by a schema of its own. */
export interface Checked {
  source: Source;
  schema: z.core.$ZodType;
  /** Where the part stands in the file. */
  at: Path;
  value: unknown;
}

/** What a schema found, in the words of whoever wrote the file. */
export function schemaFindings(checked: Checked, issues: readonly Issue[]): readonly Finding[] {
  const found = issues.flatMap((issue) => findingsOf(checked, issue, []));
  return found.filter((finding, index) => !isOutdone(finding, index, found));
}

/** Told already, or told more exactly by a finding further in. */
function isOutdone(finding: Finding, index: number, found: readonly Finding[]): boolean {
  return found.some(
    ({ path }, other) => (path === finding.path && other < index) || path.startsWith(`${finding.path}.`),
  );
}

function findingsOf(checked: Checked, issue: Issue, within: Path): readonly Finding[] {
  const path = [...within, ...issue.path.map(keyOf)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(checked, path, key));
    case 'invalid_union':
      return ofUnion(checked, issue, path);
    case 'invalid_key':
      return [wrongKey(checked, issue, path)];
    default:
      return [wrongValue(checked, issue, path)];
  }
}

function unknownKey({ source, schema, at }: Checked, path: Path, key: string): Finding {
  const keys = keysAt(schema, path);
  const isCondition = keys.includes('requester.email');
  const spot = { path: [...at, ...path], key };
  if (isCondition && BEGINNINGS.includes(key.trim())) {
    const message = `"${key.trim()}" is only the beginning of a name`;
    return findingAtKey(source, spot, { severity: 'error', message, fix: `Name a field, as in ${key.trim()}Plan.` });
  }
  const more = isCondition ? ' Fields of your own begin with requester.account., fields. or row.' : '';
  const fix = `${fixOfName(key, keys)}${more}`;
  return findingAtKey(source, spot, { severity: 'error', message: `"${key}" is not a key here`, fix });
}

/**
 * A value that could be one of several things: the thing that it most looks like is the one that was
 * meant, and only what is wrong with that is told.
 */
function ofUnion(checked: Checked, issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): readonly Finding[] {
  const meant = issue.errors.find((issues) => !issues.some(isAboutWhole));
  if (meant !== undefined) return meant.flatMap((each) => findingsOf(checked, each, path));
  const all = issue.errors.flat();
  const best = all.find(isOurs) ?? all.find(({ code }) => code === 'invalid_value') ?? all.at(-1) ?? issue;
  return [wrongValue(checked, best, path)];
}

function isAboutWhole(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

/** Our own messages begin with a verb and go after the value, or with the value itself. */
function isOurs({ message }: Issue): boolean {
  return /^(is|ends|") ?/.test(message);
}

function wrongKey({ source, at }: Checked, issue: Extract<Issue, { code: 'invalid_key' }>, path: Path): Finding {
  const key = String(path.at(-1) ?? '');
  return findingAtKey(
    source,
    { path: [...at, ...path.slice(0, -1)], key },
    { severity: 'error', message: `"${key}" ${issue.issues[0]?.message ?? 'is not a name'}`, fix: 'Rename it.' },
  );
}

function wrongValue({ source, schema, at, value }: Checked, issue: Issue, path: Path): Finding {
  const given = valueAt(value, path);
  const words = wordsAt(schema, path);
  const message = given === undefined ? 'is missing' : messageOf(issue, given, [...at, ...path]);
  const fix = given === undefined ? fixOfMissing(words) : fixOf(issue, given, words);
  return findingAt(source, [...at, ...path], { severity: 'error', message, fix });
}

function messageOf(issue: Issue, given: unknown, path: Path): string {
  const value = shown(given, path);
  if (issue.code === 'too_small' && typeof given === 'number') return `${value} is too little`;
  if (issue.code === 'too_big' && typeof given === 'number') return `${value} is too much`;
  if (issue.message.startsWith('"')) return issue.message;
  if (isOurs(issue))
    return issue.code === 'custom' && typeof given === 'object' ? issue.message : `${value} ${issue.message}`;
  if (issue.code === 'invalid_type') return `${value} is not ${EXPECTED[issue.expected] ?? issue.expected}`;
  if (issue.code === 'too_small') return `${value} is too short`;
  if (issue.code === 'too_big') return `${value} is too long`;
  if (issue.code === 'invalid_value') return `${value} is not one of the allowed values`;
  if (issue.code === 'invalid_format') return `${value} does not look as it must`;
  return `${value} does not fit: ${issue.message}`;
}

interface Words {
  description: string | null;
  example: unknown;
}

function fixOf(issue: Issue, given: unknown, words: Words): string {
  if (issue.code === 'invalid_value' && issue.values.length > 1) {
    return fixOfName(String(given), issue.values.map(String));
  }
  if (issue.code === 'too_small' && typeof given === 'number') return `At least ${String(issue.minimum)}.`;
  if (issue.code === 'too_big' && typeof given === 'number') return `At most ${String(issue.maximum)}.`;
  return exampleOf(words) ?? words.description ?? 'See docs/reference/config.md for what fits here.';
}

function fixOfMissing(words: Words): string {
  const what = words.description ?? 'See docs/reference/config.md for what fits here.';
  return [`Add it. ${what}`, exampleOf(words)].filter((part) => part !== null).join(' ');
}

function exampleOf({ example }: Words): string | null {
  if (example === undefined) return null;
  const text = typeof example === 'string' ? example : JSON.stringify(example);
  return `For example: ${text.replace(/\.$/, '')}.`;
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const key of path) {
    if (here === null || typeof here !== 'object') return undefined;
    here = Object.entries(here).find(([name]) => name === String(key))?.[1];
  }
  return here;
}

function keyOf(key: PropertyKey): string | number {
  return typeof key === 'symbol' ? String(key) : key;
}
