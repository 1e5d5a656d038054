import type { Policy } from '../../decide/policy.ts';
import type { Connectors } from '../../kit/connector.ts';
import type { WrittenArticle } from '../article-files.ts';
import { findingAt, findingAtKey, fixOfName } from '../finding.ts';
import type { Finding } from '../live.ts';
import type { WrittenDraft } from '../reply-files.ts';
import type { Path, Source } from '../source.ts';
import type { Texts } from '../texts.ts';
import type { ConfigFile, Written } from '../written/index.ts';

/** What the checks look at: the files as written, and the policy that comes of them. */
export interface CheckedConfig {
  written: Written;
  policy: Policy;
  texts: Texts;
  sources: Readonly<Record<ConfigFile, Source>>;
  connectors: Connectors;
}

/** A reply or an article. */
export type TextFile = (WrittenDraft | WrittenArticle)['file'];

/** Where something stands. */
export interface Spot {
  /** Of a text, its head. */
  file: ConfigFile | TextFile;
  path: Path;
}

/** What can be written somewhere, such as the names of queues. */
export interface ValidNames {
  valid: readonly string[];
  noun: string;
  /** The file that gives these names; while it cannot be understood, nobody knows them. */
  from?: ConfigFile;
  /** Whether there are others, which only the base knows: then no name is wrong. */
  isOpen?: boolean;
}

/** Takes what the checks find. */
export interface Report {
  error(spot: Spot, message: string, fix: string): void;
  warning(spot: Spot, message: string, fix: string): void;
  /** About a key rather than about its value. */
  errorAtKey(spot: Spot & { key: string }, message: string, fix: string): void;
  /** What a schema found. */
  add(findings: readonly Finding[]): void;
  /** A name that leads nowhere. Of a name that is left out, nothing. */
  unknownName(spot: Spot, name: ValidNames & { written: string | undefined }): void;
}

/**
 * One thing that must be right across keys or files. It is only asked when the files that it reads could
 * be understood.
 */
export interface Check {
  reads: readonly ConfigFile[];
  look(config: CheckedConfig, report: Report): void;
}

/** Collects findings as the checks report them. `broken` are the files that could not be understood. */
export function createReport(
  { sources, texts }: Pick<CheckedConfig, 'sources' | 'texts'>,
  broken: ReadonlySet<ConfigFile>,
): Report & { findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const heads = [...texts.drafts, ...texts.articles].map(({ file, source }) => [file, source] as const);
  const all = new Map<Spot['file'], Source>([...heads, ...(Object.entries(sources) as [ConfigFile, Source][])]);

  function sourceOf(file: Spot['file']): Source {
    const source = all.get(file);
    if (source === undefined) throw new Error(`a check looked at ${file}, which was not read`);
    return source;
  }

  const report: Report = {
    error({ file, path }, message, fix) {
      findings.push(findingAt(sourceOf(file), path, { severity: 'error', message, fix }));
    },
    warning({ file, path }, message, fix) {
      findings.push(findingAt(sourceOf(file), path, { severity: 'warning', message, fix }));
    },
    errorAtKey({ file, path, key }, message, fix) {
      findings.push(findingAtKey(sourceOf(file), { path, key }, { severity: 'error', message, fix }));
    },
    add(more) {
      findings.push(...more);
    },
    unknownName(spot, { written, valid, noun, from, isOpen = false }) {
      if (written === undefined || isOpen || valid.includes(written)) return;
      if (from !== undefined && broken.has(from)) return;
      report.error(spot, `"${written}" is not ${noun}`, fixOfName(written, valid));
    },
  };
  return { ...report, findings };
}
