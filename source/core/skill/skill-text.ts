// The skill with which an interactive Codex hands long work over to this program: what its SKILL.md says. Codex offers
// the model each skill's name and description, and the model reads the rest when it wants to use it.

export const skillName = 'autonomous-tui';

/** One line of at most 500 characters, without an apostrophe: Codex takes no longer one. */
export const skillDescription =
  'Hand over work that takes many Codex sessions: autonomous-tui plans it, works on it in the background with ' +
  '`.autonomous/` tracking, waits for usage limits, and goes on by itself. Use for long-running, multi-session, ' +
  'overnight or resume-later tasks ("work on this overnight"), and to continue, list, tell or report on them. Not for ' +
  'a session that has AUTONOMOUS_TUI_SESSION in its environment.';

/** Without the last line, which says who wrote it: see `readSkill`. */
export const skillText = `---
name: ${skillName}
description: '${skillDescription}'
---

# Hand work over to autonomous-tui

autonomous-tui runs one Codex session after the other until every step of a task is done. It needs no screen, and neither this
conversation nor its terminal has to stay open. Run the commands below in the project's directory. Do not do the work here, too:
the sessions change the files of this directory while you look at them.

## Start

\`\`\`sh
autonomous-tui --background "Build a REST API for todo app"
\`\`\`

It prints the task's name, made of the first words, and returns at once. The sessions know nothing of this conversation, so put
into the description what they need: the goal, what is decided already, which files matter, and how one sees that it is done. What
is too long for that belongs into a file of the project that the description names. Ask the user only for what you cannot find out.

A name of its own, and a command that must pass before the task is done:

\`\`\`sh
autonomous-tui --background --task-name todo-api --check "npm test" "Build a REST API for todo app"
\`\`\`

Always with \`--background\`: without it the command works for hours in the foreground. Give \`--network\` (full access) only when the
user has asked for full access.

## Continue

\`\`\`sh
autonomous-tui --background --task-name todo-api --continue
\`\`\`

## Pause

\`\`\`sh
autonomous-tui --task-name todo-api --pause
autonomous-tui --task-name todo-api --pause-after-session
\`\`\`

## List

\`\`\`sh
autonomous-tui --list
autonomous-tui --list --json
\`\`\`

## Tell

What the user wants a running, waiting or done task to know. It is told with the next session, or with \`--now\` at once:

\`\`\`sh
autonomous-tui --task-name todo-api --tell "Use PostgreSQL"
autonomous-tui --task-name todo-api --tell "Stop: use PostgreSQL" --now
\`\`\`

## Report

\`\`\`sh
autonomous-tui --report --since 12h
autonomous-tui --report --task-name todo-api
autonomous-tui --log todo-api --since 1h
autonomous-tui --task-name todo-api --diff
\`\`\`

The user sees it all with \`autonomous-tui\` in a terminal. If something does not work:

\`\`\`sh
autonomous-tui --doctor
\`\`\`

## Your sandbox

Starting, continuing, pausing and telling need the network or write state outside of the project. So ask to run these commands outside of
your sandbox (escalated permissions). If that is not allowed, give the user the command to run in a terminal. Listing, reports,
logs and diffs work inside of the sandbox.

## In a session of a task

If AUTONOMOUS_TUI_SESSION is set in your environment, you are a session of such a task. There the program refuses to start, pause,
continue or tell (exit code 2, in full access, too): do the work yourself.

Exit codes: 0 done, 1 failed, 2 wrong usage, 75 the task has a runner already. The reason is on stderr.
`;

export type FoundSkill =
  | { kind: 'none' }
  /** As some version of this program wrote it. */
  | { kind: 'ours'; version: string; isCurrent: boolean }
  /** Ours, and changed since. */
  | { kind: 'changed' }
  | { kind: 'foreign' };

const signature =
  /\n<!-- autonomous-tui (?<version>\S+) wrote this, and --uninstall-skill removes it: (?<digest>[0-9a-f]{64}) -->\n$/u;

type Digest = (text: string) => string;

/** The whole file: the text and a last line with the digest of all that is above it. */
export function signedSkill(version: string, digest: Digest, text = skillText): string {
  return `${text}\n<!-- autonomous-tui ${version} wrote this, and --uninstall-skill removes it: ${digest(text)} -->\n`;
}

/** Null: there is no file. */
export function readSkill(file: string | null, version: string, digest: Digest): FoundSkill {
  if (file === null) return { kind: 'none' };
  const { groups, index = 0 } = signature.exec(file) ?? {};
  const { version: written, digest: known } = groups ?? {};
  if (written === undefined) {
    return { kind: file.includes('<!-- autonomous-tui ') ? 'changed' : 'foreign' };
  }
  if (known !== digest(file.slice(0, index))) return { kind: 'changed' };
  return { kind: 'ours', version: written, isCurrent: file === signedSkill(version, digest) };
}
