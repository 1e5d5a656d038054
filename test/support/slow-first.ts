import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, the longest first. Their sizes do not tell. */
const SLOW = [
  'cli/demo',
  'scenarios/airtable',
  'scenarios/crash',
  'console/browser',
  'scenarios/hostile-markup',
  'demo/fill',
  'backtest/demo-story',
  'scenarios/notion',
  'scenarios/instances',
  'backtest/backtest',
  'backtest/histories',
  'inbox/kill',
  'scenarios/notion-comments',
].map((name) => `/test/${name}.test.ts`);

/**
 * Begins with the slow files, so that none is left when the others are done and one worker alone is busy: a fresh clone
 * knows of no earlier run, and would go by the sizes of files.
 */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((one, other) => rank(one) - rank(other));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const at = SLOW.findIndex((name) => moduleId.endsWith(name));
  return at === -1 ? SLOW.length : at;
}
