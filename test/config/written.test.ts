import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CONNECTORS } from '../../connectors/index.ts';
import { CONFIG_FILES, type ConfigFile } from '../../src/config/written/index.ts';
import { configSchema } from '../../tools/config-schema.ts';
import { generatedFiles } from '../../tools/generated-files.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FILES = z
  .array(z.custom<ConfigFile>((name) => typeof name === 'string' && name in CONFIG_FILES))
  .parse(Object.keys(CONFIG_FILES));

interface Node {
  [key: string]: unknown;
}

/** Every key of a schema with what is said of it, by its path. */
function keysOf(node: unknown, path = ''): { path: string; schema: Node }[] {
  if (Array.isArray(node)) return node.flatMap((each) => keysOf(each, path));
  if (!isNode(node)) return [];
  const properties = isNode(node['properties']) ? node['properties'] : {};
  const own = Object.entries(properties).flatMap(([name, schema]) =>
    isNode(schema) ? [{ path: `${path}.${name}`, schema }, ...keysOf(schema, `${path}.${name}`)] : [],
  );
  const within = ['items', 'additionalProperties', 'anyOf', 'then'].flatMap((name) =>
    keysOf(node[name], `${path}.${name}`),
  );
  return [...own, ...within];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

describe.each(FILES)('%s', (file) => {
  const schema = configSchema(file, CONNECTORS);
  const keys = [...keysOf(schema), ...Object.values(schema.definitions ?? {}).flatMap((each) => keysOf(each))];

  it('says of every key what it is for, with an example', () => {
    const silent = keys.filter(
      ({ schema: key }) => !isNode(key) || (key['$ref'] === undefined && typeof key['description'] !== 'string'),
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
    const bare = keys.filter(
      ({ schema: key }) => key['examples'] === undefined && key['$ref'] === undefined && key['allOf'] === undefined,
    );
    expect(bare.map(({ path }) => path).filter((path) => !path.includes('.then.'))).toEqual([]);
  });

  it('is a draft 7 schema that refuses unknown keys', () => {
    expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', additionalProperties: false });
    expect(JSON.stringify(schema)).not.toContain('$defs');
  });

  it('has the defaults of an empty file', () => {
    expect(() => CONFIG_FILES[file].schema.parse({})).not.toThrow();
  });
});

it('the editor offers the kinds of channels, and the settings of each', () => {
  const text = JSON.stringify(configSchema('channels.yaml', CONNECTORS));
  const kinds = Object.values(CONNECTORS).filter(({ channel }) => channel !== undefined);
  expect(text).toContain(`"enum":${JSON.stringify(kinds.map(({ id }) => id))}`);
  expect(kinds.map(({ id }) => id)).toEqual(expect.arrayContaining(['form', 'json']));
  expect(text).toContain('{"if":{"properties":{"kind":{"const":"form"}}},"then":{"properties":{"settings":');
});

it('the editor offers priorities in rules and in conditions', () => {
  const text = JSON.stringify(configSchema('triage.yaml', CONNECTORS));
  expect(text.split('"enum":["low","medium","high","critical"]').length).toBeGreaterThan(5);
});

describe('what is generated', () => {
  const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
  const generated = generatedFiles(CONNECTORS, { readme: read('README.md'), guides: read('docs/channels/README.md') });

  it.each(Object.keys(generated))('%s is up to date', (file) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    expect(readFileSync(join(ROOT, file), 'utf8')).toBe(generated[file]);
  });

  it('puts a table of the connectors between the marks of the README', () => {
    const readme = 'a\n<!-- connectors:begin -->old<!-- connectors:end -->\nb\n';
    const text = generatedFiles(CONNECTORS, { readme, guides: null })['README.md'];
    expect(text).toMatch(/^a\n<!-- connectors:begin -->\n\n\| Connector +\| Kind +\|/);
    expect(text).toMatch(/\| `form` +\| channel +\|/);
    expect(text).toMatch(/<!-- connectors:end -->\nb\n$/);
  });

  it('leaves a README without marks alone', () => {
    expect(generatedFiles(CONNECTORS, { readme: 'a\n', guides: null })['README.md']).toBeUndefined();
  });
});
