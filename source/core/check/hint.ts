// What a check that fails from the start most likely lacks: the network, which it may not use by default, or a program.
// It goes by the last words of the check, which are chosen by whatever ran: so it is a hint, and nothing follows from it.

import { lastLines } from './tail.ts';
import { cleanLine } from '../text/clean.ts';
import type { Receipt } from './check.ts';

export const networkHint = 'looks like the network: --check-network lets checks use it';

/** The cause is seldom further from the end. */
const examinedLength = 4096;

/** Null if nothing speaks for either. */
export function hintFor({
  outcome,
  exitCode,
  network,
  tail,
}: Pick<Receipt, 'outcome' | 'exitCode' | 'network' | 'tail'>): string | null {
  if (outcome !== 'failed' && outcome !== 'timed out') return null;
  const words = lastLines(tail, examinedLength);
  if (!network && networkWords.some((pattern) => pattern.test(words))) return networkHint;
  if (outcome === 'timed out') return null;
  const program = missingProgram(words);
  if (program !== null) return `looks like a program is missing: ${program}`;
  return exitCode === 127 ? 'looks like a program is missing (exit code 127)' : null;
}

const networkWords: readonly RegExp[] = [
  // Names that cannot be resolved: Node, libc, curl and git, Java, Go, Python, Rust, .NET.
  /\b(?:EAI_AGAIN|ENOTFOUND|EAI_NONAME|EAI_FAIL)\b/u,
  /\bgetaddrinfo\b.{0,40}\b(?:failed|error)\b/iu,
  /could not resolve (?:host|proxy|hostname)/iu,
  /temporary failure in name resolution/iu,
  /failed to lookup address information/iu,
  /(?:name or service not known|nodename nor servname provided)/iu,
  /\bUnknownHostException\b|\bUnresolvedAddressException\b/u,
  /dial (?:tcp|udp).{0,120}(?:no such host|network is unreachable|operation not permitted|connection refused|i\/o timeout|server misbehaving)/iu,
  /\bNameResolutionError\b|Failed to establish a new connection/u,
  /unable to resolve host(?:name| address)?/iu,
  // Networks that cannot be reached, and sockets that may not be opened.
  /\b(?:ENETUNREACH|EHOSTUNREACH|ENETDOWN)\b|network is unreachable|no route to host/iu,
  /\bconnect (?:EPERM|EACCES|ECONNREFUSED|ETIMEDOUT)\b/u,
  /\blisten EPERM\b|\blisten EACCES\b|listen (?:tcp|udp).{0,120}operation not permitted/iu,
  /(?:bind|socket|connect)(?:\(\))?(?: failed)?:? ?(?:\(1\) )?operation not permitted/iu,
  /socket\.(?:socket|py|bind|connect).{0,300}(?:Operation not permitted)/su,
  /error creating socket.{0,60}not permitted/iu,
  // Package managers and downloads.
  /npm (?:error|ERR!) (?:network|code (?:ECONNREFUSED|ETIMEDOUT|ECONNRESET|EPERM_NETWORK))/u,
  /\bERR_PNPM_META_FETCH_FAIL\b|There appears to be trouble with your network connection/u,
  /spurious network error|failed to (?:download from|fetch) `|Updating crates\.io index[\s\S]{0,300}error:/u,
  /Could not find a version that satisfies the requirement .{0,200}\(from versions: none\)/u,
  /Could not (?:GET|HEAD) 'https?:|Could not transfer artifact .{0,200} from\/to/u,
  /Could not fetch URL https?:|error sending request for url/iu,
  /(?:Failed|Unable) to (?:download|fetch|connect to) ['"]?https?:/iu,
  /fatal: unable to access '(?:https?|git):/u,
  /ssh: connect to host .{0,100} port/iu,
  /Could not connect to (?:rubygems|https?:)|Gem::RemoteFetcher::FetchError|Bundler::HTTPError/iu,
  /curl: \((?:5|6|7|28|35|56)\)/u,
];

/** Each takes the program's name. */
const missingWords: readonly RegExp[] = [
  // bash: line 1: jest: command not found; zsh: command not found: jest
  /(?:^|[\s:])([\w@./+-]{1,80}): (?:command )?not found\s*$/mu,
  /command not found: ([\w@./+-]{1,80})\s*$/mu,
  // spawn tsc ENOENT
  /\bspawn(?:Sync)? ([\w@./+-]{1,80}) ENOENT\b/u,
  // env: 'python3': No such file or directory
  /\benv: [‘'`"]?([\w@./+-]{1,80})[’'"]?: No such file or directory/u,
  // make: jest: No such file or directory; make: *** [test] Error 127 follows
  /^g?make(?:\[\d+\])?: ([\w@./+-]{1,80}): No such file or directory/mu,
  // exec: "gcc": executable file not found in $PATH
  /exec: "([\w@./+-]{1,80})": executable file not found/u,
  // error: linker `cc` not found
  /linker `([\w@./+-]{1,80})` not found/u,
  // sh: 1: exec: /usr/bin/foo: not found is the first; No such file or directory (os error 2) names no program
  /^(?:\/bin\/)?(?:ba|da|z|k)?sh: (?:line )?\d*:? ?([\w@./+-]{1,80}): No such file or directory/mu,
  // pyenv: pytest: command not found is the first; python: No module named pytest
  /\bNo module named ['"]?([\w.-]{1,80})['"]?\s*$/mu,
  // FileNotFoundError: [Errno 2] No such file or directory: 'node'
  /FileNotFoundError: \[Errno 2\] No such file or directory: '([\w@.+-]{1,80})'/u,
  // error: no such command: `nextest`
  /error: no such (?:sub)?command: `([\w-]{1,80})`/u,
];

function missingProgram(words: string): string | null {
  for (const pattern of missingWords) {
    const [, name] = pattern.exec(words) ?? [];
    if (name !== undefined) return cleanLine(name);
  }
  return null;
}
