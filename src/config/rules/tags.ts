import { TICKET_FIELDS } from '../../decide/conditions/fields.ts';
import { fixOfName } from '../finding.ts';
import { isOpenField } from '../written/condition.ts';
import { listOf } from '../written/words.ts';
import type { Check, Report, Spot } from './check.ts';
import { checkColumn } from './row-columns.ts';

/** Where the list of tags is closed, nothing gives another. */
export const TAGS_OF_THE_LIST: Check = {
  reads: ['triage.yaml'],
  look({ written }, report) {
    const { tags: valid, rules, tagsFrom } = written.triage;
    if (valid === undefined) return;
    const check = (path: Spot['path'], tag: string) =>
      report.unknownName({ file: 'triage.yaml', path }, { written: tag, valid, noun: 'one of the tags' });
    rules.forEach(({ then: { tags = [] } }, index) => {
      tags.forEach((tag, at) => check(['rules', index, 'then', 'tags', at], tag));
    });
    for (const [field, byValue] of Object.entries(tagsFrom)) {
      for (const [value, tags] of Object.entries(byValue)) {
        listOf(tags).forEach((tag, at) => check(['tagsFrom', field, value, ...(Array.isArray(tags) ? [at] : [])], tag));
      }
    }
  },
};

/** Tags follow from fields that there are. */
export const TAG_FIELDS: Check = {
  reads: ['triage.yaml'],
  look({ written }, report) {
    for (const field of Object.keys(written.triage.tagsFrom)) checkField(field, report);
  },
};

function checkField(field: string, report: Report): void {
  const spot: Spot = { file: 'triage.yaml', path: ['tagsFrom', field] };
  checkColumn(field, spot, report);
  const known = Object.keys(TICKET_FIELDS);
  if (known.includes(field) || isOpenField(field)) return;
  report.errorAtKey(
    { file: 'triage.yaml', path: ['tagsFrom'], key: field },
    `"${field}" is not a field`,
    fixOfName(field, known),
  );
}
