// Version {{ version }}. Keeps the frame of the application for when the network is cut, and nothing of anybody's.
"use strict";
const CACHE = "accompagnement-{{ version }}";
const PAGE = "{{ page|escapejs }}";
const KEPT = [{% for address in kept %}"{{ address|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

// Asked for without cookies: what is kept was written for nobody in particular.
const fill = async () => {
  const cache = await caches.open(CACHE);
  await cache.addAll(KEPT.map((address) => new Request(address, { credentials: "omit" })));
  await skipWaiting();
};
const tidy = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await clients.claim();
};
const kept = async (address) => (await caches.open(CACHE)).match(address);

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => kept(PAGE)));
  else if (KEPT.includes(pathname)) event.respondWith(fetch(request).catch(async () => (await kept(pathname)) ?? Response.error()));
});
