import type { Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { PUBLIC, RIGHT } from '../../src/platform/access/can';

export interface Route {
  /** `GET /participants/:id`. */
  name: string;
  method: string;
  path: string;
}

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

/** Every route that the running application answers, read from its router. */
export function routesOf(nest: NestExpressApplication): Route[] {
  const { router } = nest.getHttpAdapter().getInstance() as unknown as { router: { stack: Layer[] } };
  return router.stack.flatMap(({ route }) => (route ? Object.keys(route.methods).map((verb) => ({ method: verb.toUpperCase(), path: route.path, name: `${verb.toUpperCase()} ${route.path}` })) : []))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** What each handler asks for, read from its declaration: `Class.method` → the right, `public`, or undefined where it was forgotten. */
export function rightsOf(nest: NestExpressApplication): Map<string, string | undefined> {
  const rights = new Map<string, string | undefined>();
  for (const module of nest.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const type = metatype as Type;
      const prototype = type.prototype as Record<string, object>;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const handler = Object.getOwnPropertyDescriptor(prototype, name)?.value as object | undefined;
        if (!handler || Reflect.getMetadata(METHOD_METADATA, handler) === undefined || Reflect.getMetadata(PATH_METADATA, handler) === undefined) continue;
        rights.set(`${type.name}.${name}`, (Reflect.getMetadata(RIGHT, handler) ?? Reflect.getMetadata(RIGHT, type)) as string | undefined);
      }
    }
  }
  return rights;
}

export { PUBLIC };
