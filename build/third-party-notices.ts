// The licence notices of the packages whose code is in the bundle: THIRD-PARTY-NOTICES, written by every build.
// Which packages these are is what esbuild reports, and not a list that could be forgotten.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

type PackageJson = {
  name: string;
  version: string;
  license?: string;
  author?: string | { name: string };
};

const heavyRule = '='.repeat(80);
const lightRule = '-'.repeat(80);

const preamble = `Third-party notices

autonomous-tui is published as a bundle, so code of the packages below is part of it. The licence of each
one is printed here as the package has it. autonomous-tui itself is under the licence in LICENSE.
`;

/** Not a package: its rules are in source/core/text/key-shapes.ts, and its licence names this holder. */
const gitleaks = {
  name: 'gitleaks (rules for keys)',
  version: '8',
  license: 'MIT',
  author: '2019 Zachary Rice',
};

/** The directories of the packages that gave code to the bundle, e.g. `node_modules/ink/node_modules/signal-exit`. */
export function bundledDirectories(metafiles: readonly Metafile[]): string[] {
  const directories = new Set<string>();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        const directory = bytesInOutput === 0 ? null : packageDirectory(path);
        if (directory !== null) directories.add(directory);
      }
    }
  }
  return [...directories].sort();
}

function packageDirectory(path: string): string | null {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/u.exec(path)?.[0] ?? null;
}

/** Throws for a package whose licence cannot be told: it must not be in the bundle. */
export async function thirdPartyNotices(directories: readonly string[]): Promise<string> {
  // One package may lie in several directories in the same version.
  const notices = new Map<string, string>();
  notices.set(gitleaks.name, noticeOf(gitleaks, [standardText(gitleaks)]));
  for (const directory of directories) {
    const text = await readFile(join(directory, 'package.json'), 'utf8');
    const found = JSON.parse(text) as PackageJson;
    notices.set(`${found.name} ${found.version}`, await notice(directory, found));
  }
  const sorted = [...notices].sort(([one], [other]) => (one < other ? -1 : 1));
  return [preamble, ...sorted.map(([, text]) => text)].join(`\n${heavyRule}\n`);
}

async function notice(directory: string, found: PackageJson): Promise<string> {
  const { name, license } = found;
  if (license === undefined) throw new Error(`${name} names no licence: it cannot be bundled`);
  const texts = await licenceTexts(directory);
  if (texts.length === 0) texts.push(standardText(found));
  return noticeOf(found, texts);
}

function noticeOf({ name, version, license }: PackageJson, texts: readonly string[]): string {
  return [`${name} ${version}`, `Licence: ${license}`, lightRule, texts.join('\n\n'), ''].join(
    '\n',
  );
}

/** The licence first, then a NOTICE where there is one: Apache 2.0 asks for it to be handed on. */
async function licenceTexts(directory: string): Promise<string[]> {
  const names = (await readdir(directory)).sort();
  const chosen = [/^licen[cs]e/iu, /^notice/iu].flatMap((wanted) =>
    names.filter((name) => wanted.test(name)),
  );
  const texts = await Promise.all(chosen.map((name) => readFile(join(directory, name), 'utf8')));
  return texts.map((text) => text.replaceAll('\r\n', '\n').trim());
}

/** For a package that names a licence and ships no text of it. */
function standardText({ name, license, author }: PackageJson): string {
  const holder = typeof author === 'object' ? author.name : author;
  if (license !== 'MIT' || holder === undefined) {
    throw new Error(`${name} ships no licence text, and its standard text is not known here`);
  }
  return `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;
}
