import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTORS } from '../../connectors/index.ts';
import type { ChannelConfig } from '../../src/config/live.ts';
import { Problem } from '../../src/domain/problem.ts';
import type { Ask } from '../../src/kit/connector.ts';
import type { Channel, RawRequest } from '../../src/ports/channel.ts';
import { channelsWith } from '../../test/support/channels.ts';
import { aChannel } from '../../test/support/live-config.ts';
import { allRecorded, recorded } from '../../test/support/recorded.ts';

const FIXTURES = join(import.meta.dirname, '../../test/fixtures');

/** What the settings of a kind must say; those of the others can be left out. */
const SETTINGS: Readonly<Record<string, object>> = {
  ses: { topics: ['arn:aws:sns:eu-west-1:123456789012:mail'] },
  twilio: { account: 'AC0123456789abcdef0123456789abcdef' },
};

/** A channel with what its sender was recorded to send. */
export interface BenchChannel {
  config: ChannelConfig;
  channel: Channel;
  recorded: readonly RawRequest[];
}

/** Nobody whom channels ask is there but AWS with the certificate by which it signs, which is asked for once. */
const ask: Ask = async (url) => {
  if (!url.endsWith('.pem')) throw unreachable();
  return { status: 200, headers: {}, body: Buffer.from(recorded('ses-others', 'certificate').body), url };
};

/** A channel of each kind that another system calls, or of those alone that are named. */
export function benchChannels(only?: readonly string[]): readonly BenchChannel[] {
  const channelOf = channelsWith({ ask });
  return Object.values(CONNECTORS).flatMap((connector) => {
    const { id, channel: role } = connector;
    if (role === undefined || !existsSync(join(FIXTURES, id)) || only?.includes(id) === false) return [];
    const config = aChannel({
      name: id,
      kind: id,
      maxBytes: 25_000_000,
      perMinute: 1_000_000,
      secrets: { tokens: ['letmein'], signing: ['c2VjcmV0IG9mIHRoZSBiZW5jaA=='] },
      access: 'letmein',
      settings: role.settings.parse(SETTINGS[id] ?? {}),
    });
    const channel = channelOf(config);
    return channel === null ? [] : [{ config, channel, recorded: allRecorded(id).map(([, request]) => request) }];
  });
}

function unreachable(): Problem {
  return new Problem({ code: 'fetch.unreachable', message: 'Nobody is there.', fix: 'Nothing.', retry: 'later' });
}
