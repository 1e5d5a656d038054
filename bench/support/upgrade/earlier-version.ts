import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const ROOT = resolve(import.meta.dirname, '../../..');

/** Tabledesk as it was at a commit. */
export interface EarlierVersion {
  /** Its command. */
  command: string;
  /** Its starter config: what admins wrote for it is in force after the upgrade, too. */
  configFolder: string;
  remove(): Promise<void>;
}

/** Lays a commit out in a folder of its own, with the libraries that it names. */
export async function anEarlierVersion(commit: string): Promise<EarlierVersion> {
  const folder = await mkdtemp(join(tmpdir(), 'tabledesk-earlier-'));
  const archive = join(folder, 'earlier.tar');
  const code = join(folder, 'code');
  await mkdir(code);
  await run('git', ['-C', ROOT, 'archive', '--output', archive, commit]);
  await run('tar', ['-xf', archive, '-C', code]);
  const [its, ours] = await Promise.all([code, ROOT].map((each) => readFile(join(each, 'package-lock.json'), 'utf8')));
  if (its === ours) await symlink(join(ROOT, 'node_modules'), join(code, 'node_modules'));
  else await run('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], { cwd: code });
  return {
    command: join(code, 'bin/tabledesk.js'),
    configFolder: join(code, 'config'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
