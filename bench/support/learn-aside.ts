/**
 * Learns as the service does, in its thread beside, and tells how long that took and how the main thread fared. Run as a
 * process of its own, so that its memory is its own: `node learn-aside.ts <file of examples>` prints the figures.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Example } from '../../src/knowledge/classifier/index.ts';
import { trainCategoriesAside } from '../../src/knowledge/learning/aside.ts';

/** As many as the service reads at once. */
const PAGE = 250;

const Figures = z.object({
  seconds: z.number(),
  delayMilliseconds: z.number(),
  megabytes: z.number(),
  packed: z.number(),
});
export type LearningFigures = z.output<typeof Figures>;

const Examples = z.array(
  z.object({ ticket: z.int(), text: z.string(), category: z.string(), isCorrected: z.boolean() }),
);

const HERE = fileURLToPath(import.meta.url);

/** What learning from the examples costs, at the promise of 95 %, where nothing was learned before. */
export function costOfLearning(examples: readonly Example[]): LearningFigures {
  const folder = mkdtempSync(join(tmpdir(), 'triage-'));
  try {
    const file = join(folder, 'examples.json');
    writeFileSync(file, JSON.stringify(examples));
    return Figures.parse(JSON.parse(execFileSync(process.execPath, [HERE, file], { encoding: 'utf8' })));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === HERE) {
  // As the command does.
  enableCompileCache();
  const [, , file = ''] = process.argv;
  process.stdout.write(JSON.stringify(await learnAside(Examples.parse(JSON.parse(readFileSync(file, 'utf8'))))));
}

async function learnAside(examples: readonly Example[]): Promise<LearningFigures> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const started = performance.now();
  const curriculum = { promise: 0.95, names: { categories: [], renamed: {} }, older: [] };
  const trained = await trainCategoriesAside(pagesOf(examples), curriculum);
  const seconds = (performance.now() - started) / 1000;
  delay.disable();
  return {
    seconds,
    delayMilliseconds: delay.percentile(99) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
    packed: trained.kind === 'learned' ? trained.bytes.length / 1e6 : Number.NaN,
  };
}

async function* pagesOf(examples: readonly Example[]): AsyncGenerator<readonly Example[]> {
  for (let at = 0; at < examples.length; at += PAGE) yield examples.slice(at, at + PAGE);
}
