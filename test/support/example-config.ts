import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CONNECTORS } from '../../connectors/index.ts';
import { formatFinding } from '../../src/config/finding.ts';
import type { LoadedConfig } from '../../src/config/live.ts';
import { checkConfig } from '../../src/config/load.ts';

export const EXAMPLES = join(import.meta.dirname, '../../config/examples');

/** Where desks of examples say that people outside find them. */
export const EXAMPLE_ADDRESS = 'https://help.example';

type Files = Readonly<Record<string, string>>;

/** The texts of a folder of examples, by their names in it. */
export function exampleFiles(example: string): Files {
  const folder = join(EXAMPLES, example);
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(folder, path), readFileSync(path, 'utf8')];
    }),
  );
}

/** Such texts, as the service reads them. Throws with the findings when they are not in order. */
export function loadedFiles(files: Files): LoadedConfig {
  const environment = { PUBLIC_URL: EXAMPLE_ADDRESS, JSON_TOKEN: 'a token of the tests, long enough' };
  const result = checkConfig(files, { folder: 'config', environment, connectors: CONNECTORS });
  if ('loaded' in result) return result.loaded;
  throw new Error(result.findings.map(formatFinding).join('\n'));
}
