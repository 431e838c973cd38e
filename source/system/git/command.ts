// Runs git on a repository whose every file may be hostile. Git gets an absolute path, a directory outside of any
// project, the repository and its root by name, and an environment of its own: no GIT_* of ours reaches it, and nothing
// that a repository may name (hooks, monitors, filters, helpers, remotes) runs (neutral-configuration.ts).

import { execa } from 'execa';
import type { Environment } from '../state/state-files.ts';
import { sessionMarker } from '../../core/codex/arguments.ts';
import { cleanLine } from '../../core/text/clean.ts';

export type ConfigurationEntry = { key: string; value: string };

export type GitCall = {
  /** Git itself, as an absolute path. */
  program: string;
  gitDir: string;
  workTree: string;
  /** The index to use; null for commands that need none. */
  index: string | null;
  configuration: readonly ConfigurationEntry[];
  /** HOME and PATH come from here, and nothing that is Git's. The PATH must not lead into the project. */
  environment: Environment;
  /** A pipe in place of a `.gitignore` never answers. */
  timeoutMs: number;
  /** By which the process is found if it outlives this program: in its environment. */
  marker?: string;
  /** Git may talk to a remote. Only with a git directory of our own: the configuration of another names programs. */
  isRemote?: true;
  /** Where objects are read and written, if not in the git directory. */
  objects?: string;
};

/**
 * `output` has one character per byte: names of files need not be UTF-8. `complaint`: what git said went wrong, where an
 * exit code besides 0 is an answer.
 */
export type GitAnswer =
  | { kind: 'ok'; output: string; isCut: boolean; exitCode: number; complaint?: string }
  | { kind: 'failed'; problem: string };

type GitRequest = {
  arguments: readonly string[];
  /** One character per byte. A promise: git is started, and waits for it. */
  input?: string | Promise<string>;
  /** What is printed behind it is cut off, and git is ended. */
  maxBytes?: number;
  /** Besides 0, this exit code is an answer, too. */
  alsoOk?: number;
  /** Where git runs. Default: below it is nobody's .gitattributes, and no project. */
  directory?: string;
};

const mostOutput = 256 * 1024 * 1024;

export async function git(
  call: GitCall,
  { arguments: words, input = '', maxBytes = mostOutput, alsoOk, directory = '/' }: GitRequest,
): Promise<GitAnswer> {
  const result = await execa(call.program, words, {
    cwd: directory,
    env: environmentOf(call),
    extendEnv: false,
    stdin: input === '' ? 'ignore' : bytesOf(input),
    encoding: 'latin1',
    stripFinalNewline: false,
    reject: false,
    maxBuffer: { stdout: maxBytes, stderr: 64 * 1024 },
    timeout: call.timeoutMs,
    killSignal: 'SIGKILL',
  });
  const isCut = result.isMaxBuffer === true && result.stdout.length >= maxBytes;
  const { exitCode = 0 } = result;
  if (!result.failed || isCut || (exitCode !== 0 && exitCode === alsoOk)) {
    const complaint = exitCode === 0 ? null : firstError(result.stderr);
    return {
      ...{ kind: 'ok', output: result.stdout, isCut, exitCode },
      ...(complaint === null ? {} : { complaint }),
    };
  }
  return { kind: 'failed', problem: problemOf(words, result) };
}

async function* bytesOf(input: string | Promise<string>): AsyncGenerator<Buffer> {
  yield Buffer.from(await input, 'latin1');
}

const kept = ['HOME', 'XDG_CONFIG_HOME', 'PATH', 'TMPDIR', 'USER', 'LOGNAME'];
/** By which the user's git reaches a remote. */
const keptForRemote = [
  ...['SSH_AUTH_SOCK', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  ...['http_proxy', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY'],
];
/** Not `ext`, which runs a command that the address names. */
const remoteProtocols = 'file:git:http:https:ssh';

export function environmentOf(call: GitCall): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of call.isRemote ? [...kept, ...keptForRemote] : kept) {
    const value = call.environment[name];
    if (value !== undefined) environment[name] = value;
  }
  const { configuration, index, marker, objects } = call;
  configuration.forEach(({ key, value }, at) => {
    environment[`GIT_CONFIG_KEY_${at}`] = key;
    environment[`GIT_CONFIG_VALUE_${at}`] = value;
  });
  return {
    ...environment,
    LC_ALL: 'C',
    GIT_DIR: call.gitDir,
    GIT_WORK_TREE: call.workTree,
    ...(index === null ? {} : { GIT_INDEX_FILE: index }),
    ...(marker === undefined ? {} : { [sessionMarker]: marker }),
    ...(objects === undefined ? {} : { GIT_OBJECT_DIRECTORY: objects }),
    GIT_CONFIG_COUNT: String(configuration.length),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: call.isRemote ? remoteProtocols : 'none',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GIT_EDITOR: ':',
    GIT_PAGER: 'cat',
  };
}

type Failure = {
  timedOut?: boolean;
  isMaxBuffer?: boolean;
  exitCode?: number;
  stderr: string;
  originalMessage?: string;
};

export function problemOf(words: readonly string[], failure: Failure): string {
  const name = `git ${words[0] ?? ''}`;
  if (failure.timedOut === true) return `${name} did not end in time`;
  const said = firstError(failure.stderr) ?? failure.originalMessage;
  return `${name}: ${said ?? `exit code ${failure.exitCode}`}`;
}

/** Of what git said, its own or that of a remote; null if it said nothing. */
function firstError(stderr: string): string | null {
  const lines = Buffer.from(stderr, 'latin1').toString().trim().split('\n');
  const line = lines.find((text) => /^(?:remote: )?(?:fatal|error):/.test(text)) ?? lines[0] ?? '';
  return line === '' ? null : cleanLine(line, { maxLength: 300 });
}
