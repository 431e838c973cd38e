// Where tests keep what Node has compiled, so that not every process of every test compiles the same code again.

import { fileURLToPath } from 'node:url';

const kept = (name: string): string =>
  fileURLToPath(new URL(`../../node_modules/.cache/autonomous-tui-test/${name}`, import.meta.url));

/** Of the built program: in place of the cache in a home. */
export const compiledCode = kept('compiled');

/** For the environment of a process that runs our source: without it, a start takes twice the CPU. */
export const compiledSource = { NODE_COMPILE_CACHE: kept('source') };
