/**
 * API contract files (GraphQL SDL, Protobuf, OpenAPI) as plain values of both revisions.
 * In: what the format's own library read. Out: records without classes and positions other than lines.
 * Not here: which difference breaks whom (analyze/risk).
 */
import type { RepoPath } from './path.js';

/** One difference between two GraphQL schemas, as graphql-inspector names it. */
export interface GraphqlDifference {
  /** `FIELD_REMOVED` … */
  readonly type: string;
  readonly criticality: 'breaking' | 'dangerous' | 'non-breaking';
  readonly message: string;
  /** `Query.user.id`. */
  readonly path: string;
  readonly file: RepoPath;
  readonly line: number;
  readonly side: 'base' | 'head';
}

/** A field of a Protobuf message. */
export interface ProtoField {
  readonly name: string;
  readonly number: number;
  /** `string`, `shop.v1.Order`, `map<string,int32>`. */
  readonly type: string;
  readonly label: 'singular' | 'optional' | 'required' | 'repeated' | 'map';
  readonly oneof?: string;
  readonly jsonName: string;
  readonly default?: string;
  readonly line: number;
}

/** A Protobuf message; nested ones are listed beside it under their full name. */
export interface ProtoMessage {
  readonly name: string;
  readonly fields: readonly ProtoField[];
  /** Ranges (both ends inclusive) and names that may not be used again. */
  readonly reserved: readonly (readonly [from: number, to: number] | string)[];
  readonly oneofs: readonly string[];
  readonly line: number;
}

/** A Protobuf enumeration. */
export interface ProtoEnum {
  readonly name: string;
  readonly values: readonly { readonly name: string; readonly number: number; readonly line: number }[];
  readonly reserved: readonly (readonly [from: number, to: number] | string)[];
  readonly line: number;
}

/** A Protobuf service. */
export interface ProtoService {
  readonly name: string;
  readonly methods: readonly {
    readonly name: string;
    readonly request: string;
    readonly response: string;
    readonly requestStream: boolean;
    readonly responseStream: boolean;
    readonly line: number;
  }[];
  readonly line: number;
}

/** One revision of a `.proto` file. Names are full, without a leading dot. */
export interface ProtoFile {
  readonly package: string;
  readonly syntax: string;
  readonly messages: readonly ProtoMessage[];
  readonly enums: readonly ProtoEnum[];
  readonly services: readonly ProtoService[];
}

/** One changed `.proto` file. */
export interface ProtoChange {
  readonly file: RepoPath;
  readonly base?: ProtoFile;
  readonly head?: ProtoFile;
}

/** A JSON value without prototypes' tricks: what a YAML or JSON text means. */
export type PlainValue = null | boolean | number | string | readonly PlainValue[] | PlainObject;

/** See {@link PlainValue}. */
export interface PlainObject {
  readonly [key: string]: PlainValue;
}

/** A parsed document and where its values stand. */
export interface PlainDocument {
  readonly value: PlainValue;
  /** 1-based line of the key at a JSON pointer (`/paths/~1users/get`); at most those of the first 20 000 keys. */
  readonly lines: Readonly<Record<string, number>>;
}

/** One revision of an OpenAPI description with the files that its relative references name. */
export interface OpenApiFile {
  readonly root: RepoPath;
  /** Parsed files by path; `root` is one of them. References that lead elsewhere lead nowhere. */
  readonly documents: Readonly<Record<RepoPath, PlainDocument>>;
}

/** One OpenAPI description that a change concerns. */
export interface OpenApiChange {
  readonly file: RepoPath;
  readonly base?: OpenApiFile;
  readonly head?: OpenApiFile;
}
