import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { STATUSES } from '../../src/domain/ticket.ts';
import { findingsOf } from '../support/config.ts';

const PAGE = readFileSync(new URL('../../docs/follow-up.md', import.meta.url), 'utf8');

const EXAMPLES = [...PAGE.matchAll(/```yaml\n# follow-up\.yaml\n([^]*?)```/g)].map(([, text = '']) => text);

const REST = {
  'people.yaml': "calendars:\n  office:\n    hours: { 'Mon-Fri': '09:00-18:00' }\n",
  'triage.yaml': 'categories: [billing, outage]\n',
  ...Object.fromEntries(
    ['reminder', 'summary', 'check-in', 'survey'].map((name) => [
      `replies/${name}.md`,
      '---\nsubject: Hello\n---\nHi\n',
    ]),
  ),
};

describe('the page on follow-up', () => {
  it('has a row for every status, in the order of the code', () => {
    const rows = [...PAGE.matchAll(/^\| `([a-z_]+)` +\|/gm)].map(([, status]) => status);
    expect(rows).toEqual([...STATUSES]);
  });

  it('has an example of each section, and all of them are in order', () => {
    expect(EXAMPLES.map((text) => text.split(':')[0])).toEqual(['closing', 'silence', 'summary', 'checkIns', 'survey']);
    for (const text of [...EXAMPLES, EXAMPLES.join('')]) {
      const files = { ...REST, 'follow-up.yaml': text };
      const said = findingsOf(files, { PUBLIC_URL: 'https://help.example' });
      expect(said.filter((finding) => finding.includes('follow-up'))).toEqual([]);
    }
  });

  it('has a template that can be filled in', () => {
    const template = /```liquid\n([^]*?)```/.exec(PAGE)?.[1] ?? '';
    const files = {
      ...REST,
      'replies/summary.md': `---\nsubject: Hello\n---\n\n${template}`,
      'follow-up.yaml': 'summary: { template: summary }\n',
    };
    expect(findingsOf(files).filter((finding) => /follow-up|summary/.test(finding))).toEqual([]);
  });
});
