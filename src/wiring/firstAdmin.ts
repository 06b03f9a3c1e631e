/** The first way in: as long as no administrator has set a password, the start shows each of them a link that opens once. */
import { rolesOf } from '../core/rights/reach';
import type { PersonId } from '../core/roster/roster';
import type { NoteAct } from '../handlers/adminRecord';
import type { Clock } from '../ports/clock';
import type { Directory } from '../ports/directory';
import { type CredentialPorts, giveLink } from '../web/console/credentials';

/** A link and whose it is; it opens once, within a day. */
export interface FirstLink {
  readonly person: PersonId;
  readonly name: string;
  readonly url: string;
}

const ADMINISTRATOR = 'sysadmin';

/** Empty once one of them has set a password. The links before end: only what was shown last opens. */
export async function firstLinks(
  ports: CredentialPorts & {
    readonly directory: Directory;
    readonly clock: Clock;
    readonly publicUrl: () => string;
    readonly note: NoteAct;
  },
): Promise<readonly FirstLink[]> {
  const roster = await ports.directory.at(ports.clock.now());
  const administrators = [...roster.people.values()].filter(({ id }) => rolesOf(roster, id).includes(ADMINISTRATOR));
  const kept = await Promise.all(administrators.map(({ id }) => ports.credentials.read(id)));
  if (kept.some((credentials) => credentials?.password != null)) return [];
  return Promise.all(
    administrators.map(async ({ id, name }) => {
      await ports.note({ type: 'LinkGiven', by: null, system: 'start', from: null, person: id });
      return { person: id, name, url: `${ports.publicUrl()}/console/first/${await giveLink(ports, id)}` };
    }),
  );
}
