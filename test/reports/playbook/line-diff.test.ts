import { expect, it } from 'vitest';
import { diffOfFiles } from '../../../src/reports/playbook/line-diff.ts';
import { placeOfRule } from '../../../src/reports/playbook/rule-place.ts';
import { entriesOf } from '../../../src/reports/playbook/entries.ts';
import { exampleFiles, loadedFiles } from '../../support/example-config.ts';

const LINES = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);

it('shows what changed with three lines around it, and what is far apart by itself', () => {
  const after = LINES.with(4, 'five').toSpliced(20, 1);
  const [diff] = diffOfFiles({ 'a.yaml': LINES.join('\n') }, { 'a.yaml': `${after.join('\n')}\n` });
  expect(diff).toMatchObject({ file: 'a.yaml', kind: 'changed', added: 1, removed: 2 });
  expect(
    diff?.hunks.map((lines) => lines.map(({ before, after: fresh, text }) => `${before} ${fresh} ${text}`)),
  ).toEqual([
    [
      '2 2 line 2',
      '3 3 line 3',
      '4 4 line 4',
      '5 null line 5',
      'null 5 five',
      '6 6 line 6',
      '7 7 line 7',
      '8 8 line 8',
    ],
    [
      '18 18 line 18',
      '19 19 line 19',
      '20 20 line 20',
      '21 null line 21',
      '22 21 line 22',
      '23 22 line 23',
      '24 23 line 24',
    ],
  ]);
});

it('names files that came and went, and none that stayed', () => {
  const found = diffOfFiles(
    { 'a.yaml': 'x: 1\n', 'b.yaml': 'same\n' },
    { 'b.yaml': 'same\n', 'c.yaml': 'y: 1\nz: 2\n' },
  );
  expect(found.map(({ file, kind, added, removed }) => `${file} ${kind} ${added} ${removed}`)).toEqual([
    'a.yaml removed 0 1',
    'c.yaml added 2 0',
  ]);
});

it('tells two long files apart without looking for the shortest way', () => {
  const [one, other] = ['a', 'b'].map((letter) => Array.from({ length: 2000 }, (_, index) => `${letter}${index}`));
  const [diff] = diffOfFiles({ f: (one ?? []).join('\n') }, { f: (other ?? []).join('\n') });
  expect(diff).toMatchObject({ added: 2000, removed: 2000 });
});

it('finds every rule of a desk in its files', () => {
  const config = loadedFiles(exampleFiles('bramble'));
  for (const { stage, name, place } of entriesOf(config)) {
    const found = placeOfRule(config.files, { stage, name });
    expect(`${found?.file}:${found?.line}`).toBe(place);
    expect(found?.lastLine).toBeGreaterThanOrEqual(found?.line ?? 0);
  }
});
