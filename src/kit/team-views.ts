/** What a row must be to stand in a view. Columns go by our names. */
export type ViewCondition =
  | { column: string; is: 'me' | 'empty' | 'ticked' | 'in this week' }
  | { column: string; is: 'one'; option: string }
  | { column: string; is: 'none'; options: readonly string[] };

/** A view that a team works in, for each connector to say or to make in its vendor's words. */
export interface TeamView {
  name: string;
  /** Rows below each other, or cards in stacks. */
  layout: 'table' | 'board';
  /** All of them hold. */
  conditions: readonly ViewCondition[];
  sort: { column: string; latestFirst: boolean };
  /** The column whose values part the rows, or make the stacks. */
  groupBy: string | null;
  /** What a card shows besides its title. */
  cards: readonly string[];
}

const IS_OPEN: ViewCondition = { column: 'status', is: 'none', options: ['Resolved', 'Closed'] };

/** The views that a team works in. */
export const TEAM_VIEWS: readonly TeamView[] = [
  table('My open tickets', [{ column: 'assignee', is: 'me' }, IS_OPEN], 'resolutionDueAt'),
  {
    ...table('Unassigned', [{ column: 'assignee', is: 'empty' }, IS_OPEN], 'firstResponseDueAt'),
    groupBy: 'queue',
  },
  table('At risk', [{ column: 'slaState', is: 'one', option: 'Warning' }, IS_OPEN], 'resolutionDueAt'),
  table('Breached', [{ column: 'slaState', is: 'one', option: 'Breached' }, IS_OPEN], 'resolutionDueAt'),
  table('Needs review', [{ column: 'needsReview', is: 'ticked' }], 'openedAt'),
  {
    ...table('By queue', [IS_OPEN], 'resolutionDueAt'),
    layout: 'board',
    groupBy: 'queue',
    cards: ['priority', 'assignee', 'slaState'],
  },
  {
    ...table('Resolved this week', [{ column: 'resolvedAt', is: 'in this week' }], 'resolvedAt'),
    sort: { column: 'resolvedAt', latestFirst: true },
    groupBy: 'assignee',
  },
];

/** The most urgent first. */
function table(name: string, conditions: readonly ViewCondition[], column: string): TeamView {
  return { name, layout: 'table', conditions, sort: { column, latestFirst: false }, groupBy: null, cards: [] };
}
