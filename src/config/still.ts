import type { LiveConfig, LoadedConfig } from './live.ts';

/** A config that never changes, for who asks for one that may. */
export function stillConfig(config: LoadedConfig): LiveConfig {
  return {
    current: () => config,
    refused: () => null,
    onChange: () => undefined,
    reload: async () => undefined,
    lookForSecrets: async () => undefined,
    close: async () => undefined,
  };
}
