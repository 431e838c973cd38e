// Bundles source/ into dist/: a small entry point, the runner without React, and a file for each group of commands.
// Bundled, the dashboard starts in half the time: Ink alone is more than five hundred modules.

import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { bundledDirectories, thirdPartyNotices } from './build/third-party-notices.ts';

// An output directory other than dist/ makes it possible to compare two builds.
const outdir = process.argv[2] ?? 'dist';

await rm(outdir, { recursive: true, force: true });

const shared = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  outdir,
  // Keeps names in stack traces and error messages readable; the size of the package hardly matters.
  minify: false,
  // THIRD-PARTY-NOTICES has the licences, whole.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  define: {
    // React's development build under Ink leaks memory until the process dies.
    'process.env.NODE_ENV': '"production"',
    // Yoga would fetch what is in the bundle already, and Node would load all of its HTTP modules for that.
    fetch: 'undefined',
  },
  // As literals, regular expressions are compiled at first use, and one of them (all emoji) may never be used.
  supported: { 'regexp-set-notation': true },
};

// Stubs for packages that Ink loads and this program never uses.
const standIns = {
  name: 'stand-ins',
  setup(setup) {
    const contents = {
      // Loaded only if DEV is set; it is not a dependency of ours.
      'react-devtools-core': 'export default { initialize() {}, connectToDevTools() {} };',
      // Draws Ink's error screen, which is never seen: we restore the terminal and print one sentence. Loading it takes
      // a twentieth of the time to the first frame.
      'stack-utils':
        'export default class { static nodeInternals() { return []; } parseLine() { return null; } }',
    };
    setup.onResolve({ filter: /^(?:react-devtools-core|stack-utils)$/ }, ({ path }) => ({
      path,
      namespace: 'stand-in',
    }));
    setup.onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => ({
      contents: contents[path],
    }));
  },
};

/** Dynamic imports of `names` load the built file beside the importer; nothing of them is bundled into it. */
function apart(...names) {
  const filter = new RegExp(`/(?:${names.join('|')})\\.ts$`);
  return {
    name: 'apart',
    setup(setup) {
      setup.onResolve({ filter }, ({ path, kind }) =>
        kind === 'dynamic-import'
          ? { path: `./${basename(path, '.ts')}.js`, external: true }
          : undefined,
      );
    },
  };
}

/** What each build reports of the files that it took in. */
const metafiles = [];

async function bundle(options) {
  const { metafile } = await build(options);
  metafiles.push(metafile);
}

// Any Node that supports ES modules can parse it, so that an old one gets as far as the sentence about its version.
await bundle({
  ...shared,
  entryPoints: ['source/autonomous-tui.ts'],
  target: 'es2022',
  banner: { js: '#!/usr/bin/env node' },
  plugins: [apart('main')],
});

// A single CommonJS file: loading a file costs more than what is in it.
await bundle({
  ...shared,
  entryPoints: ['source/cli/quick.ts'],
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  target: 'node22',
  define: { ...shared.define, 'import.meta.dirname': '__dirname' },
  plugins: [apart('version-command', 'completions-command', 'terminal-list')],
});

// The same for a program that every session may have, and that does next to nothing.
await bundle({
  ...shared,
  entryPoints: ['source/warden.ts'],
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  target: 'node22',
  minifyWhitespace: true,
  minifySyntax: true,
});

const screen = ['source/cli/commands/dashboard-command.ts', 'source/cli/commands/demo-command.ts'];
const headless = [
  'source/cli/commands/run-command.ts',
  'source/cli/commands/continue-all-command.ts',
  'source/cli/commands/log-command.ts',
  'source/cli/commands/version-command.ts',
  'source/cli/commands/completions-command.ts',
  'source/cli/commands/doctor-command.ts',
  'source/cli/print/terminal-list.ts',
];
// Only with a hub, and so apart from all others: a runner without one keeps nothing of it.
const hub = [
  'source/cli/commands/hub/give-command.ts',
  'source/cli/commands/hub/hub-list-command.ts',
  'source/cli/commands/hub/serve-hub-command.ts',
  'source/cli/commands/hub/worker-command.ts',
  'source/cli/deps/hub/hub-runner-deps.ts',
];
// With execa in a separate file: a process keeps some of the memory that it takes to parse its largest file, which was
// three of a runner's 61 MiB.
const runner = ['source/runner.ts', 'execa'];
const commands = [...screen, ...headless, ...hub].map((path) => basename(path, '.ts'));

// Built separately, though much is then duplicated: in one build, esbuild would put shared code into a file for each
// set of programs that share it. The dashboard then loaded 32 files before its first frame, and took a tenth longer.
for (const entryPoints of [['source/cli/main.ts'], screen, headless, hub, runner]) {
  await bundle({
    ...shared,
    entryPoints,
    // What a process has read of its source stays in memory: two of a runner's 64 MiB. Names stay as they are.
    minifyWhitespace: entryPoints === runner,
    minifySyntax: entryPoints === runner,
    // All in one directory: import.meta.dirname is the same in every file.
    entryNames: '[name]',
    chunkNames: 'chunk-[name]-[hash]',
    target: 'node22',
    splitting: true,
    jsx: 'automatic',
    banner: {
      // Some packages in the bundle are CommonJS and call require for Node's own modules.
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    plugins: [apart(...commands), standIns],
  });
}

const notices = await thirdPartyNotices(bundledDirectories(metafiles));
await writeFile(join(outdir, 'THIRD-PARTY-NOTICES'), notices);
