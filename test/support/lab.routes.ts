import { readFile, stat } from 'node:fs/promises';
import { Controller, Delete, Get, HttpCode, Patch, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Actor } from '../../src/platform/access/actor';
import { Can, CurrentActor, Public } from '../../src/platform/access/can';
import { Database } from '../../src/platform/database/database';
import { newId } from '../../src/platform/id';
import { conflict, notFound } from '../../src/platform/problem';
import { CsrfGuard } from '../../src/platform/web/csrf';
import { Day, Email, Flag, Id, Many, Nested, OneOf, Text, Whole } from '../../src/platform/web/fields';
import { Filter, Input, PathId } from '../../src/platform/web/input';
import { Created, created, NoUnit, Page, redirect, Redirect } from '../../src/platform/web/page';
import { Upload, Uploaded, type UploadedFile } from '../../src/platform/web/uploads';

/** Bytes of the largest file. */
export const LAB_MAX = 1_000;

@Entity('lab_thing')
export class LabThing {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('text') name!: string;
  @Column('int') version!: number;
}

export class MakeThing {
  @Text({ max: 40 }) name!: string;
}
export class RenameThing {
  @Text({ max: 40 }) name!: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}
class Part {
  @Text({ max: 20 }) name!: string;
}
export class Everything {
  @Text({ max: 40 }) name!: string;
  @Whole({ min: 0, max: 1_000, optional: true }) count?: number;
  @Flag({ optional: true }) willing?: boolean;
  @Day({ optional: true }) on?: string;
  @OneOf(['red', 'green'], { optional: true }) colour?: string;
  @Id({ optional: true }) other?: string;
  @Email({ optional: true }) mail?: string;
  @Many(['a', 'b'], { max: 2, optional: true }) letters?: string[];
  @Nested(() => Part, { optional: true }) part?: Part;
}
export class LabFilter {
  @Text({ max: 40, optional: true }) name?: string;
  @OneOf(['name', 'id'], { optional: true }) sort?: string;
  @Whole({ min: 1, max: 10_000, optional: true }) page?: number;
}

/** Routes that try what a module must not do, and what it does every day. */
@Controller()
export class LabRoutes {
  constructor(
    private readonly database: Database,
    private readonly csrf: CsrfGuard,
  ) {}

  @Get('lab/token') @Public() @NoUnit()
  token(@Req() request: Request, @Res({ passthrough: true }) response: Response): string {
    return this.csrf.tokenFor(request, response);
  }

  @Get('lab/things') @Can('lab.read')
  list(@Filter(LabFilter) filter: LabFilter): Promise<object[]> {
    return this.database.sql(`select id, name from lab_thing where $1::text is null or name = $1 order by ${filter.sort ?? 'id'}`, [filter.name ?? null]);
  }

  @Get('lab/things/:id') @Can('lab.read')
  async one(@PathId('id') id: string): Promise<object> {
    const [thing] = await this.database.sql('select id, name, version from lab_thing where id = $1', [id]);
    if (!thing) throw notFound();
    return thing;
  }

  @Get('lab/page') @Can('lab.read') @Page('platform/help')
  page(): object {
    return {};
  }

  @Get('lab/sneaky') @Can('lab.read')
  async sneaky(@CurrentActor() actor: Actor): Promise<string> {
    await this.insert(actor, 'sneaky');
    return 'done';
  }

  @Get('lab/forgotten')
  forgotten(): string {
    return 'open';
  }

  @Get('lab/refused') @Can('lab.refused')
  refused(): string {
    return 'open';
  }

  @Get('lab/late') @Can('lab.read')
  late(): string {
    this.database.afterwards(async () => { throw conflict('already-there'); });
    return 'shown';
  }

  @Get('lab/fault') @Can('lab.read')
  fault(): Promise<unknown> {
    return this.database.sql("select 'CANARY-7f3a'::int, $1::text", ['CANARY-7f3a']);
  }

  @Post('lab/things') @Can('lab.make')
  async make(@CurrentActor() actor: Actor, @Input(MakeThing) { name }: MakeThing): Promise<Redirect> {
    const id = await this.insert(actor, name);
    return redirect(`/lab/things/${id}`);
  }

  @Post('lab/fail') @Can('lab.make')
  async fail(@CurrentActor() actor: Actor, @Input(MakeThing) { name }: MakeThing): Promise<void> {
    await this.insert(actor, name);
    throw conflict('already-there');
  }

  @Post('lab/everything') @Can('lab.make')
  form(@Input(Everything) given: Everything): object {
    return given;
  }

  @Post('lab/upload') @Can('lab.make') @HttpCode(200) @Upload('file', { max: LAB_MAX, command: MakeThing })
  async upload(@Input(MakeThing) { name }: MakeThing, @Uploaded() file: UploadedFile | null): Promise<object> {
    return { name, file: file && { name: file.name, bytes: file.bytes, mode: (await stat(file.path)).mode & 0o777, text: await readFile(file.path, 'latin1') } };
  }

  @Post('api/v1/lab/upload') @Can('lab.make') @HttpCode(200) @Upload('file', { max: LAB_MAX })
  apiUpload(@Uploaded() file: UploadedFile | null): object {
    return { bytes: file?.bytes ?? null };
  }

  @Post('api/v1/lab/everything') @Can('lab.make')
  json(@Input(Everything) given: Everything): object {
    return given;
  }

  @Get('api/v1/lab/things') @Can('lab.read')
  apiList(@Filter(LabFilter) filter: LabFilter): Promise<object[]> {
    return this.list(filter);
  }

  @Get('api/v1/lab/things/:id') @Can('lab.read')
  apiOne(@PathId('id') id: string): Promise<object> {
    return this.one(id);
  }

  @Post('api/v1/lab/things') @Can('lab.make')
  async apiMake(@CurrentActor() actor: Actor, @Input(MakeThing) { name }: MakeThing): Promise<Created<{ id: string; name: string }>> {
    const id = await this.insert(actor, name);
    return created(`/api/v1/lab/things/${id}`, { id, name });
  }

  @Patch('api/v1/lab/things/:id') @Can('lab.make')
  async apiRename(@PathId('id') id: string, @Input(RenameThing) { name, version }: RenameThing): Promise<object> {
    await this.database.updateOne(LabThing, { id, version }, { name });
    return this.one(id);
  }

  @Delete('api/v1/lab/things/:id') @Can('lab.make')
  async apiDelete(@PathId('id') id: string): Promise<void> {
    await this.database.sql('delete from lab_thing where id = $1', [id]);
  }

  /** One act of four statements, its trace in the same transaction. */
  private async insert(actor: Actor, name: string): Promise<string> {
    const id = newId();
    await this.database.sql('insert into lab_thing (id, service_id, name) values ($1, $2, $3)', [id, actor.service, name]);
    await this.database.sql('insert into lab_trace (id, service_id, what) values ($1, $2, $3)', [newId(), actor.service, `made ${name}`]);
    return id;
  }
}
