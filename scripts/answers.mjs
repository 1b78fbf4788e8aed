// Reads what every call of the API answers from the declared type of its handler, and how it may be refused from the problems that its code can
// throw, and says so in src/answers.json, which the server serves with the commands' own description.
// --check changes nothing and fails when the file is not what the code says.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const target = join(root, 'src', 'answers.json');

/** Names of the house that tell the form of a text: `…On` is a day, `…At` an instant, `…Id` an id. A test holds real answers against them. */
const FORMATS = [[/On$/, 'date'], [/At$/, 'date-time'], [/^id$|Id$/, 'uuid']];
/** Aliases of text that say more than text. */
const DAYS = new Set(['CalendarDay', 'DayText', 'Day']);
/** Every number that has a name is whole, but these. */
const FRACTIONS = new Set(['weight', 'percent', 'low', 'high', 'conservative', 'known', 'responseRate']);

const sources = readdirSync(join(root, 'src', 'modules'), { recursive: true }).filter((name) => name.endsWith('.api.ts')).sort().map((name) => join(root, 'src', 'modules', name));
const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
const program = ts.createProgram(sources, { ...options, types: ['node'], noEmit: true });
const checker = program.getTypeChecker();

const schemas = new Map();
const faults = [];
const known = new Map();

/** The operations of the API: the class and method of the handler, what it says of itself, what it answers. */
const operations = {};
for (const file of sources) {
  const source = program.getSourceFile(file);
  ts.forEachChild(source, (node) => {
    if (!ts.isClassDeclaration(node)) return;
    for (const method of node.members.filter(ts.isMethodDeclaration)) {
      const decorators = new Map((ts.getDecorators(method) ?? []).map(({ expression }) => [expression.expression.getText(source), expression.arguments[0]]));
      if (!['Get', 'Post', 'Put', 'Patch', 'Delete'].some((name) => decorators.has(name))) continue;
      const where = `${node.name.text}.${method.name.getText(source)}`;
      const said = commentOf(checker.getSymbolAtLocation(method.name));
      if (!said) faults.push(`${where}: nothing above the handler says what it does`);
      const [summary, ...more] = (said ?? '').split(/(?<=\.) (?=[A-Z])/);
      const answered = checker.getAwaitedType(checker.getReturnTypeOfSignature(checker.getSignatureFromDeclaration(method)));
      const isCreated = answered.symbol?.name === 'Created';
      const isFile = answered.symbol?.name === 'Download';
      const type = isCreated ? checker.getTypeArguments(answered)[0] : answered;
      operations[where] = {
        summary: summary.replace(/\.$/, ''), ...(more.length ? { description: more.join(' ') } : {}), right: decorators.get('Can')?.text ?? null,
        ...(isCreated ? { isCreated } : {}), ...(isFile ? { isFile } : {}), ...(decorators.has('Post') && !decorators.has('NoUnit') && !decorators.has('Reads') ? { isRepeatable: true } : {}), problems: problemsOf(method),
        schema: isFile || type.flags & ts.TypeFlags.Void ? null : schemaOf(type, where),
      };
    }
  });
}
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}

// One line each, so that two changes of two calls do not meet in one place.
const lines = (entries) => entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `\n  ${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(',');
const text = `{\n "operations": {${lines(Object.entries(operations))}\n },\n "schemas": {${lines([...schemas].map(([name, { schema }]) => [name, schema]))}\n }\n}\n`;
const before = existsSync(target) ? readFileSync(target, 'utf8') : '';
if (process.argv.includes('--check')) {
  if (before === text) process.exit(0);
  console.error(`${relative(root, target)} is not what the code says: npm run answers`);
  process.exit(1);
}
if (before !== text) writeFileSync(target, text);
console.log(`${Object.keys(operations).length} operations, ${schemas.size} schemas${before === text ? ', nothing new' : ''}`);

/** @param where said when a type has no form in JSON */
function schemaOf(type, where, name = '') {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Never | ts.TypeFlags.Void | ts.TypeFlags.BigIntLike | ts.TypeFlags.ESSymbolLike)) return refused(where, checker.typeToString(type));
  if (type.flags & ts.TypeFlags.Unknown) return {};
  if (type.flags & ts.TypeFlags.NonPrimitive) return { type: 'object' };
  if (type.isUnion()) return unionOf(type, where, name);
  if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
  if (type.isStringLiteral() || type.isNumberLiteral()) return { enum: [type.value] };
  if (type.flags & ts.TypeFlags.BooleanLiteral) return { enum: [type.intrinsicName === 'true'] };
  if (type.flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
  if (type.flags & ts.TypeFlags.Number) return { type: name && !FRACTIONS.has(name) ? 'integer' : 'number' };
  if (type.flags & ts.TypeFlags.String) {
    const format = FORMATS.find(([pattern]) => pattern.test(name))?.[1];
    return { type: 'string', ...(format ? { format } : {}) };
  }
  if (checker.isTupleType(type)) return refused(where, 'a tuple');
  if (checker.isArrayType(type)) return { type: 'array', items: schemaOf(checker.getTypeArguments(type)[0], where, name.replace(/s$/, '')) };
  return namedOrPlain(type, where);
}

function unionOf(type, where, name) {
  const isNull = ({ flags }) => (flags & ts.TypeFlags.Null) !== 0;
  const members = type.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
  const nullable = members.some(isNull);
  const given = members.filter((one) => !isNull(one));
  if (given.every((one) => one.isStringLiteral() || one.isNumberLiteral())) {
    const values = given.map(({ value }) => value).sort((a, b) => (a < b ? -1 : 1));
    const kind = typeof values[0] === 'string' ? 'string' : 'number';
    return { type: nullable ? [kind, 'null'] : kind, enum: nullable ? [...values, null] : values };
  }
  if (given.every(({ flags }) => flags & ts.TypeFlags.BooleanLiteral)) return { type: nullable ? ['boolean', 'null'] : 'boolean' };
  const alias = declaredName(type);
  if (alias && !nullable) return reference(alias, type, () => ({ anyOf: alternatives(given, where, name) }));
  const inner = alternatives(given, where, name);
  if (nullable && inner.length === 1 && typeof inner[0].type === 'string' && !inner[0].enum) return { ...inner[0], type: [inner[0].type, 'null'] };
  const all = nullable ? [...inner, { type: 'null' }] : inner;
  return all.length === 1 ? all[0] : { anyOf: all };
}

/** In an order that does not depend on which file the compiler read first. */
function alternatives(types, where, name) {
  const literals = types.filter((one) => one.isStringLiteral());
  const booleans = types.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral);
  const others = types.filter((one) => !literals.includes(one) && !booleans.includes(one)).map((one) => schemaOf(one, where, name));
  if (literals.length > 0) others.push({ type: 'string', enum: literals.map(({ value }) => value).sort() });
  if (booleans.length === 2) others.push({ type: 'boolean' });
  else if (booleans.length === 1) others.push({ enum: [booleans[0].intrinsicName === 'true'] });
  return others.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function namedOrPlain(type, where) {
  const name = declaredName(type);
  return name ? reference(name, type, () => objectOf(type, name)) : objectOf(type, where);
}

/** The name under which a type was declared in src; null for what is written where it is used, and for what was made of another type. */
function declaredName(type) {
  const symbol = type.aliasSymbol ?? (type.symbol && type.symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class) ? type.symbol : null);
  if (!symbol || (type.aliasTypeArguments ?? []).length > 0) return null;
  const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? '';
  return file.startsWith(join(root, 'src')) ? symbol.name : null;
}

function reference(name, type, make) {
  const symbol = type.aliasSymbol ?? type.symbol;
  const known = schemas.get(name);
  if (!known) {
    const entry = { symbol, schema: {} };
    schemas.set(name, entry); // before it is made: a type may hold itself
    const comment = commentOf(symbol);
    entry.schema = { ...(comment ? { description: comment } : {}), ...make() };
  } else if (known.symbol !== symbol) faults.push(`two views have the name ${name}`);
  return { $ref: `#/components/schemas/${name}` };
}

function objectOf(type, where) {
  if (type.getCallSignatures().length > 0) return refused(where, 'a function');
  const properties = checker.getPropertiesOfType(type);
  const [index] = checker.getIndexInfosOfType(type);
  if (index) return { type: 'object', additionalProperties: schemaOf(index.type, `${where}[]`) };
  const required = properties.filter((one) => !(one.flags & ts.SymbolFlags.Optional)).map((one) => one.name);
  return {
    type: 'object', ...(required.length ? { required } : {}),
    properties: Object.fromEntries(properties.map((property) => [property.name, propertyOf(property, where)])),
  };
}

function propertyOf(property, where) {
  const [declaration] = property.declarations ?? [];
  const type = checker.getTypeOfSymbol(property);
  const comment = commentOf(property);
  const schema = asDay(declaration, schemaOf(type, `${where}.${property.name}`, property.name));
  return comment ? { ...schema, description: comment } : schema;
}

/** An alias of text leaves no trace in a type: whether a day was meant stands in the declaration. */
function asDay(declaration, schema) {
  const node = declaration && ts.isPropertySignature(declaration) ? declaration.type : undefined;
  const parts = node && ts.isUnionTypeNode(node) ? node.types : node ? [node] : [];
  const isDay = parts.some((one) => ts.isTypeReferenceNode(one) && DAYS.has(one.typeName.getText()));
  return isDay && [schema.type].flat().includes('string') ? { ...schema, format: 'date' } : schema;
}

/** The problems that a function can throw, itself or by what it names: status → codes. What is heard of an event or told by a registered fact is not followed. */
function problemsOf(start) {
  const problems = new Map();
  const seen = new Set([start]);
  for (const declaration of seen) {
    const { thrown, named } = partsOf(declaration);
    for (const [status, codes] of thrown) problems.set(status, new Set([...(problems.get(status) ?? []), ...codes]));
    for (const one of named) seen.add(one);
  }
  return Object.fromEntries([...problems].sort(([a], [b]) => a - b).map(([status, codes]) => [status, [...codes].sort()]));
}

function partsOf(declaration) {
  if (known.has(declaration)) return known.get(declaration);
  const parts = { thrown: [], named: new Set() };
  known.set(declaration, parts);
  const walk = (node) => {
    const status = statusOf(node);
    if (status !== null) parts.thrown.push([status, codesOf(node)]);
    if (isStatusAndCode(node)) parts.thrown.push([Number(node.elements[0].text), [node.elements[1].text]]);
    if (ts.isIdentifier(node)) for (const one of functionsOf(node)) parts.named.add(one);
    ts.forEachChild(node, walk);
  };
  walk(declaration.body ?? declaration);
  return parts;
}

/** `new Problem(409, …)`, `conflict(…)`, `unprocessable(…)`. */
function statusOf(node) {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Problem') return ts.isNumericLiteral(node.arguments[0]) ? Number(node.arguments[0].text) : null;
  if (!ts.isCallExpression(node)) return null;
  return { conflict: 409, unprocessable: 422 }[node.expression.getText()] ?? null;
}

/** `[409, 'step-closed']`: a line of a table from which a problem is made. */
function isStatusAndCode(node) {
  return ts.isArrayLiteralExpression(node) && node.elements.length === 2 && ts.isNumericLiteral(node.elements[0]) && /^[45]\d\d$/.test(node.elements[0].text) && ts.isStringLiteral(node.elements[1]);
}

function codesOf(node) {
  const type = checker.getTypeAtLocation(ts.isNewExpression(node) ? node.arguments[1] : node.arguments[0]);
  return (type.isUnion() ? type.types : [type]).filter((one) => one.isStringLiteral()).map(({ value }) => value);
}

/** The functions of src that a name stands for. */
function functionsOf(name) {
  const found = checker.getSymbolAtLocation(name);
  const symbol = found && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
  return (symbol?.declarations ?? []).map((one) => (ts.isVariableDeclaration(one) && one.initializer && ts.isFunctionLike(one.initializer) ? one.initializer : one))
    .filter((one) => ts.isFunctionLike(one) && one.body && one.getSourceFile().fileName.startsWith(join(root, 'src')));
}

function commentOf(symbol) {
  const [declaration] = symbol?.declarations ?? [];
  // A comment of the standard library is none of ours.
  if (declaration?.getSourceFile().isDeclarationFile) return '';
  return ts.displayPartsToString(symbol?.getDocumentationComment(checker) ?? []).replace(/\s+/g, ' ').trim();
}

function refused(where, what) {
  faults.push(`${where}: ${what} has no form in JSON (${basename(import.meta.filename)})`);
  return {};
}
