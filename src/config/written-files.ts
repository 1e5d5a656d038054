import { join } from 'node:path';
import type { z } from 'zod';
import type { Finding } from './live.ts';
import { schemaFindings } from './schema-findings.ts';
import { readSource, type Source } from './source.ts';
import type { SourceReader } from './source-reader.ts';
import { Access } from './written/access.ts';
import { Channels } from './written/channels.ts';
import { Customers } from './written/customers.ts';
import { Desk } from './written/desk.ts';
import { Intake } from './written/intake.ts';
import { Knowledge } from './written/knowledge.ts';
import { Events } from './written/events.ts';
import { Escalation } from './written/escalation.ts';
import { FollowUp } from './written/follow-up.ts';
import type { ConfigFile, Written } from './written/index.ts';
import { Notices } from './written/notices.ts';
import { People } from './written/people.ts';
import { Privacy } from './written/privacy.ts';
import { Reports } from './written/reports.ts';
import { Routing } from './written/routing.ts';
import { Sla } from './written/sla.ts';
import { Triage } from './written/triage.ts';

/** The files of a folder, read as far as they can be. */
export interface ReadFiles {
  written: Written;
  sources: Readonly<Record<ConfigFile, Source>>;
  findings: readonly Finding[];
  /** Files that could not be understood; in `written` they are as if they were empty. */
  broken: ReadonlySet<ConfigFile>;
}

/**
 * Reads every file by its schema. A file that is not there is an empty one.
 *
 * @param reader of whoever reads the same files again and again
 */
export function readWritten(
  files: Readonly<Record<string, string>>,
  folder: string,
  reader: SourceReader = { read: readSource },
): ReadFiles {
  const findings: Finding[] = [];
  const broken = new Set<ConfigFile>();

  function read<Schema extends z.ZodType>(file: ConfigFile, schema: Schema): z.output<Schema> {
    const { found, value } = readBy(sources[file], schema);
    findings.push(...found);
    if (value === undefined) broken.add(file);
    return value ?? schema.parse({});
  }

  const sources = sourcesBy((file) => reader.read(join(folder, file), files[file] ?? ''));
  const written: Written = {
    desk: read('desk.yaml', Desk),
    channels: read('channels.yaml', Channels),
    intake: read('intake.yaml', Intake),
    people: read('people.yaml', People),
    customers: read('customers.yaml', Customers),
    triage: read('triage.yaml', Triage),
    routing: read('routing.yaml', Routing),
    sla: read('sla.yaml', Sla),
    escalation: read('escalation.yaml', Escalation),
    notices: read('notices.yaml', Notices),
    followUp: read('follow-up.yaml', FollowUp),
    knowledge: read('knowledge.yaml', Knowledge),
    reports: read('reports.yaml', Reports),
    privacy: read('privacy.yaml', Privacy),
    access: read('access.yaml', Access),
    events: read('events.yaml', Events),
  };
  return { written, sources, findings, broken };
}

function sourcesBy(source: (file: ConfigFile) => Source): Readonly<Record<ConfigFile, Source>> {
  return {
    'desk.yaml': source('desk.yaml'),
    'channels.yaml': source('channels.yaml'),
    'intake.yaml': source('intake.yaml'),
    'people.yaml': source('people.yaml'),
    'customers.yaml': source('customers.yaml'),
    'triage.yaml': source('triage.yaml'),
    'routing.yaml': source('routing.yaml'),
    'sla.yaml': source('sla.yaml'),
    'escalation.yaml': source('escalation.yaml'),
    'notices.yaml': source('notices.yaml'),
    'follow-up.yaml': source('follow-up.yaml'),
    'knowledge.yaml': source('knowledge.yaml'),
    'reports.yaml': source('reports.yaml'),
    'privacy.yaml': source('privacy.yaml'),
    'access.yaml': source('access.yaml'),
    'events.yaml': source('events.yaml'),
  };
}

/** What a file says, or what YAML or the schema has against it. */
function readBy<Schema extends z.ZodType>(
  source: Source,
  schema: Schema,
): { found: readonly Finding[]; value?: z.output<Schema> } {
  const { file, faults, value } = source;
  if (faults.length > 0) return { found: faults.map((fault) => ({ ...fault, severity: 'error', file, path: '' })) };
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return { found: [], value: data };
  return { found: schemaFindings({ source, schema, at: [], value }, error.issues) };
}
