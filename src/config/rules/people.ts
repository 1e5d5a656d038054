import type { Check, CheckedConfig, Report } from './check.ts';

/** Whether a table of the base names agents, too: what they can do shows once that is read, and is checked then. */
function hasMoreAgents({ people }: CheckedConfig['written']): boolean {
  return people.agentsTable !== undefined;
}

/** A calendar that never opens would stop every clock that counts by it. */
export const OPEN_CALENDARS: Check = {
  reads: ['people.yaml'],
  look({ policy }, report) {
    for (const { name, week } of Object.values(policy.calendars)) {
      if (name === 'always') {
        report.errorAtKey(
          { file: 'people.yaml', path: ['calendars'], key: name },
          '"always" is not free as a name: it stands for every minute',
          'Give the calendar another name.',
        );
      }
      if (week.some((windows) => windows.length > 0)) continue;
      report.error(
        { file: 'people.yaml', path: ['calendars', name, 'hours'] },
        `the calendar "${name}" never opens`,
        'Give it hours, as Mon-Fri: 09:00-17:00.',
      );
    }
  },
};

/** A ticket must not wait where nobody takes it and nobody hears of it. */
export const STAFFED_QUEUES: Check = {
  reads: ['people.yaml'],
  look({ written }, report) {
    if (hasMoreAgents(written)) return;
    for (const [name, { members, method, fallback, notify }] of Object.entries(written.people.queues)) {
      if (members.length > 0 || fallback.length > 0 || notify.length > 0) continue;
      const spot = { file: 'people.yaml', path: ['queues', name] } as const;
      const message = `the queue "${name}" has no members, no fallback and nobody to notify`;
      const fix = 'Name members, or say under fallback or notify who is to know.';
      if (method === 'none') report.warning(spot, message, fix);
      else report.error(spot, message, fix);
    }
  },
};

/** A member twice would get twice the tickets. */
export const MEMBERS_ONCE: Check = {
  reads: ['people.yaml'],
  look({ written }, report) {
    for (const [name, { members }] of Object.entries(written.people.queues)) {
      members.forEach((member, index) => {
        if (members.indexOf(member) === index) return;
        const spot = { file: 'people.yaml', path: ['queues', name, 'members', index] } as const;
        report.error(spot, `"${member}" is a member already`, 'Name each person once.');
      });
    }
  },
};

/** Somebody in a queue must have the skills that the queue asks for. */
export const QUEUE_SKILLS: Check = {
  reads: ['people.yaml'],
  look(config, report) {
    if (hasMoreAgents(config.written)) return;
    for (const [name, { skills }] of Object.entries(config.written.people.queues)) {
      if (skills.length === 0 || isStaffed(config, name, skills)) continue;
      const spot = { file: 'people.yaml', path: ['queues', name, 'skills'] } as const;
      report.error(
        spot,
        `nobody in the queue "${name}" has ${skills.join(' and ')}`,
        'Give a member the skills, or ask for fewer.',
      );
    }
  },
};

/** Somebody must have the skills that a routing rule asks for, in the queue that it names. */
export const ROUTING_SKILLS: Check = {
  reads: ['people.yaml', 'routing.yaml'],
  look(config, report) {
    if (hasMoreAgents(config.written)) return;
    config.written.routing.rules.forEach((rule, index) => checkRuleSkills(config, { rule, index }, report));
  },
};

function checkRuleSkills(
  config: CheckedConfig,
  { rule, index }: { rule: CheckedConfig['written']['routing']['rules'][number]; index: number },
  report: Report,
): void {
  const { queue, skills = [], preferredSkills = [] } = rule.then;
  const path = ['rules', index, 'then'] as const;
  const known = new Set(config.policy.agents.flatMap((agent) => agent.skills));
  const unknown = skills.find((skill) => !known.has(skill));
  if (unknown !== undefined) {
    const spot = { file: 'routing.yaml', path: [...path, 'skills', skills.indexOf(unknown)] } as const;
    report.unknownName(spot, { written: unknown, valid: [...known], noun: 'a skill that anybody has' });
  } else if (skills.length > 0 && !isStaffed(config, queue, skills)) {
    report.error(
      { file: 'routing.yaml', path: [...path, 'skills'] },
      `nobody${queue === undefined ? '' : ` in the queue "${queue}"`} has ${skills.join(' and ')} together`,
      'Give a member the skills in people.yaml, or ask for fewer.',
    );
  }
  preferredSkills.forEach((skill, at) => {
    if (known.has(skill)) return;
    const spot = { file: 'routing.yaml', path: [...path, 'preferredSkills', at] } as const;
    report.warning(spot, `nobody has the skill "${skill}"`, 'Give it to somebody in people.yaml, or take it out.');
  });
}

/** Whether somebody in the queue, or anywhere when there is none, has all of the skills. */
function isStaffed({ policy }: CheckedConfig, queue: string | undefined, skills: readonly string[]): boolean {
  const members = queue === undefined ? null : policy.queues[queue]?.members;
  if (members === undefined) return true;
  return policy.agents.some(
    (agent) =>
      (members === null || members.includes(agent.name)) && skills.every((skill) => agent.skills.includes(skill)),
  );
}
