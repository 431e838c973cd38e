// Every way a session can fail, recognised by Codex's own last message, and the sentence for the user.
// Only the end of the session counts: its last `turn.failed`, or stderr when the log has no message. Output of
// programs never gets here. Codex versions word things differently, so patterns are short; a message that matches
// none is shown as Codex wrote it. Specimens: test/fixtures/codex, one directory per version.

export type FailureReason =
  | 'usage limit'
  | 'rate limit'
  | 'overloaded'
  | 'stream lost'
  | 'network'
  | 'context full'
  | 'conversation gone'
  | 'another writer'
  | 'login'
  | 'quota'
  | 'configuration'
  | 'no sandbox'
  | 'disk full'
  | 'no checklist'
  | 'no result'
  | 'stalled'
  | 'unknown';

/** The recovery. `try again` is for unclassified failures: it backs off, and gives up after five in a row. */
type Recovery =
  | 'wait for the reset'
  | 'back off'
  | 'wait for the network'
  | 'fresh thread'
  | 'wait for the writer'
  | 'climb the ladder'
  | 'try again'
  | 'ask the user';

export type Failure = {
  reason: FailureReason;
  recovery: Recovery;
  /** One sentence: what happened and what to do. */
  sentence: string;
  /** Codex's own message, cleaned; empty when there was none. */
  codexMessage: string;
};

type FailedSession = {
  /** The last `turn.failed` (or fatal `error`); null when the log has none. */
  message: string | null;
  /** The end of stderr, used only when there is no message. Empty once a conversation had begun. */
  stderr: string;
  /** The line of a command's output that shows that no sandbox could be created. */
  sandboxTrouble: string | null;
  exitCode: number | null;
  signal: string | null;
};

type Row = { reason: FailureReason; recovery: Recovery; says: RegExp; sentence: string };

/** For the user who wants the conversation back: `x` there ends an agent. */
const howToFree = 'to free it: codex agents, then x';

/** The first matching row wins, so specific rows come before general ones. */
const table: readonly Row[] = [
  {
    reason: 'usage limit',
    recovery: 'wait for the reset',
    says: /hit your usage limit|usage_limit_reached|usage limit has been reached/iu,
    sentence: 'The account has reached its usage limit',
  },
  // Before the account's quota: a disk has a quota, too.
  {
    reason: 'disk full',
    recovery: 'ask the user',
    says: /no space left on device|disk (?:is )?full|quota exceeded \(os error|\(os error 28\)/iu,
    sentence: 'The disk is full: free some space',
  },
  {
    reason: 'quota',
    recovery: 'ask the user',
    // Limits that do not reset with time: the user has to pay, or an administrator to raise them.
    says: /quota exceeded|insufficient_quota|check your plan and billing|out of credits|hit your spend cap|reached your (?:workspace credit|usage) limit|to use codex with your chatgpt plan/iu,
    sentence: 'The account has used up its quota: check its plan and billing',
  },
  {
    reason: 'context full',
    recovery: 'fresh thread',
    says: /ran out of room in the model.s context window|context_length_exceeded|context window (?:is )?(?:full|exceeded)/iu,
    sentence: 'The conversation is full',
  },
  {
    reason: 'conversation gone',
    recovery: 'fresh thread',
    says: /no rollout found|conversation not found|thread not found|no saved session found/iu,
    sentence: 'The conversation to resume no longer exists',
  },
  {
    reason: 'another writer',
    recovery: 'wait for the writer',
    says: /already has an active writer/iu,
    sentence: `The conversation is in use by another Codex; ${howToFree}`,
  },
  {
    reason: 'login',
    recovery: 'ask the user',
    says: /\b401\b|unauthorized|not logged in|access token could not be refreshed|please (?:log|sign) in|missing environment variable/iu,
    sentence: 'Codex is not logged in: run codex login',
  },
  {
    reason: 'configuration',
    recovery: 'ask the user',
    says: /error loading config|invalid config|unknown (?:model )?provider|model provider .* not found/iu,
    sentence: 'Codex cannot read its configuration: fix config.toml',
  },
  {
    reason: 'configuration',
    recovery: 'ask the user',
    says: /unexpected argument|invalid value .* for '-/iu,
    sentence: 'Codex does not accept an argument: change those given after --, or update Codex',
  },
  {
    reason: 'network',
    recovery: 'wait for the network',
    says: /waiting for network|network is unreachable|dns error|failed to lookup address|no route to host/iu,
    sentence: 'The network is down',
  },
  {
    reason: 'rate limit',
    recovery: 'back off',
    says: /\b429\b|rate limit|too many requests/iu,
    sentence: 'Rate limited by the model provider',
  },
  {
    reason: 'overloaded',
    recovery: 'back off',
    says: /at capacity|capacity is unavailable|high demand|overloaded|\b50[0234]\b|internal server error|bad gateway|service unavailable/iu,
    sentence: 'The model is overloaded',
  },
  {
    reason: 'stream lost',
    recovery: 'back off',
    says: /stream disconnected|stream closed|connection (?:reset|closed|refused)|error sending request|idle timeout|timed? ?out/iu,
    sentence: 'The connection to the model was lost',
  },
];

/** Why a session that did not complete its turn failed. Total: every failure has a recovery. */
export function failureOf(session: FailedSession): Failure {
  const said = session.message ?? lastErrorLine(session.stderr);
  const row = table.find(({ says }) => says.test(said));
  if (row !== undefined) {
    const { reason, recovery, sentence } = row;
    return {
      reason,
      recovery,
      sentence: configurationSentence(said) ?? sentence,
      codexMessage: said,
    };
  }
  if (session.sandboxTrouble !== null) return noSandbox(session.sandboxTrouble);
  if (said !== '')
    return { reason: 'unknown', recovery: 'try again', sentence: said, codexMessage: said };
  return {
    reason: 'no result',
    recovery: 'try again',
    sentence: `Codex ended without a result (${howItEnded(session)})`,
    codexMessage: '',
  };
}

/** The failure of a session that ended well but could run no command, for lack of a sandbox. */
export function noSandbox(line: string): Failure {
  return {
    reason: 'no sandbox',
    recovery: 'ask the user',
    sentence:
      'Codex cannot create a sandbox here, so no command ran: allow user namespaces, or start with --network (full access)',
    codexMessage: line,
  };
}

/** The same failure; its sentence names the processes that hold the conversation. */
export function namingWriters(failure: Failure, pids: readonly number[]): Failure {
  if (failure.reason !== 'another writer' || pids.length === 0) return failure;
  return {
    ...failure,
    sentence: `The conversation is in use by pid ${pids.join(', ')}; ${howToFree}`,
  };
}

/** A full disk; `sentence` names which one. */
export function diskFull(sentence: string): Failure {
  return { reason: 'disk full', recovery: 'ask the user', sentence, codexMessage: '' };
}

/** The failure of an Initializer that ended well but left no step. */
export const noChecklist: Failure = {
  reason: 'no checklist',
  recovery: 'try again',
  sentence: 'The planning session ended without writing a single step to task_list.md',
  codexMessage: '',
};

/** One line: what happened, plus Codex's message when that adds something. */
export function failureLine({ sentence, codexMessage }: Failure): string {
  return codexMessage === '' || codexMessage === sentence
    ? sentence
    : `${sentence} (Codex: ${codexMessage})`;
}

/**
 * The line that says why Codex gave up: `Error: …`, `error: …`, `thread 'main' panicked at …`. Its log lines
 * (`2026-11-22T07:56:53Z ERROR codex_core::…`) appear even when all went well, so they prove nothing. A line that
 * ends with a colon continues on the next one.
 */
function lastErrorLine(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const last = lines.findLastIndex((line) => /^(?:error\b|thread .* panicked)/iu.test(line));
  const [line = '', next = ''] = last === -1 ? [] : lines.slice(last);
  return line.endsWith(':') ? `${line} ${next}`.trim() : line;
}

/** `Error loading config.toml: /home/me/.codex/config.toml:7:9: unclosed table` names the file and the line. */
function configurationSentence(said: string): string | null {
  const [, path, line] = /^error loading config[^/]*(\/.+\.toml):(\d+):\d+:/iu.exec(said) ?? [];
  return path === undefined ? null : `Codex cannot read ${path} (line ${line}): fix it`;
}

function howItEnded({ exitCode, signal }: FailedSession): string {
  if (signal !== null) return `signal ${signal}`;
  return exitCode === null ? 'exit code unknown' : `exit code ${exitCode}`;
}
