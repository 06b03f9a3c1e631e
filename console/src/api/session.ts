/** Who is signed in on this page, and the ways in. */
import { computed, reactive } from 'vue';
import { get, onSignedOut, post, useCsrf } from './client';

/** What the server would not refuse this person; everything else is not offered. */
export type Offer = 'statistics' | 'operation' | 'audit' | 'heard' | 'handover';

export interface SignedIn {
  readonly person: string;
  readonly name: string;
  readonly post: string;
  readonly may: readonly Offer[];
  readonly stage: 'code' | 'full';
  readonly csrf: string;
}

interface Standing {
  readonly office: string;
  readonly platforms: readonly { readonly id: string; readonly tenant: string; readonly at: string }[];
  /** Only in the demonstration: whom one may be. */
  readonly people: readonly { readonly id: string; readonly name: string; readonly post: string }[];
  readonly session: SignedIn | null;
}

const state = reactive({ standing: null as Standing | null });

/** Null until the server has been asked. */
export const standing = computed(() => state.standing);
/** Null while nobody is fully signed in. */
export const me = computed(() => (state.standing?.session?.stage === 'full' ? state.standing.session : null));

/** Whether this is for whoever is signed in, as the server says. */
export const isOffered = (offer: Offer): boolean => me.value?.may.includes(offer) === true;

/** Asks the server how this page stands. Throws Refused. */
export async function look(): Promise<void> {
  keep(await get<Standing>('/console/session'));
}

/** By choice, in the demonstration. */
export const enterAs = (person: string) => signIn('sandbox', { person });
/** With password and code. */
export const enterWith = (person: string, password: string, code: string) => signIn('local', { person, password, code });
/** The code that is still owed. */
export const giveCode = (code: string) => signIn('code', { code });

export async function leave(): Promise<void> {
  await post('/console/session/end', {});
  await look();
}

async function signIn(way: string, body: unknown): Promise<void> {
  await post(`/console/session/${way}`, body);
  await look();
}

function keep(found: Standing): void {
  state.standing = found;
  useCsrf(found.session?.csrf ?? '');
}

onSignedOut(() => {
  if (state.standing !== null) keep({ ...state.standing, session: null });
});
