import { setTimeout as sleep } from 'node:timers/promises';
import type { BacktestResult, BacktestState, Progress, Window } from '../../backtest/index.ts';
import type { Environment } from '../../config/environment.ts';
import { Problem } from '../../domain/problem.ts';
import { openTrying } from '../../main.ts';
import type { ProgressLine } from '../progress.ts';
import { askService } from '../running-service.ts';
import type { Terminal } from '../terminal.ts';

/** Between looks how far the service has come. */
const LOOK_MILLISECONDS = 300;

export interface ReplayGiven {
  environment: Environment;
  variables: Terminal['env'];
  /** The changed config, as texts by the names of its files. */
  files: Readonly<Record<string, string>>;
  window: Window;
  progress: ProgressLine;
}

/**
 * Replays past tickets: here, or in the service that has the data folder for itself.
 *
 * @throws Problem `data.in-use` when that service does not answer, `backtest.busy`, `backtest.cancelled`
 */
export async function replay(given: ReplayGiven): Promise<BacktestResult> {
  const result = await replayHere(given).catch((error: unknown) => replayThere(given, error));
  given.progress.end(`${result.summary.tickets.toLocaleString('en-GB')} tickets`);
  return result;
}

async function replayHere({ environment, variables, files, window, progress }: ReplayGiven): Promise<BacktestResult> {
  const trying = await openTrying({ environment, variables });
  try {
    const tried = await trying.tryConfig({ files }, { window, onProgress: (made) => progress.show(shareOf(made)) });
    if ('findings' in tried) throw new Error('The folder was checked a moment ago, and is refused now.');
    return tried.result;
  } finally {
    await trying.close();
  }
}

async function replayThere(
  { environment, files, window, progress }: ReplayGiven,
  error: unknown,
): Promise<BacktestResult> {
  if (!(error instanceof Problem) || error.code !== 'data.in-use') throw error;
  const asked = 'last' in window ? { last: window.last } : { since: window.since.toString() };
  let answer = await askService(environment, '/api/backtest', { method: 'POST', body: { files, ...asked } });
  for (; answer !== null; answer = await askService(environment, '/api/backtest')) {
    const said = (await answer.json()) as BacktestState | { error: ConstructorParameters<typeof Problem>[0] };
    if ('error' in said) throw new Problem(said.error);
    const result = resultOf(said);
    if (result !== null) return result;
    if (said.kind === 'running') progress.show(shareOf(said.progress));
    await sleep(LOOK_MILLISECONDS);
  }
  throw error;
}

/** Null while it runs. */
function resultOf(state: BacktestState): BacktestResult | null {
  if (state.kind === 'running') return null;
  if (state.kind === 'done') return state.result;
  if (state.kind === 'failed') throw new Problem(state.problem);
  throw new Problem({
    code: 'backtest.gone',
    message: 'The service does not have this backtest any more.',
    fix: 'It was started anew, or refuses the files under its own environment: run the command again.',
  });
}

function shareOf({ tickets, of }: Progress): string {
  return of === 0 ? '0 %' : `${Math.floor((100 * tickets) / of)} %`;
}
