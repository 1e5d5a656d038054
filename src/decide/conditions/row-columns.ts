import type { Policy } from '../policy.ts';
import { askersOf } from './askers.ts';
import { columnOf, rowKey } from './fields.ts';
import { fieldsRead } from './index.ts';

/** A column of the team's own that rules ask for. */
export interface RowColumn {
  /** The name by which a ticket holds what it says. */
  key: string;
  /** The name as the first rule that asks has it. */
  title: string;
  /** Where rules ask for it, as `triage.yaml:12`. */
  places: readonly string[];
}

/**
 * The columns of the team's own that any rule or contract asks for, in the order of the rules. No other is
 * ever looked at.
 */
export function rowColumnsRead(policy: Policy): readonly RowColumn[] {
  const byRules = askersOf(policy).flatMap(({ when, place }) => fieldsRead(when).map((field) => ({ field, place })));
  const { handoffs } = policy.routing;
  const byContracts = handoffs.flatMap(({ needs, place }) => needs.map((field) => ({ field, place })));
  const asked = [...byRules, ...policy.triage.tagsFrom, ...byContracts].flatMap(({ field, place }) => {
    const title = columnOf(field);
    return title === null ? [] : [{ key: rowKey(title), title, place }];
  });
  return [...Map.groupBy(asked, ({ key }) => key)].map(([key, all]) => ({
    key,
    title: all[0]?.title ?? key,
    places: [...new Set(all.map(({ place }) => place))],
  }));
}
