import type { LiveConfig } from '../../config/live.ts';
import type { Connection } from '../../db/connection.ts';
import type { Connectors, ModelGiven } from '../../kit/connector.ts';
import type { LanguageModel, ModelSettings } from '../../ports/language-model.ts';
import { createKeptAnswers } from './kept-answers.ts';
import { createModelLedger } from './ledger.ts';

export interface ModelParts extends Pick<ModelGiven, 'environment' | 'now' | 'schedule' | 'ask' | 'memory'> {
  connection: Connection;
  connectors: Connectors;
  config: Pick<LiveConfig, 'current'>;
}

/** The language model that the config in force names; null while it names none. */
export type CurrentModel = () => LanguageModel | null;

/** Opens the model of the config, and another when the config names another. */
export function createCurrentModel(parts: ModelParts): CurrentModel {
  let current: { by: string; model: LanguageModel } | null = null;
  return () => {
    const { version, model: settings, policy } = parts.config.current();
    if (settings === null) return null;
    if (current?.by !== version) current = { by: version, model: lazyModel(settings, policy.desk.timeZone, parts) };
    return current.model;
  };
}

/** Loaded with the first question: a desk without questions needs no library for them. */
function lazyModel(settings: ModelSettings, timeZone: string, parts: ModelParts): LanguageModel {
  const { connection, now } = parts;
  const open = modelOf(parts.connectors);
  const ledger = createModelLedger({ connection, settings, timeZone, now });
  const given: ModelGiven = { ...parts, ledger, answers: createKeptAnswers(connection, now) };
  let opening: Promise<LanguageModel> | null = null;
  const opened = () => (opening ??= open(settings, given));
  return {
    name: settings.name,
    read: async (question, options) => (await opened()).read(question, options),
    write: async (question, options) => (await opened()).write(question, options),
    check: async (options) => (await opened()).check(options),
    level: async () => (await opened()).level(),
  };
}

/** The one connector that opens models. */
export function modelOf(connectors: Connectors): NonNullable<Connectors[string]['model']> {
  const open = Object.values(connectors).find(({ model }) => model !== undefined)?.model;
  if (open === undefined) throw new Error('No connector opens language models.');
  return open;
}
