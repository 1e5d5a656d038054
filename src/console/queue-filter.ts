import { STATUSES } from '../domain/ticket.ts';
import type { ListFilter, Place } from './queue-rows.ts';

const LISTS = ['open', 'closed', 'all', ...STATUSES] as const;

/** Everything open: what the queue shows when nothing else was asked for. */
export const EVERYTHING_OPEN: ListFilter = {
  status: 'open',
  queue: null,
  owner: null,
  atRisk: false,
  needsReview: false,
  isAsked: false,
  incidents: false,
  escalated: false,
  search: '',
};

/** Longest search; the rest would be words that nobody typed. */
const LONGEST_SEARCH = 200;

/** Reads the filter from the query of an address. What makes no sense asks for nothing. */
export function filterFrom(query: (name: string) => string): ListFilter {
  const owner = query('owner');
  const isNobody = query('nobody') === '1';
  return {
    status: LISTS.find((status) => status === query('status')) ?? 'open',
    queue: query('queue') || null,
    owner: isNobody ? 'nobody' : owner === '' ? null : { agent: owner },
    atRisk: query('risk') === '1',
    needsReview: query('review') === '1',
    isAsked: query('asked') === '1',
    incidents: query('incidents') === '1',
    escalated: query('escalated') === '1',
    search: query('q').slice(0, LONGEST_SEARCH).trim(),
  };
}

/** The names and values by which an address or a form carries a filter; what it does not ask for is left out. */
export function filterFields(filter: ListFilter): Readonly<Record<string, string>> {
  const fields = {
    status: filter.status === 'open' ? '' : filter.status,
    queue: filter.queue ?? '',
    owner: filter.owner !== null && filter.owner !== 'nobody' ? filter.owner.agent : '',
    nobody: filter.owner === 'nobody' ? '1' : '',
    risk: filter.atRisk ? '1' : '',
    review: filter.needsReview ? '1' : '',
    asked: filter.isAsked ? '1' : '',
    incidents: filter.incidents ? '1' : '',
    escalated: filter.escalated ? '1' : '',
    q: filter.search,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

/** The address of a list. */
export function addressOfList(filter: ListFilter, after: Place | null = null): string {
  const query = new URLSearchParams(filterFields(filter));
  if (after !== null) query.set('after', writtenPlace(after));
  return query.size === 0 ? '/' : `/?${query}`;
}

function writtenPlace({ urgency, dueAt, number }: Place): string {
  return `${urgency}_${dueAt?.toString() ?? ''}_${number}`;
}

/** Reads where a page begins; null, and so the first page, for anything that is no place. */
export function placeFrom(written: string): Place | null {
  const match = /^([0-4])_([-0-9T:.Z]*)_(\d{1,15})$/.exec(written);
  if (match === null) return null;
  const [, urgency = '', dueAt = '', number = ''] = match;
  const due = dueAt === '' ? null : momentOf(dueAt);
  return due === undefined ? null : { urgency: Number(urgency), dueAt: due, number: Number(number) };
}

function momentOf(written: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(written);
  } catch {
    return undefined;
  }
}
