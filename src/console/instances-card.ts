import { unmannedRoles } from '../db/duties.ts';
import type { Instance } from '../db/instances.ts';
import { nearMoment } from './badges.ts';
import { type HealthView, momentsOf } from './health-view.ts';
import { icon } from './icons.ts';
import { html, type Html } from './markup.ts';

/** What nobody does while a role is missing. */
const UNDONE = {
  web: 'No process takes requests from senders or shows the console.',
  worker: 'No process decides, writes to the base and sends.',
  sweeps: 'No process warns, reminds and closes by the clock.',
} as const;

/** The processes that share the database; nothing where that is embedded, as there is one. */
export function instancesCard(view: HealthView): Html | null {
  const { instances, database } = view;
  if (database.engine === 'pglite') return null;
  return html`<section class="card" id="instances" aria-labelledby="instances-title">
    <h2 class="td-card-title" id="instances-title">Processes</h2>
    ${instancesTrouble(instances).map((words) => html`<p class="td-trouble">${icon('alert')}<span>${words}</span></p>`)}
    <div class="table-responsive">
      <table class="table">
        <thead>
          <tr>
            <th>Role</th>
            <th>Where</th>
            <th>Config</th>
            <th>Running since</th>
          </tr>
        </thead>
        <tbody>
          ${instances.map(
            (each) =>
              html`<tr>
                <td>${each.role}</td>
                <td>${each.host}, process ${each.pid}</td>
                <td><code>${each.configVersion.slice(0, 8)}</code></td>
                <td>${nearMoment(each.startedAt, momentsOf(view))}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** What is wrong with the processes together, a sentence each. */
function instancesTrouble(instances: readonly Instance[]): readonly string[] {
  const undone = unmannedRoles(instances.map(({ role }) => role)).map(
    (role) => `${UNDONE[role]} Start one with the role ${role}, or all.`,
  );
  const differ = (read: (each: Instance) => string) => new Set(instances.map(read)).size > 1;
  return [
    ...undone,
    ...(differ(({ secretsPrint }) => secretsPrint)
      ? [
          'These processes have different secrets, so that one refuses what another signed. Set TABLEDESK_TOKEN, ' +
            'JSON_TOKEN, SURVEY_SECRET and REPLY_SECRET to the same for all.',
        ]
      : []),
    ...(differ(({ configVersion }) => configVersion)
      ? ['These processes go by different configs. Give all of them the same files.']
      : []),
  ];
}
