/** A view that people make by hand, as Airtable lets no program make one. */
export interface ViewRecipe {
  name: string;
  kind: 'Grid' | 'Kanban';
  /** What is set in it, a line each, in Airtable's words. */
  steps: readonly string[];
}

/** The title that the field of a column bears, by our name for the column. */
type TitleOf = (name: string) => string;

/** The views that a team works in. */
export function viewRecipes(titleOf: TitleOf): readonly ViewRecipe[] {
  const isOpen = `${titleOf('status')} is none of Resolved, Closed`;
  const dueFirst = `Sort: ${titleOf('resolutionDueAt')}, earliest first`;
  return [
    grid('My open tickets', `Filter: ${titleOf('assignee')} is you, and ${isOpen}`, dueFirst),
    grid(
      'Unassigned',
      `Filter: ${titleOf('assignee')} is empty, and ${isOpen}`,
      `Sort: ${titleOf('firstResponseDueAt')}, earliest first`,
      `Group: ${titleOf('queue')}`,
    ),
    grid('At risk', `Filter: ${titleOf('slaState')} is Warning, and ${isOpen}`, dueFirst),
    grid('Breached', `Filter: ${titleOf('slaState')} is Breached, and ${isOpen}`, dueFirst),
    grid(
      'Needs review',
      `Filter: ${titleOf('needsReview')} is checked`,
      `Sort: ${titleOf('openedAt')}, earliest first`,
    ),
    byQueue(titleOf, [`Filter: ${isOpen}`, dueFirst]),
    grid(
      'Resolved this week',
      `Filter: ${titleOf('resolvedAt')} is within this calendar week`,
      `Sort: ${titleOf('resolvedAt')}, latest first`,
      `Group: ${titleOf('assignee')}`,
    ),
  ];
}

function grid(name: string, ...steps: readonly string[]): ViewRecipe {
  return { name, kind: 'Grid', steps };
}

function byQueue(titleOf: TitleOf, steps: readonly string[]): ViewRecipe {
  const cards = ['priority', 'assignee', 'slaState'].map(titleOf).join(', ');
  return {
    name: 'By queue',
    kind: 'Kanban',
    steps: [`Stack by: ${titleOf('queue')}`, ...steps, `Show on cards: ${cards}`],
  };
}

/** The recipes as text for a terminal. */
export function recipeText(recipes: readonly ViewRecipe[]): string {
  return recipes
    .flatMap(({ name, kind, steps }) => [`  ${name} (${kind})`, ...steps.map((step) => `    ${step}`)])
    .join('\n');
}
