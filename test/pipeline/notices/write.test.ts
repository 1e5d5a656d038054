import { describe, expect, it } from 'vitest';
import { writeNotice } from '../../../src/pipeline/notices/write.ts';
import { anAgent, aPolicy, aTicket, MORNING, waysForAll } from '../../support/builders.ts';
import { aLiveConfig } from '../../support/live-config.ts';

const TICKET = aTicket({ number: 1042, subject: 'Card charged' });

/** Ana is known to the chat, Ben has a mail address alone, and Cy has nothing. */
const AGENTS = [
  anAgent({ handles: { chat: 'U1', finder: 'ana@desk.example' } }),
  anAgent({ name: 'Ben' }),
  anAgent({ name: 'Cy', email: null }),
];

function told(ways: readonly string[], to: readonly string[], by?: readonly string[]) {
  const policy = aPolicy({
    agents: AGENTS,
    notices: {
      ways: {
        team: { kind: 'chat', isRoom: true, findsByAddress: false },
        alone: { kind: 'chat', isRoom: false, findsByAddress: false },
        found: { kind: 'finder', isRoom: false, findsByAddress: true },
      },
      by: waysForAll(ways),
    },
  });
  const desk = { config: aLiveConfig({ policy }).current(), now: MORNING };
  const effect = { kind: 'notify', key: 'k', notice: 'assigned', to, params: { Queue: 'billing' } } as const;
  return writeNotice(desk, TICKET, by === undefined ? effect : { ...effect, by });
}

function keys(...given: Parameters<typeof told>): readonly string[] {
  return told(...given).map(({ key }) => key);
}

describe('a notice', () => {
  it('goes by mail to each address once, where nothing else is chosen', () => {
    expect(keys(['email'], ['Ana', 'Ben', 'Cy', 'ana@desk.example', 'Ana'])).toEqual([
      'k:ana@desk.example',
      'k:ben@desk.example',
    ]);
  });

  it('goes into a room once, for all whom it is for', () => {
    expect(told(['team'], ['Ana', 'Cy', 'lead@desk.example'])).toMatchObject([
      {
        key: 'k:team',
        way: 'team',
        recipient: 'team',
        told: ['Ana', 'Cy', 'lead@desk.example'],
        subject: '[T-1042] Yours: Card charged',
      },
    ]);
    expect(told(['team'], [])).toEqual([]);
  });

  it('goes to each person alone whom the way finds, and by mail to others, saying why', () => {
    const rows = told(['alone'], ['Ana', 'Ben', 'Cy', 'lead@desk.example']);
    expect(rows.map(({ key }) => key)).toEqual(['k:alone:Ana', 'k:ben@desk.example', 'k:lead@desk.example']);
    expect(rows.map(({ text }) => text.split('\n').at(-1))).toEqual([
      'Owner: support',
      'By mail, as "alone" does not find Ben.',
      'By mail, as "alone" does not find lead@desk.example.',
    ]);
  });

  it('reaches nobody twice who stands there by name and by address', () => {
    expect(keys(['found'], ['Ana', 'ana@desk.example', 'Ben'])).toEqual(['k:found:Ana', 'k:found:Ben']);
  });

  it('goes several ways at once, and those that its escalation names before those of its kind', () => {
    expect(keys(['team', 'email'], ['Ana'])).toEqual(['k:team', 'k:ana@desk.example']);
    expect(keys(['email'], ['Ana'], ['team', 'alone'])).toEqual(['k:team', 'k:alone:Ana']);
  });

  it('goes by mail where the config has lost its way', () => {
    expect(keys(['gone'], ['Ana'])).toEqual(['k:ana@desk.example']);
  });
});
