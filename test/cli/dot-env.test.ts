import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withVariables, writeDotEnv } from '../../src/cli/dot-env.ts';

describe('the text of .env', () => {
  it.each([
    ['', 'A_TOKEN=pat.1\n'],
    ['PORT=3000\n', 'PORT=3000\nA_TOKEN=pat.1\n'],
    ['PORT=3000', 'PORT=3000\nA_TOKEN=pat.1\n'],
    ['# ours\nA_TOKEN=old\n\nPORT=3000\n', '# ours\nA_TOKEN=pat.1\n\nPORT=3000\n'],
    ['export A_TOKEN="old" # note\nB_A_TOKEN=x\n', 'A_TOKEN=pat.1\nB_A_TOKEN=x\n'],
    ['#A_TOKEN=off\n', '#A_TOKEN=off\nA_TOKEN=pat.1\n'],
    ['A_TOKEN=one\nA_TOKEN=two\n', 'A_TOKEN=pat.1\nA_TOKEN=pat.1\n'],
  ])('gets a variable in its old place or at the end: %j', (before, after) => {
    expect(withVariables(before, { A_TOKEN: 'pat.1' })).toBe(after);
  });

  it.each(['with space', 'a#b', "it's", '$HOME $& $1', 'say "hi"'])('keeps the value %j as it is', (value) => {
    const text = withVariables('A=$1\n', { A: value });
    expect(withVariables(text, { A: value })).toBe(text);
  });

  it('refuses a value that no line can hold, and does not repeat it', () => {
    expect(() => withVariables('', { A: `both ' and "` })).toThrow('The value of A cannot be written into .env.');
  });
});

describe('the file .env', () => {
  const at = { folder: '' };
  beforeEach(() => void (at.folder = mkdtempSync(join(tmpdir(), 'tabledesk-env-'))));
  afterEach(() => rmSync(at.folder, { recursive: true, force: true }));

  it('is for its owner alone, also when it was open to others', () => {
    const file = join(at.folder, '.env');
    writeFileSync(file, 'PORT=3000\n', { mode: 0o644 });
    writeDotEnv(file, { A_TOKEN: 'pat.1' });
    expect(readFileSync(file, 'utf8')).toBe('PORT=3000\nA_TOKEN=pat.1\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(at.folder)).toEqual(['.env']);
  });
});
