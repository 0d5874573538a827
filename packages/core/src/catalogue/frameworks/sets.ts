/** Named sets of members that rows write as `#name`. */
export const SETS: Readonly<Record<string, readonly string[]>> = {
  verbs: ['get', 'post', 'put', 'patch', 'delete', 'options', 'head', 'all'],
  nestVerbs: ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Options', 'Head', 'All', 'Sse'],
  exportedVerbs: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'],
  prismaReads: [
    'findMany',
    'findFirst',
    'findUnique',
    'findFirstOrThrow',
    'findUniqueOrThrow',
    'count',
    'aggregate',
    'groupBy',
  ],
  prismaWrites: [
    'create',
    'createMany',
    'createManyAndReturn',
    'update',
    'updateMany',
    'updateManyAndReturn',
    'upsert',
    'delete',
    'deleteMany',
  ],
  typeormQueries: [
    'find', 'findBy', 'findOne', 'findOneBy', 'findOneOrFail', 'findOneByOrFail', 'findAndCount', 'findAndCountBy', 'count', 'countBy',
    'exist', 'exists', 'existsBy', 'save', 'insert', 'update', 'upsert', 'delete', 'remove', 'softDelete', 'softRemove', 'restore', 'increment', 'decrement',
    'createQueryBuilder',
  ], // prettier-ignore
  mongooseQueries: [
    'find', 'findOne', 'findById', 'findByIdAndUpdate', 'findByIdAndDelete', 'findOneAndUpdate', 'findOneAndDelete', 'findOneAndReplace',
    'create', 'insertMany', 'updateOne', 'updateMany', 'deleteOne', 'deleteMany', 'replaceOne', 'aggregate', 'countDocuments',
    'estimatedDocumentCount', 'distinct', 'exists', 'bulkWrite',
  ], // prettier-ignore
  sequelizeQueries: [
    'findAll', 'findOne', 'findByPk', 'findOrCreate', 'findAndCountAll', 'create', 'bulkCreate', 'update', 'upsert', 'destroy', 'count', 'max',
    'min', 'sum', 'increment', 'decrement', 'truncate',
  ], // prettier-ignore
  emits: ['emit', 'emitAsync'],
  listens: ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'],
  trpcCalls: [
    'useQuery', 'useMutation', 'useSubscription', 'useInfiniteQuery', 'useSuspenseQuery', 'useSuspenseInfiniteQuery', 'usePrefetchQuery',
    'query', 'mutate', 'subscribe', 'queryOptions', 'mutationOptions', 'infiniteQueryOptions', 'subscriptionOptions', 'queryKey', 'queryFilter',
    'infiniteQueryKey', 'mutationKey', 'pathFilter', 'pathKey', 'invalidate', 'fetch', 'prefetch', 'setData', 'getData', 'refetch', 'cancel', 'ensureData',
    'fetchInfinite', 'prefetchInfinite', 'setInfiniteData', 'getInfiniteData',
  ], // prettier-ignore
};
