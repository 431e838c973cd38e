// argv → dashboard or headless run. The one place that puts everything together; it loads only what an invocation
// needs. `--list`, `--help` and `--version` never get here: see quick.ts.

import { parseInvocation } from './arguments.ts';
import type { Invocation } from './invocation.ts';
import { complain } from './complain.ts';
import { errorMessage } from '../core/text/error-message.ts';
import { helpText } from './options.ts';
import { exitCodes } from './exit-codes.ts';

export async function main(argv: readonly string[]): Promise<number> {
  try {
    return await carryOut(argv);
  } catch (error) {
    return complain(`autonomous-tui failed: ${errorMessage(error)}`, exitCodes.failed);
  }
}

async function carryOut(argv: readonly string[]): Promise<number> {
  const parsed = await parseInvocation(argv);
  if ('problem' in parsed) return complain(parsed.problem, exitCodes.wrongUsage);
  const { invocation } = parsed;
  if (process.platform === 'win32') {
    return complain('Windows is not supported. Use Linux, macOS or WSL', exitCodes.failed);
  }
  if (invocation.log !== null)
    return (await import('./commands/log-command.ts')).logCommand(invocation);
  if (invocation.demo) return (await import('./commands/demo-command.ts')).demoCommand(invocation);
  return isHeadless(invocation) ? headless(invocation) : onScreen(invocation);
}

function isHeadless(invocation: Invocation): boolean {
  return invocation.headless || !process.stdout.isTTY;
}

async function headless(invocation: Invocation): Promise<number> {
  if (invocation.continueAll)
    return (await import('./commands/continue-all-command.ts')).continueAllCommand(invocation);
  const asksForSomething =
    invocation.description !== null || invocation.taskName !== null || invocation.continues;
  if (!asksForSomething) {
    process.stderr.write(helpText());
    return exitCodes.wrongUsage;
  }
  return (await import('./commands/run-command.ts')).runCommand(invocation);
}

async function onScreen(invocation: Invocation): Promise<number> {
  if (invocation.json) {
    return complain('--json needs --list, --log or --headless', exitCodes.wrongUsage);
  }
  return (await import('./commands/dashboard-command.ts')).dashboardCommand(invocation);
}
