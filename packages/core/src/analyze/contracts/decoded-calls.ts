/**
 * Call records of files, decoded when they are first asked for.
 * In: facts. Out: their tables. Not here: what is in them (model/calls.ts).
 */
import { decodeCalls, NO_CALLS, type FileCalls } from '../../model/calls.js';
import type { FileFacts } from '../../model/facts.js';

/** Call records, decoded once for both revisions. */
export class DecodedCalls {
  private readonly byFacts = new Map<FileFacts, FileCalls>();

  of(facts: FileFacts | undefined): FileCalls {
    if (facts === undefined) return NO_CALLS;
    let calls = this.byFacts.get(facts);
    if (calls === undefined) this.byFacts.set(facts, (calls = decodeCalls(facts.calls)));
    return calls;
  }
}
