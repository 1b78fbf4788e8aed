import Handlebars from 'handlebars';

type Ast = hbs.AST.Program;
interface Compiled {
  push(parts: unknown[]): void;
  resolvePath(type: string, parts: string[], from: number, falsy?: boolean, strict?: boolean): void;
  useBlockParams: boolean;
}

/**
 * Handlebars' own `strict` lets three things pass in silence: a missing key given to a helper, a missing key of a block's parameter, and what a
 * partial sees of the page around it. Here a page's template fails on each of them; a partial sees its parameters only.
 */
export function strictHandlebars(): typeof Handlebars {
  const instance = Handlebars.create();
  const { JavaScriptCompiler } = instance as unknown as { JavaScriptCompiler: new () => Compiled };
  class StrictCompiler extends (JavaScriptCompiler) {
    lookupBlockParam(id: [number, number], parts: string[]): void {
      this.useBlockParams = true;
      this.push(['blockParams[', id[0], '][', id[1], ']']);
      this.resolvePath('context', parts, 1, undefined, parts.length > 1);
    }
  }
  Object.assign(StrictCompiler.prototype, { compiler: StrictCompiler });
  Object.assign(instance, { JavaScriptCompiler: StrictCompiler });
  return instance;
}

export function compileOptions(helpers: readonly string[]): CompileOptions {
  return {
    strict: true,
    explicitPartialContext: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(helpers.map((name) => [name, true])),
    preventIndent: true,
  };
}

/** The template with every path it reads marked: absent, it throws. A partial (`severe: false`) may be called without its optional parameters. */
export function parsed(source: string, severe: boolean): Ast {
  const ast = Handlebars.parse(source);
  new OwnParameters().accept(ast);
  if (severe) new Severe().accept(ast);
  return ast;
}

/** A partial called with nothing gets no parameters, and not no context at all. */
class OwnParameters extends Handlebars.Visitor {
  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    partial.hash ??= { type: 'Hash', pairs: [], loc: partial.loc };
    super.PartialStatement(partial);
  }
}

class Severe extends Handlebars.Visitor {
  override PathExpression(path: hbs.AST.PathExpression): void {
    if (!path.data && path.parts.length > 0) Object.assign(path, { strict: true });
  }
}
