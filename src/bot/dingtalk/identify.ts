/** Some messages name their sender only by the id across apps; this asks for the userid (dossier 2.1, 5). */
import { z } from 'zod';
import { createIdentify, type Identify } from '../wire/identify';
import { unionOf } from './intake/sender';
import type { DingParts } from './parts';

const Found = z.looseObject({ result: z.looseObject({ userid: z.string().min(1) }) });

/** Asks the platform about one such id at a time; people outside the organisation have no userid and stay strangers. */
export function createUserids({ api, deps, features }: DingParts): Identify {
  return createIdentify(
    {
      isForeign: (account) => unionOf(account) !== null && features.may('contacts'),
      async plainOf(account) {
        const body = { unionid: unionOf(account) ?? '' };
        const reading = await api.old('topapi/user/getbyunionid', { body }, new AbortController().signal);
        const found = reading.is === 'answer' ? Found.safeParse(reading.body) : null;
        return found?.success ? found.data.result.userid : null;
      },
    },
    deps,
  );
}
