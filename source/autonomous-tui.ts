// The program's first file. It runs on any Node that knows modules, so that one that is too old gets further
// than a syntax error: it hands over to the `node` package where that is installed, and says what is needed
// where it is not.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const wanted = { major: 22, minor: 22 };
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > wanted.major || (major === wanted.major && minor >= wanted.minor)) {
  await begin();
} else {
  handOver();
}

async function begin(): Promise<void> {
  // Node announces features that it calls experimental on stderr; there, only our own words belong.
  process.removeAllListeners('warning');
  delete process.env['AUTONOMOUS_TUI_HANDED_OVER'];
  module.enableCompileCache?.();
  // A reader that has gone (`… | head -1`) is no failure of ours.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  try {
    const { main } = await import('./cli.ts');
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    process.stderr.write(`autonomous-tui could not go on: ${said}\n`);
    process.exitCode = 1;
  }
}

function handOver(): void {
  const newer = packagedNode();
  if (newer === null || process.env['AUTONOMOUS_TUI_HANDED_OVER'] === '1') {
    process.stderr.write(
      `autonomous-tui needs Node ${wanted.major}.${wanted.minor} or later, and this is ${process.versions.node}: install a newer one\n`,
    );
    process.exitCode = 1;
    return;
  }
  const child = spawn(newer, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, AUTONOMOUS_TUI_HANDED_OVER: '1' },
  });
  // The terminal tells both; a signal for this process alone is passed on. The child decides when to end.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 128);
  });
}

function packagedNode(): string | null {
  try {
    const here = dirname(fileURLToPath(import.meta.url));
    const found = module.createRequire(join(here, 'any.js')).resolve('node/package.json');
    const path = join(dirname(found), 'bin', 'node');
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}
