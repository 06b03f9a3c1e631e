/** Where what we call may stand: on this machine or in the office's own network, elsewhere only behind a certificate. */
import { BlockList, isIP } from 'node:net';

const OWN = new BlockList();
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
] as const)
  OWN.addSubnet(net, bits, 'ipv4');
OWN.addAddress('::1', 'ipv6');
OWN.addSubnet('fc00::', 7, 'ipv6');

/** Where machines of a cloud tell their secrets. */
const LINK_LOCAL = new BlockList();
LINK_LOCAL.addSubnet('169.254.0.0', 16, 'ipv4');
LINK_LOCAL.addSubnet('fe80::', 10, 'ipv6');

/** `http` needs an address (or localhost) that never leaves the office; `https` any host but a link-local one. No account or anchor in it. */
export function mayCall(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (`${username}${password}${hash}` !== '' || isIn(LINK_LOCAL, host)) return false;
  return protocol === 'https:' || (protocol === 'http:' && (host === 'localhost' || isIn(OWN, host)));
}

/** The same without a query: paths are added to it. */
export function mayRead(text: string): boolean {
  return mayCall(text) && new URL(text).search === '';
}

function isIn(list: BlockList, host: string): boolean {
  const kind = isIP(host);
  return kind !== 0 && list.check(host, kind === 4 ? 'ipv4' : 'ipv6');
}
