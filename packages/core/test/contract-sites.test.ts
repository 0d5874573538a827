/** Call sites of servers and clients that public framework tests showed to be missed: each by the way it is written. */
import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../src/model/index.js';
import { analyzeCase, type Files } from './case.js';

async function keysOf(files: Files, role: string): Promise<string[]> {
  const { head } = (await analyzeCase(files, files)).linked.endpoints;
  return head.filter((end: Endpoint) => end.role === role).map(({ key }) => key);
}

describe('clients', () => {
  test.each<[string, string, string[]]>([
    [
      'what a class or a function of the same file gives, made without arguments',
      "class Api { get(path: string) { return fetch(path); } } const api = new Api(); export const a = () => api.get('/a'); import axios from 'axios'; function make() { return axios.create({ baseURL: '/v1' }); } const http = make(); export const b = () => http.post('/b');",
      ['GET /a', 'POST /v1/b'],
    ],
    [
      'a field that its type says nothing of, and the constructor all',
      "type Send = (path: string, init?: object) => Promise<unknown>; class Client { send_: Send; constructor() { this.send_ = this.init(); } send(path: string, init?: any) { return this.send_(path, init) as unknown; } init(): Send { return async (input: string, init?: any) => { let target = input; return await fetch(target, init); }; } } export class Keys { private client: Client; constructor(client: Client) { this.client = client; } list() { return this.client.send('/keys'); } }",
      ['GET /keys'],
    ],
    [
      'options that another package makes may hold any method',
      "import { signed } from 'sign'; export const a = (id: string) => fetch(`/things/${id}`, signed({ method: 'POST' })); export const b = () => fetch('/plain', { headers: signed() });",
      ['ALL /things/{}', 'GET /plain'],
    ],
    [
      'XMLHttpRequest',
      "export function send() { const xhr = new XMLHttpRequest(); xhr.open('PUT', '/things'); xhr.send(); }",
      ['PUT /things'],
    ],
    [
      'required and called at once',
      "const jobs = require('got').extend({ prefixUrl: '/jobs' }); export const a = () => jobs.post('run'); require('axios').get('/now');",
      ['POST /jobs/run', 'GET /now'],
    ],
    [
      'instances of instances; an address given before',
      "import got from 'got'; import request from 'request'; const base = got.extend({}).extend({ url: '/feed' }); export const a = () => base.get(); const r = request.defaults({}).defaults({}); export const b = () => r('/r');",
      ['GET /feed', 'GET /r'],
    ],
    [
      'axios as a global, jQuery, sockets, Electron, a browser that is driven',
      "axios.delete('/x/1'); $('#a').load('/part'); $.getScript('/s.js'); new WebSocket('ws://localhost/live'); import { net } from 'electron'; net.request({ method: 'POST', url: '/tell' }); import puppeteer from 'puppeteer'; (async () => { const page = await (await puppeteer.launch()).newPage(); await page.goto('http://localhost:3000/login'); })();",
      ['DELETE /x/1', 'GET /part', 'GET /s.js', 'GET /live', 'POST /tell', 'GET /login'],
    ],
    [
      'links of GraphQL clients',
      "import { HttpLink, createHttpLink } from '@apollo/client'; new HttpLink({ uri: '/shop/query' }); createHttpLink({ uri: '/admin/query' }); import { GraphQLClient } from 'graphql-request'; new GraphQLClient('/team/query');",
      ['POST /shop/query', 'POST /admin/query', 'POST /team/query'],
    ],
  ])('%s', async (_, text, expected) => {
    expect((await keysOf({ 'a.ts': text }, 'http.client')).toSorted()).toEqual(expected.toSorted());
  });
});

describe('routes', () => {
  test.each<[string, Files, string[]]>([
    [
      'required and called at once; made without `new`',
      {
        'a.js': "const app = require('fastify')(); app.get('/a', (q, s) => s.send()); module.exports = app;",
        'b.js': "const Koa = require('koa'); const Router = require('@koa/router'); const r = Router(); r.get('/b', () => 1); Koa().use(r.routes());", // prettier-ignore
      },
      ['GET /a', 'GET /b'],
    ],
    [
      'what a function of the same file gives, made without arguments',
      {
        'a.ts':
          "import express from 'express'; function make() { return express(); } const app = make(); app.get('/a', (q, s) => s.end());",
      },
      ['GET /a'],
    ],
    [
      'an application under a server of Node and one of connect keeps its paths',
      {
        'a.ts':
          "import http from 'node:http'; import express, { Router } from 'express'; export function start() { const app = express(); const r = Router(); r.get('/x', (q, s) => s.end()); app.use('/api', r); app.get('/y', (q, s) => s.end()); return http.createServer(app); }",
        'b.ts':
          "import connect from 'connect'; import express from 'express'; const inner = express(); inner.get('/z', (q, s) => s.end()); connect().use('/c', inner);",
      },
      ['GET /api/x', 'GET /y', 'GET /c/z'],
    ],
    [
      'a controller whose path is an option',
      {
        'c.ts':
          "import { Controller, Get } from '@nestjs/common'; @Controller({ path: 'events', version: '1' }) export class C { @Get('/all') all() {} }",
      },
      ['GET /events/all'],
    ],
    [
      'functions of Firebase are named by their export',
      {
        'index.js':
          "const functions = require('firebase-functions'); exports.report = functions.https.onRequest((q, s) => s.end());",
        'v2.ts':
          "import { onRequest } from 'firebase-functions/v2/https'; export const invoice = onRequest({ cors: true }, (q, s) => s.end());",
      },
      ['ALL /report', 'ALL /invoice'],
    ],
  ])('%s', async (_, files, expected) => {
    expect((await keysOf(files, 'http.route')).toSorted()).toEqual(expected.toSorted());
  });

  test('what runs before routes with a parameter runs before no others', async () => {
    const { head } = (
      await analyzeCase(
        {},
        {
          'a.ts':
            "import express from 'express'; import restify from 'restify'; const load = () => 1, log = () => 2; const app = express(); app.param('team', load); app.get('/t/:team/x', (q, s) => s.end()); app.get('/t/:teamId', (q, s) => s.end()); const server = restify.createServer(); server.use(log); server.get('/r', (q, s, next) => next());",
        },
      )
    ).linked.endpoints;
    const guards = head
      .filter(({ role }) => role === 'http.route')
      .map(({ key, guards: list }) => [key, ...(list ?? []).map(({ name }) => name)]);
    expect(guards.toSorted()).toEqual([['GET /r', 'log'], ['GET /t/{}'], ['GET /t/{}/x', 'load']]);
  });
});
