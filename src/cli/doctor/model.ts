import type { LoadedConfig } from '../../config/live.ts';
import type { Connection } from '../../db/connection.ts';
import type { Variables } from '../../desk.ts';
import { Problem } from '../../domain/problem.ts';
import { ask } from '../../kit/ask.ts';
import type { ModelGiven } from '../../kit/connector.ts';
import { modelOf } from '../../knowledge/model/create.ts';
import { createModelLedger } from '../../knowledge/model/ledger.ts';
import { CONNECTORS, realTime, schedule } from '../../main.ts';
import type { ModelLevel, ModelSettings } from '../../ports/language-model.ts';
import { createStoreMemory } from '../../sync/store-memory.ts';
import { bad, type CheckUp, good, warning } from './check-up.ts';

const WHAT = 'Model';

const LEVELS: Readonly<Record<ModelLevel, string>> = {
  json_schema: 'its endpoint holds it to our form (json_schema)',
  json_object: 'its endpoint holds it to JSON (json_object), and the form is asked for in words',
  text: 'its endpoint holds it to nothing, and the form is asked for in words',
};

/** Where the model is asked from. */
export interface ModelCheckGiven {
  variables: Variables;
  /** Null while a service has the database: then what is found is told, and neither kept nor counted. */
  connection: Connection | null;
  /** Left out, over the network. */
  ask?: ModelGiven['ask'];
  /** Left out, as it is. */
  now?: ModelGiven['now'];
}

/** Asks the language model of the config something harmless; nothing where there is none. */
export async function checkModel(
  { model: settings, policy }: Pick<LoadedConfig, 'model' | 'policy'>,
  given: ModelCheckGiven,
): Promise<readonly CheckUp[]> {
  if (settings === null) return [];
  try {
    const model = await modelOf(CONNECTORS)(settings, givenTo(settings, policy.desk.timeZone, given));
    const { level, milliseconds } = await model.check({});
    const seconds = (milliseconds / 1000).toFixed(1);
    return [good(WHAT, `${settings.name} answered after ${seconds} s; ${LEVELS[level]}.`)];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const says = error.code === 'model.budget-spent' ? warning : bad;
    return [says(WHAT, error)];
  }
}

/** What a model is asked with, counted where that can be. */
export function givenTo(
  settings: Pick<ModelSettings, 'name' | 'caps' | 'prices'>,
  timeZone: string,
  { variables, connection, ask: asks = ask, now = realTime }: ModelCheckGiven,
): ModelGiven {
  const nothing = { get: () => Promise.resolve(null), set: () => Promise.resolve() };
  const countless = {
    claim: () => Promise.resolve(),
    spend: () => Promise.resolve(),
    ended: () => Promise.resolve(),
  };
  return {
    environment: variables,
    now,
    schedule,
    ask: asks,
    ledger: connection === null ? countless : createModelLedger({ connection, settings, timeZone, now }),
    memory: connection === null ? nothing : createStoreMemory(connection),
    answers: nothing,
  };
}
