import type { StoreFinding } from '../../ports/ticket-store.ts';
import type { BoundColumns, Unread } from './bind-columns.ts';
import { nearestName } from '../nearest-name.ts';
import type { BaseField } from './propose-fields.ts';

/** What a vendor calls things, and how a person helps themselves there. */
export interface TeamWords {
  /** What holds the rows: "table". */
  table: string;
  /** What a row is made of: "column". */
  field: string;
  /** How its id is called, and what it looks like in desk.yaml. */
  id: { name: string; example: string };
  /** What shows in words what rules cannot read: "a lookup or a formula". */
  shownBy: string;
}

/** What keeps rules from reading columns of the team's own, and which of them have another name by now. */
export function teamFindings(
  words: TeamWords,
  fields: readonly BaseField[],
  { bound, unread }: Pick<BoundColumns<BaseField>, 'bound' | 'unread'>,
): StoreFinding[] {
  const names = fields.map(({ name }) => name);
  const renamed = [...bound.values()].filter(
    ({ column, field }) => column.edits === 'read' && field.name.toLowerCase() !== column.title.toLowerCase(),
  );
  return [
    ...unread.map((each) => finding(unreadWords(words, each, names))),
    ...renamed.map(({ column: { title, description }, field: { name } }) =>
      finding({
        message: `The ${words.field} "${title}" is called "${name}" now. ${description}`,
        fix: `It is read all the same; write row.${name} in the rules, so that people know it again.`,
      }),
    ),
  ];
}

function finding(said: Pick<StoreFinding, 'message' | 'fix'>): StoreFinding {
  return { severity: 'warning', ...said, fixable: false };
}

function unreadWords(
  { table, field: column, id, shownBy }: TeamWords,
  { column: { title, description }, why, field }: Unread<BaseField>,
  names: readonly string[],
): Pick<StoreFinding, 'message' | 'fix'> {
  const name = field?.name ?? title;
  switch (why) {
    case 'missing': {
      const nearest = nearestName(title, names);
      const question = nearest === null ? '' : `Did you mean "${nearest}"? `;
      return {
        message: `The ${table} has no ${column} "${title}". ${description}`,
        fix: `${question}Correct the rule, or add the ${column}; or, if it was renamed, name its ${id.name} in desk.yaml: columns: { row.${title}: ${id.example} }.`,
      };
    }
    case 'ours':
      return {
        message: `The ${column} "${name}" is one that Tabledesk fills. ${description}`,
        fix: 'Ask for the field of the ticket instead; docs/rules.md names them.',
      };
    case 'unreadable':
      return {
        message: `The ${column} "${name}" is of the type ${field?.type ?? 'unknown'}, which rules cannot read. ${description}`,
        fix: `Add ${shownBy} that shows what is to be compared, and ask for that.`,
      };
  }
}
