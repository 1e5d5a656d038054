import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingsOf } from '../support/config.ts';

const DOCS = join(import.meta.dirname, '../../docs');

/** Every file that a page shows, with what it needs around it. */
function filesOf(page: string): Readonly<Record<string, string>> {
  const text = readFileSync(join(DOCS, page), 'utf8');
  const shown = [...text.matchAll(/```yaml\n# (\w+\.yaml)\n([\s\S]*?)```/g)];
  return Object.fromEntries(shown.map(([, file = '', yaml = '']) => [file, yaml]));
}

describe.each(['review.md', 'frustration.md'])('the examples of %s', (page) => {
  it('are taken as they stand', () => {
    const files = filesOf(page);
    expect(Object.keys(files)).not.toEqual([]);
    expect(findingsOf({ 'desk.yaml': 'name: Test desk\nstore: { kind: base }\n', ...files })).toEqual([]);
  });
});
