/** Rules of access in code: `auth/…`: guards, tokens, hashes, cookies, CORS, limits. GraphQL's own stand in graphql.ts. */
import { rulesOf, type RuleRow } from './rule.js';

const OWNER = 'Have somebody who owns access look at it, and try it with a user who must not get in.';
const TELL = 'Tell the callers first, and watch 401 and 403 after the deployment.';
const SESSIONS = 'Accept both for as long as old ones live.';

const ACCESS: readonly RuleRow[] = [
  ['guard-removed-from-route', 'high', 'risky', 'Guard removed from a route', 'What decided who gets in no longer runs before a route: at the route, its router, its mount or its class.', 'Whoever knows the path gets in.', OWNER],
  ['guard-added-to-route', 'medium', 'breaking', 'Guard added to a route', 'Something decides who gets in that did not before.', 'Callers without what it asks for are turned away.', TELL],
  ['guard-order-changed', 'medium', 'risky', 'Guards run in another order', 'The same guards run before a route in another order.', 'A guard may read what an earlier one has not set yet.', OWNER],
  ['role-required-changed', 'high', 'risky', 'Guard asks for something else', 'The same guard is given something else: another role, scope, strategy.', 'Others get in than before, or fewer do.', OWNER],
  ['check-removed', 'high', 'risky', 'Access check removed', 'A function no longer checks who calls it.', 'Whoever reaches the function gets through.', OWNER],
  ['check-added', 'low', 'risky', 'Access check added', 'A function checks who calls it, and did not.', 'Callers without what it asks for are turned away.', TELL],
  ['code-changed', 'low', 'unknown', 'Code that checks access changed', 'The body of a function that checks access differs, in a way that no other rule knows.', 'It may let in whom it did not, or the other way round.', OWNER],
  ['dependency-changed', 'low', 'unknown', 'Code that an access check uses changed', 'A function or value differs that code which checks access uses directly.', 'The check may let in whom it did not, or the other way round.', OWNER],
  ['jwt-none-allowed', 'critical', 'risky', 'Unsigned tokens are accepted', 'The algorithm `none` is among those that are accepted.', 'Anybody can write a token.', 'Name the one algorithm that you sign with.'],
  ['jwt-algorithm-changed', 'high', 'breaking', 'Algorithm of tokens changed', 'Tokens are signed or verified by another algorithm.', 'Tokens of before are refused, or weaker ones accepted.', SESSIONS],
  ['jwt-claim-check-removed', 'high', 'risky', 'Claim of a token no longer checked', '`issuer` or `audience` is no longer asked for.', 'Tokens that were made for somebody else are accepted.', OWNER],
  ['jwt-claim-check-added', 'medium', 'breaking', 'Claim of a token checked', '`issuer` or `audience` is asked for that was not.', 'Tokens without it are refused.', TELL],
  ['jwt-claim-changed', 'medium', 'breaking', 'Claim of a token changed', '`issuer` or `audience` is another one.', 'Tokens with the old one are refused.', SESSIONS],
  ['jwt-verify-to-decode', 'critical', 'risky', 'Token read without being verified', 'A token is decoded where it was verified.', 'Anybody can write a token.', 'Verify it, then read it.'],
  ['lifetime-lengthened', 'medium', 'risky', 'Tokens, sessions or cookies live longer', 'A lifetime is longer than before, or no longer set.', 'What is stolen can be used for longer; whom you lock out stays in for longer.', OWNER],
  ['lifetime-shortened', 'low', 'breaking', 'Tokens, sessions or cookies live shorter', 'A lifetime is shorter than before.', 'Users have to log in again; long jobs lose their token on the way.', 'See that what runs long renews its token.'],
  ['secret-source-changed', 'medium', 'breaking', 'Secret comes from elsewhere', 'What tokens or sessions are signed with is read from elsewhere.', 'Every token and session of before is void, if the secret is another one.', SESSIONS],
  ['hash-algorithm-changed', 'high', 'breaking', 'Passwords are hashed otherwise', 'Another function hashes passwords.', 'Nobody can log in whose password was hashed before, unless both are read.', 'Verify by both, and hash anew at the next login.'],
  ['hash-cost-lowered', 'high', 'risky', 'Passwords are hashed with less work', 'The cost, time or memory of a hash is lower.', 'Stolen hashes are guessed faster.', 'Keep it at what a login can bear: a quarter of a second.'],
  ['hash-cost-raised', 'low', 'risky', 'Passwords are hashed with more work', 'The cost, time or memory of a hash is higher.', 'Each login takes longer and more CPU.', 'Measure logins at peak.'],
  ['protection-switched-off', 'high', 'risky', 'Protection switched off', 'An option that protects is off, or one that weakens is on: `httpOnly`, `secure`, `sameSite`, `ignoreExpiration`, CORS `credentials`.', 'Cookies, tokens or answers reach whom they did not.', OWNER],
  ['protection-switched-on', 'low', 'risky', 'Protection switched on', 'An option that protects is on, or one that weakens is off.', 'Clients that relied on it are turned away: plain HTTP, other sites, scripts that read a cookie.', TELL],
  ['cors-origin-widened', 'high', 'risky', 'More origins may call', 'CORS lets in origins that it did not.', 'Pages of those origins read answers with the rights of whoever visits them.', 'Name the origins; never `*` together with credentials.'],
  ['cors-origin-narrowed', 'medium', 'breaking', 'Fewer origins may call', 'CORS no longer lets in an origin.', 'Pages of that origin get no answer.', TELL],
  ['public-routes-widened', 'high', 'risky', 'More routes are public', 'A list of routes that need no login is longer, or one of those that do is shorter.', 'Whoever knows the path gets in.', OWNER],
  ['public-routes-narrowed', 'medium', 'breaking', 'Fewer routes are public', 'A list of routes that need no login is shorter, or one of those that do is longer.', 'Visitors who are not logged in are turned away.', TELL],
  ['permission-added', 'medium', 'risky', 'Permission rule added', 'A rule says who may do what, and is new.', 'Others may do something, or no longer.', OWNER],
  ['permission-removed', 'medium', 'risky', 'Permission rule removed', 'A rule that said who may do what is gone.', 'Somebody may no longer do something, or everybody may.', OWNER],
  ['csrf-removed', 'high', 'risky', 'Protection against forged requests removed', 'Nothing checks any more that a request comes from your own pages.', 'Other sites can act with the rights of whoever visits them.', OWNER],
  ['csrf-added', 'medium', 'breaking', 'Protection against forged requests added', 'Requests must carry a token.', 'Clients without it are turned away.', TELL],
  ['helmet-removed', 'medium', 'risky', 'Security headers removed', 'Nothing sets security headers any more.', 'Browsers allow framing, sniffing and scripts that they did not.', 'Keep them, or set them at the gateway.'],
  ['helmet-added', 'low', 'risky', 'Security headers added', 'Security headers are set that were not.', 'A content security policy can block scripts and images of your own pages.', 'Open the pages in a browser, and read its console.'],
  ['rate-limit-removed', 'medium', 'risky', 'Rate limit removed', 'Nothing limits the number of requests any more.', 'Passwords can be tried by the thousand, and one client can take all.', 'Keep it, or limit at the gateway.'],
  ['rate-limit-added', 'low', 'risky', 'Rate limit added', 'The number of requests is limited.', 'Busy clients are turned away.', 'Compare the limit with what the busiest client does.'],
  ['rate-limit-loosened', 'medium', 'risky', 'Rate limit loosened', 'More requests are let through than before.', 'What is behind it gets more load; passwords can be tried faster.', 'See that what is behind it can carry it.'],
  ['rate-limit-tightened', 'low', 'risky', 'Rate limit tightened', 'Fewer requests are let through than before.', 'Busy clients are turned away.', 'Compare the limit with what the busiest client does.'],
  ['setting-changed', 'low', 'unknown', 'Setting of access changed', 'An option of guards, sessions, tokens or CORS differs, and which way is not known.', 'Others may get in, or fewer.', OWNER],
]; // prettier-ignore

/** See the file's head. */
export const ACCESS_RULES = rulesOf('auth', 'auth', ACCESS);
