import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

describe('docs/glossary.md', () => {
  const page = readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8');
  const entries = [...page.matchAll(/^### (.+)$/gm)].flatMap(([, heading = '']) => heading.toLowerCase().split(', '));

  it('has an entry for every noun of src/domain', () => {
    const nouns = globSync('src/domain/*.ts', { cwd: ROOT }).map((file) => basename(file, '.ts').replaceAll('-', ' '));
    const words = entries.map((entry) => entry.replaceAll('-', ''));
    expect(nouns).toContain('ticket');
    expect(nouns.filter((noun) => !words.includes(noun))).toEqual([]);
  });

  it('explains each word once', () => {
    expect(entries).toEqual([...new Set(entries)]);
  });
});
