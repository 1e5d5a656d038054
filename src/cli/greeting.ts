import type { Role } from '../kit/role.ts';
import type { Service } from '../main.ts';

/** What a process does that nobody visits. */
const BEHIND_DOORS = {
  worker: 'decides, reads and writes the base, sends, fetches mail, learns',
  sweeps: 'warns, reminds, closes, compares and tidies, by the clock',
} as const;

/** What somebody who has just started it wants to know. `mail` says what becomes of mails. */
export function greeting(
  { address, opensWith, place, config }: Service,
  { mail, role = 'all' }: { mail: string; role?: Role },
): string {
  const data = [`  Data          ${place}`, `  Mail          ${mail}`, ''];
  const name = config.current().policy.desk.name;
  if (role === 'worker' || role === 'sweeps') {
    const health = `  Health        ${address}/readyz`;
    return ['', `  ${name} is at work: this process ${BEHIND_DOORS[role]}.`, '', health, ...data, ''].join('\n');
  }
  const forms = Object.values(config.current().channels).filter((channel) => channel.kind === 'form');
  const form = forms[0]?.name;
  return [
    '',
    `  ${name} is open.`,
    '',
    `  Console       ${address}/`,
    `  Sign in with  ${opensWith}`,
    ...(form === undefined ? [] : [`  Request form  ${address}/forms/${form}`]),
    ...data,
    ...(form === undefined ? [] : ['  Try it:', '', ...curlLines(`${address}/hooks/${form}`)]),
    '',
  ].join('\n');
}

function curlLines(hook: string): string[] {
  return [
    `  curl ${hook} \\`,
    '    -d name="Greta Holm" -d email=greta@example.com \\',
    '    -d subject="Payment failed twice" -d message="Payment failed twice, my card was charged"',
    '',
  ];
}
