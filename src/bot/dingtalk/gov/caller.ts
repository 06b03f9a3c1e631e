/** This machine as the gateway wants it named in every call; any plausible value passes (dossier 6.2). */
import { networkInterfaces } from 'node:os';

/** An address and a hardware address that belong together. */
export interface Caller {
  readonly ip: string;
  readonly mac: string;
}

const NOWHERE: Caller = { ip: '127.0.0.1', mac: '00:00:00:00:00:00' };

/** The first IPv4 address that leads out of the machine, else loopback. Read once, at the start. */
export function thisMachine(): Caller {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const out = all.find(({ family, internal }) => family === 'IPv4' && !internal);
  return out === undefined ? NOWHERE : { ip: out.address, mac: out.mac };
}
