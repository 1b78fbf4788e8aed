import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A filter of the caseload that somebody keeps under a name, in one service. */
@Entity('saved_view')
export class SavedView {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('text') name!: string;
  /** As it stands in the address, without the question mark; known names only. */
  @Column('text') query!: string;
}
