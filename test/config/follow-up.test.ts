import { describe, expect, it } from 'vitest';
import { aConfig, findingsOf } from '../support/config.ts';

const REPLIES = Object.fromEntries(
  ['reminder', 'survey', 'check-in'].map((name) => [`replies/${name}.md`, '---\nsubject: Hello\n---\nHi\n']),
);
const PUBLIC = { PUBLIC_URL: 'https://help.example' };

function saidOf(followUp: string, environment: Record<string, string> = PUBLIC): readonly string[] {
  const files = {
    ...REPLIES,
    'people.yaml': "calendars:\n  office:\n    hours: { 'Mon-Fri': '09:00-17:00' }\n",
    'triage.yaml': 'categories: [billing]\n',
    'follow-up.yaml': followUp,
  };
  return findingsOf(files, environment).filter((finding) => finding.includes('follow-up.yaml'));
}

describe('follow-up.yaml', () => {
  it('is off as a whole when there is none', () => {
    expect(aConfig({}).policy.followUp).toEqual({
      closing: null,
      silence: null,
      summary: null,
      checkIns: [],
      survey: null,
      gratitude: [],
    });
  });

  it('has waits in minutes, of a calendar or of all hours', () => {
    const { policy } = aConfig({
      ...REPLIES,
      'follow-up.yaml': `closing: {}\nsilence: { reminder: reminder }\nsurvey: { template: survey }\n`,
    });
    expect(policy.followUp).toMatchObject({
      closing: { minutes: 3 * 24 * 60, calendar: null },
      silence: { remindMinutes: 24 * 60, resolveMinutes: 48 * 60, statuses: ['pending', 'needs_info'] },
      survey: { share: 0.2, pauseDays: 30, place: 'follow-up.yaml:3' },
    });
  });

  it('reminds before it resolves, and after some time', () => {
    expect(saidOf('silence: { reminder: reminder, remindAfter: 2d }\n')).toEqual([
      'error config/follow-up.yaml:1:10 silence.resolveAfter: "48h" is no later than the reminder, which goes after 2d; let some time pass between the reminder and the end of the wait.',
    ]);
    expect(saidOf('silence: { reminder: reminder, remindAfter: 0m }\n')).toEqual([
      'error config/follow-up.yaml:1:45 silence.remindAfter: reminds requesters before they can answer; give at least 1m.',
    ]);
  });

  it('says no days where only open hours count', () => {
    expect(saidOf('closing: { after: 3d, calendar: office }\n')).toEqual([
      'error config/follow-up.yaml:1:19 closing.after: "3d" can be misread: a day is 24 hours, and the calendar "office" opens for fewer; write hours, of which only open ones count: 3 working days there are about 24h.',
    ]);
  });

  it('names calendars, categories, statuses and templates that there are', () => {
    expect(saidOf('closing: { after: 3h, calendar: ofice }\n')[0]).toContain('"ofice" is not a calendar');
    expect(saidOf('summary: { template: none, advice: { biling: Pay. } }\n').join('\n')).toMatch(
      /"none" is not a template[^]*"biling" is not a category/,
    );
    expect(saidOf('silence: { reminder: reminder, statuses: [resolved] }\n')[0]).toContain(
      '"resolved" is not a status in which a ticket waits',
    );
  });

  it('knows a check-in by its name alone', () => {
    const rule = '  - { name: After, why: w, owner: o, after: 7d, template: check-in }\n';
    expect(saidOf(`checkIns:\n${rule}${rule}`)).toEqual([
      'error config/follow-up.yaml:3:13 checkIns.1.name: "After" is the name of the check-in at follow-up.yaml:2 too; give each check-in a name of its own, so that a decision says which one it was.',
    ]);
  });

  it('warns that no survey is sent without an address of ours', () => {
    expect(saidOf('survey: { template: survey }\n', {})).toEqual([
      'warning config/follow-up.yaml:1:9 survey: PUBLIC_URL is not set, so that no survey is sent; set it to the address under which the internet reaches this service, and start again.',
    ]);
    expect(saidOf('survey: { template: survey }\n')).toEqual([]);
  });

  it('lets only the survey have the gaps of a survey', () => {
    const files = { 'replies/reminder.md': '---\nsubject: Hello\n---\n{{ survey.link }}\n' };
    expect(findingsOf({ ...files, 'follow-up.yaml': 'silence: { reminder: reminder }\n' }).join('\n')).toContain(
      'replies/reminder.md has the gap "survey.link", which nothing fills here',
    );
    expect(findingsOf({ ...files, 'follow-up.yaml': 'survey: { template: reminder }\n' }, PUBLIC)).toEqual([]);
  });
});
