import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deskColumns } from '../../src/sync/columns.ts';
import { aConfig } from '../support/config.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/columns.md'), 'utf8');

/** A desk that uses everything for which a column is made. */
const EVERYTHING = {
  'people.yaml': 'agents: { Ana: {} }\nqueues: { support: { members: [Ana] }, stock: { members: [Ana] } }\n',
  'triage.yaml':
    'categories: [bug]\nsteps: { bug: [looked at] }\nincidents: {}\nrelated: 3\nshowGuesses: true\nmodel: { name: m, takes: [summary], drafts: [bug] }\n',
  'routing.yaml': `handoffs:
  - { name: a, why: b, owner: c, from: support, to: stock, transfer: accept }
  - { name: d, why: e, owner: f, from: stock, to: support, transfer: collaborate }
`,
  'sla.yaml': `policies:
  - { name: a, why: b, owner: c, targets: { first_reply: 1h, requester_wait: 4h }, promise: { first_reply: 2h, requester_wait: 8h } }
`,
  'escalation.yaml': `escalations:
  - name: a
    why: b
    owner: c
    when: { priority: critical }
    notify: nobody
    priority: unchanged
    accountable: owner
    customer: none
    until: resolved
`,
  'follow-up.yaml': 'closing: {}\nsummary: { template: letter }\nsurvey: { template: letter }\n',
  'customers.yaml': 'vips: [vip.example]\n',
  'replies/letter.md': "---\nsubject: 'a'\n---\n\nb\n",
  'replies/draft.md': '---\ntitle: Draft\nwhy: b\nsuggestWhen: { category: bug }\n---\n\nb\n',
  'articles/help.md': '---\ntitle: Help\n---\n\nb\n',
};

function titlesWith(files: Readonly<Record<string, string>>): readonly string[] {
  const { policy } = aConfig(files, { PUBLIC_URL: 'https://help.example' });
  return deskColumns(policy).map(({ title }) => title);
}

describe('docs/columns.md', () => {
  it('lists each column that comes with what the config uses, and no other', () => {
    const always = titlesWith({});
    const named = [...PAGE.matchAll(/^\| `([^`]+)`/gm)].map(([, title]) => title);
    expect(named.toSorted()).toEqual(
      titlesWith(EVERYTHING)
        .filter((title) => !always.includes(title))
        .toSorted(),
    );
  });
});
