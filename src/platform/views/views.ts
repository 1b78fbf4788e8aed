import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { Clock } from '../clock';
import { installHelpers, type Frame } from './helpers';
import type { Shell } from './shell';
import { Words } from './words';

const STRICT = { strict: true, preventIndent: true, knownHelpersOnly: false } as const;

/** Renders pages. Strict: a name that the model does not have is a fault. Getters and methods of classes are not seen: models are plain. */
@Injectable()
export class Views {
  private readonly handlebars = Handlebars.create();
  private readonly templates = new Map<string, HandlebarsTemplateDelegate>();

  constructor(words: Words, clock: Clock) {
    installHelpers(this.handlebars, words, clock, readManifest());
    const folder = join(process.cwd(), 'templates');
    for (const file of templatesBelow(folder)) {
      const name = relative(folder, file).split(sep).join('/').replace(/\.hbs$/, '');
      const compiled = this.handlebars.compile(readFileSync(file, 'utf8'), STRICT);
      this.templates.set(name, compiled);
      if (isPartial(name)) this.handlebars.registerPartial(name.replace(/^partials\//, ''), compiled);
    }
  }

  names(): string[] {
    return [...this.templates.keys()];
  }

  /** The page in its frame. @param template `module/page` @param model the page's own, plain data */
  render(template: string, model: object, shell: Shell): string {
    const frame: Frame = { shell, title: '' };
    const data = { frame };
    const body = this.find(template)({ ...model, shell }, { data });
    return this.find(`layouts/${shell.layout === 'app' ? 'base' : 'portal'}`)({ shell, title: frame.title, body: new this.handlebars.SafeString(body) }, { data });
  }

  private find(name: string): HandlebarsTemplateDelegate {
    const template = this.templates.get(name);
    if (!template) throw new Error(`no template ${name}`);
    return template;
  }
}

function isPartial(name: string): boolean {
  return name.startsWith('partials/') || name.split('/').pop()!.startsWith('_');
}

function* templatesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* templatesBelow(path);
    else if (entry.name.endsWith('.hbs')) yield path;
  }
}

/** Names of the built assets with their fingerprints. */
function readManifest(): Record<string, string> {
  return JSON.parse(readFileSync(join(process.cwd(), 'templates', 'assets', 'built', 'manifest.json'), 'utf8')) as Record<string, string>;
}
