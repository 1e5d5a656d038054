/** The thread in which a backtest replays the past: pages of it come in, and at the end goes out what differs. */
import { on } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { CONNECTORS } from '../connectors/index.ts';
import type { Answered, Told } from './backtest/aside.ts';
import { openReplay, type ReplayGiven } from './backtest/open.ts';
import { createArticleSearch } from './knowledge/article-search.ts';

if (parentPort === null) throw new Error('This is a thread of a backtest, and nothing by itself.');
const pages = on(parentPort, 'message') as AsyncIterable<[Told]>;
const replay = await openReplay(workerData as ReplayGiven, {
  connectors: CONNECTORS,
  searchBy: (heard) => createArticleSearch(() => heard),
});
for await (const [page] of pages) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort.postMessage(await answer(page));
}

async function answer(page: Told): Promise<Answered> {
  if (page === null) return replay.end();
  await replay.pass(page);
  return null;
}
