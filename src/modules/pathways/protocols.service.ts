import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { newId } from '../../platform/id';
import { notFound } from '../../platform/problem';
import { AuditService } from '../audit';
import { allows } from '../identity';
import { ProgrammesService } from '../programmes';
import { ProtocolVersion } from './entities';
import { FactsRegistry } from './facts';
import type { Adopt, ChangeDraft, OpenOperationView, ProtocolPageView, ProtocolView, PublishDraft, WriteDraft } from './pathways.dto';
import { alreadyAdopted, badDocument, badShape, noProtocol, notAdoptable, notPublishable, numberTaken, publishedForGood } from './pathways.problems';
import { hashOf, type Pathway, type Protocol } from './protocol';
import { ProtocolsRepository } from './protocols.repository';
import { findingsOf, type Finding } from './publication';
import { isProtocol } from './schema';

/** Protocols: written as drafts, checked, published for good, adopted by programmes. */
@Injectable()
export class ProtocolsService {
  constructor(
    private readonly protocols: ProtocolsRepository,
    private readonly facts: FactsRegistry,
    private readonly programmes: ProgrammesService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor): Promise<ProtocolView[]> {
    return (await this.protocols.list(actor, actor.federation)).map((one) => view(one, actor));
  }

  async get(actor: Actor, id: string): Promise<ProtocolPageView> {
    const found = await this.protocols.get(actor, id, actor.federation);
    return { protocol: view(found, actor), document: found.document, findings: found.state === 'draft' ? this.check(found.document) : [] };
  }

  /** Everything that speaks against publishing a document, as far as the present modules can judge. */
  check(document: unknown): Finding[] {
    return findingsOf(document, this.facts.kinds(), (requirement) => this.facts.canBeMet(requirement), (role) => allows(role, 'step.take'));
  }

  /** The number that the next version of the editor's federation bears. */
  async nextNumber(actor: Actor, pathway: Pathway): Promise<number> {
    return 1 + Math.max(0, ...(await this.protocols.list(actor, actor.federation)).filter((one) => one.pathway === pathway).map((one) => one.number));
  }

  /** A draft of the editor's federation. It may be wrong in every way but one: it has the shape of a protocol. */
  async write(actor: Actor, command: WriteDraft): Promise<string> {
    const document = parsed(command.document);
    const taken = (await this.protocols.list(actor, actor.federation)).some((one) => one.federationId === actor.federation && one.pathway === document.pathway && one.number === document.version);
    if (taken) throw numberTaken(await this.nextNumber(actor, document.pathway));
    return this.insert(actor, document, actor.federation);
  }

  async change(actor: Actor, id: string, command: ChangeDraft): Promise<void> {
    const found = await this.own(actor, id);
    const document = parsed(command.document);
    await this.protocols.update({ id, version: command.version }, { document: { ...document, pathway: found.pathway, version: found.number } });
    await this.audit.record(actor, 'protocol.changed', { kind: 'protocol', id });
  }

  /** For good: the document is hashed and written a second time, as the rows that the database checks steps against. */
  async publish(actor: Actor, id: string, command: PublishDraft): Promise<void> {
    const found = await this.own(actor, id);
    const findings = this.check(found.document);
    if (findings.length > 0) throw notPublishable(findings);
    await this.protocols.writeRules(id, found.document);
    await this.protocols.update({ id, version: command.version }, { state: 'published', hash: hashOf(found.document), publishedBy: actor.id, publishedAt: this.clock.now() });
    await this.audit.record(actor, 'protocol.published', { kind: 'protocol', id }, { pathway: found.pathway, number: found.number });
  }

  /** From today on, the programme's new enrolments go by this version. Running ones stay on theirs. */
  async adopt(actor: Actor, command: Adopt): Promise<void> {
    const programme = await this.programmes.programme(actor, command.programmeId);
    const found = await this.protocols.get(actor, command.versionId, programme.federationId);
    if (found.state !== 'published' || (found.federationId !== null && found.federationId !== programme.federationId)) throw notAdoptable();
    if ((await this.adopted(actor, [programme.id])).some((one) => one.versionId === found.id)) throw alreadyAdopted();
    await this.protocols.adopt(newId(), programme.id, found.pathway, found.id, this.clock.today(actor.timeZone), actor.id);
    await this.audit.record(actor, 'protocol.adopted', { kind: 'protocol', id: found.id }, { programmeId: programme.id, programme: programme.name, pathway: found.pathway, number: found.number });
  }

  /** Of the protocols that come with the product, the newest of each pathway that is published: what a new programme goes by. */
  async newestShipped(actor: Actor): Promise<ProtocolView[]> {
    const published = (await this.list(actor)).filter((one) => one.shipped && one.state === 'published');
    return published.filter((one) => !published.some((other) => other.pathway === one.pathway && other.number > one.number));
  }

  /** What these programmes go by today. */
  adopted(actor: Actor, programmeIds: readonly string[]): ReturnType<ProtocolsRepository['adopted']> {
    return this.protocols.adopted(programmeIds, this.clock.today(actor.timeZone));
  }

  /** The operations of the actor's service that are open today, with the pathways that their programme has adopted a protocol for. */
  async operations(actor: Actor): Promise<OpenOperationView[]> {
    if (!actor.service) return [];
    const operations = await this.programmes.operationsOf(actor, actor.service);
    const adopted = await this.adopted(actor, [...new Set(operations.map((one) => one.programmeId))]);
    return operations.map(({ id, programmeId, name, opensOn, closesOn }) => ({
      id, programmeId, name, opensOn, closesOn,
      pathways: adopted.filter((one) => one.programmeId === programmeId).map(({ pathway, versionId }) => ({ pathway, versionId })),
    }));
  }

  /** What may be opened in the actor's service today: each operation with each of its pathways. */
  async choices(actor: Actor): Promise<{ operationId: string; operationName: string; pathway: Pathway; versionId: string }[]> {
    return (await this.operations(actor)).flatMap(({ id, name, pathways }) => pathways.map((one) => ({ operationId: id, operationName: name, ...one })));
  }

  /** The version by which a new enrolment goes. @throws Problem 422 where none is adopted, or the operation is not this service's */
  async current(actor: Actor, operationId: string, pathway: Pathway): Promise<string> {
    const adopted = await this.adoptedFor(actor, operationId, pathway);
    if (!adopted) throw noProtocol();
    return adopted;
  }

  /** The version that the operation's programme goes by today; null where it has adopted none. */
  async adoptedFor(actor: Actor, operationId: string, pathway: Pathway): Promise<string | null> {
    return (await this.choices(actor)).find((one) => one.operationId === operationId && one.pathway === pathway)?.versionId ?? null;
  }

  /** Documents by version, for enrolments that the caller has already been allowed to see. */
  async documents(ids: readonly string[]): Promise<Map<string, ProtocolVersion>> {
    return this.protocols.byIds(ids);
  }

  /** Puts in a protocol that comes with the product; published when every requirement can be judged, else a draft. */
  async install(system: Actor, document: Protocol): Promise<ProtocolView> {
    const there = (await this.protocols.list(system, null)).find((one) => one.federationId === null && one.pathway === document.pathway && one.number === document.version);
    if (there?.state === 'published') return view(there, system);
    const isNew = there !== undefined && hashOf(there.document) !== hashOf(document);
    if (isNew) await this.protocols.update(there, { document });
    const id = there?.id ?? await this.insert(system, document, null);
    if (this.check(document).length === 0) await this.publish(system, id, { version: (there?.version ?? 1) + (isNew ? 1 : 0) });
    return view(await this.protocols.get(system, id, null), system);
  }

  private async insert(actor: Actor, document: Protocol, federationId: string | null): Promise<string> {
    const id = newId();
    await this.protocols.insert({
      id, federationId, pathway: document.pathway, number: document.version, state: 'draft', document, hash: null, createdBy: actor.id, createdAt: this.clock.now(),
      publishedBy: null, publishedAt: null, version: 1,
    });
    await this.audit.record(actor, 'protocol.written', { kind: 'protocol', id }, { pathway: document.pathway, number: document.version });
    return id;
  }

  private async own(actor: Actor, id: string): Promise<ProtocolVersion> {
    const found = await this.protocols.get(actor, id, actor.federation);
    if (actor.role !== 'system' && found.federationId !== actor.federation) throw notFound();
    if (found.state === 'published') throw publishedForGood();
    return found;
  }
}

function parsed(text: string): Protocol {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw badDocument();
  }
  if (!isProtocol(document)) throw badShape(findingsOf(document, null));
  return document;
}

function view(found: ProtocolVersion, actor: Actor): ProtocolView {
  return {
    id: found.id, pathway: found.pathway, number: found.number, state: found.state, title: found.document.title, summary: found.document.summary, hash: found.hash,
    publishedAt: found.publishedAt?.toISOString() ?? null, shipped: found.federationId === null, mine: found.federationId !== null && found.federationId === actor.federation, version: found.version,
  };
}
