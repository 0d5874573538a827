/**
 * Words in names that say who may do what. Data for telling a guard from other code that runs before a route.
 * A name is split at capitals, dots and underscores; `requireUser` is `require`, `user`.
 */

/** One of them is enough. */
export const ACCESS_WORDS: ReadonlySet<string> = new Set(
  `auth authn authz authenticate authenticated authenticates authentication authorize authorized authorization authorise authorised
  guard guards protect protected permission permissions permit role roles rbac abac acl jwt token tokens login logged signin
  passport csrf admin oauth oidc saml sso mfa totp bearer credential credentials apikey ability abilities scope scopes
  policy policies clerk keycloak`.split(/\s+/),
);

/** One of the first before one of the second: `requireUser`, `ensureOwner`, `withSession`, `checkApiKey`. */
export const DEMANDING_WORDS: ReadonlySet<string> = new Set(
  'require required requires ensure check verify verified assert validate with must only is has can'.split(' '),
);

/** See {@link DEMANDING_WORDS}. */
export const ACTOR_WORDS: ReadonlySet<string> = new Set(
  'user session account member owner tenant staff operator identity key signature'.split(' '),
);

/** What is only shown, where a name ends with it: `LoginBackground`, `roleIcon`. */
export const SHOWN_WORDS: ReadonlySet<string> = new Set(
  'animation background banner color colour footer header icon illustration image label layout logo placeholder skeleton style styles text theme title video'.split(
    ' ',
  ),
);

/** Beside them tokens are parts of a text, or of a design: `countTokens`, `tokenUsage`, `designTokens`. */
export const MEASURED_WORDS: ReadonlySet<string> = new Set(
  'budget color colour completion context cost count counter counts design estimate input max output price prompt stream text theme tokenize tokenizer total usage'.split(
    ' ',
  ),
);

/** Files whose place says so. */
export const ACCESS_PLACES =
  /(?:^|\/)(?:auth|authn|authz|authentication|authorization|guards?|policies|permissions?|abilities|rbac|acl)(?:\/|\.[jt]sx?$)|\.(?:guard|strategy|policy|ability)\.[jt]sx?$/;
