// Whether Codex can create its sandbox on this machine. In containers without user namespaces it cannot: a session
// there runs no command and may still end well, which must be reported, not counted as progress.

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { sessionMarker } from '../core/codex/arguments.ts';
import { sweepSession } from '../system/process/session-processes.ts';

type SandboxCheck =
  | { kind: 'works' }
  /** What Codex printed, e.g. `bwrap: Creating new namespace failed: …`. */
  | { kind: 'fails'; reason: string }
  /** Codex failed before the sandbox: its configuration does not parse, or Codex does not start. */
  | { kind: 'unknown'; reason: string };

const patienceMs = 10_000;

/** Has Codex run `true` in the sandbox that sessions get. Takes about 0.3 s and calls no model. */
export function sandboxWorks(codexPath: string, codexHome: string): Promise<SandboxCheck> {
  const uuid = randomUUID();
  const check = ['sandbox', '-c', 'sandbox_mode="workspace-write"', '--', 'true'];
  // The real path of npm's launcher is a script, not an executable.
  const isScript = codexPath.endsWith('.js');
  const program = isScript ? process.execPath : codexPath;
  const commandLine = isScript ? [codexPath, ...check] : check;
  const options = {
    env: { ...process.env, CODEX_HOME: codexHome, [sessionMarker]: uuid },
    // For a moment the sandbox creates empty directories (`.git`, `.codex`) where it runs, so not in a project.
    cwd: codexHome,
    timeout: patienceMs,
  };
  return new Promise((resolve) => {
    execFile(program, commandLine, options, (error, _stdout, stderr) => {
      const found: SandboxCheck =
        error === null ? { kind: 'works' } : sandboxFailure(stderr, error.message);
      // On a busy machine, a `bwrap` with which Codex had tried the sandbox was seen to outlive it for good.
      void sweepSession({ uuid, leader: null }, 0).finally(() => resolve(found));
    });
  });
}

/** A sandbox's error begins with its name: `bwrap: …` on Linux, `sandbox-exec: …` on macOS. */
function sandboxFailure(stderr: string, otherwise: string): SandboxCheck {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const refusal = lines.find((line) => /^(?:bwrap|sandbox-exec|codex-linux-sandbox): /.test(line));
  if (refusal !== undefined) return { kind: 'fails', reason: refusal };
  // Not the last line, which may be the end of a backtrace.
  const error = lines.find((line) => line.startsWith('Error')) ?? lines[0];
  return { kind: 'unknown', reason: error ?? otherwise };
}
