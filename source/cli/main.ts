// argv → dashboard or headless run. The one place that puts everything together; it loads only what an invocation
// needs. `--list`, `--help` and `--version` never get here: see quick.ts.

import { parseCall } from './arguments.ts';
import type { Call } from './invocation.ts';
import { complain } from './complain.ts';
import { said } from '../core/text/error-message.ts';
import { helpText } from './options.ts';
import { exitCodes } from './exit-codes.ts';

export async function main(argv: readonly string[]): Promise<number> {
  try {
    return await carryOut(argv);
  } catch (error) {
    return complain(`autonomous-tui failed: ${said(error)}`, exitCodes.failed);
  }
}

async function carryOut(argv: readonly string[]): Promise<number> {
  const parsed = await parseCall(argv);
  if ('problem' in parsed) return complain(parsed.problem, exitCodes.wrongUsage);
  const { call } = parsed;
  if (process.platform === 'win32') {
    return complain('Windows is not supported. Use Linux, macOS or WSL', exitCodes.failed);
  }
  if (call.log !== null) return (await import('./commands/log-command.ts')).logCommand(call);
  if (call.demo) return (await import('./commands/demo-command.ts')).demoCommand(call);
  return isHeadless(call) ? headless(call) : onScreen(call);
}

function isHeadless(call: Call): boolean {
  return call.headless || !process.stdout.isTTY;
}

async function headless(call: Call): Promise<number> {
  if (call.continueAll)
    return (await import('./commands/continue-all-command.ts')).continueAllCommand(call);
  const asksForSomething = call.description !== null || call.taskName !== null || call.continues;
  if (!asksForSomething) {
    process.stderr.write(helpText());
    return exitCodes.wrongUsage;
  }
  return (await import('./commands/run-command.ts')).runCommand(call);
}

async function onScreen(call: Call): Promise<number> {
  if (call.json) {
    return complain('--json needs --list, --log or --headless', exitCodes.wrongUsage);
  }
  return (await import('./commands/dashboard-command.ts')).dashboardCommand(call);
}
