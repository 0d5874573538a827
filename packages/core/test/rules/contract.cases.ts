/** Cases of `graphql/…`, `proto/…` and access directives. */
import type { RuleCase, Step } from './rule-case.js';

const sdl = (base: string, head: string): Step => [{ 'schema.graphql': base }, { 'schema.graphql': head }];
const graphql = (base: string, fires: string, silent: string): RuleCase => ({
  fires: sdl(base, fires),
  silent: sdl(base, silent),
});
const HEAD = 'syntax = "proto3";\npackage a.v1;\n';
const file = (text: string): string => (text.startsWith('syntax') ? text : HEAD + text);
const proto = (base: string, fires: string, silent: string): RuleCase => ({
  fires: [{ 'a.proto': file(base) }, { 'a.proto': file(fires) }],
  silent: [{ 'a.proto': file(base) }, { 'a.proto': file(silent) }],
});
const TWO = 'syntax = "proto2";\npackage a.v1;\n';

export const CONTRACT_CASES: Readonly<Record<string, RuleCase>> = {
  'graphql/FIELD_REMOVED': graphql(
    'type Query { a: Int b: Int }',
    'type Query { a: Int }',
    '"""doc""" type Query { b: Int a: Int }',
  ),
  'graphql/FIELD_TYPE_CHANGED': graphql(
    'type Query { a: Int! }',
    'type Query { a: Int }',
    'type Query { a: Int! b: Int }',
  ),
  'graphql/FIELD_ADDED': graphql('type Query { a: Int }', 'type Query { a: Int b: Int }', 'type Query { a: Int! }'),
  'graphql/FIELD_ARGUMENT_ADDED': graphql(
    'type Query { a: Int }',
    'type Query { a(x: Int!): Int }',
    'type Query { a: Int b(x: Int!): Int }',
  ),
  'graphql/FIELD_ARGUMENT_REMOVED': graphql(
    'type Query { a(x: Int): Int }',
    'type Query { a: Int }',
    'type Query { a(x: Int, y: Int): Int }',
  ),
  'graphql/FIELD_ARGUMENT_TYPE_CHANGED': graphql(
    'type Query { a(x: Int): Int }',
    'type Query { a(x: String): Int }',
    'type Query { a(x: Int, y: Int): Int }',
  ),
  'graphql/FIELD_ARGUMENT_DEFAULT_CHANGED': graphql(
    'type Query { a(x: Int = 1): Int }',
    'type Query { a(x: Int = 2): Int }',
    'type Query { a("doc" x: Int = 1): Int }',
  ),
  'graphql/TYPE_REMOVED': graphql(
    'type Query { a: B } type B { x: Int }',
    'type Query { a: B }',
    'type B { x: Int y: Int } type Query { a: B }',
  ),
  'graphql/TYPE_ADDED': graphql(
    'type Query { a: Int }',
    'type Query { a: Int } type B { x: Int }',
    'type Query { a: Int b: Elsewhere }',
  ),
  'graphql/TYPE_KIND_CHANGED': graphql('type B { x: Int }', 'input B { x: Int }', 'type B { x: Int y: Int }'),
  'graphql/ENUM_VALUE_REMOVED': graphql('enum E { A B }', 'enum E { A }', 'enum E { A B C }'),
  'graphql/ENUM_VALUE_ADDED': graphql('enum E { A }', 'enum E { A B }', 'enum E { A } enum F { B }'),
  'graphql/INPUT_FIELD_REMOVED': graphql(
    'input I { a: Int b: Int }',
    'input I { a: Int }',
    'input I { b: Int a: Int }',
  ),
  'graphql/INPUT_FIELD_ADDED': graphql(
    'input I { a: Int }',
    'input I { a: Int b: Int! }',
    'input I { a: Int } input J { b: Int! }',
  ),
  'graphql/INPUT_FIELD_TYPE_CHANGED': graphql('input I { a: Int }', 'input I { a: Int! }', 'input I { a: Int b: Int }'),
  'graphql/INPUT_FIELD_DEFAULT_VALUE_CHANGED': graphql(
    'input I { a: Int = 1 }',
    'input I { a: Int = 2 }',
    'input I { a: Int = 1 b: Int = 2 }',
  ),
  'graphql/UNION_MEMBER_REMOVED': graphql('union U = A | B', 'union U = A', 'union U = B | A'),
  'graphql/UNION_MEMBER_ADDED': graphql('union U = A', 'union U = A | B', 'union U = A union V = B'),
  'graphql/OBJECT_TYPE_INTERFACE_REMOVED': graphql(
    'type A implements I { x: Int } interface I { x: Int }',
    'type A { x: Int } interface I { x: Int }',
    'type A implements I { x: Int y: Int } interface I { x: Int }',
  ),
  'graphql/OBJECT_TYPE_INTERFACE_ADDED': graphql(
    'type A { x: Int } interface I { x: Int }',
    'type A implements I { x: Int } interface I { x: Int }',
    'type A { x: Int } interface I { x: Int y: Int }',
  ),
  'graphql/DIRECTIVE_REMOVED': graphql(
    'directive @d on FIELD type Query { a: Int }',
    'type Query { a: Int }',
    'directive @d on FIELD directive @e on FIELD type Query { a: Int }',
  ),
  'graphql/DIRECTIVE_CHANGED': graphql(
    'directive @d(a: Int) on FIELD',
    'directive @d on FIELD',
    '"doc" directive @d(a: Int) on FIELD',
  ),
  'graphql/DIRECTIVE_USAGE_CHANGED': graphql(
    'type Query { a: Int }',
    'type Query @key(fields: "a") { a: Int }',
    'type Query { a: Int @deprecated }',
  ),
  'graphql/SCHEMA_REMOVED': {
    fires: [{ 'a.graphql': 'type A { x: Int }' }, {}],
    silent: [{ 'a.graphql': 'type A { x: Int }' }, { 'b.graphql': 'type A { x: Int }' }],
  },
  'graphql/SCHEMA_ROOT_CHANGED': graphql(
    'schema { query: Q } type Q { a: Int } type R { a: Int }',
    'schema { query: R } type Q { a: Int } type R { a: Int }',
    'schema { query: Q } type Q { a: Int b: Int } type R { a: Int }',
  ),
  'auth/graphql-directive-removed': graphql(
    'type Query { a: Int @auth }',
    'type Query { a: Int }',
    'type Query { a: Int @auth b: Int }',
  ),
  'auth/graphql-directive-added': graphql(
    'type Query { a: Int }',
    'type Query { a: Int @hasRole(role: "x") }',
    'type Query { a: Int @cost(weight: 2) }',
  ),
  'proto/FIELD_NO_DELETE': proto(
    'message M { int32 a = 1; int32 b = 2; }',
    'message M { reserved 2; int32 a = 1; }',
    'message M { int32 b = 2; int32 a = 1; }',
  ),
  'proto/FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED': proto(
    'message M { int32 a = 1; int32 b = 2; }',
    'message M { int32 a = 1; }',
    'message M { reserved 2; int32 a = 1; }',
  ),
  'proto/FIELD_SAME_TYPE': proto(
    'message M { int32 a = 1; }',
    'message M { string a = 1; }',
    'message M { int64 a = 1; }',
  ),
  'proto/FIELD_WIRE_COMPATIBLE_TYPE': proto(
    'message M { int32 a = 1; }',
    'message M { int64 a = 1; }',
    'message M { sint32 a = 1; }',
  ),
  'proto/FIELD_SAME_NAME': proto(
    'message M { int32 a = 1; }',
    'message M { int32 b = 1; }',
    'message M { int32 a = 1; int32 b = 2; }',
  ),
  'proto/FIELD_SAME_JSON_NAME': proto(
    'message M { int32 a = 1; }',
    'message M { int32 a = 1 [json_name = "b"]; }',
    'message M { int32 a = 1 [json_name = "a"]; }',
  ),
  'proto/FIELD_SAME_CARDINALITY': proto(
    'message M { int32 a = 1; }',
    'message M { repeated int32 a = 1; }',
    'message M { optional int32 a = 1; }',
  ),
  'proto/FIELD_SAME_ONEOF': proto(
    'message M { int32 a = 1; oneof o { int32 b = 2; } }',
    'message M { oneof o { int32 a = 1; int32 b = 2; } }',
    'message M { int32 a = 1; oneof o { int32 b = 2; int32 c = 3; } }',
  ),
  'proto/FIELD_SAME_DEFAULT': proto(
    `${TWO}message M { optional int32 a = 1 [default = 1]; }`,
    `${TWO}message M { optional int32 a = 1 [default = 2]; }`,
    `${TWO}message M { optional int32 a = 1 [default = 1]; optional int32 b = 2; }`,
  ),
  'proto/REQUIRED_FIELD': proto(
    `${TWO}message M { }`,
    `${TWO}message M { required int32 a = 1; }`,
    `${TWO}message M { optional int32 a = 1; }`,
  ),
  'proto/RESERVED_NO_DELETE': proto('message M { reserved 2; }', 'message M { }', 'message M { reserved 2 to 4; }'),
  'proto/MESSAGE_NO_DELETE': {
    fires: [{ 'a.proto': file('message M { } message N { }') }, { 'a.proto': file('message N { }') }],
    silent: [
      { 'a.proto': file('message M { } message N { }') },
      { 'a.proto': file('message N { }'), 'b.proto': file('message M { }') },
    ],
  },
  'proto/ONEOF_NO_DELETE': proto(
    'message M { oneof o { int32 a = 1; } }',
    'message M { int32 a = 1; }',
    'message M { oneof o { int32 a = 1; int32 b = 2; } }',
  ),
  'proto/ENUM_NO_DELETE': proto('enum E { A = 0; } message M { }', 'message M { }', 'message M { } enum E { A = 0; }'),
  'proto/ENUM_VALUE_NO_DELETE': proto(
    'enum E { A = 0; B = 1; }',
    'enum E { A = 0; }',
    'enum E { A = 0; B = 1; C = 2; }',
  ),
  'proto/ENUM_VALUE_SAME_NAME': proto(
    'enum E { A = 0; B = 1; }',
    'enum E { A = 0; C = 1; }',
    'enum E { A = 0; B = 1; C = 2; }',
  ),
  'proto/SERVICE_NO_DELETE': proto('service S { } message M { }', 'message M { }', 'message M { } service S { }'),
  'proto/RPC_NO_DELETE': proto(
    'service S { rpc A(M) returns (M); rpc B(M) returns (M); }',
    'service S { rpc A(M) returns (M); }',
    'service S { rpc B(M) returns (M); rpc A(M) returns (M); }',
  ),
  'proto/RPC_SAME_REQUEST_TYPE': proto(
    'service S { rpc A(M) returns (M); }',
    'service S { rpc A(N) returns (M); }',
    'service S { rpc A(M) returns (N); }',
  ),
  'proto/RPC_SAME_RESPONSE_TYPE': proto(
    'service S { rpc A(M) returns (M); }',
    'service S { rpc A(M) returns (N); }',
    'service S { rpc A(N) returns (M); }',
  ),
  'proto/RPC_SAME_CLIENT_STREAMING': proto(
    'service S { rpc A(M) returns (M); }',
    'service S { rpc A(stream M) returns (M); }',
    'service S { rpc A(M) returns (stream M); }',
  ),
  'proto/RPC_SAME_SERVER_STREAMING': proto(
    'service S { rpc A(M) returns (M); }',
    'service S { rpc A(M) returns (stream M); }',
    'service S { rpc A(stream M) returns (M); }',
  ),
  'proto/FILE_SAME_PACKAGE': proto(
    'message M { }',
    'syntax = "proto3";\npackage a.v2;\nmessage M { }',
    'message M { int32 a = 1; }',
  ),
  'proto/FILE_NO_DELETE': {
    fires: [{ 'a.proto': file('message M { }') }, {}],
    silent: [{ 'a.proto': file('message M { }') }, { 'b.proto': file('message M { }') }],
  },
  'proto/FIELD_ADDED': proto('message M { }', 'message M { int32 a = 1; }', 'message M { reserved 1; }'),
};
