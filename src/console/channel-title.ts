import type { LoadedConfig } from '../config/live.ts';

/** Ways in that no file names. */
const OWN: Readonly<Record<string, string>> = {
  console: 'the console',
  base: 'the base',
  phone: 'the phone',
  in_person: 'the counter',
};

/** What people call the way by which something came. */
export function channelTitle(channel: string, { channels }: Pick<LoadedConfig, 'channels'>): string {
  return channels[channel]?.title ?? OWN[channel] ?? channel;
}
