import type { LoadedConfig } from '../config/live.ts';

/** The first channel that has a request form of ours and is open; null when there is none. */
export function requestForm(channels: LoadedConfig['channels']): { channel: string; address: string } | null {
  const open = Object.values(channels).find(({ kind, paused }) => kind === 'form' && !paused);
  return open === undefined ? null : { channel: open.name, address: `/forms/${encodeURIComponent(open.name)}` };
}
