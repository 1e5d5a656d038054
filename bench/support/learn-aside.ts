/**
 * Learns in a thread beside, as the service does, and tells how long that took and how the main thread fared. Run as a
 * process of its own, so that its memory is its own: `node learn-aside.ts <file of examples>` prints the figures.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { type Example, learn, packModel } from '../../src/knowledge/classifier/index.ts';

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

/** What learning from the examples costs, at the promise of 95 %. */
export function costOfLearning(examples: readonly Example[]): LearningFigures {
  const folder = mkdtempSync(join(tmpdir(), 'triage-'));
  try {
    const file = join(folder, 'examples.json');
    writeFileSync(file, JSON.stringify(examples));
    const env = { ...process.env, LEARN_ASIDE: '1' };
    return Figures.parse(JSON.parse(execFileSync(process.execPath, [HERE, file], { env, encoding: 'utf8' })));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (!isMainThread) {
  const learning = learn(Examples.parse(workerData), { promise: 0.95 });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
  parentPort?.postMessage(learning.kind === 'learned' ? packModel(learning.model) : new Uint8Array());
} else if (process.env['LEARN_ASIDE'] === '1') {
  const [, , file = ''] = process.argv;
  process.stdout.write(JSON.stringify(await learnAside(Examples.parse(JSON.parse(readFileSync(file, 'utf8'))))));
}

async function learnAside(examples: readonly Example[]): Promise<LearningFigures> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const started = performance.now();
  const packed = await new Promise<Uint8Array>((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: examples });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const seconds = (performance.now() - started) / 1000;
  delay.disable();
  return {
    seconds,
    delayMilliseconds: delay.percentile(99) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
    packed: packed.length / 1e6,
  };
}
