/**
 * Everything that must be right across keys and files, one named check for each. All are asked, and all
 * that they find is told at once.
 */
import type { Check } from './check.ts';
import { CHANNEL_KINDS, CHANNEL_SETTINGS, STORE } from './connectors.ts';
import { CLAIMS_ONCE, CUSTOMER_NAMES_ONCE, LOOK_UPS, NO_FREE_MAIL } from './customers.ts';
import { EXTRACTS } from './intake.ts';
import {
  LOOK_UP_CONDITIONS,
  OFFER_CONDITIONS,
  PEOPLE_NAMES,
  ROUTING_CONDITIONS,
  ROUTING_NAMES,
  SLA_CONDITIONS,
  SLA_NAMES,
  TRIAGE_CONDITIONS,
  TRIAGE_NAMES,
} from './names.ts';
import { ROUTING_OVERLAPS, SLA_OVERLAPS, TRIAGE_OVERLAPS } from './overlap.ts';
import { HANDOFF_NAMES, HANDOFF_OVERLAPS, HANDOFF_TIMES } from './handoffs.ts';
import { MEMBERS_ONCE, OPEN_CALENDARS, QUEUE_SKILLS, ROUTING_SKILLS, STAFFED_QUEUES } from './people.ts';
import { NO_DAYS_IN_OPEN_HOURS, POLICY_FOR_ALL, SOME_TIME } from './promises.ts';
import { TEMPLATES } from './replies.ts';
import { ROW_COLUMNS } from './row-columns.ts';
import { STATUS_NAMES_ONCE } from './statuses.ts';
import { TAG_FIELDS, TAGS_OF_THE_LIST } from './tags.ts';
import { CATEGORIES_GIVEN, CATEGORIES_ONCE, FEW_CATEGORIES_ONLY } from './triage.ts';

export const CHECKS: readonly Check[] = [
  STORE,
  STATUS_NAMES_ONCE,
  ...TEMPLATES,
  CHANNEL_KINDS,
  CHANNEL_SETTINGS,
  EXTRACTS,
  PEOPLE_NAMES,
  OPEN_CALENDARS,
  STAFFED_QUEUES,
  MEMBERS_ONCE,
  QUEUE_SKILLS,
  CUSTOMER_NAMES_ONCE,
  CLAIMS_ONCE,
  NO_FREE_MAIL,
  LOOK_UPS,
  LOOK_UP_CONDITIONS,
  CATEGORIES_ONCE,
  FEW_CATEGORIES_ONLY,
  CATEGORIES_GIVEN,
  TAGS_OF_THE_LIST,
  TAG_FIELDS,
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
  SLA_OVERLAPS,
  TRIAGE_CONDITIONS,
  ROUTING_CONDITIONS,
  SLA_CONDITIONS,
  OFFER_CONDITIONS,
  ROW_COLUMNS,
];
