import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Environment } from '../../src/config/environment.ts';

const ROOT = resolve(import.meta.dirname, '../..');

const Manifest = z.object({ scripts: z.record(z.string(), z.string()) });
const Command = z.object({ bin: z.record(z.string(), z.string()) });

/** npm's own words; each leads to a script or installs. */
const NPM_ITSELF: Readonly<Record<string, string | null>> = {
  ci: null,
  install: null,
  cit: 'test',
  test: 'test',
  start: 'start',
};

/** Code, data, or what is typed. */
const BLOCK = /^```[^]*?^```$/gm;

const PAGES = globSync('{*.md,docs/**/*.md,connectors/**/*.md}', { cwd: ROOT });

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');

  it('links to files and headings that exist', () => {
    expect(linksOf(text).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });

  it('says something under every heading', () => {
    expect(emptySectionsOf(text)).toEqual([]);
  });

  it('names commands that exist', () => {
    expect(commandsOf(text).filter((command) => !exists(command))).toEqual([]);
  });
});

describe('README.md', () => {
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');

  it('names paths that exist', () => {
    const paths = [...text.matchAll(/`((?:src|docs|config|test|connectors)\/[\w./-]*)`/g)].map(([, path = '']) => path);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('names environment variables that are read', () => {
    const names = [...text.matchAll(/`([A-Z]+(?:_[A-Z]+)*)`/g)].map(([, name = '']) => name);
    expect(names).toContain('DATABASE_URL');
    expect(names.filter((name) => !(name in Environment.shape))).toEqual([]);
  });

  it('leaves room for the table of connectors', () => {
    expect(text).toMatch(/<!-- connectors:begin -->[^]*<!-- connectors:end -->/);
  });

  it('begins with commands that were tried', () => {
    expect(commandsOf(text).slice(0, 3)).toEqual(['npm ci', 'npm start', 'npx tabledesk demo']);
  });
});

/** Where the page's own links lead: not to other sites, and without those in code. */
function linksOf(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

function withoutBlocks(text: string): string {
  return text.replaceAll(BLOCK, '');
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', heading] = link.split('#');
  const target = path === '' ? join(ROOT, page) : resolve(ROOT, dirname(page), path);
  if (!existsSync(target)) return false;
  return heading === undefined || headingsOf(readFileSync(target, 'utf8')).includes(heading);
}

/** Headings as a link names them: lower case, words with hyphens, no other signs. */
function headingsOf(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** Headings with nothing below them, but for those that only lead a group of deeper ones. */
function emptySectionsOf(text: string): string[] {
  const lines = text
    .replaceAll(BLOCK, 'a block')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.filter((line, index) => {
    const [own, next] = [levelOf(line), levelOf(lines[index + 1] ?? '# ')];
    return own !== null && next !== null && next <= own;
  });
}

/** 1 for `#`, 2 for `##`; null for what is no heading. */
function levelOf(line: string): number | null {
  return /^(#+) /.exec(line)?.[1]?.length ?? null;
}

/** What a reader would type: lines of shell blocks, and `npm …` or `npx …` within a line. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, lines = '']) => lines.trim().split('\n'));
  const inline = [...withoutBlocks(text).matchAll(/`((?:npm|npx) [^`]+)`/g)].map(([, command = '']) => command);
  return [...blocks.map((line) => line.replace(/\s+#.*$/, '')), ...inline];
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}

function exists(command: string): boolean {
  const [program, word = '', name = ''] = command.split(' ');
  const { scripts } = Manifest.parse(read('package.json'));
  const { bin } = Command.parse(read('bin/package.json'));
  if (program === 'npx')
    return word in bin && (name === '' || name.startsWith('-') || existsSync(join(ROOT, `src/cli/${name}.ts`)));
  if (program !== 'npm') return existsSync(join(ROOT, program ?? ''));
  if (word === 'run') return name in scripts;
  const script = NPM_ITSELF[word];
  return script === null || (script !== undefined && script in scripts);
}
