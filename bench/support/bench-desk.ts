import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServiceProcess, STARTER_CONFIG, startServiceProcess } from '../../test/support/service-process.ts';

/** Folders of a benchmark's own, gone when it ends. */
export interface BenchDesk {
  dataFolder: string;
  configFolder: string;
  /** Starts the service on them: `npx tabledesk start`, in a process of its own. */
  start(variables?: Readonly<Record<string, string>>): Promise<ServiceProcess>;
  remove(): Promise<void>;
}

/**
 * The starter config, or another, on an empty data folder, without its limits on requests a minute. Files of another
 * folder stand in place of those of the same name.
 */
export async function aBenchDesk(instead: string | null = null, config = STARTER_CONFIG): Promise<BenchDesk> {
  const folder = await mkdtemp(join(tmpdir(), 'tabledesk-bench-'));
  const [dataFolder, configFolder] = [join(folder, 'data'), join(folder, 'config')];
  await cp(config, configFolder, { recursive: true });
  if (instead !== null) await cp(instead, configFolder, { recursive: true });
  const channels = join(configFolder, 'channels.yaml');
  const unlimited = (await readFile(channels, 'utf8')).replaceAll(/^( +)kind: /gm, '$1perMinute: 1000000\n$&');
  await writeFile(channels, unlimited);
  return {
    dataFolder,
    configFolder,
    start: (variables = {}) => startServiceProcess({ dataFolder, configFolder, variables }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Figures of `/metrics` by name and labels, as `tabledesk_flushes{what="wal"}`. */
export async function readMetrics({ address }: ServiceProcess): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${address}/metrics`)).text();
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))] as const),
  );
}
