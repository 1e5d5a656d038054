import type { Json } from '../../src/kit/json-value.ts';

/** An answer as it came, under `q<id>_<name>`. */
export interface Said {
  key: string;
  id: string;
  name: string;
  value: Json;
  text: string;
}

/** Longer questions are rather several with what was answered. */
const LONGEST_LABEL = 200;

/**
 * Questions as people read them, by the keys of their answers, out of `Label:value, Label:value`. As labels and values
 * may hold commas and colons, a label counts only where it stands before an answer that we know, after the one before.
 */
export function labelsIn(pretty: string, said: readonly Said[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  let from = 0;
  for (const { key, text } of said) {
    const at = text === '' ? -1 : pretty.indexOf(`:${text}`, from);
    if (at < 0) continue;
    const label = pretty
      .slice(from, at)
      .replace(/^\s*,\s*/, '')
      .trim();
    from = at + 1 + text.length;
    if (label !== '' && label.length <= LONGEST_LABEL && !label.includes(':')) labels.set(key, label);
  }
  return labels;
}
