// The context of a command that works or watches: project paths and configuration; or a sentence that says what is
// wrong, with the exit code. Ignored parts of the configuration are named on stderr.

import type { Invocation } from './invocation.ts';
import { warn } from './complain.ts';
import { exitCodes } from './exit-codes.ts';
import { findProjectPaths, type ProjectPaths } from './project-paths.ts';
import type { Configuration } from '../system/configuration.ts';

export type CommandContext = { paths: ProjectPaths; configuration: Configuration };

type CommandContextFound = CommandContext | { problem: string; exitCode: number };

export async function findCommandContext(invocation: Invocation): Promise<CommandContextFound> {
  const paths = findProjectPaths(invocation);
  if ('problem' in paths) return paths;
  const { readConfiguration } = await import('../system/configuration.ts');
  const found = readConfiguration(process.env, paths.project);
  if ('problem' in found) return { problem: found.problem, exitCode: exitCodes.wrongUsage };
  const { configuration } = found;
  for (const warning of configuration.warnings) warn(warning);
  return { paths, configuration };
}
