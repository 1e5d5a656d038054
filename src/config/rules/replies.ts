import { AGENT_REPLY } from '../replies.ts';
import type { Check } from './check.ts';

/** The template of the acknowledgement must be one that there is. */
export const ACKNOWLEDGEMENT: Check = {
  reads: ['desk.yaml'],
  look({ written, policy }, report) {
    const { acknowledgement } = written.desk.intake;
    const valid = Object.keys(policy.replies).filter((name) => name !== AGENT_REPLY);
    const spot = { file: 'desk.yaml', path: ['intake', 'acknowledgement'] } as const;
    report.unknownName(spot, { written: acknowledgement ?? undefined, valid, noun: 'a template in replies/' });
  },
};
