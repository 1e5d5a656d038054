import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aConfig } from '../support/config.ts';

const PAGE = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
const EXAMPLES = Array.from(PAGE.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g), ([, what = '', text = '']) => ({
  what,
  text,
}));

/** What the examples name. */
const AROUND = {
  'desk.yaml': 'name: Test desk\nstore: { kind: base }\n',
  'people.yaml': 'calendars: { office: { hours: { Mon-Fri: 09:00-17:00 } } }\n',
  'channels.yaml': 'channels: { website: { kind: form }, json: { kind: json } }\n',
  'customers.yaml':
    'lookups: [{ name: crm, url: "https://crm.example/{requester.email}", answers: { invoice: a, plan: b, tier: c } }]\n',
};

describe('docs/rules.md', () => {
  it('has examples, all of which say what they are', () => {
    expect(EXAMPLES.map(({ what }) => what)).toEqual(['triage.yaml', 'when', 'when', 'when', 'when', 'when', 'when']);
    expect(PAGE.match(/```yaml/g)).toHaveLength(EXAMPLES.length);
  });

  it.each(EXAMPLES)('$what: $text', ({ what, text }) => {
    const indented = text.replaceAll(/^/gm, '      ').trimEnd();
    const rule = `rules:\n  - name: One\n    why: because\n    owner: Ana\n    when:\n${indented}\n    then: { priority: high }\n`;
    const { warnings } = aConfig({ ...AROUND, 'triage.yaml': what === 'when' ? rule : text });
    expect(warnings).toEqual([]);
  });
});
