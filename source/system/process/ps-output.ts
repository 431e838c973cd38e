// Reads what macOS's `ps` prints; table-darwin.ts starts it.
//
//   ps -A -o pid=,pgid=,stat=,lstart=
//       1     1 Ss   Fri Nov 20 09:12:33 2026
//   ps eww -p 4242 -o command=
//   /usr/local/bin/codex exec --json SHELL=/bin/zsh AUTONOMOUS_TUI_SESSION=550e8400-…

import type { ProcessRow } from './row.ts';

/**
 * The whole environment of every `ps`. Start times are compared with recorded ones, but ps prints them in the language
 * and time zone of its caller: from an ssh session, or after a flight, a living runner would look like a dead one.
 */
export const psEnvironment = { LC_ALL: 'C', TZ: 'UTC0' } as const;

const row = /^\s*(?<pid>\d+)\s+(?<group>\d+)\s+(?<state>\S+)\s+(?<startTime>\S.*)$/u;

/** Lines that are not rows are left out. */
export function rowsOf(output: string): ProcessRow[] {
  return output.split('\n').flatMap((line) => {
    const found = row.exec(line)?.groups;
    if (found === undefined) return [];
    const { pid, group, state = '', startTime = '' } = found;
    return [
      {
        pid: Number(pid),
        group: Number(group),
        startTime: startTime.trim(),
        zombie: state.startsWith('Z'),
        stopped: state.startsWith('T'),
      },
    ];
  });
}

/**
 * Whether an assignment is one of the words of a command line with its environment. Only spaces separate them, so an
 * argument or a part of another value looks the same.
 */
export function hasWord(output: string, assignment: string): boolean {
  return output.split(/\s+/u).includes(assignment);
}
