import { RE2JS, RE2JSException } from 're2js';
import type { Finder } from '../../decide/condition.ts';

/** A pattern that can be asked, or why it cannot. */
export type Pattern = { find: Finder } | { fault: string };

/**
 * Compiles an admin's regular expression with an engine whose time grows with the text and no faster,
 * so that no pattern and no message can stop the service.
 */
export function compilePattern(written: string): Pattern {
  const compiled = compile(written);
  if (!(compiled instanceof RE2JS)) return compiled;
  if (compiled.test('')) return { fault: 'it matches an empty text, and so every text' };
  return { find: (text) => find(compiled, text) };
}

function compile(written: string): RE2JS | { fault: string } {
  try {
    return RE2JS.compile(written, RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return { fault: error.message.replace('error parsing regexp: ', '') };
  }
}

/** Asking whether is several times as fast as asking where, and the answer is mostly no. */
function find(pattern: RE2JS, text: string): ReturnType<Finder> {
  if (!pattern.test(text)) return null;
  const matcher = pattern.matcher(text);
  return matcher.find() ? { start: matcher.start(), end: matcher.end() } : null;
}
