import { html, type Html } from './markup.ts';

/** Strokes on a square of 24, drawn for this console so that all have one weight and one manner. */
const STROKES = {
  inbox: html`<path
      d="M4 13l2.6-7.2A1.8 1.8 0 0 1 8.3 4.6h7.4a1.8 1.8 0 0 1 1.7 1.2L20 13v4.6a1.8 1.8 0 0 1-1.8 1.8H5.8A1.8 1.8 0 0 1 4 17.6z"
    /><path d="M4 13h4.6l1.4 2.6h4l1.4-2.6H20" />`,
  plus: html`<path d="M12 5v14M5 12h14" />`,
  pulse: html`<path d="M3 12h4l2.5-7 5 14L17 12h4" />`,
  book: html`<path
      d="M12 6.5C10 5 7.5 4.6 4.5 4.6v13c3 0 5.5.4 7.5 1.9 2-1.5 4.5-1.9 7.5-1.9v-13c-3 0-5.5.4-7.5 1.9z"
    /><path d="M12 6.5v13" />`,
  search: html`<circle cx="10.5" cy="10.5" r="6.5" /><path d="M15.4 15.4L20.5 20.5" />`,
  clock: html`<circle cx="12" cy="12" r="8.5" /><path d="M12 7.2V12l3.2 2" />`,
  pause: html`<circle cx="12" cy="12" r="8.5" /><path d="M10 9v6M14 9v6" />`,
  raised: html`<path d="M6 12l6-6 6 6M6 18.5l6-6 6 6" />`,
  check: html`<path d="M5 12.8l4.4 4.4L19 7.4" />`,
  alert: html`<path d="M12 4.2l8.6 15H3.4z" /><path d="M12 10v4M12 16.8v.1" />`,
  eye: html`<path d="M2.8 12S6.2 5.8 12 5.8 21.2 12 21.2 12 17.8 18.2 12 18.2 2.8 12 2.8 12z" /><circle
      cx="12"
      cy="12"
      r="2.7"
    />`,
  person: html`<circle cx="12" cy="8" r="3.8" /><path d="M4.6 20c.8-4 3.7-6 7.4-6s6.6 2 7.4 6" />`,
  nobody: html`<circle cx="12" cy="8" r="3.8" stroke-dasharray="3 2.4" /><path
      d="M4.6 20c.8-4 3.7-6 7.4-6s6.6 2 7.4 6"
      stroke-dasharray="3 2.4"
    />`,
  queue: html`<path d="M4 6.5h16M4 12h16M4 17.5h10" />`,
  note: html`<rect x="5" y="10.5" width="14" height="9.5" rx="2" /><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5" />`,
  reply: html`<path d="M9.5 6L4 11.5l5.5 5.5" /><path d="M4 11.5h9.5A6.5 6.5 0 0 1 20 18" />`,
  mail: html`<rect x="3.5" y="5.5" width="17" height="13" rx="2" /><path d="M4 7.5l8 6 8-6" />`,
  retry: html`<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.3" /><path d="M20 4.5v4.8h-4.8" />`,
  sun: html`<circle cx="12" cy="12" r="4" /><path
      d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M18.4 5.6L17 7M7 17l-1.4 1.4"
    />`,
  moon: html`<path d="M20 14.2A8.2 8.2 0 0 1 9.8 4a8.2 8.2 0 1 0 10.2 10.2z" />`,
  screen: html`<rect x="3.5" y="5" width="17" height="11.5" rx="2" /><path d="M9 20h6M12 16.5V20" />`,
  leave: html`<path d="M10 4.5H6.5a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2H10" /><path d="M14.5 8l4 4-4 4M18.5 12H9.5" />`,
  keyboard: html`<rect x="3" y="6.5" width="18" height="11" rx="2" /><path
      d="M7 10.5v.1M11 10.5v.1M15 10.5v.1M17.5 10.5v.1M8.5 14h7"
    />`,
  filter: html`<path d="M4 6h16l-6.2 7.2V19l-3.6-1.8v-4z" />`,
  table: html`<rect x="3.5" y="5" width="17" height="14" rx="2" /><path d="M3.5 10h17M9.5 10v9" />`,
  clip: html`<path
    d="M19 11.5l-7 7a4.6 4.6 0 0 1-6.5-6.5l7.5-7.5a3.1 3.1 0 0 1 4.4 4.4l-7.4 7.4a1.6 1.6 0 0 1-2.2-2.2L14.5 7.4"
  />`,
  next: html`<path d="M9 5l7 7-7 7" />`,
  down: html`<path d="M6 9l6 6 6-6" />`,
  outside: html`<path d="M13 5h6v6M19 5l-8.5 8.5" /><path
      d="M17 14v3.5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 5 17.5v-9A1.5 1.5 0 0 1 6.5 7H10"
    />`,
  handoff: html`<path d="M4 12h11M10.5 7.5L15 12l-4.5 4.5" /><path d="M19.5 5v14" />`,
  link: html`<path d="M10 13.5a3.6 3.6 0 0 0 5.2.3l3-3a3.6 3.6 0 0 0-5.1-5.1l-1.3 1.3" /><path
      d="M14 10.5a3.6 3.6 0 0 0-5.2-.3l-3 3a3.6 3.6 0 0 0 5.1 5.1l1.3-1.3"
    />`,
  undo: html`<path d="M5 5v5h5" /><path d="M5.5 10A7.5 7.5 0 1 1 5 14.5" />`,
  chart: html`<path d="M4.5 4.5v15h15" /><path d="M8.5 15.5v-4M12.5 15.5v-8M16.5 15.5v-6" />`,
  spark: html`<path d="M12 3.5l2 5.6 5.6 2-5.6 2-2 5.6-2-5.6-5.6-2 5.6-2z" />`,
} as const;

export type Icon = keyof typeof STROKES;

/** An icon beside words that say the same; for those who listen it is not there. */
export function icon(name: Icon): Html {
  return html`<svg class="td-icon" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false">
    ${STROKES[name]}
  </svg>`;
}
