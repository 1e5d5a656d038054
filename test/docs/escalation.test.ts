import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aConfig } from '../support/config.ts';

const PAGE = readFileSync(new URL('../../docs/escalation.md', import.meta.url), 'utf8');

const SLA = 'policies:\n  - { name: All, why: w, owner: o, targets: { first_reply: 1h } }\n';

const EXAMPLES = [...PAGE.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g)].map(([, file = '', text = '']) => ({
  file,
  text,
}));

describe('the page on escalation', () => {
  it.each(EXAMPLES)('has an example of $file that is taken as it stands there', ({ file, text }) => {
    const { policy } = aConfig({ 'sla.yaml': SLA, [file]: text });
    const { escalation, triage } = policy;
    expect(escalation.definitions.length + Object.keys(triage.steps).length).toBeGreaterThan(0);
  });

  it('has an example of each file that it is about', () => {
    expect(EXAMPLES.map(({ file }) => file)).toEqual(['escalation.yaml', 'escalation.yaml', 'triage.yaml']);
  });
});
