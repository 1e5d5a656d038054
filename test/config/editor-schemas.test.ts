import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { CONNECTORS } from '../../connectors/index.ts';
import { checkConfig } from '../../src/config/load.ts';
import { readSource } from '../../src/config/source.ts';
import { CONFIG_FILES, type ConfigFile } from '../../src/config/written/index.ts';
import { fc } from '../support/properties.ts';

const CONFIG = resolve(import.meta.dirname, '../../config');

/** What an editor validates by: the files that are generated, as they stand in the repository. */
const SCHEMAS = Object.fromEntries(Object.keys(CONFIG_FILES).map((file) => [file, readSchema(file)])) as Record<
  ConfigFile,
  object
>;

function readSchema(file: string): object {
  return JSON.parse(readFileSync(join(CONFIG, 'schema', file.replace('.yaml', '.schema.json')), 'utf8')) as object;
}

/** Formats are told by patterns beside them; unknown keywords and wrong ones are refused. */
const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, validateFormats: false });
const compiled = new Map<ConfigFile, ValidateFunction>();

function editorTakes(file: ConfigFile, value: unknown): boolean {
  return compiled.getOrInsertComputed(file, () => ajv.compile(SCHEMAS[file]))(value);
}

/** What `check` has against the file, other than what only a program can look up, such as whether a time zone exists. */
function faultsFound(file: ConfigFile, value: unknown) {
  const { issues = [] } = CONFIG_FILES[file].schema.safeParse(value).error ?? {};
  return { all: issues, ofShape: issues.filter(({ code }) => code !== 'custom') };
}

/** The files in which `check` finds errors, each once. */
function refusedFiles(file: ConfigFile, text: string): readonly string[] {
  const given = { folder: 'config', environment: {}, connectors: CONNECTORS };
  const result = checkConfig({ 'desk.yaml': 'name: Test desk\n', [file]: text }, given);
  const errors = 'findings' in result ? result.findings.filter(({ severity }) => severity === 'error') : [];
  return [...new Set(errors.map((finding) => finding.file))];
}

const WRITTEN = globSync('{.,examples/*}/*.yaml', { cwd: CONFIG }).map((path) => {
  const text = readFileSync(join(CONFIG, path), 'utf8');
  return { path, file: basename(path) as ConfigFile, value: readSource(path, text).value };
});

const RULE = 'rules: [{ name: A, why: w, owner: o, when: { channel: website }, then: { priority: high } }]\n';
const POLICY = 'policies: [{ name: A, why: w, owner: o, targets: { first_reply: 1h } }]\n';
const ESCALATION =
  'escalations: [{ name: A, why: w, owner: o, when: { priority: high }, priority: unchanged, ' +
  'notify: { who: [Ana], by: email }, accountable: Ana, customer: none, until: resolved }]\n';

describe('the schemas for editors', () => {
  it.each(Object.keys(CONFIG_FILES) as ConfigFile[])('are of draft 7, as that of %s', (file) => {
    expect(ajv.validateSchema(SCHEMAS[file])).toBe(true);
    expect(() => editorTakes(file, {})).not.toThrow();
  });

  it.each(WRITTEN)('take $path', ({ file, value }) => {
    expect(editorTakes(file, value)).toBe(true);
  });

  it('agree with check, whatever is changed in a file', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WRITTEN), fc.nat(), fc.constantFrom(...CHANGES), ({ file, value }, at, change) => {
        const paths = pathsIn(value).filter((path) => !path.includes('settings') && path.at(-1) !== 'kind');
        const changed = withChange(value, paths[at % paths.length] ?? [], change);
        const { all, ofShape } = faultsFound(file, changed);
        if (editorTakes(file, changed)) expect(ofShape).toEqual([]);
        else expect(all).not.toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it.each<[what: string, file: ConfigFile, text: string]>([
    ['a key that is none', 'triage.yaml', 'rule: []\n'],
    ['a word that is none of the allowed ones', 'triage.yaml', 'defaultPriority: urgent\n'],
    ['a field that no ticket has', 'triage.yaml', RULE.replace('channel', 'chanel')],
    ['a test that is none', 'triage.yaml', RULE.replace('website', '{ abov: 3 }')],
    ['a rule without its why', 'triage.yaml', RULE.replace('why: w, ', '')],
    ['a rule that sets what it cannot', 'triage.yaml', RULE.replace('priority', 'queue')],
    ['a length of time that is none', 'sla.yaml', POLICY.replace('1h', '1 hour')],
    ['an escalation with a missing part', 'escalation.yaml', ESCALATION.replace('priority: unchanged, ', '')],
    ['a secret in place of its name', 'channels.yaml', 'channels: { a: { kind: json, token: hunter2 } }\n'],
    ['a kind of channel that there is not', 'channels.yaml', 'channels: { a: { kind: jsn } }\n'],
    [
      'a setting that a kind does not know',
      'channels.yaml',
      'channels: { a: { kind: form, settings: { intr: x } } }\n',
    ],
    ['a kind of store that there is not', 'desk.yaml', 'store: { kind: embeded }\n'],
    ['a list for a group of keys', 'desk.yaml', '- name: x\n'],
  ])('refuse %s, as check does', (_what, file, text) => {
    expect(editorTakes(file, readSource(file, text).value)).toBe(false);
    expect(refusedFiles(file, text)).toEqual([`config/${file}`]);
  });

  it.each<[what: string, file: ConfigFile, text: string]>([
    ['which days and hours there are', 'people.yaml', 'calendars: { office: { hours: { Mon-Fry: 09:00-17:00 } } }\n'],
    ['which time zones there are', 'desk.yaml', 'timeZone: Europe/Belrin\n'],
    ['which names other files give', 'triage.yaml', 'reviewQueue: revew\n'],
  ])('leave to check %s', (_what, file, text) => {
    expect(editorTakes(file, readSource(file, text).value)).toBe(true);
    expect(refusedFiles(file, text)).toEqual([`config/${file}`]);
  });

  it.each<[file: ConfigFile, text: string]>([
    ['triage.yaml', RULE],
    ['sla.yaml', POLICY],
    ['escalation.yaml', ESCALATION],
  ])('take what was right before it was broken: %s', (file, text) => {
    expect(editorTakes(file, readSource(file, text).value)).toBe(true);
  });
});

type Path = readonly (string | number)[];

/** What somebody gets wrong of a value. */
const CHANGES: readonly unknown[] = [undefined, 'wrong', '', -1, 1.5, true, [], {}, { unknown: 1 }, ['wrong', 'wrong']];

function pathsIn(value: unknown): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, held]) => [[key], ...pathsIn(held).map((rest) => [key, ...rest])]);
}

/** The value with something else at a path; without it where that is nothing. */
function withChange(value: unknown, [key, ...rest]: Path, change: unknown): unknown {
  if (key === undefined) return change;
  if (Array.isArray(value)) {
    const items: unknown[] = value.map((item, index) => (index === key ? withChange(item, rest, change) : item));
    return items.filter((item) => item !== undefined);
  }
  const entries = Object.entries(value ?? {}).map(([name, held]) => [
    name,
    name === key ? withChange(held, rest, change) : held,
  ]);
  return Object.fromEntries(entries.filter(([, held]) => held !== undefined));
}
