// `--list`, `--help`, `--version` and `--completions`: a bundle file of their own, with nothing in it that a list or a help
// does not need.
// Half the time of a list of ten tasks is Node's own start, so every extra package would show.

import { complain } from './complain.ts';
import { errorMessage } from '../core/text/error-message.ts';
import { exitCodes } from './exit-codes.ts';
import { listCommand } from './commands/list-command.ts';
import { helpText } from './options/help-text.ts';
import { ownVersion } from '../system/own-version.ts';
import { parseQuickInvocation } from './quick-arguments.ts';
import { writeNow } from '../system/files/write-now.ts';

/** Null if it is none of the four (`-nlist` only looks like one), or a list of all projects, or of a hub, or one to be counted first. */
export async function main(argv: readonly string[]): Promise<number | null> {
  const parsed = parseQuickInvocation(argv);
  if ('problem' in parsed) return complain(parsed.problem, exitCodes.wrongUsage);
  const { invocation } = parsed;
  if (invocation.help) return print(helpText());
  if (invocation.version) {
    const { versionCommand } = await import('./commands/version-command.ts');
    return versionCommand(ownVersion(), invocation);
  }
  if (invocation.completions !== null) {
    const { completionsCommand } = await import('./commands/completions-command.ts');
    return completionsCommand(invocation.completions, invocation);
  }
  if (!invocation.list || invocation.all || invocation.hub !== null) return null;
  if (process.platform === 'win32') {
    return complain('Windows is not supported. Use Linux, macOS or WSL', exitCodes.failed);
  }
  try {
    return await listCommand(invocation);
  } catch (error) {
    return complain(`autonomous-tui failed: ${errorMessage(error)}`, exitCodes.failed);
  }
}

function print(text: string): number {
  writeNow('stdout', text);
  return exitCodes.done;
}
