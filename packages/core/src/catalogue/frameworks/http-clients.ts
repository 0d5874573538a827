/** Rows: how code calls HTTP servers. */
import type { CatalogueRow } from '../../model/catalogue-row.js';

const SIMPLE = { method: '$member', path: 'A0' } as const;
const AXIOS = ['', 'M[create].R', 'M[AxiosInstance,Axios].I', 'M[AxiosStatic].I'];

/** See the file's head. */
export const HTTP_CLIENT_ROWS: readonly CatalogueRow[] = [
  { id: 'fetch', role: 'http.client', pkg: ['global:fetch'], call: '', bind: { method: 'A1.method|A0.method|const:GET', path: 'A0' }, when: { minArgs: 1 } },
  { id: 'fetch.package', role: 'http.client', pkg: ['node-fetch', 'cross-fetch', 'isomorphic-fetch', 'node-fetch-native', 'isomorphic-unfetch', 'unfetch', 'fetch-retry'], recv: ['', 'M[fetch]', 'R'], call: '', when: { minArgs: 1 }, bind: { method: 'A1.method|const:GET', path: 'A0' } },
  { id: 'undici', role: 'http.client', pkg: ['undici'], recv: ['M[fetch,request,stream]'], call: '', when: { minArgs: 1 }, bind: { method: 'A1.method|const:GET', path: 'A0' } },
  { id: 'axios.verb', role: 'http.client', pkg: ['axios'], recv: AXIOS, call: 'M[#verbs,postForm,putForm,patchForm]', when: { minArgs: 1 }, bind: { ...SIMPLE, base: 'recv.A0.baseURL' } },
  { id: 'axios.request', role: 'http.client', pkg: ['axios'], recv: AXIOS, call: 'M[request]', bind: { method: 'A0.method|const:GET', path: 'A0.url', base: 'recv.A0.baseURL' } },
  { id: 'axios.call', role: 'http.client', pkg: ['axios'], recv: ['', 'M[create].R', 'M[AxiosInstance].I'], call: '', when: { minArgs: 1 }, bind: { method: 'A0.method|A1.method|const:GET', path: 'A0.url|A0', base: 'recv.A0.baseURL' } },
  { id: 'nestjs.http-service', role: 'http.client', pkg: ['@nestjs/axios'], recv: ['M[HttpService].I'], fluent: ['M[axiosRef]'], call: 'M[#verbs]', when: { minArgs: 1 }, bind: SIMPLE },
  { id: 'ky.verb', role: 'http.client', pkg: ['ky', 'ky-universal'], recv: ['', 'M[create,extend].R'], fluent: ['M[extend].R'], call: 'M[#verbs]', when: { minArgs: 1 }, bind: { ...SIMPLE, base: 'A1.prefixUrl|recv.A0.prefixUrl' } },
  { id: 'ky.call', role: 'http.client', pkg: ['ky', 'ky-universal'], recv: ['', 'M[create,extend].R'], call: '', when: { minArgs: 1 }, bind: { method: 'A1.method|const:GET', path: 'A0', base: 'A1.prefixUrl|recv.A0.prefixUrl' } },
  { id: 'got.verb', role: 'http.client', pkg: ['got'], recv: ['', 'M[got]', 'M[extend].R', 'M[got].M[extend].R'], call: 'M[#verbs,stream]', when: { minArgs: 1 }, bind: { ...SIMPLE, base: 'recv.A0.prefixUrl' } },
  { id: 'got.call', role: 'http.client', pkg: ['got'], recv: ['', 'M[got]', 'M[extend].R', 'M[got].M[extend].R'], call: '', when: { minArgs: 1 }, bind: { method: 'A1.method|A0.method|const:GET', path: 'A0.url|A0', base: 'recv.A0.prefixUrl' } },
  { id: 'ofetch', role: 'http.client', pkg: ['ofetch', 'ohmyfetch'], recv: ['M[ofetch,$fetch]', 'M[ofetch,$fetch].M[create].R', 'M[ofetch,$fetch].M[raw,native]'], call: '', when: { minArgs: 1 }, bind: { method: 'A1.method|const:GET', path: 'A0', base: 'A1.baseURL|recv.A0.baseURL' } },
  { id: 'nuxt.fetch', role: 'http.client', pkg: ['global:$fetch', 'global:useFetch', 'global:useLazyFetch', 'global:useRequestFetch'], call: '', when: { minArgs: 1, text: 'A0' }, bind: { method: 'A1.method|const:GET', path: 'A0', base: 'A1.baseURL' } },
  { id: 'superagent', role: 'http.client', pkg: ['superagent'], recv: ['', 'M[agent].R'], call: 'M[#verbs,del]', when: { minArgs: 1 }, bind: SIMPLE },
  { id: 'superagent.call', role: 'http.client', pkg: ['superagent'], call: '', when: { minArgs: 1 }, bind: { method: 'A0', path: 'A1|A0' } },
  { id: 'supertest', role: 'http.client', pkg: ['supertest', 'supertest-session'], recv: ['R', 'M[agent].R', 'M[default].R'], call: 'M[#verbs,del]', when: { minArgs: 1, route: 'A0' }, bind: SIMPLE },
  { id: 'request', role: 'http.client', pkg: ['request', 'request-promise', 'request-promise-native', 'request-promise-any'], recv: ['', 'M[defaults].R'], call: 'M[#verbs,del]', when: { minArgs: 1 }, bind: { method: '$member', path: 'A0.url|A0.uri|A0' } },
  { id: 'request.call', role: 'http.client', pkg: ['request', 'request-promise', 'request-promise-native', 'request-promise-any'], recv: ['', 'M[defaults].R'], call: '', when: { minArgs: 1 }, bind: { method: 'A0.method|A1.method|const:GET', path: 'A0.url|A0.uri|A0' } },
  { id: 'needle', role: 'http.client', pkg: ['needle'], call: 'M[#verbs]', when: { minArgs: 1 }, bind: SIMPLE },
  { id: 'needle.call', role: 'http.client', pkg: ['needle'], call: '', when: { minArgs: 2 }, bind: { method: 'A0', path: 'A1' } },
  { id: 'node.http', role: 'http.client', pkg: ['http', 'https', 'node:http', 'node:https', 'follow-redirects'], recv: ['', 'M[http,https]'], call: 'M[get,request]', when: { minArgs: 1 }, bind: { method: 'A0.method|A1.method|const:GET', path: 'A0.path|A0.pathname|A0.href|A0.url|A0' } },
  { id: 'jquery', role: 'http.client', pkg: ['jquery', 'global:$', 'global:jQuery'], call: 'M[ajax,get,post,getJSON]', when: { minArgs: 1 }, bind: { method: 'A1.method|A1.type|A0.method|A0.type|$member', path: 'A0.url|A0' } },
  { id: 'xhr', role: 'http.client', pkg: ['global:XMLHttpRequest'], recv: ['I'], call: 'M[open]', when: { minArgs: 2 }, bind: { method: 'A0', path: 'A1' } },
  { id: 'beacon', role: 'http.client', pkg: ['global:navigator'], call: 'M[sendBeacon]', bind: { method: 'const:POST', path: 'A0' } },
  { id: 'event-source', role: 'http.client', pkg: ['global:EventSource', 'eventsource'], call: 'new', when: { minArgs: 1 }, bind: { method: 'const:GET', path: 'A0' } },
  { id: 'rtk-query.endpoint', role: 'http.client', pkg: ['@reduxjs/toolkit'], recv: ['M[createApi].M[endpoints].P[0]'], call: 'M[query,mutation,infiniteQuery]', bind: { method: 'A0.query.result.method|const:GET', path: 'A0.query.result.url|A0.query.result' } },
  { id: 'openapi-fetch', role: 'http.client', pkg: ['openapi-fetch', 'openapi-react-query'], recv: ['R'], call: 'M[#exportedVerbs]', when: { minArgs: 1 }, bind: { method: '$member', path: 'A0', base: 'recv.A0.baseUrl' } },
  { id: 'openapi-react-query', role: 'http.client', pkg: ['openapi-react-query'], recv: ['R'], call: 'M[useQuery,useMutation,useSuspenseQuery,queryOptions,useInfiniteQuery]', when: { minArgs: 2 }, bind: { method: 'A0', path: 'A1' } },
  { id: 'angular.http', role: 'http.client', pkg: ['@angular/common'], recv: ['M[HttpClient].I'], call: 'M[#verbs]', when: { minArgs: 1 }, bind: SIMPLE },
  { id: 'hono.client', role: 'http.client', pkg: ['hono'], recv: ['M[hc].R'], call: '**.M[$get,$post,$put,$patch,$delete]', bind: { method: '$member', path: '$path', base: 'recv.A0' } },
  { id: 'swr', role: 'http.client', pkg: ['swr'], recv: ['', 'M[useSWR]'], call: '', when: { minArgs: 1, route: 'A0' }, bind: { method: 'const:GET', path: 'A0' }, confidence: 'medium' },
  { id: 'swr.mutation', role: 'http.client', pkg: ['swr'], call: '', when: { minArgs: 2, route: 'A0' }, bind: { path: 'A0' }, confidence: 'low' },
  { id: 'tanstack-query.key', role: 'cache.key', pkg: ['@tanstack/react-query', '@tanstack/vue-query', '@tanstack/solid-query', '@tanstack/svelte-query', 'react-query'], recv: ['M[useQuery,useSuspenseQuery,useInfiniteQuery,queryOptions]', 'M[QueryClient].I.M[invalidateQueries,setQueryData,fetchQuery,prefetchQuery,removeQueries]', 'M[useQueryClient].R.M[invalidateQueries,setQueryData,fetchQuery,prefetchQuery,removeQueries]'], call: '', bind: { name: 'A0.queryKey.0|A0.0' } },
  { id: 'swr.key', role: 'cache.key', pkg: ['swr'], recv: ['M[mutate,preload]', 'M[useSWRConfig].R.M[mutate]'], call: '', bind: { name: 'A0' } },
]; // prettier-ignore
