import type { Queries } from '../../db/connection.ts';
import type { FigureId } from '../../domain/figure.ts';
import { figuresOf } from '../../reports/figures/catalogue.ts';
import { compare } from '../../reports/figures/compare.ts';
import type { Figure } from '../../reports/figures/figure.ts';
import { html, type Html } from '../markup.ts';
import type { Asked } from './asked.ts';
import { figureGroups } from './figure-groups.ts';
import { figureLines } from './figure-lines.ts';
import { figureTiles } from './figure-tiles.ts';
import { leadingCard } from './leading-card.ts';

/** What a lead looks at first. */
const KEY_FIGURES = figuresOf(
  'opened',
  'resolved',
  'first_reply_open_median',
  'resolution_open_median',
  'first_reply_kept',
  'resolution_kept',
  'satisfaction',
  'escalated',
  'open_now',
  'open_over_24_hours',
  'unassigned_now',
  'in_review_now',
);

/** How the desk does, the primary figure first. */
export async function overviewMain(queries: Queries, asked: Asked, primary: FigureId): Promise<Html> {
  const [leading, ...others] = await compare(queries, { ...asked, figures: leadBy(primary) });
  const volume = { id: 'volume', title: 'New and resolved tickets', figures: figuresOf('opened', 'resolved'), asked };
  const byCategory = { id: 'categories', title: 'By category', by: 'category', asked } as const;
  const byChannel = { id: 'channels', title: 'By channel', by: 'channel', asked } as const;
  const counted = figuresOf('opened', 'first_reply_open_median', 'resolution_open_median', 'first_reply_kept');
  return html`${leading === undefined ? null : leadingCard(leading, asked, hintOf(leading.figure))}
  ${figureTiles(others, asked)} ${await figureLines(queries, volume)}
  ${await leadingLines(queries, leading?.figure, asked)}
  ${await figureGroups(queries, { ...byCategory, figures: counted })}
  ${await figureGroups(queries, { ...byChannel, figures: counted })}`;
}

/** The figure that leads, and then what a lead looks at first. */
function leadBy(primary: FigureId): readonly Figure[] {
  return [...new Set([...figuresOf(primary), ...KEY_FIGURES])];
}

function hintOf({ definition }: Figure): Html {
  return html`${definition} <code>reports.yaml</code> says which figure leads.`;
}

/** How the figure that leads went; what stands now has no course. */
async function leadingLines(queries: Queries, figure: Figure | undefined, asked: Asked): Promise<Html | null> {
  if (figure === undefined || figure.moment === null) return null;
  return figureLines(queries, { id: 'leading', title: figure.title, figures: [figure], asked });
}
