import type { LoadedConfig, WayConfig } from '../../config/live.ts';
import { Problem } from '../../domain/problem.ts';
import type { Notifiers } from '../../kit/notifiers.ts';
import { bad, type CheckUp, good } from './check-up.ts';

/** The ways to the team: that their systems let us in. Nothing is sent, and what is not set was told with the config. */
export async function checkWays(
  { ways }: Pick<LoadedConfig, 'ways'>,
  notifierOf: Notifiers,
): Promise<readonly CheckUp[]> {
  const set = Object.values(ways).filter(({ missingSecrets }) => missingSecrets.length === 0);
  return Promise.all(set.map((way) => checkWay(way, notifierOf)));
}

async function checkWay(way: WayConfig, notifierOf: Notifiers): Promise<CheckUp> {
  const what = `Way ${way.name}`;
  const notifier = await notifierOf(way);
  if (notifier?.check === undefined) {
    return good(what, 'Only a notice shows whether it works: send a test on the page Health.');
  }
  try {
    await notifier.check();
    return good(what, 'Its system lets us in.');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return bad(what, error);
  } finally {
    notifier.close?.();
  }
}
