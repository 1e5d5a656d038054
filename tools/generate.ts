/**
 * Writes what is made from the code: the JSON schemas of the config, the config reference, the table of
 * connectors in the README, and the list of the guides. `--check` writes nothing, names what is stale and ends with 1.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CONNECTORS } from '../connectors/index.ts';
import { generatedFiles } from './generated-files.ts';

const isCheck = process.argv.includes('--check');
const stale: string[] = [];

const withMarks = { readme: await readOr('README.md'), guides: await readOr('docs/channels/README.md') };
for (const [file, text] of Object.entries(generatedFiles(CONNECTORS, withMarks))) {
  if ((await readOr(file)) === text) continue;
  stale.push(file);
  if (isCheck) continue;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

if (stale.length === 0) console.log('Everything that is generated is up to date.');
else if (isCheck) console.error(`Stale: ${stale.join(', ')}. Run npm run generate.`);
else console.log(`Written: ${stale.join(', ')}.`);
process.exitCode = isCheck && stale.length > 0 ? 1 : 0;

async function readOr(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}
