import { customType } from 'drizzle-orm/pg-core';
import { revive } from '../kit/json.ts';

/** A moment. Both drivers give text, at full microseconds; `connection.ts` sees to it. */
export const instant = customType<{ data: Temporal.Instant; driverData: string }>({
  dataType: () => 'timestamptz',
  toDriver: (at) => at.toString(),
  fromDriver: (written) => Temporal.Instant.from(written),
});

/** Bytes as they are. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** JSON of our own nouns, with instants put back. */
export function noun<T>(name: string) {
  return customType<{ data: T; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (value) => revive<T>(value),
  })(name);
}
