import { RE2JS } from 're2js';
import type { Drawer } from '../../decide/condition.ts';
import type { Extract as Drawn } from '../../decide/policy.ts';
import type { Extract } from '../written/intake.ts';
import { WRITINGS, type Writing } from './extract-kinds.ts';
import { compilePattern } from './pattern.ts';

/** What admins want drawn out, ready to be looked for. A pattern that the checks have refused finds nothing. */
export function extractsOf(written: readonly Extract[]): readonly Drawn[] {
  return written.map((extract) => {
    const { field, in: part, kind, patterns } = extract;
    return { field, in: part, pattern: JSON.stringify({ kind, patterns }), draw: drawerOf(extract) };
  });
}

/** Gives the value of the first pattern that finds one. */
export function drawerOf({ kind, patterns = [] }: Pick<Extract, 'kind' | 'patterns'>): Drawer {
  const own = patterns.filter((pattern) => 'find' in compilePattern(pattern)).map((pattern) => ({ pattern }));
  const writings = kind === undefined ? own : WRITINGS[kind];
  const flags = kind === undefined ? RE2JS.CASE_INSENSITIVE : 0;
  const drawers = writings.map((writing) => drawer(RE2JS.compile(writing.pattern, flags), writing));
  return (text) => drawers.reduce<ReturnType<Drawer>>((found, draw) => found ?? draw(text), null);
}

function drawer(compiled: RE2JS, { read = firstGroup }: Writing): Drawer {
  const groups = Array.from({ length: compiled.groupCount() }, (_, index) => index + 1);
  return (text) => {
    if (!compiled.test(text)) return null;
    const matcher = compiled.matcher(text);
    while (matcher.find()) {
      const match = matcher.group() ?? '';
      const value = read(
        groups.map((group) => matcher.group(group) ?? ''),
        match,
      );
      if (value !== null && value.trim() !== '') return { value, start: matcher.start(), end: matcher.end() };
    }
    return null;
  };
}

/** The group in brackets, where the pattern has one. */
function firstGroup(groups: readonly string[], match: string): string {
  return groups.find((group) => group !== '') ?? match;
}
