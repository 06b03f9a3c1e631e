/** The rules of each family by the command they answer; every command has exactly one. */
import type { Envelope, IncidentCommand } from '../commands';
import type { IncidentState } from '../state';
import type { Decision, Scene } from './scene';

/** Decides one kind of command on an incident whose status allows it. Pure. */
export type Rule<C extends IncidentCommand> = (scene: Scene, state: IncidentState, envelope: Envelope, command: C) => Decision;

export type Rules<C extends IncidentCommand> = { readonly [T in C['type']]: Rule<Extract<C, { readonly type: T }>> };
