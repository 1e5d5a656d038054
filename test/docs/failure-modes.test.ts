import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/failure-modes.md'), 'utf8');
const SECTIONS = PAGE.split(/^## /m).slice(1);

describe('docs/failure-modes.md', () => {
  it.each(SECTIONS.map((text) => [text.split('\n', 1)[0], text]))(
    'names the tests of “%s”, by titles that exist',
    (_, text) => {
      const named = [...text.matchAll(/^- Test: `([^`]+)`, “(.+)”$/gm)].map(([, file = '', title = '']) => ({
        file,
        title,
      }));
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter(({ file, title }) => !holds(file, title))).toEqual([]);
    },
  );
});

function holds(file: string, title: string): boolean {
  const path = join(ROOT, file);
  return existsSync(path) && readFileSync(path, 'utf8').includes(title);
}
