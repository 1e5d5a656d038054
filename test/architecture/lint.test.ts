import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = resolve(import.meta.dirname, '../..');

const LONG_FUNCTION = `export function long(): number[] {\n  return [\n${'    1,\n'.repeat(50)}  ];\n}`;
const LONG_FILE = Array.from({ length: 301 }, (_, line) => `export const a${line} = ${line};`).join('\n');

/** What must be refused, by which rule, and where. The file's path is part of it: rules differ by folder. */
const REFUSED = [
  ['import(no-default-export)', 'src/kit/default-export.ts', 'export default 1;'],
  ['typescript(no-explicit-any)', 'src/kit/any.ts', 'export function f(a: any): unknown { return a; }'],
  ['typescript(no-non-null-assertion)', 'src/kit/sure.ts', 'export function f(a: string[]): string { return a[0]!; }'],
  ['typescript(consistent-type-imports)', 'src/kit/import.ts', "import { A } from './a.ts';\nexport type B = A;"],
  ['typescript(ban-ts-comment)', 'src/kit/hush.ts', '// @ts-ignore\nexport const a: string = 1;'],
  ['eslint(max-params)', 'src/kit/four.ts', 'export function f(a = 1, b = 2, c = 3, d = 4) { return [a, b, c, d]; }'],
  ['eslint(max-lines-per-function)', 'src/kit/long-function.ts', LONG_FUNCTION],
  ['eslint(max-lines)', 'src/kit/long-file.ts', LONG_FILE],
  ['house(function-declarations)', 'src/kit/arrow.ts', 'export const f = () => 1;'],
  ['unicorn(filename-case)', 'src/kit/camelCase.ts', 'export const a = 1;'],
  ['house(no-vague-file-name)', 'src/kit/utils.ts', 'export const a = 1;'],
  ['house(no-vague-file-name)', 'src/kit/date-helpers.ts', 'export const a = 1;'],
  ['house(no-vague-file-name)', 'src/domain/types.ts', 'export const a = 1;'],
  ['house(no-module-let)', 'src/kit/state.ts', 'let count = 0;\nexport function next() { count += 1; return count; }'],
  [
    'house(no-module-let)',
    'src/kit/exported-state.ts',
    'export let count = 0;\nexport function next() { count += 1; }',
  ],
  ['house(no-class-without-base)', 'src/kit/class.ts', 'export class Counter { count = 0; }'],
  ['house(no-clock)', 'src/pipeline/clock.ts', 'export function f() { return Temporal.Now.instant(); }'],
  ['house(no-clock)', 'src/pipeline/date-now.ts', 'export function f() { return Date.now(); }'],
  ['house(no-clock)', 'src/pipeline/new-date.ts', 'export function f() { return new Date(); }'],
  ['house(no-clock)', 'test/decide/real-time.test.ts', 'export const now = Temporal.Now.instant();'],
  ['typescript(no-floating-promises)', 'src/outbox/float.ts', "import { send } from './send.ts';\nsend();"],
  [
    'typescript(no-misused-promises)',
    'src/outbox/misuse.ts',
    "import { send } from './send.ts';\nexport function f() { return send() ? 1 : 2; }",
  ],
  [
    'typescript(switch-exhaustiveness-check)',
    'src/outbox/switch.ts',
    "export function f(a: 'sent' | 'dead') { switch (a) { case 'sent': return 1; } return 0; }",
  ],
  ['eslint(no-console)', 'src/http/console.ts', "export function f() { console.log('a'); }"],
  ['eslint(no-restricted-properties)', 'src/http/environment.ts', 'export function f() { return process.env; }'],
  ['eslint(no-restricted-properties)', 'connectors/form/exit.ts', 'export function f() { process.exit(1); }'],
  ['eslint(no-restricted-globals)', 'src/decide/date.ts', 'export function f(a: number) { return new Date(a); }'],
  ['eslint(no-restricted-globals)', 'src/domain/promise.ts', 'export function f() { return Promise.resolve(1); }'],
  ['eslint(no-restricted-properties)', 'src/decide/random.ts', 'export function f() { return Math.random(); }'],
  ['house(no-async)', 'src/decide/async.ts', 'export async function f(a: PromiseLike<number>) { return a; }'],
  ['house(no-async)', 'src/decide/await.ts', 'await f();\nexport function f(): unknown { return 1; }'],
  [
    'typescript(consistent-type-assertions)',
    'connectors/form/as.ts',
    'export function f(a: unknown) { return a as string; }',
  ],
  ['vitest(no-focused-tests)', 'test/kit/only.test.ts', aTest("it.only('adds', () => expect(1).toBe(1));")],
  ['vitest(no-disabled-tests)', 'test/kit/skip.test.ts', aTest("it.skip('adds', () => expect(1).toBe(1));")],
  ['vitest(valid-title)', 'test/kit/should.test.ts', aTest("it('should add', () => expect(1).toBe(1));")],
  ['vitest(expect-expect)', 'test/kit/idle.test.ts', aTest("it('adds', () => { used.pop(); });")],
  ['vitest(no-restricted-vi-methods)', 'test/kit/mock.test.ts', aTest("vi.mock('./a.ts');")],
  [
    'vitest(no-restricted-matchers)',
    'test/kit/snapshot.test.ts',
    aTest("it('adds', () => expect(1).toMatchSnapshot());"),
  ],
] as const;

/** What some folders may do and others not. */
const LAWFUL: Readonly<Record<string, string>> = {
  'src/main.ts': 'export function now() { return [Temporal.Now.instant(), process.env]; }',
  'src/cli/start.ts': "export function f() { console.log(process.env['PORT']); }",
  'src/kit/problem.ts': "export class Refusal extends Error { override name = 'Refusal'; }",
  'src/outbox/send.ts': 'export async function send() { await Promise.resolve(); }',
  'src/db/moment.ts': 'export function f(at: Temporal.Instant) { return new Date(at.epochMilliseconds); }',
  'src/db/narrow.ts': 'export function f(a: unknown) { return a as string; }',
  'src/kit/local-arrow.ts':
    'export function f(a: number[]) { const twice = (b: number) => b * 2; return a.map(twice); }',
  'src/kit/typed-arrow.ts': 'export const f: (a: number) => number = (a) => a;',
  'src/kit/closure.ts': 'export function f() { let count = 0; return () => (count += 1); }',
  'connectors/form/constant.ts': "export const KINDS = ['a', 'b'] as const;",
  'test/support/clock.ts': 'export const START = Temporal.Now.instant();',
  'test/kit/long.test.ts': LONG_FILE,
  'tools/long.ts': LONG_FUNCTION,
  'vitest.config.ts': 'export default {};',
};

const Report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

describe('the lint rules', () => {
  const toy = { folder: '', refused: [] as string[] };

  beforeAll(async () => {
    toy.folder = await mkdtemp(join(tmpdir(), 'tabledesk-lint-'));
    await plantTree(toy.folder);
    toy.refused = await refusalsIn(toy.folder);
  });
  afterAll(() => rm(toy.folder, { recursive: true }));

  it.each(REFUSED)('%s refuses %s', (rule, file) => {
    expect(toy.refused.filter((refusal) => refusal.endsWith(` ${file}`))).toEqual([`${rule} ${file}`]);
  });

  it.each(Object.keys(LAWFUL))('let %s be', (file) => {
    expect(toy.refused.filter((refusal) => refusal.endsWith(` ${file}`))).toEqual([]);
  });
});

function aTest(body: string): string {
  return `import { expect, it, vi } from 'vitest';\nexport const used = [expect, it, vi];\n${body}`;
}

async function plantTree(folder: string): Promise<void> {
  await cp(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  // Types of Node are the project's: the toy stands outside it, where no folder above has any.
  const compilerOptions = { typeRoots: [join(ROOT, 'node_modules/@types')] };
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: ['.'] }),
  );
  await cp(join(ROOT, 'tools/lint'), join(folder, 'tools/lint'), { recursive: true });
  const files = [...REFUSED.map(([, file, text]) => [file, text] as const), ...Object.entries(LAWFUL)];
  await Promise.all(files.map(([file, text]) => plant(join(folder, file), text)));
}

async function plant(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Each refusal once, as `rule file`. */
async function refusalsIn(folder: string): Promise<string[]> {
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const output = await new Promise<string>((done) => {
    execFile(process.execPath, [oxlint, '--format', 'json'], { cwd: folder, env: withOwnCommands() }, (_, stdout) =>
      done(stdout),
    );
  });
  const { diagnostics } = Report.parse(JSON.parse(output));
  return [...new Set(diagnostics.map(({ code, filename }) => `${code} ${filename}`))];
}

/** The linter asks the path for its type checker where the folder has no packages. */
function withOwnCommands(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(delimiter) };
}
