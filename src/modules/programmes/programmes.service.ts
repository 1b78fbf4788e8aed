import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import type { Day } from '../../platform/days';
import { newId } from '../../platform/id';
import { AuditService } from '../audit';
import {
  federationView, operationView, programmeView, serviceView,
  type AddFederation, type AddOperation, type AddProgramme, type AddService, type EditFederation, type EditOperation, type EditProgramme, type EditService,
  type FederationView, type JoinProgramme, type OperationView, type ProgrammeView, type ServiceView, type TakingPartView,
} from './programmes.dto';
import { firstFree, isKey, keyOf } from './keys';
import { Federation, Operation, Programme, Service } from './programmes.entities';
import { endsBeforeItBegins, keyTaken, notAKey, otherFederation, outsideProgramme, partOutside, unknownChoice } from './programmes.problems';
import { ProgrammesRepository } from './programmes.repository';

/** Federations, programmes, operations and services: what the work hangs below. */
@Injectable()
export class ProgrammesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rows: ProgrammesRepository,
    private readonly audit: AuditService,
  ) {}

  // What other modules ask.

  async service(actor: Actor, id: string): Promise<ServiceView> {
    return serviceView(await this.rows.get(actor, Service, id));
  }

  async servicesByIds(actor: Actor, ids: readonly string[]): Promise<Map<string, ServiceView>> {
    return new Map((await this.rows.find(actor, Service, ids)).map((one) => [one.id, serviceView(one)]));
  }

  async programmesByIds(actor: Actor, ids: readonly string[]): Promise<Map<string, ProgrammeView>> {
    return new Map((await this.rows.find(actor, Programme, ids)).map((one) => [one.id, programmeView(one)]));
  }

  async federationsByIds(actor: Actor, ids: readonly string[]): Promise<Map<string, FederationView>> {
    return new Map((await this.rows.find(actor, Federation, ids)).map((one) => [one.id, federationView(one)]));
  }

  async operationsByIds(actor: Actor, ids: readonly string[]): Promise<Map<string, OperationView>> {
    return new Map((await this.rows.find(actor, Operation, ids)).map((one) => [one.id, operationView(one)]));
  }

  /** Operations that a person of this service may be enrolled in on a day (today when none is given). */
  async operationsOf(actor: Actor, serviceId: string, day: Day = this.clock.today(actor.timeZone)): Promise<OperationView[]> {
    return (await this.rows.operationsOfService(actor, serviceId, day)).map(operationView);
  }

  async programmeOfOperation(actor: Actor, operationId: string): Promise<ProgrammeView> {
    const operation = await this.rows.get(actor, Operation, operationId);
    return this.programme(actor, operation.programmeId);
  }

  /** @returns null where no programme has this key */
  async programmeByKey(actor: Actor, key: string): Promise<ProgrammeView | null> {
    const found = await this.rows.byKey(actor, Programme, key);
    return found && programmeView(found);
  }

  /** @returns null where no service has this key */
  async serviceByKey(actor: Actor, key: string): Promise<ServiceView | null> {
    const found = await this.rows.byKey(actor, Service, key);
    return found && serviceView(found);
  }

  // What the administrator reads.

  async federations(actor: Actor): Promise<FederationView[]> {
    return (await this.rows.all(actor, Federation)).map(federationView);
  }

  async programmes(actor: Actor): Promise<ProgrammeView[]> {
    return (await this.rows.all(actor, Programme)).map(programmeView);
  }

  async services(actor: Actor): Promise<ServiceView[]> {
    return (await this.rows.all(actor, Service)).map(serviceView);
  }

  async federation(actor: Actor, id: string): Promise<FederationView> {
    return federationView(await this.rows.get(actor, Federation, id));
  }

  async programme(actor: Actor, id: string): Promise<ProgrammeView> {
    return programmeView(await this.rows.get(actor, Programme, id));
  }

  async operation(actor: Actor, id: string): Promise<OperationView> {
    return operationView(await this.rows.get(actor, Operation, id));
  }

  async operationsOfProgramme(actor: Actor, programmeId: string): Promise<OperationView[]> {
    return (await this.rows.operationsOfProgramme(actor, programmeId)).map(operationView);
  }

  servicesOfProgramme(actor: Actor, programmeId: string): Promise<TakingPartView[]> {
    return this.rows.servicesOfProgramme(actor, programmeId);
  }

  // What the administrator changes.

  async addFederation(actor: Actor, { name, country }: AddFederation): Promise<FederationView> {
    const federation: Federation = { id: newId(), name, country, version: 1 };
    await this.rows.add(Federation, federation);
    await this.audit.record(actor, 'federation.added', { kind: 'federation', id: federation.id }, { name, country });
    return federationView(federation);
  }

  async editFederation(actor: Actor, id: string, { version, name, country }: EditFederation): Promise<FederationView> {
    const before = await this.rows.get(actor, Federation, id);
    const patch = { name, country };
    await this.database.updateOne(Federation, { id, version }, patch);
    await this.audit.record(actor, 'federation.edited', { kind: 'federation', id }, changed(before, patch));
    return this.federation(actor, id);
  }

  async addProgramme(actor: Actor, command: AddProgramme): Promise<ProgrammeView> {
    if (!(await this.rows.find(actor, Federation, [command.federationId])).length) throw unknownChoice('federationId');
    inOrder(command);
    const key = await this.freeKey(actor, Programme, command);
    const programme: Programme = { id: newId(), key, federationId: command.federationId, name: command.name, opensOn: command.opensOn, closesOn: command.closesOn ?? null, version: 1 };
    await this.rows.add(Programme, programme);
    await this.audit.record(actor, 'programme.added', { kind: 'programme', id: programme.id }, { ...command });
    return programmeView(programme);
  }

  async editProgramme(actor: Actor, id: string, { version, name, opensOn, closesOn }: EditProgramme): Promise<ProgrammeView> {
    const before = await this.rows.get(actor, Programme, id);
    inOrder({ opensOn, closesOn });
    around({ opensOn, closesOn }, [...(await this.operationsOfProgramme(actor, id)), ...(await this.servicesOfProgramme(actor, id))]);
    const patch = { name, opensOn, closesOn: closesOn ?? null };
    await this.database.updateOne(Programme, { id, version }, patch);
    await this.audit.record(actor, 'programme.edited', { kind: 'programme', id }, changed(before, patch));
    return this.programme(actor, id);
  }

  async addOperation(actor: Actor, command: AddOperation): Promise<OperationView> {
    const [programme] = await this.rows.find(actor, Programme, [command.programmeId]);
    if (!programme) throw unknownChoice('programmeId');
    inOrder(command);
    within(programme, command);
    const operation: Operation = {
      id: newId(), programmeId: programme.id, name: command.name, opensOn: command.opensOn, closesOn: command.closesOn ?? null,
      eligibility: command.eligibility ?? null, referencePopulation: command.referencePopulation ?? null, version: 1,
    };
    await this.rows.add(Operation, operation);
    await this.audit.record(actor, 'operation.added', { kind: 'operation', id: operation.id }, { ...command });
    return operationView(operation);
  }

  async editOperation(actor: Actor, id: string, { version, ...command }: EditOperation): Promise<OperationView> {
    const operation = await this.rows.get(actor, Operation, id);
    inOrder(command);
    within(await this.rows.get(actor, Programme, operation.programmeId), command);
    const patch = {
      name: command.name, opensOn: command.opensOn, closesOn: command.closesOn ?? null, eligibility: command.eligibility ?? null, referencePopulation: command.referencePopulation ?? null,
    };
    await this.database.updateOne(Operation, { id, version }, patch);
    await this.audit.record(actor, 'operation.edited', { kind: 'operation', id }, changed(operation, patch));
    return this.operation(actor, id);
  }

  async addService(actor: Actor, command: AddService): Promise<ServiceView> {
    if (!(await this.rows.find(actor, Federation, [command.federationId])).length) throw unknownChoice('federationId');
    const { federationId, name, place, country, timeZone, language } = command;
    const service: Service = { id: newId(), key: await this.freeKey(actor, Service, command), federationId, name, place, country, timeZone, language, version: 1 };
    await this.rows.add(Service, service);
    await this.audit.record(actor, 'service.added', { kind: 'service', id: service.id }, { ...command });
    return serviceView(service);
  }

  async editService(actor: Actor, id: string, { version, name, place, country, timeZone, language }: EditService): Promise<ServiceView> {
    const before = await this.rows.get(actor, Service, id);
    const patch = { name, place, country, timeZone, language };
    await this.database.updateOne(Service, { id, version }, patch);
    await this.audit.record(actor, 'service.edited', { kind: 'service', id }, changed(before, patch));
    return this.service(actor, id);
  }

  /** A service begins to run a programme, or its days change. */
  async joinProgramme(actor: Actor, programmeId: string, { serviceId, opensOn, closesOn }: JoinProgramme): Promise<TakingPartView[]> {
    const programme = await this.rows.get(actor, Programme, programmeId);
    const [service] = await this.rows.find(actor, Service, [serviceId]);
    if (!service) throw unknownChoice('serviceId');
    if (service.federationId !== programme.federationId) throw otherFederation('serviceId');
    inOrder({ opensOn, closesOn });
    within(programme, { opensOn, closesOn });
    await this.rows.takePart({ programmeId, serviceId, opensOn, closesOn: closesOn ?? null });
    await this.audit.record(actor, 'programme.joined', { kind: 'programme', id: programmeId }, { serviceId, service: service.name, opensOn, closesOn: closesOn ?? null });
    return this.servicesOfProgramme(actor, programmeId);
  }

  /** The key that was asked for, or the first free one that the name gives. @throws Problem 422 where it is none, or taken */
  private async freeKey(actor: Actor, type: typeof Programme | typeof Service, { key, name }: { key?: string; name: string }): Promise<string> {
    if (key !== undefined && !isKey(key)) throw notAKey();
    const wanted = key ?? keyOf(name);
    const taken = new Set(await this.rows.keysLike(actor, type, wanted));
    if (key !== undefined && taken.has(key)) throw keyTaken();
    return firstFree(wanted, taken);
  }
}

/** The fields of a change that make a difference, with their new values. */
function changed<P extends object>(before: P, patch: P): Partial<P> {
  return Object.fromEntries(Object.entries(patch).filter(([name, value]) => before[name as keyof P] !== value)) as Partial<P>;
}

interface Period {
  opensOn: Day;
  closesOn?: Day | null;
}

function inOrder({ opensOn, closesOn }: Period): void {
  if (closesOn && closesOn < opensOn) throw endsBeforeItBegins();
}

/** The whole that changes still holds its parts. */
function around(whole: Period, parts: readonly (Period & { name: string })[]): void {
  const early = parts.find((part) => part.opensOn < whole.opensOn);
  if (early) throw partOutside('opensOn', early.name);
  const late = parts.find((part) => whole.closesOn && (part.closesOn ?? part.opensOn) > whole.closesOn);
  if (late) throw partOutside('closesOn', late.name);
}

/** A part begins and ends within the whole; without end when the whole has none. */
function within(whole: Programme, part: Period): void {
  if (part.opensOn < whole.opensOn) throw outsideProgramme('opensOn', whole.opensOn, whole.closesOn);
  if (whole.closesOn && (part.closesOn ?? part.opensOn) > whole.closesOn) throw outsideProgramme('closesOn', whole.opensOn, whole.closesOn);
}
