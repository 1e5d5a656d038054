import { enableCompileCache } from 'node:module';
import type { LearningSettings } from '../../src/config/learning.ts';
import type { Connection } from '../../src/db/connection.ts';
import type { Log } from '../../src/kit/log.ts';
import { openLearning } from '../../src/knowledge/learning/create.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import type { Policy } from '../../src/decide/policy.ts';
import { aPolicy } from './builders.ts';
import { KNOWN_CATEGORIES } from './known-requests.ts';
import { embedderSettings } from './language-models.ts';
import { aLiveConfig } from './live-config.ts';
import { aClock, type FakeClock } from './pipeline.ts';

// As the command does: threads that learn start in half the time.
enableCompileCache();

/** A desk that learns, with what it logged and how often it woke its lane. */
export async function aLearner(
  connection: Connection,
  given: {
    clock?: FakeClock;
    learning?: Partial<LearningSettings>;
    categories?: readonly string[];
    policy?: Policy;
    embedder?: () => Embedder | null;
  } = {},
) {
  const { clock = aClock(), learning = {}, categories = KNOWN_CATEGORIES, policy = aPolicy() } = given;
  const named = given.embedder === undefined ? {} : { embedder: embedderSettings({ name: 'stand-in' }) };
  const config = aLiveConfig({ policy: { ...policy, categories }, learning, ...named });
  const warnings: string[] = [];
  const woken: string[] = [];
  const say = () => undefined;
  const log: Log = {
    debug: say,
    info: say,
    error: say,
    warn: (_, text) => void warnings.push(text),
    child: () => log,
  };
  const learner = await openLearning({
    connection,
    config,
    embedder: async () => given.embedder?.() ?? null,
    wake: async (lane) => void woken.push(lane),
    now: clock.now,
    log,
  });
  return { ...learner, config, clock, warnings, woken };
}
