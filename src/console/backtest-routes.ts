import type { Router } from 'express';
import express from 'express';
import { type BacktestState, DIFFERENCES, USUAL_TICKETS } from '../backtest/index.ts';
import { prefilledBy } from '../backtest/link.ts';
import { MOST_TICKETS } from '../backtest/wire.ts';
import { Problem } from '../domain/problem.ts';
import { backtestMain } from './backtest-page.ts';
import type { ConsoleParts } from './parts.ts';
import type { Door, FormVisit, Visit } from './visit.ts';

/** The file with which people begin. */
const USUAL_FILE = 'triage.yaml';

/** While it runs, the page looks again after so long. */
const REFRESH_SECONDS = 2;

/** Changed configs, tried on past tickets. */
export function backtestRoutes({ backtests, status }: ConsoleParts, door: Door): Router {
  const router = express.Router();
  router.get(
    '/backtest',
    door.page(async (visit) => showPage(visit, { state: backtests.state(), folder: status.configFolder })),
  );
  router.post(
    '/backtest',
    door.form(async (visit) => begin(visit, backtests), { act: 'backtest_begun', about: ['file'] }),
  );
  router.post(
    '/backtest/cancel',
    door.form(
      async ({ goTo }) => {
        backtests.cancel();
        return goTo('/backtest', 'backtest_cancelled');
      },
      { act: 'backtest_ended' },
    ),
  );
  return router;
}

/** What was asked for comes before what was tried last, and that before what is in force. */
function showPage(visit: Visit, { state, folder }: { state: BacktestState; folder: string }): void {
  const { config, query } = visit;
  const asked = prefilledBy(query);
  const tried = asked.file === '' && state.kind !== 'none' && 'file' in state.change ? state.change : null;
  const file = tried?.file ?? (asked.file || USUAL_FILE);
  const { prefix, timeZone } = config.policy.desk;
  const main = backtestMain({
    file,
    text: tried?.text ?? asked.text ?? config.files[file] ?? '',
    last:
      lastOf(query('last')) ?? (state.kind !== 'none' && 'last' in state.window ? state.window.last : USUAL_TICKETS),
    files: [...new Set([...Object.keys(config.files), file])].toSorted(),
    folder,
    state,
    only: DIFFERENCES.find((what) => what === query('only')) ?? null,
    page: Math.max(1, Number(query('page')) || 1),
    prefix,
    timeZone,
    csrfToken: visit.session.csrfToken,
  });
  const page = { title: 'Backtest', place: 'health' as const, main };
  visit.show(state.kind === 'running' ? { ...page, refreshSeconds: REFRESH_SECONDS } : page);
}

function begin({ form, person, goTo, refuse }: FormVisit, backtests: ConsoleParts['backtests']): void {
  const last = lastOf(form.get('last')) ?? USUAL_TICKETS;
  const change = { file: form.get('file') || USUAL_FILE, text: form.get('text') };
  try {
    backtests.begin(change, { by: person, window: { last } });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return refuse({ status: 409, title: error.message.replace(/\.$/, ''), sentence: error.fix, typed: change.text });
  }
  return goTo('/backtest#live');
}

function lastOf(written: string): number | null {
  const last = Number(written);
  return /^\d{1,7}$/.test(written) && last >= 1 && last <= MOST_TICKETS ? last : null;
}
