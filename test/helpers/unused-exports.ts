// Which exports of source/ no other file imports, whether of the program, the tests, the benchmarks or the docs. Not
// knip: it does not report a type that an exported function names, and that is most of them.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const project = fileURLToPath(new URL('../..', import.meta.url));

type Module = { path: string; exports: readonly string[]; uses: readonly Use[] };

/** `names` of the module at `path`. */
type Use = { path: string; names: readonly string[] };

/** As `source/core/task/task.ts: Task`. */
export function unusedExports(): string[] {
  const modules = ['source', 'test', 'bench', 'docs'].flatMap(filesIn).concat('build.js').map(read);
  const used = new Set(
    modules.flatMap(({ uses }) => uses.flatMap(({ path, names }) => names.map(within(path)))),
  );
  return modules
    .filter(({ path }) => path.startsWith('source/'))
    .flatMap(({ path, exports }) => exports.map(within(path)))
    .filter((name) => !used.has(name));
}

const within = (path: string) => (name: string) => `${path}: ${name}`;

function filesIn(folder: string): string[] {
  return readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => `${folder}/${path.split(sep).join('/')}`)
    .sort();
}

function read(path: string): Module {
  const text = readFileSync(join(project, path), 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const imports = source.statements
    .filter(ts.isImportDeclaration)
    .map((statement) => importedBy(statement, source));
  const uses = [...imports, ...(/\bimport\(/.test(text) ? lateImports(source) : [])];
  return {
    path,
    exports: source.statements.flatMap(exportedBy),
    uses: uses
      .filter((use) => use.path.startsWith('.'))
      .map((use) => ({ ...use, path: join(dirname(path), use.path) })),
  };
}

function exportedBy(statement: ts.Statement): string[] {
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
  if (!isExported) return [];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
  }
  const { name } = statement as ts.DeclarationStatement;
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : namesIn(element.name),
  );
}

function importedBy(
  { moduleSpecifier, importClause }: ts.ImportDeclaration,
  source: ts.SourceFile,
): Use {
  const { text: path } = moduleSpecifier as ts.StringLiteral;
  const bindings = importClause?.namedBindings;
  if (bindings === undefined) return { path, names: [] };
  return ts.isNamedImports(bindings)
    ? {
        path,
        names: bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text),
      }
    : { path, names: identifiersIn(source) };
}

/** `import('…')` in an expression or a type: it may use whatever the file names. */
function lateImports(source: ts.SourceFile): Use[] {
  const found: Use[] = [];
  const visit = (node: ts.Node): void => {
    const from = moduleNamedBy(node);
    if (from !== undefined && ts.isStringLiteral(from)) {
      found.push({ path: from.text, names: identifiersIn(source) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function moduleNamedBy(node: ts.Node): ts.Node | undefined {
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  }
  const isImport =
    ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport ? node.arguments[0] : undefined;
}

function identifiersIn(source: ts.SourceFile): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}
