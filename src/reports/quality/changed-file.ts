import { isScalar, parseDocument, stringify } from 'yaml';
import { type Path, readSource } from '../../config/source.ts';
import type { Files } from '../playbook/rule-place.ts';
import type { FileChange } from './check.ts';

/** Which value of which rule is to be another. */
export interface Wanted {
  file: string;
  /** The list in which the rule stands. */
  list: string;
  name: string;
  path: Path;
  /** What it is to be, from what it is; null leaves the file as it is. */
  to(written: unknown): string | null;
}

/**
 * A file in which one value of one rule is another. Everything else stays as somebody wrote it, comments among it. Null
 * where the file has no such value.
 */
export function scalarChanged(files: Files, { file, list, name, path, to }: Wanted): FileChange | null {
  const before = files[file] ?? '';
  const rules = member(readSource(file, before).value, list);
  const index = Array.isArray(rules) ? rules.findIndex((rule) => member(rule, 'name') === name) : -1;
  if (index < 0) return null;
  const node = parseDocument(before).getIn([list, index, ...path], true);
  if (!isScalar(node) || !node.range) return null;
  const wanted = to(node.value);
  if (wanted === null || wanted === node.value) return null;
  const [from, until] = node.range;
  return { file, before, after: `${before.slice(0, from)}${stringify(wanted).trimEnd()}${before.slice(until)}` };
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && key in value ? Reflect.get(value, key) : undefined;
}
