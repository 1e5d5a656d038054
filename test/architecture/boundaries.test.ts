import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import architecture from '../../.dependency-cruiser.mjs';

/** Each arrow that must be refused: the rule, the file, and what that file imports. */
const REFUSED = [
  ['domain-knows-only-itself', 'src/domain/of-ports.ts', "import '../ports/clean.ts'"],
  ['domain-knows-only-itself', 'src/domain/of-node.ts', "import 'node:fs'"],
  ['domain-knows-only-itself', 'src/domain/of-types.ts', "import type { Clean } from '../kit/clean.ts'"],
  ['decide-knows-only-domain', 'src/decide/of-config.ts', "import '../config/clean.ts'"],
  ['decide-knows-only-domain', 'src/decide/of-a-package.ts', "import 'yaml'"],
  ['ports-know-only-domain', 'src/ports/of-decide.ts', "import '../decide/clean.ts'"],
  ['ports-know-only-domain', 'src/ports/of-a-package.ts', "import type { Stream } from 'yaml'"],
  ['kit-knows-only-what-it-may', 'src/kit/of-decide.ts', "import '../decide/clean.ts'"],
  ['config-knows-only-what-it-may', 'src/config/of-db.ts', "import '../db/clean.ts'"],
  ['db-knows-only-what-it-may', 'src/db/of-decide.ts', "import '../decide/clean.ts'"],
  ['knowledge-knows-only-what-it-may', 'src/knowledge/of-reports.ts', "import '../reports/clean.ts'"],
  ['a-replay-can-only-judge', 'src/backtest/replay/of-db.ts', "import '../../db/clean.ts'"],
  ['a-replay-can-only-judge', 'src/backtest/replay/of-a-port.ts', "import type { Clean } from '../../ports/clean.ts'"],
  ['a-replay-can-only-judge', 'src/backtest/replay/of-node.ts', "import 'node:http'"],
  ['a-replay-can-only-judge', 'src/backtest/replay/of-a-package.ts', "import 'drizzle-orm'"],
  ['backtest-knows-only-what-it-may', 'src/backtest/of-outbox.ts', "import '../outbox/clean.ts'"],
  ['backtest-knows-only-what-it-may', 'src/backtest/of-pipeline.ts', "import '../pipeline/index.ts'"],
  ['attachments-knows-only-what-it-may', 'src/attachments/of-sync.ts', "import '../sync/clean.ts'"],
  ['events-knows-only-what-it-may', 'src/events/of-pipeline.ts', "import '../pipeline/index.ts'"],
  ['outbox-knows-only-what-it-may', 'src/outbox/of-pipeline.ts', "import '../pipeline/index.ts'"],
  ['pipeline-knows-only-what-it-may', 'src/pipeline/of-outbox.ts', "import '../outbox/clean.ts'"],
  ['privacy-knows-only-what-it-may', 'src/privacy/of-outbox.ts', "import '../outbox/clean.ts'"],
  ['reports-knows-only-what-it-may', 'src/reports/of-console.ts', "import '../console/clean.ts'"],
  ['inbox-knows-only-what-it-may', 'src/inbox/of-sync.ts', "import '../sync/clean.ts'"],
  ['sweeps-knows-only-what-it-may', 'src/sweeps/of-outbox.ts', "import '../outbox/clean.ts'"],
  ['sync-knows-only-what-it-may', 'src/sync/of-cli.ts', "import '../cli/start.ts'"],
  ['sync-knows-only-what-it-may', 'src/sync/of-main.ts', "import '../main.ts'"],
  ['pipeline-by-its-front-door', 'src/console/of-a-turn.ts', "import '../pipeline/turn.ts'"],
  ['console-knows-only-what-it-may', 'src/console/of-http.ts', "import '../http/clean.ts'"],
  ['http-knows-only-what-it-may', 'src/http/of-cli.ts', "import '../cli/start.ts'"],
  ['demo-knows-only-what-it-may', 'src/demo/of-console.ts', "import '../console/clean.ts'"],
  ['demo-knows-only-what-it-may', 'src/demo/of-main.ts', "import '../main.ts'"],
  ['only-main-names-connectors', 'src/cli/of-a-connector.ts', "await import('../../connectors/form/index.ts')"],
  ['connectors-know-only-ports-kit-domain', 'connectors/form/of-db.ts', "import '../../src/db/clean.ts'"],
  ['no-connector-knows-another', 'connectors/form/of-json.ts', "import '../json/index.ts'"],
  ['zod-at-the-gates', 'src/http/of-zod.ts', "import { z } from 'zod'"],
  ['engines-in-db', 'src/cli/of-pg.ts', "import 'pg'"],
  ['engines-in-db', 'src/cli/of-pglite.ts', "import type { PGlite } from '@electric-sql/pglite'"],
  ['queries-where-rows-are-used', 'src/http/of-drizzle.ts', "import 'drizzle-orm'"],
  ['express-on-top', 'src/inbox/of-express.ts', "import 'express'"],
  ['cron-in-sweeps', 'src/outbox/of-cron.ts', "import 'node-cron'"],
  ['openid-at-the-door', 'src/http/of-openid.ts', "import 'openid-client'"],
  ['vendors-in-connectors', 'src/outbox/of-nodemailer.ts', "import 'nodemailer'"],
  ['simulators-know-only-themselves', 'simulators/shop/of-kit.ts', "import '../../src/kit/clean.ts'"],
  ['simulators-know-only-themselves', 'simulators/shop/of-yaml.ts', "import 'yaml'"],
  ['simulators-for-demo-and-cli', 'src/http/of-a-simulator.ts', "import '../../simulators/shop/index.ts'"],
  ['no-development-packages', 'src/kit/of-vitest.ts', "import 'vitest'"],
  ['only-packages-that-we-name', 'src/kit/of-a-stranger.ts', "import 'stranger'"],
  ['no-circles', 'src/kit/chicken.ts', "import './egg.ts'"],
  ['nothing-missing', 'src/kit/of-nothing.ts', "import './nothing.ts'"],
  ['product-does-not-know-its-tests', 'src/kit/of-a-test.ts', "import '../../test/support/builder.ts'"],
  ['nothing-unreachable', 'src/kit/unreachable.ts', ''],
] as const;

/** Main, the desk and the list of connectors are one file each, so that their wrong arrows stand beside the right ones. */
const REFUSED_OF_SINGLE_FILES = [
  ['main-is-under-cli', 'src/main.ts'],
  ['main-is-under-cli', 'src/desk.ts'],
  ['main-takes-the-list', 'src/main.ts'],
  ['the-list-knows-spec-sheets', 'connectors/index.ts'],
] as const;

/** Arrows that are meant to be. Whatever is reported beyond the lists above is a rule that goes too far. */
const LAWFUL: Readonly<Record<string, string>> = {
  'bin/tabledesk.js': "await import('../src/cli/index.ts')",
  'src/domain/clean.ts': "import './ticket.ts'",
  'src/domain/ticket.ts': '',
  'src/decide/clean.ts': "import '../domain/clean.ts'",
  'src/ports/clean.ts': "import '../domain/clean.ts'",
  'src/kit/clean.ts': "import '../ports/clean.ts'; import '../domain/clean.ts'; import 'zod'; import 'node:crypto'",
  'src/kit/egg.ts': "import type { Chicken } from './chicken.ts'",
  'src/config/clean.ts': "import '../decide/clean.ts'; import '../kit/clean.ts'; import 'zod'; import 'yaml'",
  'src/db/clean.ts': "import '../kit/clean.ts'; import 'pg'; import 'drizzle-orm'; import '@electric-sql/pglite'",
  'src/pipeline/turn.ts': "import '../decide/clean.ts'; import '../config/clean.ts'; import 'drizzle-orm'",
  'src/pipeline/index.ts': "import './turn.ts'; import './of-outbox.ts'; import '../db/clean.ts'",
  'src/inbox/clean.ts': "import '../pipeline/index.ts'; import '../db/clean.ts'; import './wire.ts'",
  'src/inbox/wire.ts': "import 'zod'",
  'src/sync/clean.ts': "import '../pipeline/index.ts'; import '../ports/clean.ts'",
  'src/sweeps/clean.ts': "import '../pipeline/index.ts'; import 'node-cron'",
  'src/console/provider.ts': "import 'openid-client'",
  'src/outbox/clean.ts': "import '../db/clean.ts'; import '../ports/clean.ts'",
  'src/knowledge/clean.ts': "import '../db/clean.ts'",
  'src/backtest/clean.ts': "import '../db/clean.ts'; import './replay/clean.ts'; import 'drizzle-orm'",
  'src/backtest/replay/clean.ts': "import '../../decide/clean.ts'; import '../../domain/clean.ts'",
  'src/reports/clean.ts': "import '../db/clean.ts'",
  'src/console/clean.ts': "import '../reports/clean.ts'; import '../pipeline/index.ts'; import 'express'",
  'src/http/clean.ts': "import '../console/clean.ts'; import '../inbox/clean.ts'; import 'express'",
  'src/demo/clean.ts': "import '../pipeline/index.ts'; import '../outbox/clean.ts'; import 'drizzle-orm'",
  'src/cli/start.ts': "import '../config/clean.ts'; import '../demo/clean.ts'",
  'src/desk.ts': "import './pipeline/turn.ts'; import './cli/start.ts'",
  'src/main.ts':
    "import './http/clean.ts'; import './desk.ts'; import '../connectors/index.ts'; " +
    "import './cli/start.ts'; import '../connectors/form/wire.ts'",
  'connectors/index.ts': "import './json/index.ts'; await import('./form/index.ts'); import './json/wire.ts'",
  'connectors/form/index.ts':
    "import '../../src/kit/clean.ts'; import './wire.ts'; import 'nodemailer'; import './of-db.ts'; " +
    "import './of-json.ts'",
  'connectors/form/wire.ts': "import 'zod'",
  'connectors/json/index.ts': "import '../../src/ports/clean.ts'; import '../../src/domain/clean.ts'",
  'connectors/json/wire.ts': "import 'zod'",
  'simulators/shop/index.ts': "import './answer.ts'; import 'node:http'",
  'simulators/shop/answer.ts': "import 'zod'",
  'test/support/builder.ts': '',
};

const PACKAGES = [
  '@electric-sql/pglite',
  'drizzle-orm',
  'express',
  'node-cron',
  'nodemailer',
  'openid-client',
  'pg',
  'yaml',
  'zod',
];

describe('the boundaries', () => {
  const toy = { folder: '', refused: [] as string[] };

  beforeAll(async () => {
    toy.folder = await mkdtemp(join(tmpdir(), 'tabledesk-boundaries-'));
    await plantTree(toy.folder);
    toy.refused = await refusalsIn(toy.folder);
  });
  afterAll(() => rm(toy.folder, { recursive: true }));

  it.each(REFUSED)('%s: %s may not `%s`', (rule, file) => {
    expect(toy.refused).toContain(`${rule}: ${file}`);
  });

  it.each(REFUSED_OF_SINGLE_FILES)('%s: refused in %s', (rule, file) => {
    expect(toy.refused).toContain(`${rule}: ${file}`);
  });

  it('lets every arrow through that is meant to be', () => {
    const meant = new Set([...REFUSED, ...REFUSED_OF_SINGLE_FILES].map(([rule, file]) => `${rule}: ${file}`));
    expect(toy.refused.filter((refusal) => !meant.has(refusal))).toEqual([]);
  });

  it('proves every rule', () => {
    const proved = new Set<string>([...REFUSED, ...REFUSED_OF_SINGLE_FILES].map(([rule]) => rule));
    expect(rules().filter((rule) => !proved.has(rule.name))).toEqual([]);
  });

  it('gives a reason with every rule, and a way out', () => {
    expect(rules().filter((rule) => rule.comment.length < 40)).toEqual([]);
  });
});

function rules(): { name: string; comment: string }[] {
  return (architecture.forbidden ?? []).map((rule) => ({ name: rule.name ?? '', comment: rule.comment ?? '' }));
}

async function plantTree(folder: string): Promise<void> {
  await Promise.all([
    ...Object.entries(LAWFUL).map(([file, text]) => plant(folder, file, text)),
    ...REFUSED.map(([, file, text]) => plant(folder, file, text)),
    plant(folder, 'src/cli/index.ts', importsOfEverythingReachable()),
    ...[...PACKAGES, 'vitest', 'stranger'].map((name) => plantPackage(folder, name)),
    plant(folder, 'package.json', JSON.stringify(manifest())),
  ]);
}

/** Commands stand on top of all of src, so one of them may reach every file that is not to be found unreachable. */
function importsOfEverythingReachable(): string {
  return [...REFUSED.map(([, file]) => file), ...Object.keys(LAWFUL)]
    .filter((file) => file.startsWith('src/') && file !== 'src/kit/unreachable.ts' && !file.includes('/pipeline/'))
    .map((file) => `import '${file.replace('src/', '../')}'`)
    .join('\n');
}

async function plant(folder: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
}

async function plantPackage(folder: string, name: string): Promise<void> {
  await plant(folder, `node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
  await plant(folder, `node_modules/${name}/index.js`, '');
}

function manifest(): object {
  return {
    type: 'module',
    dependencies: Object.fromEntries(PACKAGES.map((name) => [name, '1.0.0'])),
    devDependencies: { vitest: '1.0.0' },
  };
}

async function refusalsIn(folder: string): Promise<string[]> {
  const options = { ...architecture.options, baseDir: folder, validate: true, ruleSet: architecture };
  const { output } = await cruise(['bin', 'src', 'connectors', 'simulators'], options);
  if (typeof output === 'string') throw new Error(output);
  return output.summary.violations.map((violation) => `${violation.rule.name}: ${refused(violation)}`);
}

/** An unreachable file is named as where no arrow leads to; of every other rule, the file that imports. */
function refused(violation: { rule: { name: string }; from: string; to: string }): string {
  return violation.rule.name === 'nothing-unreachable' ? violation.to : violation.from;
}
