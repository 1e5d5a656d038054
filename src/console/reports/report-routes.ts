import type { Router } from 'express';
import express from 'express';
import type { Queries } from '../../db/connection.ts';
import { type Dimension, DIMENSIONS } from '../../reports/figures/among.ts';
import { figureNamed } from '../../reports/figures/catalogue.ts';
import { checkNamed } from '../../reports/quality/checks.ts';
import type { Html } from '../markup.ts';
import type { ConsoleParts } from '../parts.ts';
import { NOT_FOUND } from '../refusal-pages.ts';
import type { Door, Visit } from '../visit.ts';
import { aheadMain } from './ahead-page.ts';
import { type Asked, askedOf, sideOf } from './asked.ts';
import { customersMain } from './customers-page.ts';
import { exportMain, giveExport } from './export-page.ts';
import { figureMain } from './figure-page.ts';
import { flowMain } from './flow-page.ts';
import { overviewMain } from './overview-page.ts';
import { casesNamed } from './quality-address.ts';
import { casesMain } from './quality-cases-page.ts';
import { qualityMain } from './quality-page.ts';
import { reportFrame } from './report-frame.ts';
import { speedMain } from './speed-page.ts';
import { teamMain } from './team-page.ts';
import { valueMain } from './value-page.ts';
import { weeklyRoutes } from './weekly-routes.ts';

/** Makes what stands in a report. */
type Main = (
  queries: Queries,
  asked: Asked,
  parts: Pick<ConsoleParts, 'knowledge'> & Pick<Visit, 'config' | 'query'>,
) => Promise<Html>;

const REPORTS: readonly { page: string; title: string; main: Main }[] = [
  {
    page: '/reports',
    title: 'How we do',
    main: (queries, asked, { config }) => overviewMain(queries, asked, config.reports.primary),
  },
  { page: '/reports/speed', title: 'Speed and promises', main: speedMain },
  {
    page: '/reports/flow',
    title: 'How work flows',
    main: (queries, asked, { config }) => flowMain(queries, asked, config.policy.desk.statuses),
  },
  { page: '/reports/team', title: 'Who does what', main: teamMain },
  { page: '/reports/customers', title: 'What customers say', main: customersMain },
  {
    page: '/reports/ahead',
    title: 'What comes',
    main: aheadMain,
  },
  {
    page: '/reports/quality',
    title: 'What to mend',
    main: (queries, asked, { config }) => qualityMain(queries, asked, config),
  },
  { page: '/reports/value', title: 'What it is worth', main: valueMain },
];

/** The reports. They only read; every figure on them leads to its tickets. */
export function reportRoutes(parts: ConsoleParts, door: Door): Router {
  const { knowledge } = parts;
  const { queries } = parts.connection;
  const router = express.Router();
  for (const { page, title, main } of REPORTS) {
    router.get(
      page,
      door.page(async (visit) => {
        const asked = askedOf(visit);
        const shown = await main(queries, asked, { knowledge, config: visit.config, query: visit.query });
        visit.show({ title, place: 'reports', main: reportFrame({ page, title, asked, main: shown }) });
      }),
    );
  }
  weeklyRoutes(router, parts, door);
  exportRoutes(router, queries, door);
  router.get(
    '/reports/figures/:figure',
    door.page(async (visit) => {
      const figure = figureNamed(visit.part('figure'));
      if (figure === null) return visit.refuse(NOT_FOUND);
      const asked = askedOf(visit);
      const given = { figure, asked, by: dimensionOf(visit), side: sideOf(visit.query('side')), page: pageOf(visit) };
      const main = await figureMain(queries, { ...given, desk: visit.config.policy.desk });
      const { id, title } = figure;
      visit.show({
        title,
        place: 'reports',
        main: reportFrame({ page: `/reports/figures/${id}`, title, asked, main }),
      });
    }),
  );
  router.get(
    '/reports/quality/cases',
    door.page(async (visit) => showCases(queries, visit)),
  );
  return router;
}

/** What can be taken along. */
function exportRoutes(router: Router, queries: Queries, door: Door): void {
  router.get(
    '/reports/export',
    door.page(async (visit) => {
      const [asked, title] = [askedOf(visit), 'Take it with you'];
      visit.show({
        title,
        place: 'reports',
        main: reportFrame({ page: '/reports/export', title, asked, main: exportMain(asked) }),
      });
    }),
  );
  router.get(
    '/reports/export/:file',
    door.page((visit) => giveExport(queries, visit)),
  );
}

async function showCases(queries: Queries, visit: Visit): Promise<void> {
  const { query, config, refuse, show } = visit;
  const check = checkNamed(query('check'));
  if (check === null) return refuse(NOT_FOUND);
  const asked = askedOf(visit);
  const given = { check, asked, named: casesNamed(query), page: pageOf(visit), desk: config.policy.desk };
  const page = '/reports/quality';
  const main = reportFrame({ page, title: check.title, asked, main: await casesMain(queries, given) });
  return show({ title: check.title, place: 'reports', main });
}

function dimensionOf({ query }: Visit): Dimension {
  const asked = query('by');
  return Object.hasOwn(DIMENSIONS, asked) ? (asked as Dimension) : 'category';
}

function pageOf({ query }: Visit): number {
  const asked = Number(query('page'));
  return Number.isSafeInteger(asked) && asked >= 1 && asked < 1_000_000 ? asked : 1;
}
