import type { LoadedConfig } from '../../config/live.ts';
import type { Connection } from '../../db/connection.ts';
import { Problem } from '../../domain/problem.ts';
import { modelInForce } from '../../knowledge/learning/stored-models.ts';
import { vectorsStanding } from '../../knowledge/learning/vectors-standing.ts';
import { vectorsWords } from '../../knowledge/learning/words.ts';
import { embedderOf } from '../../knowledge/vectors/current-embedder.ts';
import { CONNECTORS, realTime } from '../../main.ts';
import type { Embedder, EmbedderSettings } from '../../ports/embedder.ts';
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
    const answered = `${settings.name} answered after ${seconds} s with a vector of ${dimensions} numbers.`;
    const { now = realTime } = given;
    const today = now().toZonedDateTimeISO(policy.desk.timeZone).toPlainDate();
    const heard = await heardWords(given.connection, { settings, embedder, today });
    return [good(WHAT, heard === null ? answered : `${answered} ${heard}`)];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'vectors.wrong-dimensions') return [bad(WHAT, error)];
    return [warning(WHAT, { message: `${error.message} Words alone are learned from and heard.`, fix: error.fix })];
  }
}

/** Whether they are heard, and what they took; null while a service has the database. */
async function heardWords(
  connection: Connection | null,
  { settings, embedder, today }: { settings: EmbedderSettings; embedder: Embedder; today: Temporal.PlainDate },
): Promise<string | null> {
  if (connection === null) return null;
  const vectors = await vectorsStanding(connection.queries, settings, { embedder, today });
  return vectorsWords({ model: await modelInForce(connection), vectors });
}
