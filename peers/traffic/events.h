/* What the event loops in C share: a 4-ary heap of 24-byte events, two generators, a clock.
 *
 * They are the limit that the replay is measured against: no generality, no checks. Compiled with
 * -DPHILOX they draw from Philox 4x32-10, each stream from counters in their order, two 64-bit words
 * of a block; without it from xoshiro256++. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#ifdef PHILOX
typedef struct {
  uint64_t position, spare;
  uint32_t key0, key1;
  int has_spare;
} generator;

static inline void seed_generator(generator *g, uint64_t seed) {
  *g = (generator){.key0 = (uint32_t)seed, .key1 = (uint32_t)(seed >> 32)};
}

static inline uint64_t next_word(generator *g) {
  if (g->has_spare) {
    g->has_spare = 0;
    return g->spare;
  }
  uint32_t x0 = (uint32_t)g->position, x1 = (uint32_t)(g->position >> 32), x2 = 0, x3 = 0;
  uint32_t k0 = g->key0, k1 = g->key1;
  g->position++;
  for (int round = 0; round < 10; round++) {
    uint64_t p0 = 0xD2511F53ull * x0, p1 = 0xCD9E8D57ull * x2;
    uint32_t y0 = (uint32_t)(p1 >> 32) ^ x1 ^ k0, y2 = (uint32_t)(p0 >> 32) ^ x3 ^ k1;
    x0 = y0;
    x1 = (uint32_t)p1;
    x2 = y2;
    x3 = (uint32_t)p0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  g->has_spare = 1;
  g->spare = x2 | (uint64_t)x3 << 32;
  return x0 | (uint64_t)x1 << 32;
}
#define GENERATOR "philox"
#else
typedef struct {
  uint64_t s[4];
} generator;

static inline void seed_generator(generator *g, uint64_t seed) {
  for (int i = 0; i < 4; i++) {
    seed += 0x9e3779b97f4a7c15ull;
    uint64_t z = seed;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    g->s[i] = z ^ (z >> 31);
  }
}

static inline uint64_t rotate(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static inline uint64_t next_word(generator *g) {
  uint64_t *s = g->s, result = rotate(s[0] + s[3], 23) + s[0], t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate(s[3], 45);
  return result;
}
#define GENERATOR "xoshiro256++"
#endif

/* A number in (0, 1]. */
static inline double next_unit(generator *g) { return ((next_word(g) >> 11) + 1) * 0x1.0p-53; }

static inline double next_exponential(generator *g, double mean) {
  return -mean * log(next_unit(g));
}

static inline uint32_t next_below(generator *g, uint32_t bound) {
  return (uint32_t)(((next_word(g) >> 32) * (uint64_t)bound) >> 32);
}

typedef struct {
  double time;
  uint64_t sequence;
  uint32_t kind, subject;
} event;

typedef struct {
  event *events;
  size_t count, room;
  uint64_t pushed;
} heap;

static inline int precedes(const event *a, const event *b) {
  return a->time < b->time || (a->time == b->time && a->sequence < b->sequence);
}

static heap make_heap(size_t room) {
  return (heap){.events = malloc(room * sizeof(event)), .room = room};
}

static inline void push(heap *h, double time, uint32_t kind, uint32_t subject) {
  if (h->count == h->room) {
    h->room *= 2;
    h->events = realloc(h->events, h->room * sizeof(event));
  }
  event e = {time, h->pushed++, kind, subject};
  event *a = h->events;
  size_t hole = h->count++;
  while (hole) {
    size_t parent = (hole - 1) / 4;
    if (!precedes(&e, &a[parent])) break;
    a[hole] = a[parent];
    hole = parent;
  }
  a[hole] = e;
}

static inline event pop(heap *h) {
  event *a = h->events, first = a[0], e = a[--h->count];
  size_t count = h->count, hole = 0;
  for (;;) {
    size_t child = 4 * hole + 1;
    if (child >= count) break;
    size_t best = child, end = child + 4 < count ? child + 4 : count;
    for (size_t k = child + 1; k < end; k++)
      if (precedes(&a[k], &a[best])) best = k;
    if (!precedes(&a[best], &e)) break;
    a[hole] = a[best];
    hole = best;
  }
  a[hole] = e;
  return first;
}

static double clock_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static long peak_kilobytes(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}
