import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { Assets } from './assets';
import type { FormShape } from './forms';
import { helpers, type PageFrame, type ShownField } from './helpers';
import type { Shell } from './shell';
import { compileOptions, parsed, strictHandlebars } from './strict';
import { Words } from './words';

const TEMPLATES = join(process.cwd(), 'templates');
const RUNTIME: Handlebars.RuntimeOptions = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

/** The pages: Handlebars templates read once, at start. Rendering touches neither disk nor database. */
@Injectable()
export class Views {
  private readonly pages = new Map<string, HandlebarsTemplateDelegate>();
  private readonly layouts = new Map<string, HandlebarsTemplateDelegate>();
  private readonly words: Words;

  constructor(words: Words) {
    this.words = words;
    const instance = strictHandlebars();
    const known = helpers(words, Assets.load());
    instance.registerHelper(known);
    const options = compileOptions(Object.keys(known));
    for (const file of templateFiles(TEMPLATES)) {
      const name = nameOf(file);
      const kind = kindOf(name);
      const template = instance.compile(parsed(readFileSync(join(TEMPLATES, file), 'utf8'), kind === 'page'), options);
      if (kind === 'shared') instance.registerPartial(name.slice('partials/'.length), template as Handlebars.Template);
      else if (kind === 'partial') instance.registerPartial(name, template as Handlebars.Template);
      else if (kind === 'layout') this.layouts.set(name.slice('layouts/'.length), template);
      else this.pages.set(name, template);
    }
  }

  has(template: string): boolean {
    return this.pages.has(template);
  }

  /** A page in its frame. A key that the template reads and the model lacks throws. */
  render(template: string, model: object, shell: Shell): string {
    const draw = this.pages.get(template);
    if (!draw) throw new Error(`No template is called ${template}`);
    const page: PageFrame = {};
    const data = { shell, page, module: template.split('/')[0] };
    const body = draw(model, { ...RUNTIME, data });
    const layout = this.layouts.get(page.layout ?? shell.layout)!;
    return layout({ body: new Handlebars.SafeString(body), title: this.title(page, model, shell), contact: page.contact ?? false, person: page.person ?? null, refresh: page.refresh ?? null }, { ...RUNTIME, data });
  }

  /** What the fields of a page's form show, by name and in order. */
  fields(template: string, model: { form: FormShape }, shell: Shell): Map<string, ShownField> {
    const page: PageFrame = { shown: { form: model.form, fields: new Map() } };
    this.pages.get(template)!(model, { ...RUNTIME, data: { shell, page, module: template.split('/')[0] } });
    return page.shown!.fields;
  }

  private title(page: PageFrame, model: object, shell: Shell): string {
    const name = page.title ?? this.words.say(shell.language, 'platform.product');
    const wrong = ((model as { form?: { errors?: unknown[] } }).form?.errors?.length ?? 0) > 0;
    return this.words.say(shell.language, wrong ? 'platform.titleWithErrors' : 'platform.title', { title: name });
  }
}

type Kind = 'layout' | 'shared' | 'partial' | 'page';

/** What a template is, by its name: `layouts/…`, `partials/…` (for all), `<module>/_…` (of one module), else a page. */
export function kindOf(name: string): Kind {
  if (name.startsWith('layouts/')) return 'layout';
  if (name.startsWith('partials/')) return 'shared';
  return /\/_[^/]+$/.test(name) ? 'partial' : 'page';
}

export function nameOf(file: string): string {
  return file.split(sep).join('/').replace(/\.hbs$/, '');
}

export function templateFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
