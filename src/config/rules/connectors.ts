import type { z } from 'zod';
import { MAIL_KIND } from '../mail.ts';
import { schemaFindings } from '../schema-findings.ts';
import type { Check, CheckedConfig, Report } from './check.ts';

/** A channel's kind must be one that there is. */
export const CHANNEL_KINDS: Check = {
  reads: ['channels.yaml'],
  look({ written, connectors }, report) {
    const valid = Object.values(connectors)
      .filter(({ channel }) => channel !== undefined)
      .map(({ id }) => id);
    for (const [name, { kind }] of Object.entries(written.channels.channels)) {
      const spot = { file: 'channels.yaml', path: ['channels', name, 'kind'] } as const;
      report.unknownName(spot, { written: kind, valid, noun: 'a kind of channel' });
    }
  },
};

/** What a channel of its kind asks for, by the connector's own schema. */
export const CHANNEL_SETTINGS: Check = {
  reads: ['channels.yaml'],
  look(config, report) {
    for (const [name, { kind, settings }] of Object.entries(config.written.channels.channels)) {
      const role = config.connectors[kind]?.channel;
      if (role === undefined) continue;
      const part = { file: 'channels.yaml', schema: role.settings, at: ['channels', name, 'settings'] } as const;
      checkSettings(config, { ...part, value: settings }, report);
    }
  },
};

/** A way's kind must be one that tells teams, and has a room where it is given one. */
export const WAY_KINDS: Check = {
  reads: ['notices.yaml'],
  look({ written, connectors }, report) {
    const valid = Object.values(connectors)
      .filter(({ notifier, reach }) => notifier !== undefined && reach !== undefined)
      .map(({ id }) => id);
    for (const [name, { kind, room }] of Object.entries(written.notices.ways)) {
      const path = ['ways', name] as const;
      report.unknownName(
        { file: 'notices.yaml', path: [...path, 'kind'] },
        { written: kind, valid, noun: 'a kind of way' },
      );
      if (room === undefined || connectors[kind]?.reach?.room !== null) continue;
      const message = `"${kind}" knows no rooms`;
      report.error({ file: 'notices.yaml', path: [...path, 'room'] }, message, 'Leave room out.');
    }
  },
};

/** What a way of its kind asks for, by the connector's own schema. */
export const WAY_SETTINGS: Check = {
  reads: ['notices.yaml'],
  look(config, report) {
    for (const [name, { kind, settings }] of Object.entries(config.written.notices.ways)) {
      const role = config.connectors[kind]?.notifier;
      if (role === undefined) continue;
      const part = { file: 'notices.yaml', schema: role.settings, at: ['ways', name, 'settings'] } as const;
      checkSettings(config, { ...part, value: settings }, report);
    }
  },
};

export const STORE: Check = {
  reads: ['desk.yaml'],
  look(config, report) {
    const { kind, settings } = config.written.desk.store;
    const valid = Object.values(config.connectors)
      .filter(({ store }) => store !== undefined)
      .map(({ id }) => id);
    const spot = { file: 'desk.yaml', path: ['store', 'kind'] } as const;
    report.unknownName(spot, { written: kind, valid, noun: 'a kind of store' });
    const role = config.connectors[kind]?.store;
    if (role === undefined) return;
    const part = { file: 'desk.yaml', schema: role.settings, at: ['store', 'settings'] } as const;
    checkSettings(config, { ...part, value: settings }, report);
  },
};

/** How mail is written and signed, by the connector that sends it. */
export const MAIL: Check = {
  reads: ['desk.yaml'],
  look(config, report) {
    const role = config.connectors[MAIL_KIND]?.notifier;
    if (role === undefined) return;
    const part = { file: 'desk.yaml', schema: role.settings, at: ['mail', 'settings'] } as const;
    checkSettings(config, { ...part, value: config.written.desk.mail.settings }, report);
  },
};

interface Part {
  file: 'channels.yaml' | 'desk.yaml' | 'notices.yaml';
  schema: z.ZodType;
  at: readonly string[];
  value: unknown;
}

function checkSettings({ sources }: CheckedConfig, { file, schema, at, value }: Part, report: Report): void {
  const issues = schema.safeParse(value).error?.issues ?? [];
  report.add(schemaFindings({ source: sources[file], schema, at, value }, issues));
}
