import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  configOf,
  copyConfig,
  createNoMail,
  createStageClock,
  demoVariables,
  fillDesk,
  STORY_ADDRESS,
  storyIds,
} from '../../src/demo/index.ts';
import { createLog, openStage, readEnvironment, type Stage } from '../../src/main.ts';
import { NO_FLUSH } from './no-flush.ts';

/** A demo in a folder of its own, filled and still open. */
export interface DemoDesk {
  stage: Stage;
  tickets: number;
  drop(): Promise<void>;
}

export async function aDemoDesk(story: { seed: number; days: number; end: Temporal.Instant }): Promise<DemoDesk> {
  const folder = await mkdtemp(join(tmpdir(), 'tabledesk-demo-'));
  copyConfig(folder);
  const variables = demoVariables({}, { data: folder, config: configOf(folder) });
  const clock = createStageClock(story.end.subtract({ hours: 24 * (story.days + 1) }));
  const stage = await openStage({
    environment: readEnvironment(variables),
    variables: { ...variables, PUBLIC_URL: STORY_ADDRESS },
    newId: storyIds(story.seed),
    log: createLog('silent'),
    notifier: createNoMail(),
    now: clock.now,
    disk: NO_FLUSH,
  });
  const { tickets } = await fillDesk({ ...stage, clock }, { ...story, onProgress: () => undefined });
  return {
    stage,
    tickets,
    async drop() {
      await stage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
