// Bundles source/ into dist/: one small first file, the runner without React, and what each command needs.
// Bundled, the dashboard starts in half the time: Ink alone is more than five hundred modules.

import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { bundledDirectories, thirdPartyNotices } from './build/third-party-notices.ts';

// Another directory than dist/ lets one compare two builds.
const outdir = process.argv[2] ?? 'dist';

await rm(outdir, { recursive: true, force: true });

const shared = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  outdir,
  // Names in stack traces and error messages stay readable; the size of the package does not matter much.
  minify: false,
  // THIRD-PARTY-NOTICES has the licences, whole.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  define: {
    // React's development build under Ink grows until the process dies.
    'process.env.NODE_ENV': '"production"',
    // Yoga would fetch what it has in the bundle, and Node load all of its HTTP for that.
    fetch: 'undefined',
  },
  // As literals they are compiled when they are first used, and one of them (all emoji) may never be.
  supported: { 'regexp-set-notation': true },
};

// The first use of Intl takes Node some 20 ms, and packages make a segmenter each when they are loaded. Here they make
// it when they first segment something, which the first picture does not.
let segmentersFound = 0;
const lateSegmenters = {
  name: 'late-segmenters',
  setup(setup) {
    setup.onLoad({ filter: /node_modules\/.*\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const late = text.replace(
        /^(const \w+ = )(new Intl\.Segmenter\([^()]*\));$/gmu,
        (_all, name, make) => {
          segmentersFound += 1;
          return `${name}{ of: null, segment(text) { return (this.of ??= ${make}).segment(text); } };`;
        },
      );
      return late === text ? null : { contents: late };
    });
  },
};

// What Ink loads and this program never uses.
const standIns = {
  name: 'stand-ins',
  setup(setup) {
    const contents = {
      // Asked for only when DEV is set; it is no dependency of ours.
      'react-devtools-core': 'export default { initialize() {}, connectToDevTools() {} };',
      // For the picture of an error, which nobody sees: the screen is given back, and one sentence told. To load it takes
      // a twentieth of the time to the first picture.
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

/** What loads `names` on demand finds them as programs beside it, and takes nothing of them into itself. */
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

/** What each build reports of what it took in. */
const metafiles = [];

async function bundle(options) {
  const { metafile } = await build(options);
  metafiles.push(metafile);
}

// Parsed by any Node that knows modules, so that an old one gets as far as its one sentence.
await bundle({
  ...shared,
  entryPoints: ['source/autonomous-tui.ts'],
  target: 'es2022',
  banner: { js: '#!/usr/bin/env node' },
  plugins: [apart('cli')],
});

// A file for itself, and CommonJS: each file that is loaded costs more than what stands in it.
await bundle({
  ...shared,
  entryPoints: ['source/quick.ts'],
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  target: 'node22',
  define: { ...shared.define, 'import.meta.dirname': '__dirname' },
});

const screen = ['source/dashboard-command.ts', 'source/demo/demo-command.ts'];
const headless = [
  'source/run-command.ts',
  'source/continue-all-command.ts',
  'source/log-command.ts',
];
// With execa in a file beside it: a process keeps some of the memory that it takes to parse its largest file, which was
// three of a runner's 61 MiB.
const runner = ['source/runner.ts', 'execa'];
const commands = [...screen, ...headless].map((path) => basename(path, '.ts'));

// Each for itself, though much then stands twice: what programs share, esbuild cuts into a file for each set of them
// that shares it. So cut, the dashboard loaded 32 files before its first picture, and took a tenth longer.
for (const entryPoints of [['source/cli.ts'], screen, headless, runner]) {
  await bundle({
    ...shared,
    entryPoints,
    // All in one directory: code that asks where it lies gets the same answer from every file.
    entryNames: '[name]',
    chunkNames: 'chunk-[name]-[hash]',
    target: 'node22',
    splitting: true,
    jsx: 'automatic',
    banner: {
      // Some packages in the bundle are CommonJS and call require for Node's own modules.
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    plugins: [apart(...commands), lateSegmenters, standIns],
  });
}

if (segmentersFound === 0) {
  throw new Error('No package makes a segmenter any more: drop that plugin');
}

const notices = await thirdPartyNotices(bundledDirectories(metafiles));
await writeFile(join(outdir, 'THIRD-PARTY-NOTICES'), notices);
