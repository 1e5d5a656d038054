/**
 * Everything that must be right across keys and files, one named check for each. All are asked, and all
 * that they find is told at once.
 */
import type { Finding } from '../live.ts';
import type { ConfigFile } from '../written/index.ts';
import { GRANTS_FIT, PROVIDER_TRUSTED } from './access.ts';
import { type Check, type CheckedConfig, createReport } from './check.ts';
import { CHANNEL_KINDS, CHANNEL_SETTINGS, MAIL, STORE, WAY_KINDS, WAY_SETTINGS } from './connectors.ts';
import { CLAIMS_ONCE, CUSTOMER_NAMES_ONCE, LOOK_UPS, NO_FREE_MAIL } from './customers.ts';
import { CHECK_INS_ONCE, NO_DAYS_IN_OPEN_WAITS, REMINDER_FIRST } from './follow-up.ts';
import { ENCRYPTED, EVENT_NAMES } from './events.ts';
import { CLARIFY_RULES, EXTRACTS } from './intake.ts';
import { DEAD_CONDITIONS, DEAD_OFFERS } from './dead.ts';
import {
  ESCALATION_ASKS,
  ESCALATION_CLOCKS,
  ESCALATION_ENDS,
  ESCALATION_NOT_ITSELF,
  ESCALATION_TIMES,
} from './escalation.ts';
import {
  CONDITION_NAMES,
  ESCALATION_NAMES,
  FOLLOW_UP_NAMES,
  INTAKE_NAMES,
  OFFER_CONDITIONS,
  PEOPLE_NAMES,
  ROUTING_NAMES,
  SLA_NAMES,
  TRIAGE_NAMES,
} from './names.ts';
import { ESCALATION_OVERLAPS, ROUTING_OVERLAPS, SLA_OVERLAPS, TRIAGE_OVERLAPS } from './overlap.ts';
import { HANDOFF_NAMES, HANDOFF_OVERLAPS, HANDOFF_TIMES } from './handoffs.ts';
import { HANDLES, WAY_NAMES, WAYS_REACH_PEOPLE, WEEKLY_NAMES } from './notices.ts';
import { RENAMED } from './learning.ts';
import { KEPT_NAMES, VECTORS_KNOW_CATEGORIES } from './privacy.ts';
import { MODEL_NAMES, MODEL_PATTERNS, MODEL_PRICES } from './model.ts';
import { MEMBERS_ONCE, OPEN_CALENDARS, QUEUE_SKILLS, ROUTING_SKILLS, STAFFED_QUEUES } from './people.ts';
import {
  NO_DAYS_IN_OPEN_HOURS,
  POLICY_FOR_ALL,
  PROMISE_NOT_BEFORE_TARGET,
  PROMISED_GAPS,
  SOME_TIME,
} from './promises.ts';
import { TEMPLATES } from './replies.ts';
import { ROW_COLUMNS } from './row-columns.ts';
import { STATUS_NAMES_ONCE } from './statuses.ts';
import { AGENTS_TABLE, ARTICLES_TABLE, REVIEW_GOES_SOMEWHERE } from './tables.ts';
import { TAG_FIELDS, TAGS_OF_THE_LIST } from './tags.ts';
import { CATEGORIES_GIVEN, CATEGORIES_ONCE, FEW_CATEGORIES_ONLY, SELF_SERVICE, STEPS } from './triage.ts';

export const CHECKS: readonly Check[] = [
  STORE,
  MAIL,
  STATUS_NAMES_ONCE,
  ...TEMPLATES,
  CHANNEL_KINDS,
  CHANNEL_SETTINGS,
  EXTRACTS,
  CLARIFY_RULES,
  INTAKE_NAMES,
  PEOPLE_NAMES,
  AGENTS_TABLE,
  ARTICLES_TABLE,
  REVIEW_GOES_SOMEWHERE,
  OPEN_CALENDARS,
  STAFFED_QUEUES,
  MEMBERS_ONCE,
  QUEUE_SKILLS,
  CUSTOMER_NAMES_ONCE,
  CLAIMS_ONCE,
  NO_FREE_MAIL,
  LOOK_UPS,
  CATEGORIES_ONCE,
  FEW_CATEGORIES_ONLY,
  CATEGORIES_GIVEN,
  TAGS_OF_THE_LIST,
  TAG_FIELDS,
  STEPS,
  SELF_SERVICE,
  RENAMED,
  MODEL_NAMES,
  MODEL_PATTERNS,
  MODEL_PRICES,
  KEPT_NAMES,
  VECTORS_KNOW_CATEGORIES,
  TRIAGE_NAMES,
  TRIAGE_OVERLAPS,
  ROUTING_NAMES,
  ROUTING_SKILLS,
  ROUTING_OVERLAPS,
  HANDOFF_NAMES,
  HANDOFF_OVERLAPS,
  HANDOFF_TIMES,
  SLA_NAMES,
  NO_DAYS_IN_OPEN_HOURS,
  SOME_TIME,
  POLICY_FOR_ALL,
  PROMISE_NOT_BEFORE_TARGET,
  PROMISED_GAPS,
  SLA_OVERLAPS,
  WAY_KINDS,
  WAY_SETTINGS,
  WAY_NAMES,
  WEEKLY_NAMES,
  HANDLES,
  WAYS_REACH_PEOPLE,
  ESCALATION_NAMES,
  ESCALATION_ASKS,
  ESCALATION_NOT_ITSELF,
  ESCALATION_TIMES,
  ESCALATION_CLOCKS,
  ESCALATION_ENDS,
  ESCALATION_OVERLAPS,
  FOLLOW_UP_NAMES,
  REMINDER_FIRST,
  NO_DAYS_IN_OPEN_WAITS,
  CHECK_INS_ONCE,
  ...CONDITION_NAMES,
  OFFER_CONDITIONS,
  ...DEAD_CONDITIONS,
  DEAD_OFFERS,
  EVENT_NAMES,
  ENCRYPTED,
  PROVIDER_TRUSTED,
  GRANTS_FIT,
  ROW_COLUMNS,
];

/** Asks every check whose files could be understood; `broken` are the others. */
export function askAll(config: CheckedConfig, broken: ReadonlySet<ConfigFile>): readonly Finding[] {
  const report = createReport(config, broken);
  for (const { reads, look } of CHECKS) {
    if (!reads.some((file) => broken.has(file))) look(config, report);
  }
  return report.findings;
}
