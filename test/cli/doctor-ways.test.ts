import { describe, expect, it } from 'vitest';
import { checkWays } from '../../src/cli/doctor/ways.ts';
import { Problem } from '../../src/domain/problem.ts';
import type { Notifier } from '../../src/ports/notifier.ts';
import { aWay } from '../support/live-config.ts';

const REFUSED = new Problem({
  code: 'chat.not-authorised',
  message: 'Slack does not let us in.',
  fix: 'Copy the token.',
});

describe('what doctor says of the ways to the team', () => {
  it('is whether their systems let us in, of those that are set', async () => {
    const send = () => Promise.reject(new Error('doctor sends nothing'));
    const opened: Readonly<Record<string, Notifier>> = {
      team: { send, check: async () => undefined },
      ops: { send, check: () => Promise.reject(REFUSED) },
      workflow: { send },
    };
    const names = [...Object.keys(opened), 'unset'];
    const ways = names.map((name) => [name, aWay({ name, kind: name, missingSecrets: name === 'unset' ? ['X'] : [] })]);
    const said = await checkWays({ ways: Object.fromEntries(ways) }, async ({ kind }) => opened[kind] ?? { send });
    expect(said.map(({ what, sign, message, fix }) => `${sign} ${what}: ${message} ${fix ?? ''}`.trim())).toEqual([
      'good Way team: Its system lets us in.',
      'error Way ops: Slack does not let us in. Copy the token.',
      'good Way workflow: Only a notice shows whether it works: send a test on the page Health.',
    ]);
  });
});
