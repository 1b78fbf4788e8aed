abstract class PlacementEvent {
  constructor(
    readonly placementId: string,
    readonly participantId: string,
  ) {}
}

/** The first day was worked. */
export class PlacementStarted extends PlacementEvent {}
/** A day, the contract, the hours or the wage is another one; or it turned out that the job never began. */
export class PlacementChanged extends PlacementEvent {}
export class PlacementEnded extends PlacementEvent {}
/** Its end was written down in error: it goes on. */
export class PlacementReopened extends PlacementEvent {}
/** It was entered in error: it counts nowhere. */
export class PlacementAnnulled extends PlacementEvent {}
