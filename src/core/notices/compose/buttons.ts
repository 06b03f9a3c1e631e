/** Buttons under messages about an incident: each is a typed sentence that needs no typing. */
import type { Button } from '../message';

/** The button under every call: a click answers the asks of that very call. */
export function ackButton(n: number, version: number): Button {
  return { key: `ack:${n}:${version}`, text: '收到' };
}

/** A click is the same as typing that verb, and `more` behind it, about incident `n`; `label` has at most 10 characters. */
export function sayButton(n: number, verb: string, label: string, more: string | null = null): Button {
  return { key: more === null ? `say:${n}:${verb}` : `say:${n}:${verb}:${more}`, text: label };
}
