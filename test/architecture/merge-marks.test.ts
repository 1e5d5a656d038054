import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Left in a template or a page, they are text to the compiler and to lint. A formatter may have moved them. */
const MARKS = new RegExp(`${'<'.repeat(7)} \\w|${'>'.repeat(7)} \\w`);

describe('the files', () => {
  it('hold no marks of a merge that nobody ended', () => {
    const files = globSync(
      '{bench,bin,config,connectors,docs,simulators,src,test,tools}/**/*.{ts,js,css,md,yaml,sql}',
      {
        cwd: ROOT,
      },
    );
    const marked = files.filter((file) => MARKS.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(files.length).toBeGreaterThan(500);
    expect(marked).toEqual([]);
  });
});
