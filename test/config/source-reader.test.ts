import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Path, readSource, type Source } from '../../src/config/source.ts';
import { createSourceReader } from '../../src/config/source-reader.ts';
import { fc } from '../support/properties.ts';

/** Everything that a source says of a text. */
function said(source: Source) {
  const paths = [[], ['nothing'], ...pathsIn(source.value)];
  return {
    value: source.value,
    faults: source.faults,
    places: paths.map((path) => source.placeOf(path)),
    missing: paths.map((path) => source.placeOf([...path, 'missing'])),
    beyond: paths.map((path) => source.placeOf([...path, 99])),
    keys: paths.map((path) => source.placeOfKey(path.slice(0, -1), String(path.at(-1)))),
    missingKeys: paths.map((path) => source.placeOfKey(path, 'missing')),
  };
}

function pathsIn(value: unknown): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, held]) => [[key], ...pathsIn(held).map((rest) => [key, ...rest])]);
}

const EXAMPLE = 'config/examples/shop';
const EXAMPLES = readdirSync(EXAMPLE)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(join(EXAMPLE, name), 'utf8'));

const FILE = `# A comment.
name: "Two
  lines"
rules:
  # About the first.
  - name: One
    note: |
      - this is text
      # and so is this

    when: { a: [1,
      2] }

  - { name: Two, then: {} }
  -   - nested
      - list
  - plain
    text
empty:
other: { a: 1 }
list:
- a: 1
  b:
    - c
- d
folded: >-
  - no
  - list
bare:
  key: 1
`;

/** What people change of a line, and what could make lines belong together that did not. */
const CHANGES: readonly ((line: string) => string)[] = [
  () => '',
  (line) => `${line}\n${line}`,
  (line) => ` ${line}`,
  (line) => line.replace(/^ /, ''),
  (line) => `\t${line}`,
  (line) => `# ${line}`,
  (line) => `${line} # more`,
  (line) => line.replace(/: /, ': &a '),
  (line) => line.replace(/: \S+/, ': *a'),
  (line) => line.replace(/(\w+)$/, '"$1'),
  (line) => line.replace(/[\]}]/, ''),
  (line) => line.replace(/:$/, ': |'),
  (line) => line.replace(/- /, '-\n    '),
  (line) => `- ${line}`,
  (line) => `${line}\r`,
  () => '---',
  () => '...',
  () => 'name: again',
  () => '? odd',
];

const change = fc.record({ at: fc.nat(), by: fc.constantFrom(...CHANGES) });

function changed(text: string, changes: readonly { at: number; by: (line: string) => string }[]): string {
  return changes.reduce((before, { at, by }) => {
    const lines = before.split('\n');
    return lines.with(at % lines.length, by(lines[at % lines.length] ?? '')).join('\n');
  }, text);
}

describe('a file that is read again', () => {
  it('says what it would say to whoever reads it for the first time, values and places', () => {
    const reader = createSourceReader();
    fc.assert(
      fc.property(fc.constantFrom(FILE, ...EXAMPLES), fc.array(change, { maxLength: 3 }), (before, changes) => {
        const text = changed(before, changes);
        expect(said(reader.read('a.yaml', text))).toEqual(said(readSource('a.yaml', text)));
      }),
      { numRuns: 250 },
    );
  });

  it.each([
    '',
    '\n',
    '# nothing\n',
    '- a\n- b\n',
    'text',
    '\uFEFFname: a\n',
    'a: 1\nb: 2',
    '"a": 1\n',
    '__proto__: 1\n',
  ])('whatever it is: %j', (text) => {
    expect(said(createSourceReader().read('a.yaml', text))).toEqual(said(readSource('a.yaml', text)));
  });
});
