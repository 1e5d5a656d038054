import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';

describe('the passwords of the environment', () => {
  it('open the console by how much somebody may do', () => {
    const read = readEnvironment({
      TABLEDESK_PASSWORD: 'for admins',
      TABLEDESK_AGENT_PASSWORD: 'for agents',
      TABLEDESK_VIEWER_PASSWORD: 'for viewers',
    });
    expect([read.TABLEDESK_AGENT_PASSWORD, read.TABLEDESK_VIEWER_PASSWORD]).toEqual(['for agents', 'for viewers']);
  });

  it.each([
    [{ TABLEDESK_PASSWORD: 'one for all', TABLEDESK_AGENT_PASSWORD: 'one for all' }, 'TABLEDESK_PASSWORD'],
    [{ TABLEDESK_TOKEN: 'a token of 16 signs', TABLEDESK_AGENT_PASSWORD: 'a token of 16 signs' }, 'TABLEDESK_TOKEN'],
    [
      { TABLEDESK_READ_TOKEN: 'a token of 16 signs', TABLEDESK_AGENT_PASSWORD: 'a token of 16 signs' },
      'TABLEDESK_READ_TOKEN',
    ],
  ])('are refused where two are one, without being said: %o', (variables, other) => {
    expect(() => readEnvironment(variables)).toThrow(
      `TABLEDESK_AGENT_PASSWORD: is the same as ${other}, so that both would open the same.`,
    );
  });

  it('are refused where they are the same for agents and viewers, or too short', () => {
    const same = { TABLEDESK_AGENT_PASSWORD: 'one for all', TABLEDESK_VIEWER_PASSWORD: 'one for all' };
    expect(() => readEnvironment(same)).toThrow('TABLEDESK_VIEWER_PASSWORD: is the same as TABLEDESK_AGENT_PASSWORD');
    expect(() => readEnvironment({ TABLEDESK_VIEWER_PASSWORD: 'seven77' })).toThrow('TABLEDESK_VIEWER_PASSWORD');
  });
});
