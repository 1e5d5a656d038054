import { type TeamView, teamViews, type ViewCondition } from '../../src/kit/store/team-views.ts';
import type { Column } from '../../src/ports/ticket-store.ts';

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
export function viewRecipes(columns: readonly Column[], titleOf: TitleOf): readonly ViewRecipe[] {
  return teamViews(columns).map((view) => recipeOf(view, titleOf));
}

function recipeOf({ name, layout, conditions, sort, groupBy, cards }: TeamView, titleOf: TitleOf): ViewRecipe {
  const filter = conditions.map((condition) => wordsOf(condition, titleOf)).join(', and ');
  const steps = [
    `Filter: ${filter}`,
    `Sort: ${titleOf(sort.column)}, ${sort.latestFirst ? 'latest' : 'earliest'} first`,
  ];
  const group = groupBy === null ? [] : [titleOf(groupBy)];
  if (layout === 'table') return { name, kind: 'Grid', steps: [...steps, ...group.map((title) => `Group: ${title}`)] };
  const stacks = group.map((title) => `Stack by: ${title}`);
  return { name, kind: 'Kanban', steps: [...stacks, ...steps, `Show on cards: ${cards.map(titleOf).join(', ')}`] };
}

function wordsOf(condition: ViewCondition, titleOf: TitleOf): string {
  const title = titleOf(condition.column);
  switch (condition.is) {
    case 'me':
      return `${title} is you`;
    case 'empty':
      return `${title} is empty`;
    case 'ticked':
      return `${title} is checked`;
    case 'in this week':
      return `${title} is within this calendar week`;
    case 'one':
      return `${title} is ${condition.option}`;
    case 'none':
      return `${title} is none of ${condition.options.join(', ')}`;
  }
}

/** The recipes as text for a terminal. */
export function recipeText(recipes: readonly ViewRecipe[]): string {
  return recipes
    .flatMap(({ name, kind, steps }) => [`  ${name} (${kind})`, ...steps.map((step) => `    ${step}`)])
    .join('\n');
}
