import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';

/** The description of the API, made once from the declarations of commands and served as a document, which is read and nothing else. */
export function openApi(app: NestExpressApplication): void {
  let made: OpenAPIObject | null = null;
  app.use('/api/v1/openapi.json', (request: Request, response: Response, next: NextFunction) => {
    if (request.path !== '/') return next();
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.set('Allow', 'GET, HEAD');
      return next(Object.assign(new Error('a document is read only'), { status: 405 }));
    }
    made ??= describe(app);
    response.json(made);
  });
}

function describe(app: NestExpressApplication): OpenAPIObject {
  const base = new DocumentBuilder().setTitle('Jalon').setVersion('1')
    .setDescription('Case management for job coaching. Refusals are problem documents (RFC 9457): code, title, detail, and errors field by field.')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A personal access token' }).build();
  const whole = SwaggerModule.createDocument(app, base, { deepScanRoutes: true });
  const paths = Object.fromEntries(Object.entries(whole.paths).filter(([path]) => path.startsWith('/api/v1/')));
  const problem = {
    type: 'object', required: ['type', 'title', 'status', 'code'],
    properties: {
      type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' }, instance: { type: 'string', nullable: true }, code: { type: 'string' },
      errors: { type: 'array', items: { type: 'object', properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } } } },
    },
  } as const;
  for (const operations of Object.values(paths)) {
    for (const operation of Object.values(operations) as { responses?: Record<string, unknown>; security?: unknown[] }[]) {
      operation.security = [{ bearer: [] }];
      const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
      operation.responses = {
        ...operation.responses,
        401: { description: 'Not signed in', content }, 403: { description: 'Not for this role', content }, 404: { description: 'Not there, or not for this user', content },
        409: { description: 'The state does not allow it, or somebody changed it meanwhile', content }, 422: { description: 'The input makes no sense', content },
      };
    }
  }
  return { ...whole, paths, components: { ...whole.components, schemas: { ...whole.components?.schemas, Problem: problem as never } } };
}
