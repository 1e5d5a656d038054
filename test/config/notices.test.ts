import { describe, expect, it } from 'vitest';
import { aConfig, findingsOf } from '../support/config.ts';

const PEOPLE = 'agents: { Ana: { email: ana@example.com }, Ben: { handles: { pager: "7" } }, Cy: {} }\n';
const TEAM = 'ways: { team: { kind: chat, access: env:CHAT, room: C1 } }\n';
const SET = { CHAT: 'a token', PAGER: 'another' };

describe('notices.yaml', () => {
  it('may be missing: then everything goes by mail, one by one, day and night', () => {
    const { ways, policy } = aConfig({});
    expect(ways).toEqual({});
    expect(policy.notices).toMatchObject({ ways: {}, gather: null, quiet: null });
    expect(new Set(Object.values(policy.notices.by).flat())).toEqual(new Set(['email']));
  });

  it('names ways, says which notices go by them, and keeps secrets in the environment', () => {
    const by = 'by: { default: team, assigned: [email, team] }\n';
    const { ways, policy } = aConfig({ 'notices.yaml': `${TEAM}${by}gather: {}\n` }, SET);
    expect(ways['team']).toMatchObject({ kind: 'chat', room: 'C1', access: 'a token', missingSecrets: [] });
    expect(policy.notices.ways).toEqual({ team: { kind: 'chat', isRoom: true, findsByAddress: true } });
    expect(policy.notices.by).toMatchObject({ assigned: ['email', 'team'], sla_breach: ['team'] });
    expect(policy.notices.gather).toEqual({ after: 3, withinMinutes: 10 });
  });

  it.each([
    [
      { 'notices.yaml': 'ways: { team: { kind: chatt, access: env:CHAT } }\n' },
      'error config/notices.yaml:1:23 ways.team.kind: "chatt" is not a kind of way; did you mean "chat"?',
    ],
    [{ 'notices.yaml': 'ways: { email: { kind: chat, access: env:CHAT } }\n' }, 'is the way that is always there'],
    [
      { 'notices.yaml': 'ways: { p: { kind: pager, access: env:PAGER, room: "1" } }\n' },
      'ways.p.room: "pager" knows no rooms; leave room out',
    ],
    [{ 'notices.yaml': `${TEAM}by: { assigned: teem }\n` }, 'by.assigned: "teem" is not a way; did you mean "team"?'],
    [{ 'notices.yaml': 'by: { asigned: email }\n' }, 'did you mean "assigned"?'],
    [{ 'notices.yaml': 'quiet: { calendar: offise }\n' }, 'quiet.calendar: "offise" is not a calendar'],
    [{ 'notices.yaml': 'urgent: { when: { queue: nowhere } }\n' }, '"nowhere" is not a queue'],
    [
      { 'people.yaml': 'agents: { Ana: { handles: { pagr: "7" } } }\n' },
      'agents.Ana.handles.pagr: "pagr" is not a kind of way; did you mean "pager"?',
    ],
  ])('%j is refused', (files, finding) => {
    expect(findingsOf(files, SET).join('\n')).toContain(finding);
  });

  it('tells of a secret that is not set, and of whom a way does not find', () => {
    const ways = 'ways: { alone: { kind: pager, access: env:PAGER } }\nby: { assigned: alone }\n';
    expect(findingsOf({ 'people.yaml': PEOPLE, 'notices.yaml': ways })).toEqual([
      'warning config/notices.yaml:1:16 ways.alone: PAGER is not set, so that "alone" tells nobody and mail goes out instead; set it in the environment or in .env, and start again.',
      expect.stringContaining('"Cy" has neither a mail address nor a handle, so that "alone" does not reach them'),
    ]);
  });
});
