/** The carriers this process uses: real ones from `platforms.yaml`, or the sandbox's over its wire. */

import { createCarrier } from '../carrier';
import { CarrierSettings } from '../carrier/settings';
import type { Carrier } from '../ports/carrier';
import type { Clock } from '../ports/clock';
import type { Directory } from '../ports/directory';
import type { Log } from '../ports/log';
import { mayCall } from '../settings/mayCall';

export interface CarrierPorts {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly log: Log;
}

/** One carrier; null and a fault in `faults` for each thing that is wrong, none of which repeats a secret. */
export function carrierOf(given: unknown, where: string, { clock, directory, log }: CarrierPorts, faults: string[]): Carrier | null {
  const checked = CarrierSettings.safeParse(given);
  if (!checked.success) faults.push(...checked.error.issues.map((issue) => `${where} ${issue.path.join('.')}：${issue.message}`));
  else if (!mayCall(checked.data.url)) faults.push(`${where} url：应为 https:// 地址，或本机、内网地址的 http:// 地址`);
  if (!checked.success || !mayCall(checked.data.url)) return null;
  const phoneOf = async (person: string): Promise<string | null> => (await directory.at(clock.now())).people.get(person)?.phone ?? null;
  return createCarrier(checked.data, { clock, log, phoneOf });
}

/** The sandbox's, which serves both ports. */
export function sandboxCarrier(binding: { readonly url: string; readonly key: string }, ports: CarrierPorts): Carrier {
  const faults: string[] = [];
  const carrier = carrierOf({ id: 'sandbox', sms: true, voice: true, signature: '【烽火】', ...binding }, 'sandbox', ports, faults);
  if (carrier === null) throw new Error(faults.join('; '));
  return carrier;
}
