// macOS has no /proc: the same answers from `ps` and `sysctl`, called by absolute path, since the PATH may lead
// into the project. Not tested on every release; the docs says so.

import type { ProcessRow } from './row.ts';

// Not imported: loading it takes a fifth of the time of a whole `--list`, and Linux does not need it.
const childProcess = () => process.getBuiltinModule('node:child_process');

const run = (file: string, words: readonly string[], options: { maxBuffer?: number } = {}) =>
  process.getBuiltinModule('node:util').promisify(childProcess().execFile)(file, words, options);

export function bootId(): string {
  try {
    return childProcess()
      .execFileSync('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid'], {
        encoding: 'utf8',
      })
      .trim();
  } catch {
    return 'unknown';
  }
}

export async function allProcesses(): Promise<ProcessRow[]> {
  const { stdout } = await run('/bin/ps', ['-A', '-o', 'pid=,pgid=,stat=,lstart='], {
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+)$/u.exec(line);
    if (match === null) return [];
    const [, pid, group, state, startTime] = match;
    return [
      {
        pid: Number(pid),
        group: Number(group),
        startTime: (startTime ?? '').trim(),
        zombie: (state ?? '').startsWith('Z'),
      },
    ];
  });
}

export async function carries(pid: number, assignment: string): Promise<boolean> {
  try {
    const { stdout } = await run('/bin/ps', ['eww', '-p', String(pid), '-o', 'command=']);
    return stdout.split(/\s+/u).includes(assignment);
  } catch {
    return false;
  }
}
