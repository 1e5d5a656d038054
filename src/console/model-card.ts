import { costWords } from '../knowledge/model/cost-words.ts';
import type { ModelState } from '../knowledge/model/standing.ts';
import type { ModelLevel } from '../ports/language-model.ts';
import { nearMoment } from './badges.ts';
import { type HealthView, momentsOf } from './health-view.ts';
import { html, type Fill, type Html } from './markup.ts';
import { problemWords } from './words.ts';

const LEVELS: Readonly<Record<ModelLevel, string>> = {
  json_schema: 'Held to our form by the endpoint',
  json_object: 'Held to JSON by the endpoint; the form is asked for in words',
  text: 'Asked for in words alone',
};

/** Which language model is asked, how often, and at what cost; nothing where none is. */
export function modelCard(view: Pick<HealthView, 'model' | 'config' | 'now'>): Html | null {
  const { model, config } = view;
  if (model === null || config.model === null) return null;
  const { caps } = config.model;
  const { day, month } = model.spent;
  return html`<section class="card" id="model" aria-labelledby="model-title">
    <h2 class="td-card-title" id="model-title">Language model</h2>
    <dl class="td-pairs">
      ${pair('Model', html`<code class="td-break">${model.name}</code>`)}
      ${pair('Answers', model.level === null ? 'Not asked yet' : LEVELS[model.level])}
      ${pair('Requests today', ofCap(day.requests, caps.callsPerDay))}
      ${pair('Requests this month', ofCap(month.requests, caps.callsPerMonth))} ${costPairs(view, model)}
      ${pair('Tickets this month', ticketWords(model))}
    </dl>
    ${failedLine(view, model)}
  </section>`;
}

function pair(name: string, value: Fill): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function ofCap(count: number, cap: number): string {
  return `${count.toLocaleString('en-GB')} of ${cap.toLocaleString('en-GB')}`;
}

function costPairs({ config }: Pick<HealthView, 'config'>, { spent }: ModelState): Fill {
  const { prices = null, caps } = config.model ?? {};
  if (prices === null) return null;
  const money = (cost: number) => costWords(cost, prices.currency);
  const capped = (cost: number, cap: number | null | undefined) =>
    cap === null || cap === undefined ? money(cost) : `${money(cost)} of ${cap} ${prices.currency}`;
  return [
    pair('Cost today', capped(spent.day.cost, caps?.costPerDay)),
    pair('Cost this month', capped(spent.month.cost, caps?.costPerMonth)),
  ];
}

function ticketWords({ readings, kept, failures, meanMilliseconds }: ModelState): string {
  const parts = [
    `${readings.toLocaleString('en-GB')} read`,
    ...(kept === 0 ? [] : [`${kept.toLocaleString('en-GB')} of them known already`]),
    ...(failures === 0 ? [] : [`${failures.toLocaleString('en-GB')} not read`]),
    ...(meanMilliseconds === null ? [] : [`${(meanMilliseconds / 1000).toFixed(1)} s each`]),
  ];
  return parts.join(', ');
}

function failedLine(view: Pick<HealthView, 'config' | 'now'>, { failed }: ModelState): Html | null {
  if (failed === null) return null;
  return html`<p class="text-secondary">
    The last ticket that it did not read was ${nearMoment(failed.at, momentsOf(view))}. ${problemWords(failed.problem)}
  </p>`;
}
