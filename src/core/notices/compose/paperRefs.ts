/** Which words of the vault the notices about papers are made of. */
import type { TextRef } from '../../incident/events';
import { paperNamed } from '../../incident/papers/find';
import type { IncidentState } from '../../incident/state';
import type { Intent } from '../intent';

/** Vault ids of what the intents about papers show: the last two versions, remarks, receipts. */
export function paperRefs({ papers }: Pick<IncidentState, 'papers'>, intents: readonly Intent[]): readonly (TextRef | undefined)[] {
  const about = intents.filter(isAboutPaper).flatMap(({ keys, act }) => [...keys, ...(act !== undefined && 'id' in act ? [act.id] : [])]);
  return [...new Set(about)].flatMap((id) => {
    const paper = paperNamed({ papers }, id);
    if (paper === undefined) return [];
    const { versions, remarks, sendings } = paper;
    return [
      ...versions.slice(-2).map(({ content }) => content),
      ...remarks.map(({ text }) => text),
      ...sendings.map(({ receipt }) => receipt?.who),
    ];
  });
}

function isAboutPaper({ purpose, act }: Intent): boolean {
  return purpose === 'paper_asked' || purpose === 'paper_shown' || act?.type.startsWith('Paper') === true;
}
