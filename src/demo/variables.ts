/** All that a demo takes from outside: how it is reached and how much it says. */
const KEPT = [
  'PORT',
  'HOST',
  'LOG_LEVEL',
  'TABLEDESK_TOKEN',
  'TABLEDESK_PASSWORD',
  'TABLEDESK_AGENT_PASSWORD',
  'TABLEDESK_VIEWER_PASSWORD',
];

/**
 * The environment of a demo. What is not named here does not exist for it: no mail server, no database but
 * its own, no key to any other system, now or in a later version. `base` is the way to a base of its own.
 */
export function demoVariables(
  variables: Readonly<Record<string, string | undefined>>,
  own: { data: string; config: string; base?: Readonly<Record<string, string>> },
): Readonly<Record<string, string | undefined>> {
  const kept = Object.entries(variables).filter(([name]) => KEPT.includes(name));
  return { ...Object.fromEntries(kept), ...own.base, TABLEDESK_DATA: own.data, TABLEDESK_CONFIG: own.config };
}
