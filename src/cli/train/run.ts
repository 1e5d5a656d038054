import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../../config/environment.ts';
import type { LoadedConfig } from '../../config/live.ts';
import { openDatabase } from '../../db/open.ts';
import { Problem } from '../../domain/problem.ts';
import { revive } from '../../kit/json.ts';
import type { Variables } from '../../desk.ts';
import { ask } from '../../kit/ask.ts';
import type { Log } from '../../kit/log.ts';
import { openLearning } from '../../knowledge/learning/create.ts';
import type { LearningState } from '../../knowledge/learning/index.ts';
import { trainCategoriesAside } from '../../knowledge/learning/aside.ts';
import { missingWords } from '../../knowledge/learning/words.ts';
import { createCurrentEmbedder } from '../../knowledge/vectors/current-embedder.ts';
import { CONNECTORS, schedule } from '../../main.ts';
import type { Now } from '../../ports/now.ts';
import { createStoreMemory } from '../../sync/store-memory.ts';
import { noteCommand } from '../note-command.ts';
import { askService } from '../running-service.ts';
import type { ExitCode } from '../terminal.ts';
import { examplesIn } from './csv.ts';
import { deskText, reportText } from './print.ts';

/** Between looks whether the service has learned. */
const LOOK_MILLISECONDS = 500;

/** So many looks: ten minutes, after which a run counts as stuck. */
const MOST_LOOKS = 1200;

export interface Told {
  text: string;
  exit: ExitCode;
}

export interface TrainGiven {
  environment: Environment;
  variables: Variables;
  config: LoadedConfig;
  now: Now;
  log: Log;
}

/**
 * Has the desk learn now: the service does it where one runs, else this process.
 *
 * @throws Problem `data.in-use` when that service does not answer
 */
export async function trainDesk(given: TrainGiven): Promise<Told> {
  if (!given.config.learning.isOn) {
    return { text: 'This desk does not learn: learning.enabled is false in triage.yaml.\n', exit: 1 };
  }
  const state = await learnHere(given).catch((error: unknown) => learnThere(given, error));
  return told(state, given.config.policy.desk.prefix);
}

/** Learns from a file, as a trial: nothing is stored. */
export async function trainOnFile(file: string, promise: number): Promise<Told> {
  const examples = examplesIn(await readText(file));
  const names = { categories: [...new Set(examples.map(({ category }) => category))], renamed: {} };
  async function* newestFirst() {
    yield examples.toReversed();
  }
  const trained = await trainCategoriesAside(newestFirst(), { promise, names, older: [] });
  if (trained.kind === 'kept') throw new Error('There was nothing to keep.');
  if (trained.kind === 'missing') return { text: `${missingWords(trained.missing)}\n`, exit: 1 };
  const { report, threshold } = trained;
  return { text: reportText({ report, promise, threshold, nameOf: (row) => `row ${row}` }), exit: 0 };
}

async function learnHere({ environment, variables, config, now, log }: TrainGiven): Promise<LearningState> {
  const { DATABASE_URL: url, TABLEDESK_DATA: dataFolder } = environment;
  const connection = await openDatabase({ url, dataFolder });
  try {
    const wake = async () => undefined;
    const current = { current: () => config };
    const memory = createStoreMemory(connection);
    const asked = { connection, config: current, connectors: CONNECTORS, environment: variables, ask, memory };
    const embedder = createCurrentEmbedder({ ...asked, now, schedule });
    const learning = await openLearning({ connection, config: current, embedder, wake, now, log });
    await noteCommand(connection.queries, 'learning_asked', now());
    await learning.want();
    await learning.run();
    return await learning.state();
  } finally {
    await connection.close();
  }
}

/** The service that has the data folder for itself learns in its own time, so it is asked until it has. */
async function learnThere({ environment }: TrainGiven, error: unknown): Promise<LearningState> {
  if (!(error instanceof Problem) || error.code !== 'data.in-use') throw error;
  let answer = await askService(environment, '/api/learning', { method: 'POST' });
  for (let look = 0; look < MOST_LOOKS && answer?.ok === true; look++) {
    const state = revive<LearningState>(await answer.json());
    if (!state.isWanted && (state.endedAt !== null || state.ending !== null)) return state;
    await sleep(LOOK_MILLISECONDS);
    answer = await askService(environment, '/api/learning');
  }
  throw error;
}

function told(state: LearningState, prefix: string): Told {
  const isFine = state.ending?.kind === 'learned' || state.ending?.kind === 'kept';
  return { text: deskText(state, prefix), exit: isFine ? 0 : 1 };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Problem(
      {
        code: 'train.no-file',
        message: `The file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
        fix: 'Name a CSV file with columns text (or subject and description) and category.',
      },
      { cause: error },
    );
  }
}
