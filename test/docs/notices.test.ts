import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONNECTORS } from '../../connectors/index.ts';
import { formatFinding } from '../../src/config/finding.ts';
import { checkConfig } from '../../src/config/load.ts';

const PAGE = readFileSync(new URL('../../docs/notices.md', import.meta.url), 'utf8');

const EXAMPLES = [...PAGE.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g)].map(([, file = '', text = '']) => ({
  file,
  text,
}));

const SECRETS = { SLACK_BOT_TOKEN: 'xoxb-1', DISCORD_WEBHOOK: 'https://discord.com/api/webhooks/1/x' };

describe('the page on notices', () => {
  const people = EXAMPLES.find(({ file }) => file === 'people.yaml')?.text ?? '';

  it.each(EXAMPLES)('has an example of $file that is taken as it stands there', ({ file, text }) => {
    const files = { 'desk.yaml': 'name: Test desk\n', 'people.yaml': people, [file]: text };
    const checked = checkConfig(files, { folder: 'config', environment: SECRETS, connectors: CONNECTORS });
    const findings = 'findings' in checked ? checked.findings : checked.loaded.warnings;
    expect(findings.map(formatFinding)).toEqual([]);
  });

  it('tells of every kind of way', () => {
    const kinds = Object.values(CONNECTORS).flatMap(({ id, reach }) => (reach === undefined ? [] : [id]));
    const told = [...PAGE.matchAll(/^\| `([a-z]+)` /gm)].map(([, kind = '']) => kind);
    expect([...new Set(told)].toSorted()).toEqual(kinds.toSorted());
  });
});
