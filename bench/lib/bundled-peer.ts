// A peer written in TypeScript, bundled into one file like our own program.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

export async function bundledPeer(name: string): Promise<{ path: string; remove(): void }> {
  const directory = mkdtempSync(join(tmpdir(), 'peer-'));
  const path = join(directory, 'peer.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '..', 'peers', name)],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    jsx: 'automatic',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    plugins: [
      {
        name: 'no-devtools',
        setup(setup) {
          setup.onResolve({ filter: /^react-devtools-core$/ }, ({ path: asked }) => ({
            path: asked,
            namespace: 'empty',
          }));
          setup.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({
            contents: 'export default {};',
          }));
        },
      },
    ],
  });
  return { path, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
