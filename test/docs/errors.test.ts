import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** A problem says its code and then its message; a reason, which has codes too, never has a message. */
const CODE_OF_PROBLEM = /\bcode: (?:'(?<code>[^']+)'|(?<constant>[A-Z_]+)),\s*message\b/g;

describe('docs/errors.md', () => {
  const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');
  const headings = [...page.matchAll(/^### `(.+)`$/gm)].map(([, code]) => code);
  const codes = codesIn(readSources());

  it('finds the codes that it is to explain', () => {
    expect(codes).toContain('data.in-use');
    expect(codes).toContain('ticket.not-found');
  });

  it('has a heading for every code of a problem', () => {
    expect(codes.filter((code) => !headings.includes(code))).toEqual([]);
  });

  it('explains nothing that cannot happen', () => {
    expect(headings.filter((heading) => heading === undefined || !codes.includes(heading))).toEqual([]);
  });

  it('lists them by the alphabet', () => {
    expect(headings).toEqual(headings.toSorted());
  });

  it('says of each what to do', () => {
    const entries = page.split(/^### /m).slice(1);
    expect(entries.filter((entry) => !entry.includes('**What to do:**')).map((entry) => entry.split('\n')[0])).toEqual(
      [],
    );
  });
});

function readSources(): string[] {
  return globSync('{src,connectors}/**/*.ts', { cwd: ROOT }).map((file) => readFileSync(join(ROOT, file), 'utf8'));
}

/** Every code that a problem is given, literally or by the name of a constant. */
function codesIn(source: readonly string[]): string[] {
  const all = source.join('\n');
  const constants = new Map(
    [...all.matchAll(/\bconst ([A-Z_]+)(?:: string)? = '([^']+)'/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const named = [...all.matchAll(CODE_OF_PROBLEM)].map(({ groups }) => groups?.['code'] ?? groups?.['constant'] ?? '');
  return [...new Set(named.map((name) => constants.get(name) ?? name))].toSorted();
}
