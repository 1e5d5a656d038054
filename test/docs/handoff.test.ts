import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aConfig } from '../support/config.ts';

const PAGE = readFileSync(new URL('../../docs/handoff.md', import.meta.url), 'utf8');

describe('docs/handoff.md', () => {
  it('has an example that is a contract as it stands there', () => {
    const [, text = ''] = /```yaml\n# routing\.yaml\n([\s\S]*?)```/.exec(PAGE) ?? [];
    const { policy, warnings } = aConfig({
      'desk.yaml': 'store: { kind: base }\n',
      'people.yaml':
        'calendars: { office: { hours: { Mon-Fri: 09:00-17:00 } } }\nagents: { Ana: {} }\nqueues: { billing: { members: [Ana] }, technical: { members: [Ana] } }\n',
      'routing.yaml': text,
    });
    expect(warnings).toEqual([]);
    expect(policy.routing.handoffs).toMatchObject([{ from: ['billing'], transfer: 'accept', answerMinutes: 240 }]);
  });

  it.each(['at_once', 'accept', 'collaborate'])('says what becomes of owner and clocks with %s (A-052)', (transfer) => {
    expect(PAGE).toMatch(new RegExp(`^\\| \`${transfer}\` +\\|`, 'm'));
  });
});
