import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a running service writes into its data folder, so that commands find it. */
export const SERVICE_FILE = 'service.json';

/** What a service before us left is wrong from now on: its port may be somebody else's. */
export function forgetService(dataFolder: string): void {
  rmSync(join(dataFolder, SERVICE_FILE), { force: true });
}

/** Tells commands where the service listens. */
export function writeServiceFile(dataFolder: string, address: string): void {
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(join(dataFolder, SERVICE_FILE), JSON.stringify({ address }));
}
