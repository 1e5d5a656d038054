import { Command } from 'commander';
import { playbookReport } from './report/playbook.ts';
import { valueReport } from './report/value.ts';
import { weeklyReport } from './report/weekly.ts';
import { qualityReport } from './report/quality.ts';
import type { MakeCommand } from './terminal.ts';

/** What becomes of the tickets, as text. Each report has a file in `report/`. */
export const reportCommand: MakeCommand = (terminal, exit) => {
  const command = new Command('report').description('print a report on the desk');
  for (const make of [playbookReport, qualityReport, weeklyReport, valueReport])
    command.addCommand(make(terminal, exit));
  return command;
};
