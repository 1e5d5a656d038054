import { CONNECTORS } from '../../connectors/index.ts';
import { createTryConfig } from '../../src/backtest/create.ts';
import type { Backtests, TryConfig } from '../../src/backtest/index.ts';
import { tryPartsOf } from '../../src/backtest/of-desk.ts';
import type { LiveConfig } from '../../src/config/live.ts';
import type { Connection } from '../../src/db/connection.ts';
import { EXAMPLE_ADDRESS } from './example-config.ts';

/** Of a desk on which nothing is tried. */
export const NO_BACKTESTS: Pick<Backtests, 'begin' | 'state' | 'cancel'> = {
  begin: () => undefined,
  state: () => ({ kind: 'none' }),
  cancel: () => undefined,
};

export interface TryingOn {
  connection: Connection;
  config: Pick<LiveConfig, 'current'>;
  now(): Temporal.Instant;
}

/** What a backtest is made of on a desk without tables beside the tickets'. */
export function someTryParts(desk: TryingOn) {
  return tryPartsOf({
    ...desk,
    connectors: CONNECTORS,
    environment: { PUBLIC_URL: EXAMPLE_ADDRESS, JSON_TOKEN: 'a token of the tests, long enough' },
    heard: () => [],
    hasSurveyPage: true,
    rows: async () => [],
    memory: { get: async () => null },
  });
}

export function tryConfigOn(desk: TryingOn): TryConfig {
  return createTryConfig(someTryParts(desk));
}
