import type { Router } from 'express';
import { weekAsked } from '../../reports/weekly/week.ts';
import type { ConsoleParts } from '../parts.ts';
import { NOT_FOUND } from '../refusal-pages.ts';
import type { Door } from '../visit.ts';
import type { Asked } from './asked.ts';
import { inBaseCard } from './in-base-card.ts';
import { reportFrame } from './report-frame.ts';
import { weekChooser, weeklyMain, weekOf } from './weekly-page.ts';

/** The weekly review, and the button that writes it into the base. */
export function weeklyRoutes(
  router: Router,
  { connection: { queries }, weekly }: Pick<ConsoleParts, 'connection' | 'weekly'>,
  door: Door,
): void {
  router.get(
    '/reports/weekly',
    door.page(async (visit) => {
      const week = weekOf(visit);
      const asked: Asked = { span: week.span, spanName: null, among: {}, now: visit.now };
      const title = 'Weekly review';
      const main = [await weeklyMain(queries, asked, { week, visit }), await inBaseCard(queries, visit, week)];
      const shown = reportFrame({ page: '/reports/weekly', title, asked, chooser: weekChooser(week), main });
      visit.show({ title, place: 'reports', main: shown });
    }),
  );
  router.post(
    '/reports/weekly/base',
    door.form(
      async (visit) => {
        const week = weekAsked(visit.form.get('week'), visit.now, visit.config.policy.desk.timeZone);
        if (week === null || !(await weekly.writeAgain(week))) return visit.refuse(NOT_FOUND);
        visit.goTo(`/reports/weekly?week=${week.name}`, 'review_written');
      },
      { act: 'review_written', about: ['week'] },
    ),
  );
}
