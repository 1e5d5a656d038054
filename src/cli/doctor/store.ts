import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadedConfig } from '../../config/live.ts';
import type { Connection } from '../../db/connection.ts';
import { rowDatabase } from '../../db/row-database.ts';
import { Problem } from '../../domain/problem.ts';
import type { Connector, RequestMeter, StoreMemory } from '../../kit/connector.ts';
import type { RowDatabase } from '../../ports/row-database.ts';
import type { TicketStore } from '../../ports/ticket-store.ts';
import { storeColumns } from '../../sync/team-columns.ts';
import { type KeptMeter, openRequestMeter } from '../../sync/request-meter.ts';
import { createStoreMemory } from '../../sync/store-memory.ts';
import type { Variables } from '../../desk.ts';
import { realTime } from '../../main.ts';
import { advice, bad, type CheckUp, good, warning } from './check-up.ts';

/** How a finding is told, by how bad it is. */
export const TOLD = { error: bad, warning, advice };

/** A store, opened without the desk around it. */
export interface OpenedStore {
  title: string;
  store: TicketStore;
  /** Null when our own count is out of reach: nobody but the running service has it. */
  meter: KeptMeter | null;
}

/** What a store is opened with. */
export interface StoreParts {
  connector: Connector;
  config: LoadedConfig;
  variables: Variables;
  /** Null while a service has the database, or there is none yet: only a store of ours needs it. */
  connection: Connection | null;
  /** Whether a service speaks with the base at the same time. */
  isBeside: boolean;
}

/**
 * Opens the store that the config names.
 *
 * @throws Problem where the connector needs something of the environment that is not there
 */
export async function openStore({
  connector,
  config,
  variables,
  connection,
  isBeside,
}: StoreParts): Promise<OpenedStore> {
  const { store: role, title } = connector;
  if (role === undefined) throw new Error(`The config was checked, and yet ${connector.id} is no store.`);
  const meter = connection === null ? null : await openRequestMeter(connection, realTime);
  const store = await role.create(config.store.settings, {
    environment: variables,
    rows: connection === null ? NO_ROWS : rowDatabase(connection),
    columns: () => storeColumns(config.policy),
    now: realTime,
    pause: sleep,
    meter: meter ?? countless(),
    memory: connection === null ? forgetful() : createStoreMemory(connection),
    isBeside,
  });
  return { title, store, meter };
}

/** Everything that the store finds about itself and our way to it. */
export async function checkStore({ title, store }: OpenedStore): Promise<readonly CheckUp[]> {
  try {
    const findings = await store.check();
    const isGood = findings.every(({ severity }) => severity === 'advice');
    const needs = isGood ? [good(title, 'It lets us in, and has everything that we need.')] : [];
    return [...needs, ...findings.map((finding) => TOLD[finding.severity](title, finding))];
  } catch (error) {
    return [failed(title, error)];
  }
}

/** Mends what can be mended; what was done, a line each. */
export async function mendStore({ title, store }: OpenedStore): Promise<readonly CheckUp[]> {
  try {
    const done = (await store.mend?.()) ?? [];
    return done.map((sentence) => good(title, sentence));
  } catch (error) {
    return [failed(title, error)];
  }
}

/** Why a store cannot be looked at, in its own words. What is no problem of ours to explain is thrown on. */
export function failed(title: string, error: unknown): CheckUp {
  if (error instanceof NoDatabase) return good(title, 'Its table is in the database, which cannot be looked into now.');
  if (error instanceof Problem) return bad(title, error);
  throw error;
}

/** The store asked for our database, and there is none to be had. */
class NoDatabase extends Error {}

const NO_ROWS: RowDatabase = { run: () => Promise.reject(new NoDatabase()) };

/** What the doctor asks for while the service counts is not counted; it is a handful of requests. */
function countless(): RequestMeter {
  return { spend: () => undefined, spentThisMonth: () => 0 };
}

/** Remembers for as long as the doctor looks. */
function forgetful(): StoreMemory {
  const kept = new Map<string, unknown>();
  return {
    get: (name) => Promise.resolve(kept.get(name) ?? null),
    set: (name, value) => Promise.resolve(void kept.set(name, value)),
  };
}
