import { flag, html, type Html } from './markup.ts';

/** Hidden inputs, for what a form must carry along. */
export function hiddenFields(fields: Readonly<Record<string, string>>): Html[] {
  return Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
}

/** One choice of a select. */
export function option(value: string, words: string, isSelected: boolean): Html {
  return html`<option value="${value}" ${flag('selected', isSelected)}>${words}</option>`;
}
