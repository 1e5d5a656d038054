import type { Router } from 'express';
import express from 'express';
import { CHAPTERS } from '../reports/playbook/entries.ts';
import { firstDay, readAskers, readTurns, WINDOWS } from '../reports/playbook/figures.ts';
import { explainTicket } from '../reports/playbook/explain.ts';
import { diffOfFiles } from '../reports/playbook/line-diff.ts';
import { type PlaybookRule, readPlaybook, rulesIn } from '../reports/playbook/playbook.ts';
import { REVIEW_PARTS } from '../reports/playbook/review.ts';
import { placeOfRule } from '../reports/playbook/rule-place.ts';
import { noteReview, readReviews } from '../reports/playbook/standings.ts';
import { noteCount } from '../reports/playbook/upkeep.ts';
import { readVersion, readVersions } from '../reports/playbook/versions.ts';
import type { ConsoleParts } from './parts.ts';
import { ruleAddress, type RuleNamed } from './playbook-address.ts';
import { playbookMain } from './playbook-page.ts';
import { NOT_FOUND } from './refusal-pages.ts';
import { MOST_TURNS, ruleMain } from './rule-page.ts';
import { readTicket } from './ticket-rows.ts';
import { ticketNumber } from './ticket-number.ts';
import { versionFileMain, versionMain, versionsMain } from './versions-page.ts';
import type { Door, FormVisit, Visit } from './visit.ts';
import { whyMain } from './why-page.ts';

/** So many versions stand in the list, and so many reviews on the page of a rule. */
const MOST_VERSIONS = 50;
const MOST_REVIEWS = 20;

/** Longest note that is kept of a review. */
const LONGEST_NOTE = 500;

/** The config as people read it, and what it was. */
export function playbookRoutes(parts: ConsoleParts, door: Door): Router {
  const router = express.Router();
  router.get(
    '/playbook',
    door.page((visit) => showPlaybook(visit, parts)),
  );
  router.get(
    '/playbook/rule',
    door.page((visit) => showRule(visit, parts)),
  );
  router.post(
    '/playbook/rule/reviewed',
    door.form((visit) => takeReview(visit, parts), { act: 'rule_reviewed', about: ['name'] }),
  );
  router.get(
    '/playbook/versions',
    door.page(async (visit) => {
      const versions = await readVersions(parts.connection.queries, MOST_VERSIONS);
      const given = { inForce: visit.config.version, timeZone: visit.config.policy.desk.timeZone };
      visit.show({ title: 'Versions', place: 'health', main: versionsMain(versions, given) });
    }),
  );
  router.get(
    '/playbook/versions/:version',
    door.page((visit) => showVersion(visit, parts)),
  );
  router.get(
    '/playbook/versions/:version/rule',
    door.page((visit) => showRuleInVersion(visit, parts)),
  );
  router.get(
    '/playbook/versions/:version/file',
    door.page((visit) => showFile(visit, parts)),
  );
  router.get(
    '/tickets/:number/why',
    door.page((visit) => showWhy(visit, parts)),
  );
  return router;
}

async function showWhy(visit: Visit, { connection }: ConsoleParts): Promise<void> {
  const number = ticketNumber(visit.part('number'), visit.config.policy.desk.prefix);
  const ticket = number === null ? null : await readTicket(connection.queries, number);
  if (ticket === null) return visit.refuse(NOT_FOUND);
  const chain = await explainTicket(connection.queries, ticket, visit.config);
  const main = whyMain(ticket, chain, visit.config.policy.desk);
  return visit.show({ title: 'Why, and what lost', place: 'queue', main });
}

async function showPlaybook(visit: Visit, parts: ConsoleParts): Promise<void> {
  const playbook = await playbookNow(visit, parts);
  const { timeZone } = visit.config.policy.desk;
  visit.show({ title: 'Playbook', place: 'health', main: playbookMain({ playbook, timeZone, now: visit.now }) });
}

function playbookNow({ config, now }: Visit, { connection }: ConsoleParts) {
  return readPlaybook({ queries: connection.queries, config, now });
}

async function showRule(visit: Visit, parts: ConsoleParts): Promise<void> {
  const { queries } = parts.connection;
  const rule = await ruleNow(visit, parts, namedIn(visit.query));
  if (rule === null) return visit.refuse(NOT_FOUND);
  const { prefix, timeZone } = visit.config.policy.desk;
  const window = WINDOWS.find((each) => String(each) === visit.query('days')) ?? 7;
  const what = visit.query('what') === 'overridden' ? 'overridden' : 'fired';
  const main = ruleMain({
    rule,
    version: visit.config.version,
    asked: { what, window },
    turns: await readTurns(queries, rule, { what, since: firstDay(visit.now, window), most: MOST_TURNS }),
    askers: await readAskers(queries, { of: rule }),
    reviews: await readReviews(queries, rule, MOST_REVIEWS),
    prefix,
    timeZone,
    now: visit.now,
    access: visit.access,
    csrfToken: visit.session.csrfToken,
  });
  return visit.show({ title: rule.name, place: 'health', main });
}

/** A rule of the config in force. */
async function ruleNow(visit: Visit, parts: ConsoleParts, named: RuleNamed | null): Promise<PlaybookRule | null> {
  if (named === null) return null;
  const rules = rulesIn(await playbookNow(visit, parts));
  return rules.find(({ stage, name }) => stage === named.stage && name === named.name) ?? null;
}

function namedIn(read: (name: string) => string): RuleNamed | null {
  const chapter = CHAPTERS.find(({ stage }) => stage === read('stage'));
  return chapter === undefined ? null : { stage: chapter.stage, name: read('name') };
}

async function takeReview(visit: FormVisit, parts: ConsoleParts): Promise<void> {
  const rule = await ruleNow(
    visit,
    parts,
    namedIn((name) => visit.form.get(name)),
  );
  const part = REVIEW_PARTS.find((each) => each === visit.form.get('part'));
  if (rule === null || part === undefined) return visit.refuse(NOT_FOUND);
  const note = visit.form.get('note').trim().slice(0, LONGEST_NOTE);
  const { queries } = parts.connection;
  await noteReview(queries, rule, { part, at: visit.now, by: visit.person, note });
  const left = rulesIn(await playbookNow(visit, parts)).filter(({ dues }) => dues.length > 0);
  await noteCount(queries, left.length);
  return visit.goTo(`${ruleAddress(rule)}#review`, 'rule_reviewed');
}

async function showVersion(visit: Visit, { connection }: ConsoleParts): Promise<void> {
  const shown = await readVersion(connection.queries, visit.part('version'));
  if (shown === null) return visit.refuse(NOT_FOUND);
  const before = shown.before === null ? null : await readVersion(connection.queries, shown.before);
  const main = versionMain(shown, {
    before: shown.before,
    diff: diffOfFiles(before?.files ?? {}, shown.files),
    files: Object.keys(shown.files).toSorted(),
    timeZone: visit.config.policy.desk.timeZone,
  });
  return visit.show({ title: `Version ${shown.version.slice(0, 8)}`, place: 'health', main });
}

async function showRuleInVersion(visit: Visit, { connection }: ConsoleParts): Promise<void> {
  const named = namedIn(visit.query);
  const shown = await readVersion(connection.queries, visit.part('version'));
  const marked = named === null || shown === null ? null : placeOfRule(shown.files, named);
  if (shown === null || named === null || marked === null) return visit.refuse(NOT_FOUND);
  const text = shown.files[marked.file] ?? '';
  const main = versionFileMain(shown, { file: marked.file, text, marked, title: named.name });
  return visit.show({ title: named.name, place: 'health', main });
}

async function showFile(visit: Visit, { connection }: ConsoleParts): Promise<void> {
  const shown = await readVersion(connection.queries, visit.part('version'));
  const file = visit.query('name');
  const text = shown !== null && Object.hasOwn(shown.files, file) ? (shown.files[file] ?? null) : null;
  if (shown === null || text === null) return visit.refuse(NOT_FOUND);
  const main = versionFileMain(shown, { file, text, marked: null, title: file });
  return visit.show({ title: file, place: 'health', main });
}
