import type { DiffLine, FileDiff } from '../reports/playbook/line-diff.ts';
import type { RulePlace } from '../reports/playbook/rule-place.ts';
import type { Version } from '../reports/playbook/versions.ts';
import { moment } from './badges.ts';
import { html, type Html } from './markup.ts';
import { versionAddress } from './playbook-address.ts';
import { countWords } from './words.ts';

/** A version that is shown. */
export interface ShownVersion {
  version: string;
  loadedAt: Temporal.Instant;
  decisions: number;
}

/** Every config that was in force, the newest first. */
export function versionsMain(
  versions: readonly Version[],
  { inForce, timeZone }: { inForce: string; timeZone: string },
): Html {
  return html`<section class="td-playbook" aria-labelledby="versions-title">
    <nav class="td-crumbs" aria-label="Way back"><a href="/playbook">Playbook</a></nav>
    <h1 id="versions-title">Versions</h1>
    <p class="text-secondary">
      Every decision names the version of the config under which it was made. A version is here from the moment at which
      it was first in force.
    </p>
    <ul class="td-versions card">
      ${versions.map(
        (each) =>
          html`<li>
            <a href="${versionAddress(each.version)}"><code>${each.version.slice(0, 8)}</code></a>
            ${each.version === inForce ? html`<span class="td-flag">In force</span>` : null}
            <span>${moment(each.loadedAt, timeZone)}</span>
            <span>${countWords(each.decisions, 'decision')}</span>
            <small>${each.changes.length === 0 ? 'As the one before' : each.changes.map(changeWords).join(', ')}</small>
          </li>`,
      )}
    </ul>
  </section>`;
}

function changeWords({ file, kind, added, removed }: Version['changes'][number]): string {
  if (kind === 'added') return `${file} is new`;
  if (kind === 'removed') return `${file} is gone`;
  return `${file} +${added} −${removed}`;
}

/** What one version changed of another. */
export function versionMain(
  shown: ShownVersion,
  given: { before: string | null; diff: readonly FileDiff[]; files: readonly string[]; timeZone: string },
): Html {
  const { before, diff, files, timeZone } = given;
  return html`<section class="td-playbook" aria-labelledby="version-title">
    ${wayBack()}
    <h1 id="version-title">Version <code>${shown.version.slice(0, 8)}</code></h1>
    <p class="text-secondary">
      In force since ${moment(shown.loadedAt, timeZone)}; ${countWords(shown.decisions, 'decision')} under it, as far as
      they are counted.
      ${
        before === null
          ? 'It is the first.'
          : html`What it changed of <a href="${versionAddress(before)}"><code>${before.slice(0, 8)}</code></a> stands
              below.`
      }
    </p>
    ${diff.length === 0 ? html`<p>It says the same as the one before.</p>` : diff.map(fileCard)}
    <section class="card" aria-labelledby="files-title">
      <h2 class="td-card-title" id="files-title">Its files</h2>
      <ul class="td-others">
        ${files.map((file) => html`<li><a href="${fileAddress(shown.version, file)}">${file}</a></li>`)}
      </ul>
    </section>
  </section>`;
}

function fileAddress(version: string, file: string): string {
  return `${versionAddress(version)}/file?${new URLSearchParams({ name: file }).toString()}`;
}

function fileCard({ file, kind, added, removed, hunks }: FileDiff): Html {
  return html`<section class="card" aria-label="${file}">
    <h2 class="td-card-title">${file} <small>${kind}, +${added} −${removed}</small></h2>
    ${hunks.map(
      (lines) =>
        html`<ol class="td-lines" tabindex="0" aria-label="Lines of ${file}">
          ${lines.map(diffLine)}
        </ol>`,
    )}
  </section>`;
}

function diffLine({ before, after, text }: DiffLine): Html {
  const [sign, tone, words] =
    before === null ? ['+', 'added', 'Added: '] : after === null ? ['−', 'removed', 'Removed: '] : [' ', 'same', ''];
  return html`<li class="td-line td-line-${tone}">
    <span class="td-line-number">${before ?? ''}</span><span class="td-line-number">${after ?? ''}</span
    ><span class="td-line-sign" aria-hidden="true">${sign}</span
    ><code><span class="visually-hidden">${words}</span>${text}</code>
  </li>`;
}

/** A file as it was in a version, with the lines of a rule marked. */
export function versionFileMain(
  { version }: Pick<ShownVersion, 'version'>,
  given: { file: string; text: string; marked: RulePlace | null; title: string },
): Html {
  const { file, text, marked, title } = given;
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  return html`<section class="td-playbook" aria-labelledby="file-title">
    ${wayBack()}
    <h1 id="file-title"><bdi>${title}</bdi></h1>
    <p class="text-secondary">
      ${file}${marked === null ? '' : `:${marked.line}`} in version
      <a href="${versionAddress(version)}"><code>${version.slice(0, 8)}</code></a>
    </p>
    <ol class="td-lines card" tabindex="0" aria-label="Lines of ${file}">
      ${lines.map((line, index) => fileLine(line, index + 1, marked))}
    </ol>
  </section>`;
}

function fileLine(text: string, number: number, marked: RulePlace | null): Html {
  const isMarked = marked !== null && number >= marked.line && number <= marked.lastLine;
  return html`<li
    class="td-line${isMarked ? ' td-line-marked' : ''}"
    ${number === marked?.line ? html` id="marked"` : null}
  >
    <span class="td-line-number">${number}</span><code>${isMarked ? html`<mark>${text}</mark>` : text}</code>
  </li>`;
}

function wayBack(): Html {
  return html`<nav class="td-crumbs" aria-label="Way back">
    <a href="/playbook">Playbook</a><span aria-hidden="true">/</span><a href="/playbook/versions">Versions</a>
  </nav>`;
}
