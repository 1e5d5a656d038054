import { answersOf, answerAt } from '../../src/kit/answers.ts';
import type { Json } from '../../src/kit/json-value.ts';

/** An answer of several boxes as one text: a name, a date, a telephone number, an address. */
export function composedText(value: Json): string {
  const at = (name: string) => answerAt(value, name);
  const joined = (names: readonly string[], between: string) => names.flatMap((name) => at(name) ?? []).join(between);
  if (isPersonName(value)) return joined(['prefix', 'first', 'middle', 'last', 'suffix'], ' ');
  if (at('year') !== null && at('day') !== null) return joined(['year', 'month', 'day'], '-');
  return (
    at('full') ??
    answersOf(value)
      .map((answer) => answer.value)
      .join(', ')
  );
}

/** Whether an answer is of the boxes for somebody's name. */
export function isPersonName(value: Json): boolean {
  return answerAt(value, 'first') !== null || answerAt(value, 'last') !== null;
}
