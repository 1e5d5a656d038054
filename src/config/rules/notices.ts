import { MAIL_WAY, NOTICE_KINDS } from '../../domain/effect.ts';
import { CALENDAR_OF_QUEUE } from '../written/notices.ts';
import { listOf } from '../written/words.ts';
import { checkRecipient, namesIn } from './names.ts';
import type { Check, CheckedConfig, Report, Spot } from './check.ts';

/** Names of ways, wherever one is named, and the calendar of the quiet hours. */
export const WAY_NAMES: Check = {
  reads: ['notices.yaml', 'escalation.yaml'],
  look(config, report) {
    const { notices, escalation } = config.written;
    for (const kind of ['default', ...NOTICE_KINDS] as const) {
      checkWays(notices.by[kind], { file: 'notices.yaml', path: ['by', kind] }, { config, report });
    }
    escalation.escalations.forEach(({ notify }, index) => {
      const spot = { file: 'escalation.yaml', path: ['escalations', index, 'notify', 'by'] } as const;
      if (notify !== 'nobody') checkWays(notify.by, spot, { config, report });
    });
    const valid = [CALENDAR_OF_QUEUE, ...Object.keys(config.policy.calendars)];
    const spot = { file: 'notices.yaml', path: ['quiet', 'calendar'] } as const;
    report.unknownName(spot, { written: notices.quiet?.calendar, valid, noun: 'a calendar', from: 'people.yaml' });
  },
};

function checkWays(
  written: string | readonly string[] | undefined,
  spot: Spot,
  { config, report }: { config: CheckedConfig; report: Report },
): void {
  const valid = [MAIL_WAY, ...Object.keys(config.written.notices.ways)];
  listOf(written ?? []).forEach((name, index) => {
    const path = Array.isArray(written) ? [...spot.path, index] : spot.path;
    report.unknownName({ ...spot, path }, { written: name, valid, noun: 'a way', from: 'notices.yaml' });
  });
}

/** Whom the weekly review goes to, and by which ways. */
export const WEEKLY_NAMES: Check = {
  reads: ['reports.yaml', 'notices.yaml', 'people.yaml'],
  look(config, report) {
    const { weekly } = config.written.reports;
    if (weekly === undefined) return;
    checkWays(weekly.by, { file: 'reports.yaml', path: ['weekly', 'by'] }, { config, report });
    const { agent } = namesIn(config);
    const spot = { file: 'reports.yaml', path: ['weekly', 'to'] } as const;
    for (const to of listOf(weekly.to)) checkRecipient(to, agent, { spot, report });
  },
};

/** Handles stand under the kinds of systems that know people. */
export const HANDLES: Check = {
  reads: ['people.yaml'],
  look({ written, connectors }, report) {
    const valid = Object.values(connectors)
      .filter(({ id, reach }) => reach !== undefined && id !== MAIL_WAY)
      .map(({ id }) => id);
    for (const [name, { handles }] of Object.entries(written.people.agents)) {
      for (const kind of Object.keys(handles)) {
        const spot = { file: 'people.yaml', path: ['agents', name, 'handles', kind] } as const;
        report.unknownName(spot, { written: kind, valid, noun: 'a kind of way' });
      }
    }
  },
};

/** Whom a way tells alone needs something by which it finds them; who has no mail address either hears nothing. */
export const WAYS_REACH_PEOPLE: Check = {
  reads: ['notices.yaml', 'people.yaml', 'escalation.yaml'],
  look({ policy }, report) {
    const { ways, by } = policy.notices;
    const used = new Set([...Object.values(by), ...policy.escalation.definitions.map((each) => each.by)].flat());
    const alone = Object.entries(ways).filter(([name, { isRoom }]) => used.has(name) && !isRoom);
    for (const { name, email, handles } of policy.agents) {
      if (email !== null || alone.length === 0 || alone.some(([, { kind }]) => handles[kind] !== undefined)) continue;
      const [[way, { kind }] = ['', { kind: '' }]] = alone;
      report.warning(
        { file: 'people.yaml', path: ['agents', name] },
        `"${name}" has neither a mail address nor a handle, so that "${way}" does not reach them`,
        `Give them an email, or handles: { ${kind}: … }.`,
      );
    }
  },
};
