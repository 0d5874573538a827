/** Rows: how code calls HTTP servers. */
import type { CatalogueRow } from '../../model/catalogue-row.js';

const SIMPLE = { method: '$member', path: 'A0' } as const;
const AXIOS = ['', 'M[create].R', 'M[AxiosInstance,Axios].I', 'M[AxiosStatic].I'];
const AXIOS_PACKAGES = ['axios', 'global:axios'];
const GOT = ['', 'M[got]', 'M[extend].R', 'M[got].M[extend].R'];
const JQUERY = ['jquery', 'global:$', 'global:jQuery'];
const REQUEST = ['request', 'request-promise', 'request-promise-native', 'request-promise-any'];
const LINKS = ['@apollo/client', 'apollo-client', 'apollo-boost', 'apollo-client-preset', 'apollo-link-http', 'apollo-link-batch-http', 'apollo-link-ws', 'apollo-upload-client', 'graphql-request', 'urql', '@urql/core', '@urql/vue', '@urql/svelte']; // prettier-ignore
const LINK_MAKERS = 'M[ApolloClient,HttpLink,BatchHttpLink,WebSocketLink,UploadHttpLink,GraphQLClient,Client]';

/** See the file's head. */
export const HTTP_CLIENT_ROWS: readonly CatalogueRow[] = [
  { id: 'fetch', role: 'http.client', pkg: ['global:fetch'], call: '', bind: { method: 'A1.method|A0.method|const:GET', path: 'A0' }, when: { minArgs: 1 } },
  { id: 'fetch.package', role: 'http.client', pkg: ['node-fetch', 'cross-fetch', 'isomorphic-fetch', 'node-fetch-native', 'isomorphic-unfetch', 'unfetch', 'fetch-retry', 'whatwg-fetch'], recv: ['', 'M[fetch]', 'R'], call: '', when: { minArgs: 1 }, bind: { method: 'A1.method|const:GET', path: 'A0' } },
  { id: 'undici', role: 'http.client', pkg: ['undici'], recv: ['M[fetch,request,stream]'], call: '', when: { minArgs: 1 }, bind: { method: 'A1.method|const:GET', path: 'A0' } },
  { id: 'axios.verb', role: 'http.client', pkg: AXIOS_PACKAGES, recv: AXIOS, call: 'M[#verbs,postForm,putForm,patchForm]', when: { minArgs: 1 }, bind: { ...SIMPLE, base: 'recv.A0.baseURL' } },
  { id: 'axios.request', role: 'http.client', pkg: AXIOS_PACKAGES, recv: AXIOS, call: 'M[request,getUri]', bind: { method: 'A0.method|const:GET', path: 'A0.url', base: 'recv.A0.baseURL' } },
  { id: 'axios.call', role: 'http.client', pkg: AXIOS_PACKAGES, recv: ['', 'M[create].R', 'M[AxiosInstance].I'], call: '', when: { minArgs: 1 }, bind: { method: 'A0.method|A1.method|const:GET', path: 'A0.url|A0', base: 'recv.A0.baseURL' } },
  { id: 'nestjs.http-service', role: 'http.client', pkg: ['@nestjs/axios'], recv: ['M[HttpService].I'], fluent: ['M[axiosRef]'], call: 'M[#verbs]', when: { minArgs: 1 }, bind: SIMPLE },
  { id: 'ky.verb', role: 'http.client', pkg: ['ky', 'ky-universal'], recv: ['', 'M[create,extend].R'], fluent: ['M[extend].R'], call: 'M[#verbs]', when: { minArgs: 1 }, bind: { ...SIMPLE, base: 'A1.prefixUrl|recv.A0.prefixUrl' } },
  { id: 'ky.call', role: 'http.client', pkg: ['ky', 'ky-universal'], recv: ['', 'M[create,extend].R'], call: '', when: { minArgs: 1 }, bind: { method: 'A1.method|const:GET', path: 'A0', base: 'A1.prefixUrl|recv.A0.prefixUrl' } },
  { id: 'got.verb', role: 'http.client', pkg: ['got'], recv: GOT, fluent: ['M[extend].R'], call: 'M[#verbs,stream,paginate]', bind: { method: '$member', path: 'A0|recv.A0.url', base: 'recv.A0.prefixUrl' } },
  { id: 'got.call', role: 'http.client', pkg: ['got'], recv: GOT, fluent: ['M[extend].R'], call: '', when: { minArgs: 1 }, bind: { method: 'A1.method|A0.method|const:GET', path: 'A0.url|A0', base: 'recv.A0.prefixUrl' } },
  { id: 'ofetch', role: 'http.client', pkg: ['ofetch', 'ohmyfetch'], recv: ['M[ofetch,$fetch]', 'M[ofetch,$fetch].M[create].R', 'M[ofetch,$fetch].M[raw,native]'], call: '', when: { minArgs: 1 }, bind: { method: 'A1.method|const:GET', path: 'A0', base: 'A1.baseURL|recv.A0.baseURL' } },
  { id: 'nuxt.fetch', role: 'http.client', pkg: ['global:$fetch', 'global:useFetch', 'global:useLazyFetch', 'global:useRequestFetch'], call: '', when: { minArgs: 1, text: 'A0' }, bind: { method: 'A1.method|const:GET', path: 'A0', base: 'A1.baseURL' } },
  { id: 'superagent', role: 'http.client', pkg: ['superagent'], recv: ['', 'M[agent].R'], call: 'M[#verbs,del]', when: { minArgs: 1 }, bind: SIMPLE },
  { id: 'superagent.call', role: 'http.client', pkg: ['superagent'], call: '', when: { minArgs: 1 }, bind: { method: 'A0', path: 'A1|A0' } },
  { id: 'supertest', role: 'http.client', pkg: ['supertest', 'supertest-session'], recv: ['R', 'M[agent].R', 'M[default].R'], call: 'M[#verbs,del]', when: { minArgs: 1, route: 'A0' }, bind: SIMPLE },
  { id: 'request', role: 'http.client', pkg: REQUEST, recv: [''], fluent: ['M[defaults].R'], call: 'M[#verbs,del]', when: { minArgs: 1 }, bind: { method: '$member', path: 'A0.url|A0.uri|A0' } },
  { id: 'request.call', role: 'http.client', pkg: REQUEST, recv: [''], fluent: ['M[defaults].R'], call: '', when: { minArgs: 1 }, bind: { method: 'A0.method|A1.method|const:GET', path: 'A0.url|A0.uri|A0' } },
  { id: 'needle', role: 'http.client', pkg: ['needle'], call: 'M[#verbs]', when: { minArgs: 1 }, bind: SIMPLE },
  { id: 'needle.call', role: 'http.client', pkg: ['needle'], call: '', when: { minArgs: 2 }, bind: { method: 'A0', path: 'A1' } },
  { id: 'node.http', role: 'http.client', pkg: ['http', 'https', 'node:http', 'node:https', 'follow-redirects'], recv: ['', 'M[http,https]'], call: 'M[get,request]', when: { minArgs: 1 }, bind: { method: 'A0.method|A1.method|const:GET', path: 'A0.path|A0.pathname|A0.href|A0.url|A0' } },
  { id: 'jquery', role: 'http.client', pkg: JQUERY, call: 'M[ajax,get,post,getJSON,getScript]', when: { minArgs: 1 }, bind: { method: 'A1.method|A1.type|A0.method|A0.type|$member', path: 'A0.url|A0' } },
  { id: 'jquery.load', role: 'http.client', pkg: JQUERY, recv: ['R'], call: 'M[load]', when: { minArgs: 1, text: 'A0' }, bind: { method: 'const:GET', path: 'A0' } },
  { id: 'xhr', role: 'http.client', pkg: ['global:XMLHttpRequest'], recv: ['I'], call: 'M[open]', when: { minArgs: 2 }, bind: { method: 'A0', path: 'A1' } },
  { id: 'beacon', role: 'http.client', pkg: ['global:navigator'], call: 'M[sendBeacon]', bind: { method: 'const:POST', path: 'A0' } },
  { id: 'event-source', role: 'http.client', pkg: ['global:EventSource', 'eventsource'], call: 'new', when: { minArgs: 1 }, bind: { method: 'const:GET', path: 'A0' } },
  { id: 'websocket', role: 'http.client', pkg: ['global:WebSocket', 'ws', 'isomorphic-ws', 'reconnecting-websocket'], recv: ['', 'M[WebSocket]'], call: 'new', when: { minArgs: 1 }, bind: { method: 'const:GET', path: 'A0' } },
  { id: 'electron.net', role: 'http.client', pkg: ['electron'], recv: ['M[net]'], call: 'M[request,fetch]', when: { minArgs: 1 }, bind: { method: 'A0.method|A1.method|const:GET', path: 'A0.url|A0.path|A0' } },
  { id: 'electron.client-request', role: 'http.client', pkg: ['electron'], recv: ['M[ClientRequest]'], call: 'new', when: { minArgs: 1 }, bind: { method: 'A0.method|const:GET', path: 'A0.url|A0.path|A0' } },
  { id: 'puppeteer.page', role: 'http.client', pkg: ['puppeteer', 'puppeteer-core'], recv: ['M[launch,connect].R.M[newPage].R', 'M[Browser,BrowserContext].I.M[newPage].R', 'M[Page].I'], call: 'M[goto,addStyleTag,addScriptTag]', when: { minArgs: 1 }, bind: { method: 'const:GET', path: 'A0.url|A0' } },
  { id: 'form-data.submit', role: 'http.client', pkg: ['form-data'], recv: ['I'], call: 'M[submit]', when: { minArgs: 1 }, bind: { method: 'A0.method|const:POST', path: 'A0.path|A0' } },
  { id: 'http-proxy.target', role: 'http.client', pkg: ['http-proxy', 'http-proxy-middleware', 'express-http-proxy'], recv: ['', 'M[createProxyServer,createProxyMiddleware,createProxy]', 'M[legacyCreateProxyMiddleware]'], call: '', when: { minArgs: 1 }, bind: { method: 'const:', path: 'A0.target|A0' } },
  { id: 'http-proxy.forward', role: 'http.client', pkg: ['http-proxy'], recv: ['M[createProxyServer,createProxy].R', 'R', 'I'], call: 'M[web,ws]', when: { minArgs: 3 }, bind: { method: 'const:', path: 'A2.target' } },
  { id: 'graphql.link', role: 'http.client', pkg: LINKS, recv: ['', LINK_MAKERS, 'M[createHttpLink,createNetworkInterface]'], call: 'new', when: { minArgs: 1 }, bind: { method: 'const:POST', path: 'A0.uri|A0.url|A0' } },
  { id: 'graphql.link-call', role: 'http.client', pkg: LINKS, recv: ['M[createHttpLink,createUploadLink,createNetworkInterface,createClient,request]'], call: '', when: { minArgs: 1 }, bind: { method: 'const:POST', path: 'A0.uri|A0.url|A0' } },
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
