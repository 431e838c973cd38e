// The warden's program: Codex's parent where a task is held by a lease. It ends Codex with the lease, whether or not its
// runner lives. It reads what to start from its connection to the runner, and nothing else: not its environment, nothing
// from Codex. A signal to the session's group is for Codex: the warden ends after it.

import { readFileSync, writeSync } from 'node:fs';
import { connection, readRequest, type WardenNews } from './system/warden/request.ts';
import { watchCodex } from './system/warden/watch-codex.ts';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
// With it Node would open a door for a debugger.
process.on('SIGUSR1', () => {});

function tell(news: WardenNews): void {
  try {
    writeSync(connection, JSON.stringify(news) + '\n');
  } catch {
    // The runner is gone. Whoever adopts the session asks for no news.
  }
}

async function main(): Promise<void> {
  const request = readRequest(readFileSync(connection, 'utf8'));
  // The runner died before it had said what to start.
  if (request !== null) await watchCodex(request, tell);
}

void main();
