// The packages that files in source/ name in their imports: those that the bundle is made of.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const source = fileURLToPath(new URL('../../source/', import.meta.url));

/** Sorted; `zod` for `zod/mini`. */
export function packagesInSource(): string[] {
  const packages = new Set<string>();
  for (const path of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(path)) continue;
    const { importedFiles } = ts.preProcessFile(readFileSync(join(source, path), 'utf8'));
    for (const { fileName } of importedFiles) {
      const [, name] = /^((?:@[^/]+\/)?[^@./:][^/:]*)(?:\/|$)/u.exec(fileName) ?? [];
      if (name !== undefined) packages.add(name);
    }
  }
  return [...packages].sort();
}
