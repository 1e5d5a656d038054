import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deskColumns } from '../../src/sync/columns.ts';
import { aPolicy } from '../support/builders.ts';
import { aConfig, findingsOf } from '../support/config.ts';

const PAGE = readFileSync(new URL('../../docs/incidents.md', import.meta.url), 'utf8');
const [, EXAMPLE = ''] = /```yaml\n# triage.yaml\n([\s\S]*?)```/.exec(PAGE) ?? [];
const [, LETTER = ''] = /```markdown\n([\s\S]*?)```/.exec(PAGE) ?? [];

const FILES = {
  'triage.yaml': EXAMPLE,
  'replies/incident-known.md': LETTER,
  'replies/incident-resolved.md': LETTER,
};

describe('docs/incidents.md', () => {
  it('has an example that loads as it stands, with its letter', () => {
    const { policy } = aConfig(FILES);
    expect(policy.incidents).toMatchObject({
      windowMinutes: 240,
      similarity: 0.3,
      reports: 3,
      template: 'incident-known',
    });
    expect(policy.related).toBe(3);
  });

  it('would say which letter is missing, which gap nothing fills, and who is nobody', () => {
    const findings = findingsOf({
      'triage.yaml': EXAMPLE.replace('lead@example.com', 'Leda').replace('incident-resolved', 'incident-known'),
      'replies/incident-known.md': LETTER.replace('incident.message', 'reply.text'),
    });
    expect(findings.join('\n')).toContain('"Leda" is not an agent, and no mail address either');
    expect(findings.join('\n')).toContain('has the gap "reply.text", which nothing fills here');
    expect(findingsOf({ 'triage.yaml': EXAMPLE }).join('\n')).toContain(
      '"incident-known" is not a template in replies/',
    );
  });

  it('names the columns that are made, and none is made where the config asks for nothing', () => {
    const made = deskColumns(aConfig(FILES).policy).map(({ title }) => title);
    const usual = new Set(deskColumns(aPolicy()).map(({ title }) => title));
    const own = made.filter((title) => !usual.has(title));
    expect(own).toEqual(['Incident', 'Incident message', 'Known incident', 'Linked tickets', 'Related']);
    for (const title of own) expect(PAGE).toContain(`\`${title}\``);
  });
});
