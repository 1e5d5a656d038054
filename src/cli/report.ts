import { Command } from 'commander';
import { playbookReport } from './report/playbook.ts';
import { weeklyReport } from './report/weekly.ts';
import { qualityReport } from './report/quality.ts';
import type { MakeCommand } from './terminal.ts';

/** What becomes of the tickets, as text. Each report has a file in `report/`. */
export const reportCommand: MakeCommand = (terminal, exit) => {
  const command = new Command('report').description('print a report on the desk');
  for (const make of [playbookReport, qualityReport, weeklyReport])
    command.addCommand(make(terminal, exit).copyInheritedSettings(command));
  return command;
};
