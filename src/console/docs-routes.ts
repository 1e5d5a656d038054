import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { Router } from 'express';
import express from 'express';
import type { ChannelConfig } from '../config/live.ts';
import { isEnough } from '../kit/access.ts';
import { html, outsideLink } from './markup.ts';
import { type LinkTo, markdown } from './markdown.ts';
import type { ConsoleParts } from './parts.ts';
import { reachedAt } from './reached-at.ts';
import { NOT_FOUND } from './refusal-pages.ts';
import type { Door, Visit } from './visit.ts';

/** The docs that came along with the program: whoever sets a channel up has no repository at hand. */
const FOLDER = join(import.meta.dirname, '../../docs');

/** Where the guides say that the desk is. */
const EXAMPLE = 'https://desk.example.com';

/** Our own docs as pages. Those of a channel say its own address instead of the example's. */
export function docsRoutes({ status }: ConsoleParts, door: Door): Router {
  const router = express.Router();
  const pages = new Set(globSync('**/*.md', { cwd: FOLDER }).map((file) => file.replaceAll('\\', '/')));
  router.get(
    '/docs/*page',
    door.page(async (visit) => {
      const page = visit.path('page');
      if (!pages.has(page)) return visit.refuse(NOT_FOUND);
      const channel = channelOf(visit);
      const text = withOwnAddress(readFileSync(join(FOLDER, page), 'utf8'), {
        address: reachedAt(visit.request, status.publicAddress),
        channel,
      });
      const title = /^# (.+)$/m.exec(text)?.[1] ?? page;
      const back =
        channel === null || !isEnough(visit.access, 'admin')
          ? null
          : html`<p>
              <a href="/channels/${channel.name}">Back to <bdi>${channel.title}</bdi></a>
            </p>`;
      const main = html`<article class="td-guide">
        ${back} ${markdown(text, linksOf(page, { pages, channel }))}
      </article>`;
      return visit.show({ title, place: 'health', main });
    }),
  );
  return router;
}

function channelOf({ config, query }: Visit): ChannelConfig | null {
  const name = query('channel');
  return Object.hasOwn(config.channels, name) ? (config.channels[name] ?? null) : null;
}

/** In the guide of a channel every example of a hook is its own. */
function withOwnAddress(
  text: string,
  { address, channel }: { address: string; channel: ChannelConfig | null },
): string {
  if (channel === null) return text;
  return text
    .replaceAll(/https:\/\/desk\.example\.com\/hooks\/[\w-]+/g, `${address}/hooks/${channel.name}`)
    .replaceAll(EXAMPLE, address);
}

/** Links lead to other pages of the docs and to the world; to what is in the repository alone there is none. */
function linksOf(
  page: string,
  { pages, channel }: { pages: ReadonlySet<string>; channel: ChannelConfig | null },
): LinkTo {
  const asked = channel === null ? '' : `?channel=${channel.name}`;
  return (target) => {
    if (target.startsWith('#')) return target;
    const [path = '', anchor] = target.split('#', 2);
    const file = posix.normalize(posix.join(dirname(page), path));
    if (!pages.has(file)) return outsideLink(target);
    return `/docs/${file}${asked}${anchor === undefined ? '' : `#${anchor}`}`;
  };
}
