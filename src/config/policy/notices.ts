import type { NoticePolicy, NoticeWay } from '../../decide/policy.ts';
import { NOTICE_KINDS, type NoticeKind } from '../../domain/effect.ts';
import type { Connectors } from '../../kit/connector.ts';
import { CALENDAR_OF_QUEUE, type Notices, type Way } from '../written/notices.ts';
import { listOf, minutesOf } from '../written/words.ts';
import { compileCondition, type Names } from './condition.ts';

export function noticesOf(written: Notices, names: Names, connectors: Connectors): NoticePolicy {
  const { ways, by, urgent, gather, quiet } = written;
  const waysFor = (kind: NoticeKind) => [kind, listOf(by[kind] ?? by.default)] as const;
  return {
    ways: Object.fromEntries(Object.entries(ways).map(([name, way]) => [name, wayOf(way, connectors)])),
    by: Object.fromEntries(NOTICE_KINDS.map(waysFor)) as NoticePolicy['by'],
    urgent: { notices: urgent.notices, when: compileCondition(urgent.when, names) },
    gather: gather === undefined ? null : { after: gather.after, withinMinutes: minutesOf(gather.within) },
    quiet: quiet === undefined ? null : quietOf(quiet.calendar, names),
  };
}

/** One whose connector tells a room of its own needs none named, and one that tells nobody alone has a room. */
function wayOf({ kind, room }: Way, connectors: Connectors): NoticeWay {
  const reach = connectors[kind]?.reach;
  const person = reach?.person ?? null;
  return { kind, isRoom: room !== undefined || person === null, findsByAddress: person === 'address' };
}

/** Null for a name of no calendar, which the checks have refused. */
function quietOf(name: string, { calendars }: Names): NoticePolicy['quiet'] {
  const open = name === CALENDAR_OF_QUEUE ? 'of_queue' : calendars[name];
  return open === undefined ? null : { open };
}
