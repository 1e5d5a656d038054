import type { Service } from '../main.ts';

/** What somebody who has just started it wants to know. `mail` says what becomes of mails. */
export function greeting({ address, opensWith, place, config }: Service, { mail }: { mail: string }): string {
  const forms = Object.values(config.current().channels).filter((channel) => channel.kind === 'form');
  const form = forms[0]?.name;
  return [
    '',
    `  ${config.current().policy.desk.name} is open.`,
    '',
    `  Console       ${address}/`,
    `  Sign in with  ${opensWith}`,
    ...(form === undefined ? [] : [`  Request form  ${address}/forms/${form}`]),
    `  Data          ${place}`,
    `  Mail          ${mail}`,
    '',
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
