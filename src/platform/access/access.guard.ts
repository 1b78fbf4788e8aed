import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { Clock } from '../clock';
import { forbidden, Problem } from '../problem';
import { PUBLIC, READS, RIGHT } from './can';
import { ActorSource, Rights } from './sources';
import { FORM } from '../web/page';

/** First question of access: may this role do this kind of thing? A handler that names no right is refused to all. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly source: ActorSource,
    private readonly rights: Rights,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const right = this.reflector.getAllAndOverride<string | undefined>(RIGHT, [context.getHandler(), context.getClass()]);
    if (!right) throw new Error(`${context.getClass().name}.${context.getHandler().name} names no right`);
    const request = context.switchToHttp().getRequest<Request>();
    request.hasForm = this.reflector.get(FORM, context.getHandler()) !== undefined;
    const actor = await this.source.actorOf(request);
    request.actor = actor;
    request.today = this.clock.today(actor.timeZone);
    if (right === PUBLIC) return true;
    if (actor.role === 'anonymous') throw new Problem(401, 'sign-in-needed');
    if (!this.rights.allows(actor.role, right)) throw forbidden(right);
    if (actor.scopes && !actor.scopes.includes(this.reflector.get<boolean>(READS, context.getHandler()) ? 'read' : scopeOf(request.method))) throw forbidden(right);
    return true;
  }
}

/** A token reads, or reads and writes. */
function scopeOf(method: string): string {
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
}
