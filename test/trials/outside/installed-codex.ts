// Another version of Codex than the one for development, installed into the cache when it is first asked for.

import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { codexPath } from '../../helpers/codex.ts';

const run = promisify(execFile);

/** The launcher of that version; undefined is the one for development. */
export async function installedCodex(wanted?: string): Promise<{ codex: string; version: string }> {
  const codex = wanted === undefined ? codexPath : await install(wanted);
  const { stdout } = await run(codex, ['--version']);
  return { codex, version: stdout.trim().split(' ').at(-1) ?? '' };
}

async function install(wanted: string): Promise<string> {
  if (!/^\d+\.\d+\.\d+$/u.test(wanted)) throw new Error(`${wanted} is not a version`);
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const directory = join(cache, 'autonomous-tui-test', `codex-${wanted}`);
  await mkdir(directory, { recursive: true });
  await run('npm', ['install', '--no-save', '--prefix', directory, `@openai/codex@${wanted}`]);
  return join(directory, 'node_modules', '.bin', 'codex');
}
