// The program's entry point. It must run on any Node that supports ES modules, so that a Node that is too old gets
// more than a syntax error: it hands over to the `node` package if that is installed, and otherwise says which version
// is needed.

// No imports at the top: importing `node:fs` alone makes Node load all of its streams, and a whole `--list` takes
// little more than Node's own start.

const wanted = { major: 22, minor: 22 };
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > wanted.major || (major === wanted.major && minor >= wanted.minor)) {
  await begin();
} else {
  await handOver();
}

async function begin(): Promise<void> {
  // Node prints its warnings about experimental features to stderr, where only our own messages belong.
  process.removeAllListeners('warning');
  delete process.env['AUTONOMOUS_TUI_HANDED_OVER'];
  try {
    const argv = process.argv.slice(2);
    const answered = mayWantQuickAnswer(argv) ? await quickly(argv) : null;
    process.exitCode = answered ?? (await inFull(argv));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    process.stderr.write(`autonomous-tui failed: ${said}\n`);
    process.exitCode = 1;
  }
}

/**
 * Caches compiled code for a faster start. Not in the system's temporary directory, Node's default: Codex's sandbox
 * lets the agent write there, and write access to that cache decides what this program does next.
 */
function keepCompiledCode(): void {
  const { statSync } = process.getBuiltinModule('node:fs');
  const { homedir } = process.getBuiltinModule('node:os');
  const { isAbsolute, join } = process.getBuiltinModule('node:path');
  const module = process.getBuiltinModule('node:module');
  const home = process.env['XDG_CACHE_HOME'];
  const base = home !== undefined && isAbsolute(home) ? home : join(homedir(), '.cache');
  const directory = join(base, 'autonomous-tui', 'compiled');
  try {
    makePrivate(directory);
    const { uid, mode, nlink } = statSync(directory);
    const isDeleted = nlink === 0;
    const isOurs = uid === process.geteuid?.() && (mode & 0o022) === 0;
    if (isOurs && !isDeleted) module.enableCompileCache?.(directory);
  } catch {
    // The home directory is not writable: the program only starts more slowly.
  }
}

/**
 * Not `recursive`: where a directory exists and nothing can be created in it (below /proc, or a mount whose directory
 * was deleted), Node tries for ever, and so would enableCompileCache in a deleted directory.
 */
function makePrivate(path: string): void {
  const { existsSync, mkdirSync } = process.getBuiltinModule('node:fs');
  const { dirname } = process.getBuiltinModule('node:path');
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makePrivate(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another start was faster.
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
}

type QuickProgram = { main(argv: readonly string[]): Promise<number | null> };

/** Uses `require`, which takes half the time of an import. Null if it was none of them. */
function quickly(argv: readonly string[]): Promise<number | null> {
  const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);
  return (require('./quick.cjs') as QuickProgram).main(argv);
}

async function inFull(argv: readonly string[]): Promise<number> {
  keepCompiledCode();
  // A reader that has closed the pipe (`… | head -1`) is not an error.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const { main } = await import('./cli/main.ts');
  return main(argv);
}

/** One of these anywhere before `--` only asks for output, whatever else is given. `-cl` is two options. */
function mayWantQuickAnswer(argv: readonly string[]): boolean {
  const cut = argv.indexOf('--');
  const own = cut === -1 ? argv : argv.slice(0, cut);
  return own.some((word) =>
    /^(?:--list|--help|--version|--completions(?:=.*)?|-[A-Za-z]*[lhv][A-Za-z]*)$/u.test(word),
  );
}

async function handOver(): Promise<void> {
  const newer = await packagedNode();
  if (newer === null || process.env['AUTONOMOUS_TUI_HANDED_OVER'] === '1') {
    process.stderr.write(
      `autonomous-tui needs Node ${wanted.major}.${wanted.minor} or later; this is ${process.versions.node}. Install a newer version\n`,
    );
    process.exitCode = 1;
    return;
  }
  const { spawn } = await import('node:child_process');
  const child = spawn(newer, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, AUTONOMOUS_TUI_HANDED_OVER: '1' },
  });
  // Ctrl-C from the terminal reaches both processes; other signals are passed on. The child decides when to end.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 128);
  });
}

async function packagedNode(): Promise<string | null> {
  const { existsSync } = await import('node:fs');
  const { createRequire } = await import('node:module');
  const { dirname, join } = await import('node:path');
  const { fileURLToPath } = await import('node:url');
  try {
    const here = dirname(fileURLToPath(import.meta.url));
    const found = createRequire(join(here, 'any.js')).resolve('node/package.json');
    const path = join(dirname(found), 'bin', 'node');
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}
