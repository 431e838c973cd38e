import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../source/', import.meta.url));

type Import = {
  from: string;
  /** A path below source/ for our own files, else the package's or Node's name. */
  to: string;
  kind: 'value' | 'type' | 'late';
};

type Layer = 'core' | 'system' | 'engine' | 'ui' | 'screens' | 'hooks' | 'demo' | 'top';

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => path.split(sep).join('/'))
  .sort();

const sources = new Map(
  files.map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return [path, ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)];
  }),
);

const importsByFile = new Map(
  [...sources].map(([path, source]) => [path, importsIn(path, source)]),
);
const imports = [...importsByFile.values()].flat();

function importsIn(path: string, source: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const note = (specifier: ts.Expression | undefined, kind: Import['kind']): void => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return;
    const { text } = specifier;
    const to = text.startsWith('.') ? relative(root, join(root, dirname(path), text)) : text;
    found.push({ from: path, to, kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) note(node.moduleSpecifier, kindOf(node.importClause));
    if (ts.isExportDeclaration(node)) {
      note(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'value');
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      note(node.arguments[0], 'late');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function kindOf(clause: ts.ImportClause | undefined): Import['kind'] {
  if (clause === undefined) return 'value';
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return 'type';
  const { name, namedBindings } = clause;
  const isOnlyTypes =
    name === undefined &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.every((element) => element.isTypeOnly);
  return isOnlyTypes ? 'type' : 'value';
}

/** The screen's components are above the hooks, its pure parts below them. */
function layerOf(path: string): Layer {
  const [folder = '', ...rest] = path.split('/');
  if (rest.length === 0) return 'top';
  if (folder === 'ui') return path.endsWith('.tsx') ? 'screens' : 'ui';
  return folder as Layer;
}

const isOurs = (to: string): boolean => sources.has(to);
const shown = ({ from, to, kind }: Import): string => `${from} → ${to} (${kind})`;
const importsOf = (layer: Layer): Import[] => imports.filter(({ from }) => layerOf(from) === layer);

type Rule = {
  /** Layers from which it may import anything. */
  layers: readonly Layer[];
  /** Layers from which it may import types. */
  types?: readonly Layer[];
  packages?: readonly (string | RegExp)[];
  typesOfPackages?: readonly (string | RegExp)[];
};

const rules: Readonly<Record<Exclude<Layer, 'demo' | 'top'>, Rule>> = {
  core: { layers: ['core'] },
  system: {
    layers: ['core', 'system'],
    packages: [/^node:/, 'execa', 'chokidar', 'zod/mini'],
  },
  engine: { layers: ['core', 'engine'], types: ['system'], typesOfPackages: [/^node:/] },
  ui: {
    layers: ['core', 'ui'],
    packages: ['string-width', 'cli-spinners'],
    typesOfPackages: ['ink'],
  },
  hooks: {
    layers: ['core', 'engine', 'ui', 'hooks'],
    types: ['system'],
    packages: ['react', 'ink'],
  },
  screens: {
    layers: ['core', 'engine', 'ui', 'hooks', 'screens'],
    types: ['system'],
    packages: ['react', 'ink', 'ink-spinner'],
  },
};

describe('imports go down only', () => {
  test.each(Object.entries(rules))('%s', (layer, rule) => {
    const broken = importsOf(layer as Layer).filter((found) => !isAllowed(found, rule));
    expect(broken.map(shown)).toEqual([]);
  });

  test('only the programs and the demo import the programs or the demo', () => {
    const broken = imports.filter(
      ({ from, to }) =>
        isOurs(to) &&
        ['top', 'demo'].includes(layerOf(to)) &&
        !['top', 'demo'].includes(layerOf(from)),
    );
    expect(broken.map(shown)).toEqual([]);
  });

  test('every imported file exists', () => {
    const broken = imports.filter(({ to }) => /\.tsx?$/.test(to) && !isOurs(to));
    expect(broken.map(shown)).toEqual([]);
  });

  test('no file imports itself, directly or through others', () => {
    const circles = files.filter((path) => reached(path, ['value']).needed.has(path));
    expect(circles).toEqual([]);
  });
});

function isAllowed({ to, kind }: Import, rule: Rule): boolean {
  if (!isOurs(to)) {
    const known = [
      ...(rule.packages ?? []),
      ...(kind === 'type' ? (rule.typesOfPackages ?? []) : []),
    ];
    return known.some((name) => (typeof name === 'string' ? name === to : name.test(to)));
  }
  const layer = layerOf(to);
  return rule.layers.includes(layer) || (kind === 'type' && (rule.types ?? []).includes(layer));
}

/** The files and packages that are loaded with a file. */
function reached(
  path: string,
  kinds: readonly Import['kind'][],
): { needed: Set<string>; packages: Set<string> } {
  const needed = new Set<string>();
  const packages = new Set<string>();
  const open = [path];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const found of importsByFile.get(from) ?? []) {
      if (!kinds.includes(found.kind)) continue;
      if (!isOurs(found.to)) packages.add(found.to);
      else if (!needed.has(found.to)) {
        needed.add(found.to);
        open.push(found.to);
      }
    }
  }
  return { needed, packages };
}

describe('loading costs', () => {
  const packagesOf = (path: string, kinds: readonly Import['kind'][]): string[] =>
    [...reached(path, kinds).packages].filter((name) => !name.startsWith('node:')).sort();

  test('the list and the help load only Node’s own modules', () => {
    expect(packagesOf('cli.ts', ['value'])).toEqual([]);
    expect(packagesOf('list-command.ts', ['value'])).toEqual([]);
  });

  test('a runner loads no React, and no package but execa', () => {
    expect(packagesOf('runner.ts', ['value'])).toEqual(['execa']);
  });

  test('a headless run never loads the screen', () => {
    const { packages } = reached('run-command.ts', ['value', 'late']);
    expect([...packages].filter((name) => /^(?:react|ink)/.test(name))).toEqual([]);
  });
});

describe('core is pure', () => {
  test.each(files.filter((path) => layerOf(path) === 'core'))(
    '%s uses no clock, no randomness and no process, and does not wait',
    (path) => {
      const source = sources.get(path)!;
      const broken: string[] = [];
      const visit = (node: ts.Node): void => {
        if (isImpure(node)) broken.push(node.getText(source));
        ts.forEachChild(node, visit);
      };
      visit(source);
      expect(broken).toEqual([]);
    },
  );
});

const impureNames = new Set(
  (
    'process performance globalThis Buffer crypto fetch require console Promise ' +
    'setTimeout setInterval setImmediate queueMicrotask'
  ).split(' '),
);

function isImpure(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword) return true;
  if (ts.isPropertyAccessExpression(node)) {
    return ['Date.now', 'Math.random'].includes(node.getText());
  }
  if (ts.isNewExpression(node)) {
    return node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0;
  }
  return ts.isIdentifier(node) && impureNames.has(node.text) && isUsed(node);
}

/** False for the name of a field: `row.process` is not the global `process`. */
function isUsed(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === name;
  return !(
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isLiteralTypeNode(parent)
  );
}

describe('files', () => {
  test('are not barrels: each import names the file that defines it', () => {
    const barrels = [...sources].filter(([path, source]) => {
      const isNamedSo = /(?:^|\/)index\.tsx?$/.test(path);
      const passesAllOn = source.statements.some(
        (statement) => ts.isExportDeclaration(statement) && statement.exportClause === undefined,
      );
      const onlyPassesOn = source.statements.every(ts.isExportDeclaration);
      return isNamedSo || passesAllOn || onlyPassesOn;
    });
    expect(barrels.map(([path]) => path)).toEqual([]);
  });

  test('open with a comment that says what they own', () => {
    const silent = files.filter((path) => !/^\/[/*]/.test(readFileSync(join(root, path), 'utf8')));
    expect(silent).toEqual([]);
  });

  test('stay short enough to read', () => {
    const lengths = files.map((path) => {
      const lines = readFileSync(join(root, path), 'utf8').split('\n').length - 1;
      return { path, lines };
    });
    const long = lengths.filter(({ lines }) => lines > 250);
    for (const { path, lines } of long) console.warn(`${path} has ${lines} lines: split it`);
    expect(long.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  test('do not end the process, except the programs', () => {
    const broken = files.filter(
      (path) =>
        !['top', 'demo'].includes(layerOf(path)) &&
        /\bprocess\.exit\(/.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(broken).toEqual([]);
  });
});
