import { z } from 'zod';
import { formatFinding } from '../../src/config/finding.ts';
import type { LoadedConfig } from '../../src/config/live.ts';
import { checkConfig } from '../../src/config/load.ts';
import { role, type Connectors } from '../../src/kit/connector.ts';

/** Two kinds of channel, of ways to the team and of store, as far as the config goes: nothing comes in and nothing goes out. */
export const SOME_CONNECTORS: Connectors = {
  form: aConnector('form', {
    channel: role(z.strictObject({ intro: z.string().default('Hello.') }).prefault({}), refuseToWork),
  }),
  json: aConnector('json', { channel: role(z.strictObject({}).prefault({}), refuseToWork) }),
  chat: aConnector('chat', {
    notifier: role(z.strictObject({}).prefault({}), refuseToWork),
    reach: { person: 'address', room: 'named' },
  }),
  pager: aConnector('pager', {
    notifier: role(z.strictObject({}).prefault({}), refuseToWork),
    reach: { person: 'handle', room: null },
  }),
  embedded: aConnector('embedded', { store: role(z.strictObject({}).prefault({}), refuseToWork) }),
  base: aConnector('base', {
    store: role(z.strictObject({}).prefault({}), refuseToWork),
    teamColumns: true,
    tables: true,
  }),
};

function aConnector(
  id: string,
  roles: Pick<Connectors[string], 'channel' | 'notifier' | 'reach' | 'store' | 'teamColumns' | 'tables'>,
): Connectors[string] {
  return { id, title: id, summary: `For tests: ${id}.`, docs: null, ...roles };
}

function refuseToWork(): never {
  throw new Error('This test is about the config: its connectors do not work.');
}

type Files = Readonly<Record<string, string>>;

/** The smallest desk, and whatever files a test is about. */
function withDesk(files: Files): Files {
  return { 'desk.yaml': 'name: Test desk\n', ...files };
}

/** What is said of the files, one line for each finding. */
export function findingsOf(files: Files, environment: Readonly<Record<string, string>> = {}): readonly string[] {
  const result = checkConfig(withDesk(files), { folder: 'config', environment, connectors: SOME_CONNECTORS });
  const findings = 'findings' in result ? result.findings : result.loaded.warnings;
  return findings.map((finding) => `${finding.severity} ${formatFinding(finding)}`);
}

/** A config that loads; throws with the findings when it does not. */
export function aConfig(files: Files, environment: Readonly<Record<string, string>> = {}): LoadedConfig {
  const result = checkConfig(withDesk(files), { folder: 'config', environment, connectors: SOME_CONNECTORS });
  if ('loaded' in result) return result.loaded;
  throw new Error(result.findings.map(formatFinding).join('\n'));
}

/** A rule of triage as YAML, on one line. */
export function aTriageRule(name: string, when: string, then: string): string {
  return `  - { name: ${name}, why: because, owner: Ana, when: ${when}, then: ${then} }\n`;
}
