import { describe, expect, test } from 'vitest';
import { hintFor, networkHint } from '../../../source/core/check/hint.ts';

const failed = { outcome: 'failed', exitCode: 1, network: false } as const;

describe('last words that look like the network', () => {
  test.each([
    'npm error code EAI_AGAIN\nnpm error errno EAI_AGAIN\nnpm error request to https://registry.example.org/left-pad failed, reason: getaddrinfo EAI_AGAIN registry.example.org',
    'Error: getaddrinfo ENOTFOUND api.example.com\n    at GetAddrInfoReqWrap.onlookup [as oncomplete] (node:dns:107:26)',
    "fatal: unable to access 'https://github.com/a/b.git/': Could not resolve host: github.com",
    'curl: (6) Could not resolve host: example.com',
    'curl: (7) Failed to connect to 127.0.0.1 port 8080 after 0 ms: Could not connect to server',
    'ssh: connect to host github.com port 22: Network is unreachable',
    'ssh: Could not resolve hostname github.com: Temporary failure in name resolution\nfatal: Could not read from remote repository.',
    "wget: unable to resolve host address 'example.com'",
    'error: failed to download from `https://static.example.org/crates/serde/serde-1.0.0.crate`\nCaused by:\n  [6] Could not resolve hostname',
    'warning: spurious network error (3 tries remaining): [6] Could not resolve hostname (Could not resolve host: index.example.org)',
    'dns error: failed to lookup address information: Temporary failure in name resolution',
    'ERROR: Could not find a version that satisfies the requirement requests (from versions: none)\nERROR: No matching distribution found for requests',
    "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution'",
    'socket.gaierror: [Errno -2] Name or service not known',
    'Error: connect ECONNREFUSED 104.16.3.35:443\n    at TCPConnectWrap.afterConnect [as oncomplete]',
    'Error: listen EPERM: operation not permitted 127.0.0.1:3000\n    at Server.setupListenHandle',
    'Error: connect EPERM 127.0.0.1:5432 - Local (undefined:undefined)',
    'go: example.com/mod@v1.0.0: Get "https://proxy.example.org/mod": dial tcp: lookup proxy.example.org: no such host',
    'panic: httptest: failed to listen on a port: listen tcp6 [::1]:0: socket: operation not permitted',
    'java.net.UnknownHostException: repo.example.org',
    "Could not GET 'https://repo.example.org/maven2/a/b.pom'.",
    'Could not transfer artifact a:b:pom:1 from/to central (https://repo.example.org/maven2): transfer failed',
    'error sending request for url (https://packages.example.org/simple/requests/)',
    'Could not reach rubygems: Gem::RemoteFetcher::FetchError: no response (https://gems.example.org/specs.4.8.gz)',
    'ERR_PNPM_META_FETCH_FAIL  GET https://registry.example.org/x: request failed',
    'info There appears to be trouble with your network connection. Retrying...',
    'PermissionError: [Errno 1] Operation not permitted\n  File "/usr/lib/python3.12/socket.py", line 233, in __init__\nPermissionError: [Errno 1] Operation not permitted',
    'psycopg2.OperationalError: connection to server at "127.0.0.1", port 5432 failed: Network is unreachable',
    'npm ERR! network This is a problem related to network connectivity.',
  ])('%s', (tail) => {
    expect(hintFor({ ...failed, tail })).toBe(networkHint);
    expect(hintFor({ ...failed, network: true, tail })).not.toBe(networkHint);
  });
});

describe('last words that name a missing program', () => {
  test.each([
    ['/bin/sh: 1: jest: not found', 'jest'],
    ['sh: 1: tsc: not found\nnpm error Lifecycle script `build` failed', 'tsc'],
    ['bash: line 1: cargo: command not found', 'cargo'],
    ['zsh: command not found: poetry', 'poetry'],
    ['/bin/sh: pytest: command not found', 'pytest'],
    ['Error: spawn tsc ENOENT\n    at ChildProcess._handle.onexit', 'tsc'],
    ['env: ‘python3’: No such file or directory', 'python3'],
    ['/usr/bin/env: node: No such file or directory', 'node'],
    ['make: jest: No such file or directory\nmake: *** [Makefile:2: test] Error 127', 'jest'],
    ['make[1]: gcc: No such file or directory', 'gcc'],
    ['exec: "gcc": executable file not found in $PATH', 'gcc'],
    ['error: linker `cc` not found', 'cc'],
    ['/bin/sh: 1: ./scripts/check.sh: not found', './scripts/check.sh'],
    ['/usr/bin/python3: No module named pytest', 'pytest'],
    ["FileNotFoundError: [Errno 2] No such file or directory: 'node'", 'node'],
    ['error: no such command: `nextest`', 'nextest'],
  ])('%s', (tail, name) => {
    expect(hintFor({ ...failed, exitCode: 127, tail })).toBe(
      `looks like a program is missing: ${name}`,
    );
  });

  test('or only by the exit code', () => {
    expect(hintFor({ ...failed, exitCode: 127, tail: '' })).toMatch(/exit code 127/u);
  });
});

describe('nothing is guessed from', () => {
  test.each([
    'AssertionError: expected 1 to be 2',
    'FAIL src/todo.test.ts > removes a todo\nError: user not found',
    'Tests: 1 failed, 12 passed, 13 total',
    "Error: ENOENT: no such file or directory, open 'fixtures/a.json'",
    "error TS2304: Cannot find name 'foo'.",
    'expected status 404: page not found, got 200',
    'thread main panicked at src/lib.rs:4:5:\nassertion failed: network.is_up()',
    'E   KeyError: "not found"',
  ])('%s', (tail) => {
    expect(hintFor({ ...failed, tail })).toBeNull();
  });

  test('a check that passed', () => {
    expect(hintFor({ ...failed, outcome: 'passed', tail: 'getaddrinfo ENOTFOUND a' })).toBeNull();
  });
});
