import type { Finding } from '../config/live.ts';
import { isEnough } from '../kit/access.ts';
import { moment } from './badges.ts';
import type { HealthView } from './health-view.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import { countWords, sentence } from './words.ts';

/** The config: which version is in force, and everything that is wrong or odd about the files. */
export function configCard(view: HealthView): Html {
  const { config, refused, health } = view;
  const findings = [...(refused ?? []), ...(refused === null ? config.warnings : [])];
  const since =
    health.loadedAt === null ? null : html`, first loaded ${moment(health.loadedAt, config.policy.desk.timeZone)}`;
  return html`<section class="card" id="config" aria-labelledby="config-title">
    <h2 class="td-card-title" id="config-title">Config</h2>
    ${
      refused === null
        ? html`<p class="td-good">
            ${icon('check')}<span>Version <code>${config.version.slice(0, 8)}</code> is in force${since}.</span>
          </p>`
        : html`<p class="td-trouble">
            ${icon('alert')}<span
              >The files on disk are refused. Version <code>${config.version.slice(0, 8)}</code> stays in force${since}.
              Mend the lines below and save; they are read again at once.</span
            >
          </p>`
    }
    ${reviewLine(view)}
    ${isEnough(view.access, 'admin') ? html`<p><a href="/backtest">Try a change on past tickets</a></p>` : null}
    ${
      findings.length === 0
        ? null
        : html`<ul class="td-findings">
            ${findings.map((finding) => findingItem(finding, lineOnDisk(finding, view)))}
          </ul>`
    }
  </section>`;
}

function reviewLine({ rulesToReview: count }: HealthView): Html {
  const due =
    count === 0
      ? null
      : html` <a href="/playbook#due">${countWords(count, 'rule is', 'rules are')} to be looked at</a>.`;
  return html`<p><a href="/playbook">The playbook</a> tells what each rule does, and how often.${due}</p>`;
}

function lineOnDisk({ file, line }: Finding, { status }: HealthView): string | null {
  return status.configSource(file)?.split('\n')[line - 1] ?? null;
}

/** One thing that is wrong or odd, with the line that it is about; null where nobody has it. */
export function findingItem(finding: Finding, line: string | null): Html {
  return html`<li class="td-finding td-finding-${finding.severity}">
    <p>
      <span class="td-finding-kind">${finding.severity === 'error' ? 'Error' : 'Warning'}</span>
      <span class="td-place">${finding.file}:${finding.line}:${finding.column}</span
      >${finding.path === '' ? null : html` <code>${finding.path}</code>`}
    </p>
    <p><strong>${sentence(finding.message)}</strong> ${finding.fix}</p>
    ${line === null ? null : html`<pre class="td-code td-source" tabindex="0">${sourceLine(line.replace('\r', ''), finding)}</pre>`}
  </li>`;
}

/** The line with its number, and a sign under the column that is meant. */
function sourceLine(line: string, { line: number, column }: Finding): string {
  const gutter = `${number} | `;
  return `${gutter}${line.slice(0, 500)}\n${' '.repeat(gutter.length + Math.min(Math.max(column - 1, 0), 500))}^`;
}
