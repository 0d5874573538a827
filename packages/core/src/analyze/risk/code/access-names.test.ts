import { expect, it } from 'vitest';
import { namesAccess } from './access-names.js';

it.each(['requireUser', 'jwtToken', 'verifyAccessToken', 'AuthGuard', 'with_session', 'isOwner', 'rolesFor'])(
  'takes %s to be about access',
  (name) => expect(namesAccess(name)).toBe(true),
);

it.each(['list', 'LoginVideoBackground', 'roleIcon', 'countTokens', 'tokenUsage', 'designTokens', 'userIs', 'author'])(
  'does not take %s to be about access',
  (name) => expect(namesAccess(name)).toBe(false),
);
