import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connectors, Environment } from '../kit/connector.ts';
import { accessSettingsOf } from './access.ts';
import { articlesTableOf } from './articles-table.ts';
import { channelsOf } from './channels.ts';
import { fixOfName, inReadingOrder } from './finding.ts';
import type { ChannelConfig, Finding, LoadedConfig } from './live.ts';
import { embedderSettingsOf } from './embedder.ts';
import { type LookUpConfig, lookUpsOf } from './lookups.ts';
import { mailOf, missingInMail } from './mail.ts';
import { learningSettingsOf } from './learning.ts';
import { missingInModel, modelSettingsOf } from './model.ts';
import { lookUpTables, tableLookUpsOf } from './table-lookups.ts';
import { policyOf } from './policy/index.ts';
import { askAll } from './rules/index.ts';
import { secretFindings } from './secret-scan.ts';
import { secretsNamed } from './secrets.ts';
import { reportSettingsOf } from './reports.ts';
import { retentionOf } from './retention.ts';
import { shadowOf } from './shadow.ts';
import type { Source } from './source.ts';
import type { SourceReader } from './source-reader.ts';
import { staffingOf } from './staffing.ts';
import { type SubscriptionConfig, subscriptionsOf } from './subscriptions.ts';
import { readTexts, TEXT_FOLDERS } from './texts.ts';
import { wantedTables } from './wanted-tables.ts';
import { missingInWays, waysOf } from './ways.ts';
import { readWritten } from './written-files.ts';
import { CONFIG_FILES, type Written } from './written/index.ts';

/** Letters of the hash that names a version: enough that two never meet in one desk's life. */
const VERSION_LETTERS = 12;

/** What a config is read from. */
export interface ConfigGiven {
  /** Where the files are; findings name them below it. */
  folder: string;
  environment: Environment;
  connectors: Connectors;
  /** For whoever loads again and again: what has not changed since is not parsed once more. */
  reader?: SourceReader;
}

/** A config that can be used, or everything that is wrong with the files. */
export type Loaded = { loaded: LoadedConfig } | { findings: readonly Finding[] };

/**
 * Reads a config folder and checks all of it. Never throws for what an admin wrote: that comes back as
 * findings. Gives `previous` back when the files say what they said then.
 */
export async function loadConfig(given: ConfigGiven & { previous?: LoadedConfig }): Promise<Loaded> {
  const { files, unreadable } = await readFiles(given.folder);
  if (unreadable.length > 0) return { findings: unreadable };
  if (given.previous?.version === versionOf(files)) return { loaded: given.previous };
  return checkConfig(files, given);
}

/** The same for files that are in memory: texts by name, as `triage.yaml` and `replies/thanks.md`. */
export function checkConfig(files: Readonly<Record<string, string>>, given: ConfigGiven): Loaded {
  const { sources, written, findings: faults, broken } = readWritten(files, given.folder, given.reader);
  const texts = readTexts(files, given.folder);
  const version = versionOf(files);
  const policy = policyOf({ version, written, sources, texts, connectors: given.connectors });
  const checked = { written, policy, texts, sources, connectors: given.connectors };
  const rest = askAll(checked, broken);
  const found = [...fileFindings(files, given.folder), ...faults, ...texts.findings, ...rest];
  if (found.some(({ severity }) => severity === 'error')) return { findings: inReadingOrder(found) };
  const channels = channelsOf(written.channels, given.environment, given.connectors);
  const ways = waysOf(written.notices, given.environment, given.connectors);
  const names = { ...policy, timeZone: policy.desk.timeZone };
  const lookUps = lookUpsOf(written.customers, given.environment, names);
  const tableLookUps = tableLookUpsOf(written.customers, names);
  const subscriptions = subscriptionsOf(written.events, given.environment, { ...names, ...policy.escalation });
  const warnings = inReadingOrder([
    ...found,
    ...missingSecrets(channels, sources['channels.yaml']),
    ...missingInWays(ways, sources['notices.yaml']),
    ...missingInLookUps(lookUps, { ...written.customers, source: sources['customers.yaml'] }),
    ...missingInMail(written.desk.mail, sources['desk.yaml'], given.environment),
    ...missingInModel(written.triage, sources['triage.yaml'], given.environment),
    ...missingInSubscriptions(subscriptions, sources['events.yaml']),
    ...missingInAccess(written.access, sources['access.yaml'], given.environment),
    ...missingAddress(written, sources['follow-up.yaml'], given.environment),
  ]);
  const staffing = staffingOf(checked);
  const articlesTable = articlesTableOf(written.knowledge);
  const ofOurs = [staffing?.table.wanted, articlesTable?.wanted].filter((table) => table !== undefined);
  const tables = wantedTables([...ofOurs, ...lookUpTables(tableLookUps)]);
  const store = storeOf(written, given);
  const mail = mailOf(written.desk.mail, given.connectors);
  const models = {
    learning: learningSettingsOf(written.triage.learning),
    model: modelSettingsOf(written.triage),
    embedder: embedderSettingsOf(written.triage),
  };
  const outside = { channels, ways, lookUps, tableLookUps, subscriptions, ...models, store, mail, tables };
  const { helpPage } = written.knowledge;
  const access = accessSettingsOf(written.access, given.environment);
  const times = { shadow: shadowOf(written.desk), retention: retentionOf(written.privacy) };
  const inside = { access, helpPage, reports: reportSettingsOf(written.reports), ...times };
  return { loaded: { version, policy, ...outside, ...inside, staffing, articlesTable, files, warnings } };
}

/** The texts of a folder, and what keeps us from reading some of them. */
interface FilesOf {
  files: Readonly<Record<string, string>>;
  unreadable: readonly Finding[];
}

async function readFiles(folder: string): Promise<FilesOf> {
  const texts = new Map<string, string>();
  const unreadable: Finding[] = [];
  try {
    for (const name of await fileNames(folder)) {
      const text = await unlessGone(() => readFile(join(folder, name), 'utf8'));
      if (text !== null) texts.set(name, text);
    }
  } catch (error) {
    if (!isOfSystem(error)) throw error;
    const message = `the files cannot be read: ${error.message}`;
    unreadable.push({
      ...wholeFile(folder, ''),
      severity: 'error',
      message,
      fix: 'Let the account that Tabledesk runs under read the folder and its files.',
    });
  }
  return { files: Object.fromEntries(texts), unreadable };
}

/** A missing folder is an empty one: what is said of desk.yaml then says enough. */
async function fileNames(folder: string): Promise<readonly string[]> {
  const top = (await unlessGone(() => readdir(folder))) ?? [];
  const names = top.filter((name) => /^[^.].*\.ya?ml$/.test(name));
  for (const within of TEXT_FOLDERS) {
    const texts = (await unlessGone(() => readdir(join(folder, within)))) ?? [];
    names.push(...texts.filter((name) => /^[^.].*\.md$/.test(name)).map((name) => `${within}/${name}`));
  }
  return names;
}

/** Null for what is not there, or was there a moment ago: editors replace files as they save. */
async function unlessGone<Read>(read: () => Promise<Read>): Promise<Read | null> {
  try {
    return await read();
  } catch (error) {
    if (isOfSystem(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}

function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}

function versionOf(files: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(files).toSorted()) hash.update(JSON.stringify([name, files[name]]));
  return hash.digest('hex').slice(0, VERSION_LETTERS);
}

/** What can be said of a file before it is read. */
function fileFindings(files: Readonly<Record<string, string>>, folder: string): readonly Finding[] {
  const known = Object.keys(CONFIG_FILES);
  const findings = Object.entries(files).flatMap(([name, text]) => secretFindings(join(folder, name), text));
  if (files['desk.yaml'] === undefined) {
    const fix = 'Write one: a line with name: and the name of your desk is enough.';
    findings.push({ ...wholeFile(folder, 'desk.yaml'), severity: 'error', message: 'there is no desk.yaml', fix });
  }
  for (const name of Object.keys(files)) {
    if (known.includes(name) || TEXT_FOLDERS.some((within) => name.startsWith(`${within}/`))) continue;
    const message = `nobody reads ${name}`;
    findings.push({ ...wholeFile(folder, name), severity: 'warning', message, fix: fixOfName(name, known) });
  }
  return findings;
}

function wholeFile(folder: string, name: string) {
  return { file: join(folder, name), line: 1, column: 1, path: '' };
}

/** A channel without its secret takes nothing, and everything else goes on. */
function missingSecrets(channels: Readonly<Record<string, ChannelConfig>>, source: Source): readonly Finding[] {
  return Object.values(channels).flatMap(({ name, secrets, missingSecrets: missing }) =>
    missing.map((variable) => ({
      severity: 'warning' as const,
      file: source.file,
      ...source.placeOf(['channels', name, 'token']),
      path: `channels.${name}`,
      message: `${variable} is not set${secrets === null ? `, so that the channel "${name}" takes nothing` : ''}`,
      fix: 'Set it on the page of the channel in the console; or in the environment or in .env, and start again.',
    })),
  );
}

/** A look-up without its secret asks nothing, and tickets go on without it. */
function missingInLookUps(
  asked: readonly LookUpConfig[],
  { lookups, source }: Written['customers'] & { source: Source },
): readonly Finding[] {
  return asked.flatMap(({ name, missingSecrets: missing }) => {
    const index = lookups.findIndex((each) => each.name === name);
    return missing.map((variable) => ({
      severity: 'warning' as const,
      file: source.file,
      ...source.placeOf(['lookups', index, 'headers']),
      path: `lookups.${index}.headers`,
      message: `${variable} is not set, so that the look-up "${name}" asks nothing`,
      fix: 'Set it in the environment or in .env, and start again.',
    }));
  });
}

/** Without its address or secret a subscription is told nothing, and what it is to be told waits. */
function missingInSubscriptions(subscriptions: readonly SubscriptionConfig[], source: Source): readonly Finding[] {
  return subscriptions.flatMap(({ name, url, secrets, missingSecrets: missing }) =>
    missing.map((variable) => ({
      severity: 'warning' as const,
      file: source.file,
      ...source.placeOf(['subscriptions', name]),
      path: `subscriptions.${name}`,
      message: `${variable} is not set${url === null || secrets.length === 0 ? `, so that events for "${name}" wait` : ''}`,
      fix: 'Set it in the environment or in .env, and start again.',
    })),
  );
}

function missingInAccess(
  { provider }: Written['access'],
  source: Source,
  environment: Environment,
): readonly Finding[] {
  if (provider === undefined) return [];
  return secretsNamed([provider.clientSecret], environment).missing.map((variable) => ({
    severity: 'warning' as const,
    file: source.file,
    ...source.placeOf(['provider', 'clientSecret']),
    path: 'provider.clientSecret',
    message: `${variable} is not set, so that nobody can sign in with ${provider.title}`,
    fix: 'Set it in the environment or in .env, and start again.',
  }));
}

/** Without an address of ours, nobody outside reaches the page that a survey leads to. */
function missingAddress({ followUp }: Written, source: Source, { PUBLIC_URL = '' }: Environment): readonly Finding[] {
  if (followUp.survey === undefined || PUBLIC_URL !== '') return [];
  return [
    {
      severity: 'warning',
      file: source.file,
      ...source.placeOf(['survey']),
      path: 'survey',
      message: 'PUBLIC_URL is not set, so that no survey is sent',
      fix: 'Set it to the address under which the internet reaches this service, and start again.',
    },
  ];
}

function storeOf({ desk: { store } }: Written, { connectors }: ConfigGiven): LoadedConfig['store'] {
  return { kind: store.kind, settings: connectors[store.kind]?.store?.settings.parse(store.settings) };
}
