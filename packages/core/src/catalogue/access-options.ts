/**
 * Options of guards, tokens, cookies and the like, and how a change of each is judged: data for the rules `auth/…`.
 * In: rows `[rows, options, judgement]`, matched in order, the first that fits counts. Options are those of catalogue/frameworks.
 */

/** How two values of an option are compared; see analyze/risk/code/access-option-flags.ts. */
export type AccessJudgement =
  /** `true` protects. */
  | 'protects'
  /** `true` weakens. */
  | 'exposes'
  | 'same-site'
  | 'algorithm'
  /** A claim that a token must have. */
  | 'claim'
  | 'lifetime'
  /** Never printed. */
  | 'secret'
  | 'origin'
  /** More is looser. */
  | 'looser'
  /** Less is looser. */
  | 'tighter'
  /** The work of a hash. */
  | 'cost'
  | 'public-routes'
  | 'other';

/** One row: ids of catalogue rows, names of options, judgement. */
export interface AccessOption {
  readonly rows: RegExp;
  readonly options: RegExp;
  readonly judgement: AccessJudgement;
}

/** See the file's head. */
export const ACCESS_OPTIONS: readonly AccessOption[] = [
  option(/./, /(?:^|\.)(?:secret|secretOrKey|password)$/, 'secret'),
  option(/\.hash$|\.salt$|password-hash$/, /^(?:cost|timeCost|memoryCost)$/, 'cost'),
  option(/rate-limit|better-auth/, /^(?:max|limit|rateLimit\.max)$/, 'looser'),
  option(/rate-limit|better-auth/, /^(?:windowMs|timeWindow|rateLimit\.window)$/, 'tighter'),
  option(/fastify\.plugins/, /^max$/, 'looser'),
  option(/./, /(?:^|\.)(?:httpOnly|secure|useSecureCookies|credentialsRequired)$/, 'protects'),
  option(/better-auth/, /^(?:rateLimit\.enabled|emailAndPassword\.requireEmailVerification)$/, 'protects'),
  option(/helmet/, /./, 'protects'),
  option(/./, /^(?:ignoreExpiration|debug)$/, 'exposes'),
  option(/cors|fastify\.plugins/, /^credentials$/, 'exposes'),
  option(/cors|fastify\.plugins/, /^origin$/, 'origin'),
  option(/./, /(?:^|\.)sameSite$/, 'same-site'),
  option(/./, /(?:^|\.)(?:algorithms?|alg)$/, 'algorithm'),
  option(/./, /(?:^|\.)(?:issuer|audience)$/, 'claim'),
  option(/cors/, /^maxAge$/, 'other'),
  option(/./, /(?:^|\.)(?:expiresIn|maxAge|ttl|maxTokenAge|clockTolerance)$/, 'lifetime'),
  option(/clerk\.matcher/, /^matcher$/, 'public-routes'),
  option(/./, /^(?:session|session\.strategy|trustHost|scope|domain|name|cookieName|credentials|methods|allowedHeaders)$/, 'other'),
]; // prettier-ignore

function option(rows: RegExp, options: RegExp, judgement: AccessJudgement): AccessOption {
  return { rows, options, judgement };
}
