import { AUDIT_KEPT, type AuditAsked, type NotedEntry } from '../db/audit.ts';
import { AUDIT_ACTS, AUDIT_KINDS, type AuditKind, isAuditAct } from '../domain/audit.ts';
import { moment } from './badges.ts';
import { option } from './form-parts.ts';
import { html, type Fill, type Html } from './markup.ts';

/** What the page of the audit log shows. */
export interface AuditView {
  asked: AuditAsked;
  /** The newest first. */
  entries: readonly NotedEntry[];
  /** Whether there are older ones. */
  hasMore: boolean;
  timeZone: string;
}

const KIND_WORDS: Readonly<Record<AuditKind, string>> = {
  sign_in: 'Signing in and out',
  refused: 'Not let in',
  change: 'Changes',
};

/** Through what somebody came who has said no name. */
const NAMELESS: Readonly<Record<NotedEntry['by'], string>> = {
  console: 'Somebody',
  api: 'A token of the API',
  command: 'Somebody at the machine',
};

const DAYS = AUDIT_KEPT.hours / 24;

/** Who came in, who did not, and who changed what of the desk. */
export function auditMain(view: AuditView): Html {
  return html`<section class="td-channel" aria-labelledby="audit-title">
    <h1 id="audit-title">Audit log</h1>
    <p class="text-secondary">
      Who came in, who was not let in, and who changed what of the desk, noted before it is done and kept for ${DAYS}
      days. What happens to a ticket is none of it: that stands on the ticket, decision by decision. Who changed a file
      of the config is known to whoever keeps the files; <a href="/playbook/versions">the versions</a> tell what and
      when.
    </p>
    ${filterForm(view.asked)}
    <section class="card" aria-label="Entries">
      ${view.entries.length === 0 ? html`<p class="text-secondary">Nothing was noted.</p>` : table(view)}
    </section>
    ${older(view)}
  </section>`;
}

function filterForm({ person, kind }: AuditAsked): Html {
  return html`<form class="td-audit-filter" method="get" action="/audit">
    <label class="visually-hidden" for="audit-person">Name</label>
    <input
      class="form-control"
      id="audit-person"
      name="person"
      value="${person ?? ''}"
      placeholder="A name, as it stands below"
      maxlength="80"
      autocomplete="off"
    />
    <label class="visually-hidden" for="audit-kind">What</label>
    <select class="form-select" id="audit-kind" name="kind">
      ${option('', 'Everything', kind === null)}${AUDIT_KINDS.map((each) => option(each, KIND_WORDS[each], each === kind))}
    </select>
    <button class="btn" type="submit">Show</button>
  </form>`;
}

function table({ entries, timeZone }: AuditView): Html {
  return html`<div class="td-wide">
    <table class="table">
      <thead>
        <tr>
          ${['When', 'Who', 'What', 'From'].map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${entries.map(
          (entry) =>
            html`<tr>
              <td>${moment(entry.at, timeZone)}</td>
              <td>${who(entry)}</td>
              <td>${what(entry)}</td>
              <td>${entry.address ?? (entry.by === 'command' ? 'this machine' : '')}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Outside the console nobody signs in: a machine says who runs a command on it, and may say what it likes. */
function who({ person, access, by }: NotedEntry): Fill {
  const isSaid = by !== 'console' && person !== null;
  const known = [access, isSaid ? 'as the machine says' : null].filter((each) => each !== null).join(', ');
  return html`<bdi>${person ?? NAMELESS[by]}</bdi
    >${known === '' ? null : html` <small class="text-secondary">${known}</small>`}`;
}

/** What was noted by a later version is shown by its name. */
function what({ act, target }: NotedEntry): Fill {
  const words = isAuditAct(act) ? AUDIT_ACTS[act].words : act;
  return html`${words}${target === null ? null : html` <bdi>${target}</bdi>`}`;
}

function older({ asked, entries, hasMore }: AuditView): Html | null {
  const last = entries.at(-1);
  if (!hasMore || last === undefined) return null;
  const query = new URLSearchParams({ person: asked.person ?? '', kind: asked.kind ?? '', before: String(last.id) });
  return html`<p><a class="btn" href="/audit?${query.toString()}">Older</a></p>`;
}
