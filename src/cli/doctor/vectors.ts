import type { LoadedConfig } from '../../config/live.ts';
import { Problem } from '../../domain/problem.ts';
import { embedderOf } from '../../knowledge/vectors/current-embedder.ts';
import { CONNECTORS } from '../../main.ts';
import { bad, type CheckUp, good, warning } from './check-up.ts';
import { givenTo, type ModelCheckGiven } from './model.ts';

const WHAT = 'Vectors';

/** Asks the model of vectors for that of a harmless text; nothing where the config names none. */
export async function checkVectors(
  { embedder: settings, policy }: Pick<LoadedConfig, 'embedder' | 'policy'>,
  given: ModelCheckGiven,
): Promise<readonly CheckUp[]> {
  if (settings === null) return [];
  try {
    const embedder = await embedderOf(CONNECTORS)(settings, givenTo(settings, policy.desk.timeZone, given));
    const { dimensions, milliseconds } = await embedder.check();
    const seconds = (milliseconds / 1000).toFixed(1);
    return [good(WHAT, `${settings.name} answered after ${seconds} s with a vector of ${dimensions} numbers.`)];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // It is learned, and judged, without.
    return [error.code === 'vectors.wrong-dimensions' ? bad(WHAT, error) : warning(WHAT, error)];
  }
}
