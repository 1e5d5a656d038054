import type { Environment } from '../../config/environment.ts';
import { askService } from '../running-service.ts';

/** What only the running service knows of the base. */
export interface Told {
  /** Requests that it counted this month; null where nobody counts. */
  spent: number | null;
  /** Columns that it found out it may not write. */
  lockedColumns: readonly { message: string; fix: string }[];
}

/**
 * Tells the service that we are about to look at the base: it asks less meanwhile, so that both together stay within
 * the base's limit, and tries again what the base kept it out of.
 */
export async function askForRoom(environment: Environment): Promise<void> {
  await askService(environment, '/api/base/look', { method: 'POST' });
}

/** Null when the service does not answer. */
export async function toldByService(environment: Environment): Promise<Told | null> {
  const response = await askService(environment, '/api/status');
  if (!response?.ok) return null;
  const { base } = (await response.json()) as {
    base?: { requestsSpent?: { count: number } | null; lockedColumns?: Told['lockedColumns'] };
  };
  return { spent: base?.requestsSpent?.count ?? null, lockedColumns: base?.lockedColumns ?? [] };
}
