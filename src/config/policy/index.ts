/**
 * The config as `decide` reads it: names resolved, phrases split, patterns compiled, every default
 * filled in. Takes only what the checks have let through.
 */
import { comparable } from '../../decide/conditions/fields.ts';
import type { Policy, Rule, TagSource } from '../../decide/policy.ts';
import { type StatusNames, USUAL_STATUS_NAMES } from '../../domain/status-names.ts';
import type { Status } from '../../domain/ticket.ts';
import type { Connectors } from '../../kit/connector.ts';
import type { Path, Source } from '../source.ts';
import type { Texts } from '../texts.ts';
import type { ConfigFile, Written } from '../written/index.ts';
import type { WrittenCondition } from '../written/condition.ts';
import { ENOUGH_IN_COMMON } from '../written/triage.ts';
import { listOf, shareOf } from '../written/words.ts';
import { bookOf } from './customers.ts';
import { compileCondition, type Names } from './condition.ts';
import { handoffsOf } from './handoffs.ts';
import { intakeOf } from './intake.ts';
import { offersOf } from './offers.ts';
import { escalationOf } from './escalation.ts';
import { incidentsOf } from './incidents.ts';
import { followUpOf } from './follow-up.ts';
import { modelPolicyOf } from './model.ts';
import { agentsOf, calendarsOf, queuesOf, USUAL_QUEUE } from './people.ts';
import { noticesOf } from './notices.ts';
import { slaPoliciesOf } from './sla.ts';

/** Everything that a policy is made of. */
export interface PolicyParts {
  version: string;
  written: Written;
  sources: Readonly<Record<ConfigFile, Source>>;
  texts: Texts;
  connectors: Connectors;
}

export function policyOf({ version, written, sources, texts, connectors }: PolicyParts): Policy {
  const { name, prefix, timeZone, language, firstNumber, statuses, intake } = written.desk;
  const calendars = calendarsOf(written.people, timeZone);
  const names: Names = { calendars, timeZone };
  const queues = queuesOf(written.people);
  const defaultQueue = written.routing.defaultQueue ?? Object.keys(queues)[0] ?? USUAL_QUEUE.name;
  return {
    version,
    desk: { name, prefix, timeZone, language, firstNumber, statuses: statusNamesOf(statuses) },
    categories: written.triage.categories,
    calendars,
    agents: agentsOf(written.people, calendars, timeZone),
    queues,
    triage: triageOf({ written, sources }, names, defaultQueue),
    escalation: escalationOf(written.escalation, names, placesIn(sources['escalation.yaml'], 'escalations')),
    notices: noticesOf(written.notices, names, connectors),
    routing: {
      rules: rulesOf(written.routing.rules, names, placesIn(sources['routing.yaml'], 'rules')),
      defaultQueue,
      handoffs: handoffsOf(written.routing, placesIn(sources['routing.yaml'], 'handoffs')),
    },
    incidents: incidentsOf(written.triage.incidents, names),
    related: written.triage.related,
    sla: {
      policies: slaPoliciesOf(written.sla, names, placesIn(sources['sla.yaml'], 'policies')),
      pausedIn: written.sla.pausedIn,
    },
    intake: {
      ...intake,
      ...intakeOf(written.intake, names, (list, index) => placesIn(sources['intake.yaml'], list)(index)),
    },
    customers: bookOf(written.customers),
    replies: texts.templates,
    offers: offersOf(texts, written.knowledge, names),
    followUp: followUpOf(written.followUp, names, (...path) => spotOf(sources['follow-up.yaml'], path)),
  };
}

function statusNamesOf(written: Written['desk']['statuses']): StatusNames {
  const namesOf = (status: Status) => listOf(written[status] ?? USUAL_STATUS_NAMES[status]);
  return {
    new: namesOf('new'),
    open: namesOf('open'),
    pending: namesOf('pending'),
    on_hold: namesOf('on_hold'),
    needs_info: namesOf('needs_info'),
    resolved: namesOf('resolved'),
    closed: namesOf('closed'),
  };
}

function triageOf(
  { written: { triage, privacy }, sources }: Pick<PolicyParts, 'written' | 'sources'>,
  names: Names,
  defaultQueue: string,
): Policy['triage'] {
  const { defaultPriority, priorityBySeverity, reviewQueue = defaultQueue, tags = null, frustration = null } = triage;
  return {
    rules: rulesOf(triage.rules, names, placesIn(sources['triage.yaml'], 'rules')),
    defaultPriority,
    priorityBySeverity,
    frustration,
    reviewQueue,
    proposes: triage.learning.enabled ? triage.learning.suggest : [],
    tags,
    tagsFrom: tagsFromOf(triage.tagsFrom, placesIn(sources['triage.yaml'], 'tagsFrom')),
    steps: triage.steps,
    selfService: selfServiceOf(triage.selfService),
    showsGuesses: triage.showGuesses,
    model: modelPolicyOf(triage, names),
    keptFromModels: privacy.keepFromModels,
  };
}

function selfServiceOf(written: Written['triage']['selfService']): Policy['triage']['selfService'] {
  const entries = Object.entries(written).map(([category, { withArticle, ...rest }]) => {
    return [category, { ...rest, withArticle: sharedWith(withArticle) }] as const;
  });
  return Object.fromEntries(entries);
}

function sharedWith(written: string | true | undefined): number | null {
  return written === undefined ? null : shareOf(written === true ? ENOUGH_IN_COMMON : written);
}

function tagsFromOf(written: Written['triage']['tagsFrom'], placeOf: (field: string) => string): readonly TagSource[] {
  return Object.entries(written).map(([field, byValue]) => ({
    field,
    place: placeOf(field),
    tags: Object.fromEntries(Object.entries(byValue).map(([value, tags]) => [comparable(value), listOf(tags)])),
  }));
}

interface WrittenRule<Then> {
  name: string;
  why: string;
  owner: string;
  when: WrittenCondition;
  then: Then;
}

function rulesOf<Then extends object>(
  rules: readonly WrittenRule<Then>[],
  names: Names,
  placeOf: (index: number) => string,
): readonly Rule<WithoutUndefined<Then>>[] {
  return rules.map((rule, index) => ({
    ...rule,
    when: compileCondition(rule.when, names),
    then: withoutUndefined(rule.then),
    place: placeOf(index),
  }));
}

type WithoutUndefined<Given> = { [Key in keyof Given]: Exclude<Given[Key], undefined> };

/** What was left out is not there, rather than there and undefined. */
function withoutUndefined<Given extends object>(given: Given): WithoutUndefined<Given> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as WithoutUndefined<Given>;
}

/** Where the items of a list stand, as `triage.yaml:12`. */
function placesIn(source: Source, list: string): (index: number | string) => string {
  return (index) => spotOf(source, [list, index]);
}

function spotOf(source: Source, path: Path): string {
  const file = source.file.slice(source.file.lastIndexOf('/') + 1);
  return `${file}:${source.placeOf(path).line}`;
}
