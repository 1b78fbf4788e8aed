import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { Words } from '../../src/platform/views/words';

const root = join(__dirname, '..', '..');
const src = join(root, 'src');
const words = Words.load();

/** One call of the log, as the compiler knows it. */
interface Call {
  at: string;
  method: string;
  action: ts.Expression;
  kind: string | null;
  /** About a person: its details are shown to nobody who reads the whole log. */
  isPerson: boolean;
  fields: string[];
}

const program = (() => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')).map((file) => join(src, file));
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as { config: object };
  return ts.createProgram(files, { ...ts.parseJsonConfigFileContent(config, ts.sys, root).options, types: ['node'], noEmit: true });
})();
const checker = program.getTypeChecker();
const sources = program.getSourceFiles().filter(({ fileName, isDeclarationFile }) => fileName.startsWith(src) && !isDeclarationFile);

function nodesOf(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [node];
  node.forEachChild((child) => void found.push(...nodesOf(child)));
  return found;
}
const typeOf = (node: ts.Node): ts.Type => checker.getTypeAtLocation(node);
const literal = (type: ts.Type): string | null => (type.isStringLiteral() ? type.value : null);
const propertyOf = (type: ts.Type, name: string, at: ts.Node): ts.Type | null => {
  const property = type.getProperty(name);
  return property ? checker.getTypeOfSymbolAtLocation(property, at) : null;
};
/** The value of a property where it is written: a literal's type is widened once it stands in an object. */
const writtenKind = (subject: ts.Expression): string | null => {
  const written = ts.isObjectLiteralExpression(subject) ? subject.properties.find((one) => one.name?.getText() === 'kind') : undefined;
  return written && ts.isPropertyAssignment(written) && ts.isStringLiteral(written.initializer) ? written.initializer.text : null;
};

function callsOf(): Call[] {
  return sources.filter(({ text }) => text.includes('AuditService')).flatMap((file) => nodesOf(file).flatMap((node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
    const method = node.expression.name.text;
    if (!['record', 'opened', 'shownBy', 'refused'].includes(method) || typeOf(node.expression.expression).symbol?.name !== 'AuditService') return [];
    const [, action, subject] = node.arguments as unknown as [ts.Expression, ts.Expression, ts.Expression];
    const changes = node.arguments[method === 'refused' ? 4 : 3];
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    return [{
      at: `${file.fileName.slice(src.length + 1)}:${line + 1}`, method, action, kind: writtenKind(subject), isPerson: propertyOf(typeOf(subject), 'participantId', subject) !== null,
      fields: changes && ['record', 'refused'].includes(method) ? typeOf(changes).getProperties().map(({ name }) => name) : [],
    }];
  }));
}

/** The actions that a call may write: its own text, or what every call of the helper around it passes. */
function actionsOf({ action }: Call): string[] | null {
  const own = literal(typeOf(action));
  if (own !== null) return [own];
  const helper = ts.findAncestor(action, ts.isMethodDeclaration);
  const index = helper?.parameters.findIndex((one) => one.name.getText() === action.getText()) ?? -1;
  if (!helper || index < 0) return null;
  const passed = nodesOf(helper.getSourceFile()).filter((node): node is ts.CallExpression => ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)
    && node.expression.name.text === helper.name.getText() && node.expression.expression.kind === ts.SyntaxKind.ThisKeyword);
  const found = passed.map((call) => literal(typeOf(call.arguments[index]!)));
  return passed.length > 0 && found.every((one) => one !== null) ? found : null;
}

describe('what is written in the log', () => {
  const calls = callsOf();

  it('is found by this test', () => expect(calls.length).toBeGreaterThan(50));

  it('is an action that can be read here, never one that is put together', () => {
    expect(calls.filter((call) => actionsOf(call) === null).map(({ at }) => at)).toEqual([]);
  });

  it('has words for every action', () => {
    expect(calls.flatMap((call) => (actionsOf(call) ?? []).filter((action) => !words.has(`audit.action.${action}`)).map((action) => `${call.at} ${action}`))).toEqual([]);
  });

  it('has words for every kind of thing it is about', () => {
    expect(calls.filter(({ kind }) => kind !== null && !words.has(`audit.subject.${kind}`)).map(({ at, kind }) => `${at} ${kind}`)).toEqual([]);
  });

  it('has words for every field that the log shows; ids are not shown', () => {
    const shown = calls.filter(({ isPerson }) => !isPerson);
    expect(shown.flatMap(({ at, fields }) => fields.filter((name) => !name.endsWith('Id') && !words.has(`audit.change.${name}`)).map((name) => `${at} ${name}`))).toEqual([]);
  });

  it('has words for every reason of a refusal', () => {
    const text = sources.map((file) => file.text).join('\n');
    const atTheDoor = [...text.matchAll(/new Problem\(40[34], '([a-z-]+)'/g)].map(([, code]) => code!);
    expect(atTheDoor.length).toBeGreaterThan(3);
    expect(atTheDoor.filter((code) => !words.has(`audit.code.${code}`))).toEqual([]);
  });
});
