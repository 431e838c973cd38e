// `--list`, `--help` and `--version`: one file of its own in the bundle, and nothing in it that they don't need.
// Half of what a list of ten tasks takes is Node's own start; every package loaded would show.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { complain } from './complain.ts';
import { said } from '../core/text/error-message.ts';
import { exitCodes } from './exit-codes.ts';
import { listCommand } from './commands/list-command.ts';
import { helpText } from './options.ts';
import { parseQuickCall } from './quick-arguments.ts';
import { writeNow } from '../system/files/write-now.ts';

export async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseQuickCall(argv);
  if ('problem' in parsed) return complain(parsed.problem, exitCodes.wrongUsage);
  const { call } = parsed;
  if (call.help) return print(helpText());
  if (call.version) return print(`${version()}\n`);
  if (process.platform === 'win32') {
    return complain('Windows is not supported: use Linux, macOS or WSL', exitCodes.failed);
  }
  try {
    return await listCommand(call);
  } catch (error) {
    return complain(`autonomous-tui could not go on: ${said(error)}`, exitCodes.failed);
  }
}

function version(): string {
  const path = join(import.meta.dirname, '..', 'package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

function print(text: string): number {
  writeNow('stdout', text);
  return exitCodes.done;
}
