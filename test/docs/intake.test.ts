import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aConfig } from '../support/config.ts';

const PAGE = readFileSync(new URL('../../docs/intake.md', import.meta.url), 'utf8');
const EXAMPLES = Array.from(PAGE.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g), ([, file = '', text = '']) => ({
  file,
  text,
}));
const LETTER = /```markdown\n([\s\S]*?)```/.exec(PAGE)?.[1] ?? '';

/** What the examples name. */
const AROUND = {
  'people.yaml': 'calendars: { office: { hours: { Mon-Fri: 09:00-17:00 } } }\n',
  'channels.yaml': 'channels: { json: { kind: json } }\n',
  'replies/missing.md': LETTER,
};

describe('docs/intake.md', () => {
  it('has examples', () => {
    expect(EXAMPLES.map(({ file }) => file)).toEqual([
      'intake.yaml',
      'triage.yaml',
      'intake.yaml',
      'intake.yaml',
      'intake.yaml',
      'intake.yaml',
    ]);
    expect(PAGE.match(/```yaml/g)).toHaveLength(EXAMPLES.length);
  });

  it.each(EXAMPLES)('$file: $text', ({ file, text }) => {
    expect(aConfig({ ...AROUND, [file]: text }).warnings).toEqual([]);
  });
});
