// Writes the types of the configuration with the descriptions of the schema, which inferred types do not have. With
// --check it writes nothing and fails if they are outdated.
// node --conditions=@openclaw/source scripts/generate-config-types.ts [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { configSchema } from '../packages/config/src/schema/config-schema.ts';
import { describeSchema, notesOf, schemaAt } from '../packages/config/src/schema/schema-shape.ts';

const TARGET = resolve('packages/config/src/schema/openclaw-config.ts');
const SCHEMA = resolve('packages/config/src/schema/config-schema.ts');

const INTRODUCTION = `// Generated from the schema by scripts/generate-config-types.ts. Change the schema, not this file.
`;

/** The generated interfaces, and the inferred types that they equal. */
const INTERFACES = [
  {
    name: 'OpenClawConfigInput',
    inferred: 'InferredConfigInput',
    description: 'The configuration as written: every key is optional, without defaults.',
  },
  {
    name: 'OpenClawConfig',
    inferred: 'InferredConfig',
    description: 'The validated configuration with the defaults of the schema.',
  },
];

const checker = createChecker();
const text = [INTRODUCTION, ...INTERFACES.map(renderInterface)].join('\n');

if (!process.argv.includes('--check')) writeFileSync(TARGET, text);
else if (withoutLayout(readFileSync(TARGET, 'utf8')) !== withoutLayout(text)) {
  console.error(
    'The types of the configuration do not match the schema; run: node --conditions=@openclaw/source scripts/generate-config-types.ts && pnpm format',
  );
  process.exitCode = 1;
}

function createChecker(): { readonly types: ts.TypeChecker; readonly schema: ts.SourceFile } {
  const { config } = ts.readConfigFile('tsconfig.base.json', (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, process.cwd());
  const program = ts.createProgram([SCHEMA], options);
  const schema = program.getSourceFile(SCHEMA);
  if (schema === undefined) throw new Error(`Cannot read ${SCHEMA}.`);
  return { types: program.getTypeChecker(), schema };
}

function renderInterface({ name, inferred, description }: (typeof INTERFACES)[number]): string {
  const { types, schema } = checker;
  const declared = schema.statements.find(
    (statement): statement is ts.TypeAliasDeclaration =>
      ts.isTypeAliasDeclaration(statement) && statement.name.text === inferred,
  );
  if (declared === undefined) throw new Error(`${SCHEMA} has no type ${inferred}.`);
  return `${renderComment([description])}export interface ${name} ${renderMembers(types.getTypeAtLocation(declared), [])}\n`;
}

/** A type at a path of the configuration. `*` stands for a name that the user chooses. */
function renderType(type: ts.Type, path: readonly string[]): string {
  if (type.isUnion()) return renderUnion(type, path);
  if (type.isIntersection()) return renderIntersection(type, path);
  const item = checker.types.isArrayType(type) ? type.getNumberIndexType() : undefined;
  if (item !== undefined) return renderArray(renderType(item, [...path, '0']));
  const isObject = (type.flags & ts.TypeFlags.Object) !== 0;
  return isObject ? renderMembers(type, path) : checker.types.typeToString(type);
}

function renderUnion({ types }: ts.UnionType, path: readonly string[]): string {
  // The checker has `boolean` as a union of its two values.
  const texts = new Set(types.map((type) => renderType(type, path)));
  if (!texts.has('true') || !texts.has('false')) return [...texts].join(' | ');
  const others = [...texts].filter((each) => each !== 'true' && each !== 'false');
  return ['boolean', ...others].join(' | ');
}

function renderIntersection(type: ts.IntersectionType, path: readonly string[]): string {
  // Known keys beside any other ones cannot be written as one type.
  if (checker.types.getIndexInfosOfType(type).length === 0) return renderMembers(type, path);
  return type.types.map((each) => renderType(each, path)).join(' & ');
}

function renderArray(item: string): string {
  return /^\w+$/.test(item) ? `${item}[]` : `Array<${item}>`;
}

function renderMembers(type: ts.Type, path: readonly string[]): string {
  const { types, schema } = checker;
  // Those without effect come last.
  const properties = types
    .getPropertiesOfType(type)
    .toSorted((a, b) => Number(isUnused([...path, a.name])) - Number(isUnused([...path, b.name])));
  const members = properties.map((property) => {
    const child = [...path, property.name];
    const mark = (property.flags & ts.SymbolFlags.Optional) !== 0 ? '?' : '';
    const key = /^[\w$]+$/.test(property.name) ? property.name : JSON.stringify(property.name);
    return `${renderComment(describe(child))}${key}${mark}: ${renderType(types.getTypeOfSymbolAtLocation(property, schema), child)};`;
  });
  const indexes = types.getIndexInfosOfType(type).map((index) => {
    return `[key: string]: ${renderType(index.type, [...path, '*'])};`;
  });
  return `{\n${[...members, ...indexes].join('\n')}\n}`;
}

function isUnused(path: readonly string[]): boolean {
  const found = schemaAt(configSchema, path);
  return found !== undefined && notesOf(found).unused;
}

/** The description and the default of the key at a path. */
function describe(path: readonly string[]): readonly string[] {
  const found = schemaAt(configSchema, path);
  if (found === undefined) return [];
  const { description, default: value } = describeSchema(found);
  const isEmpty = value === undefined || JSON.stringify(value) === '{}';
  return [
    ...(description === undefined ? [] : [description]),
    ...(isEmpty ? [] : [`@default ${JSON.stringify(value)}`]),
  ];
}

function renderComment(lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const [only] = lines;
  if (lines.length === 1) return `/** ${only} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}\n`).join('')} */\n`;
}

/** The formatter breaks lines, and may write a list type in another way. */
function withoutLayout(source: string): string {
  return source.replaceAll(/\s+|^\s*\*/gm, ' ').replaceAll(/[\s*/|;,'"]+/g, '');
}
