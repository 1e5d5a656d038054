import { inArray } from 'drizzle-orm';
import type { LoadedConfig } from '../../config/live.ts';
import { policyOf } from '../../config/policy/index.ts';
import { createSourceReader } from '../../config/source-reader.ts';
import { readTexts } from '../../config/texts.ts';
import { readWritten } from '../../config/written-files.ts';
import type { Queries } from '../../db/connection.ts';
import { configVersions } from '../../db/schema.ts';
import { decisionsOf, type StoredDecision } from '../../db/ticket-queries.ts';
import type { Policy } from '../../decide/policy.ts';
import type { Stage } from '../../domain/decision.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { entriesOf, entryOf } from './entries.ts';
import { type Entry, keyText } from './entry.ts';
import { FOLLOWED_UP, lostFollowUps } from './lost-follow-ups.ts';
import { type LostRules, lostTo } from './lost.ts';
import { type Files, placeOfRule, type RulePlace } from './rule-place.ts';

/** A decision, and what can be said of it beyond its record. */
export interface ExplainedDecision {
  decision: StoredDecision;
  /** Where its rule stood in the config of that time; null of what no rule decided, and where that config is gone. */
  rule: RulePlace | null;
  /** Rules of the same stage that did not decide; null where there is nothing to ask, or that config cannot be read any more. */
  lost: LostRules | null;
  /** What the rule says, of an escalation or a follow-up: when it has its say, and what happens then. */
  says: Pick<Entry, 'trigger' | 'logic'> | null;
}

/** Decisions that follow from no choice among rules. */
const CHOSEN_AMONG_RULES: ReadonlySet<string> = new Set([
  'triage.category_by_rule',
  'triage.severity_by_rule',
  'triage.priority_by_rule',
  'triage.priority_by_severity',
  'triage.priority_by_default',
  'triage.no_rule_matched',
  'triage.category_by_opinion',
  'route.rule',
  'route.default',
  'sla.due_set',
  'escalate.raised',
  'follow_up.check_in_planned',
]);

/** Decisions of which the sentence does not tell what the rule waits for, and whom it tells. */
const TOLD_WITH_RULE: ReadonlySet<Stage> = new Set(['escalate', 'follow_up']);

/** The chain of a ticket's decisions, each with its rule and with what lost, by the config under which it was made. */
export async function explainTicket(
  queries: Queries,
  ticket: Ticket,
  config: Pick<LoadedConfig, 'version' | 'policy'> | null,
): Promise<readonly ExplainedDecision[]> {
  const decisions = await decisionsOf(queries, ticket.key);
  const versions = [...new Set(decisions.map(({ configVersion }) => configVersion))];
  const rows = await queries.select().from(configVersions).where(inArray(configVersions.version, versions));
  const files = new Map<string, Files>(rows.map((row) => [row.version, row.files]));
  const policies = new Map<string, Policy | null>();
  const policyAt = (version: string) =>
    policies.getOrInsertComputed(version, () => policyOfVersion(version, files, config));
  const entries = new Map<string, readonly Entry[]>();
  const entriesAt = (version: string) =>
    entries.getOrInsertComputed(version, () => {
      const policy = policyAt(version);
      return policy === null ? [] : entriesOf({ policy, files: files.get(version) ?? {} });
    });
  const told = new Set<string>();
  const reader = createSourceReader();
  return decisions.map((decision) => {
    const { source, stage, configVersion } = decision;
    const known = files.get(configVersion);
    const isRuled = source.kind === 'rule' || source.kind === 'policy';
    const isFollowed = FOLLOWED_UP.has(decision.code);
    const policy = isFollowed || CHOSEN_AMONG_RULES.has(decision.code) ? policyAt(configVersion) : null;
    const lostOf = (by: Policy) =>
      isFollowed
        ? lostFollowUps(decision, { ticket, decisions, policy: by, entries: entriesAt(configVersion) })
        : lostTo(decision, { ticket, decisions, policy: by });
    const said = isRuled && TOLD_WITH_RULE.has(stage) ? entriesAt(configVersion) : [];
    return {
      decision,
      rule: known === undefined || !isRuled ? null : placeOfRule(known, { stage, name: source.name }, reader),
      lost: policy === null ? null : toldOnce(lostOf(policy), decision, told),
      says: isRuled ? saidOnce(entryOf(said, { stage, name: source.name }), told) : null,
    };
  });
}

/** A rule says the same of each of its decisions, so the first of them alone tells it. */
function saidOnce(entry: Entry | null, told: Set<string>): ExplainedDecision['says'] {
  if (entry === null || told.has(keyText(entry))) return null;
  told.add(keyText(entry));
  return { trigger: entry.trigger, logic: entry.logic };
}

/** What a turn asked for in vain is the same for each field that it set, so its first decision alone tells it. */
function toldOnce(lost: LostRules, { at, stage }: StoredDecision, told: Set<string>): LostRules {
  const turn = `${at.toString()} ${stage}`;
  if (!told.has(turn)) {
    told.add(turn);
    return lost;
  }
  return { rules: lost.rules.filter(({ kind }) => kind === 'later'), others: 0 };
}

/** Null where this release cannot read what another one took. What only connectors know plays no part in rules. */
function policyOfVersion(
  version: string,
  files: ReadonlyMap<string, Files>,
  current: Pick<LoadedConfig, 'version' | 'policy'> | null,
): Policy | null {
  if (version === current?.version) return current.policy;
  const known = files.get(version);
  if (known === undefined) return null;
  const { written, sources, broken } = readWritten(known, 'config');
  if (broken.size > 0) return null;
  return policyOf({ version, written, sources, texts: readTexts(known, 'config'), connectors: {} });
}
