import type { Queries } from '../../db/connection.ts';
import { figuresOf } from '../../reports/figures/catalogue.ts';
import { compare } from '../../reports/figures/compare.ts';
import { html, type Html } from '../markup.ts';
import type { Asked } from './asked.ts';
import { figureGroups } from './figure-groups.ts';
import { figureLines } from './figure-lines.ts';
import { figureTiles } from './figure-tiles.ts';

const TILES = figuresOf(
  'first_reply_open_median',
  'first_reply_open_p90',
  'first_reply_median',
  'first_reply_p90',
  'resolution_open_median',
  'resolution_open_p90',
  'resolution_median',
  'resolution_p90',
  'first_reply_kept',
  'resolution_kept',
  'breached',
  'breached_now',
);

const COLUMNS = figuresOf(
  'first_reply_kept',
  'resolution_kept',
  'breached',
  'first_reply_open_median',
  'first_reply_open_p90',
  'resolution_open_median',
  'resolution_open_p90',
);

/** How long people wait, and whether promises were kept. */
export async function speedMain(queries: Queries, asked: Asked): Promise<Html> {
  const kept = figuresOf('first_reply_kept', 'resolution_kept');
  const waits = figuresOf('first_reply_open_median', 'first_reply_open_p90');
  const solved = figuresOf('resolution_open_median', 'resolution_open_p90');
  return html`${figureTiles(await compare(queries, { ...asked, figures: TILES }), asked)}
  ${await figureLines(queries, { id: 'kept', title: 'Promises kept', figures: kept, asked })}
  ${await figureLines(queries, { id: 'waits', title: 'First answer, in open hours', figures: waits, asked })}
  ${await figureLines(queries, { id: 'solved', title: 'Solution, in open hours', figures: solved, asked })}
  ${await figureGroups(queries, { id: 'by-priority', title: 'By priority', by: 'priority', figures: COLUMNS, asked })}
  ${await figureGroups(queries, { id: 'by-category', title: 'By category', by: 'category', figures: COLUMNS, asked })}
  ${await figureGroups(queries, { id: 'by-channel', title: 'By channel', by: 'channel', figures: COLUMNS, asked })}`;
}
