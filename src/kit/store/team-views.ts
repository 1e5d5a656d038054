import type { Column } from '../../ports/ticket-store.ts';

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

/** The views that a team works in. Which rows are still open in them, the column `status` says. */
export function teamViews(columns: readonly Column[]): readonly TeamView[] {
  const isOpen: ViewCondition = { column: 'status', is: 'none', options: doneOptions(columns) };
  return [
    table('My open tickets', [{ column: 'assignee', is: 'me' }, isOpen], 'resolutionDueAt'),
    {
      ...table('Unassigned', [{ column: 'assignee', is: 'empty' }, isOpen], 'firstResponseDueAt'),
      groupBy: 'queue',
    },
    table('At risk', [{ column: 'slaState', is: 'one', option: 'Warning' }, isOpen], 'resolutionDueAt'),
    table('Breached', [{ column: 'slaState', is: 'one', option: 'Breached' }, isOpen], 'resolutionDueAt'),
    table('Needs review', [{ column: 'needsReview', is: 'ticked' }, isOpen], 'openedAt'),
    {
      ...table('By queue', [isOpen], 'resolutionDueAt'),
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
}

function doneOptions(columns: readonly Column[]): readonly string[] {
  const type = columns.find(({ name }) => name === 'status')?.type;
  return type?.kind === 'choice' ? (type.stages?.done ?? []) : [];
}

/** The most urgent first. */
function table(name: string, conditions: readonly ViewCondition[], column: string): TeamView {
  return { name, layout: 'table', conditions, sort: { column, latestFirst: false }, groupBy: null, cards: [] };
}
