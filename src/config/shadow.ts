import type { Policy } from '../decide/policy.ts';
import type { Now } from '../ports/now.ts';
import type { LoadedConfig } from './live.ts';
import type { StaffedConfig } from './staffed.ts';
import type { Desk } from './written/desk.ts';

/** Until when the desk only looks on: it decides and writes down, and nothing leaves. */
export function shadowOf({ shadow, timeZone }: Desk): LoadedConfig['shadow'] {
  if (shadow === undefined) return null;
  return { until: Temporal.PlainDate.from(shadow.until).toZonedDateTime(timeZone).toInstant() };
}

/** What is kept of a letter or a notice that would have gone out. */
export const LEFT_OUT_IN_SHADOW = {
  code: 'outbox.shadow',
  message: 'Left out: the desk was in shadow, and would have sent it.',
  fix: 'Nothing is to be done; it is not sent later either.',
} as const;

/** Whether nothing may leave at this moment. */
export function isInShadow({ shadow }: Pick<LoadedConfig, 'shadow'>, now: Temporal.Instant): boolean {
  return shadow !== null && Temporal.Instant.compare(now, shadow.until) < 0;
}

/** The same at any later moment, for who must ask again and again. */
export function onlooking(desk: { config: { current(): LoadedConfig }; now: Now }): () => boolean {
  return () => isInShadow(desk.config.current(), desk.now());
}

/**
 * The config without what can only be decided with the requester's help, for as long as nobody is written to: a ticket
 * would wait for the answer to a question that was never asked, or be closed as its requester is silent.
 */
export function quietConfig(live: StaffedConfig, now: Now): StaffedConfig {
  const made = new WeakMap<LoadedConfig, LoadedConfig>();
  return {
    ...live,
    current() {
      const config = live.current();
      if (!isInShadow(config, now())) return config;
      const quiet = made.get(config) ?? { ...config, policy: withoutQuestions(config.policy) };
      made.set(config, quiet);
      return quiet;
    },
  };
}

function withoutQuestions(policy: Policy): Policy {
  const { intake, triage, followUp } = policy;
  return {
    ...policy,
    intake: { ...intake, clarify: [] },
    triage: { ...triage, selfService: {} },
    followUp: { ...followUp, closing: null, silence: null, summary: null, checkIns: [], survey: null },
  };
}
