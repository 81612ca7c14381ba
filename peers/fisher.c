/* A linear Fisher market by an interior point or by proportional response, in C: the yardstick of
 * peers/equilibrium.py. Same method as Kernels/Markets, with all pairs kept to the end.
 *
 *     cc -O3 -march=native -o fisher fisher.c -lm
 *     ./fisher market.bin ipm 30      30 sweeps, then Newton steps and the polish
 *     ./fisher market.bin pr 1e-4     sweeps until the certified gap is at most 1e-4
 *
 * market.bin: int64 n, m, nnz; int64 offsets[n + 1]; int32 goods[nnz]; double values[nnz], budgets[n].
 * Prints one line: seconds, certified gap, exact (0 or 1), steps, peak memory in MB. */
#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define NEW(type, count) ((type *)take(sizeof(type) * (size_t)(count)))
#define PAIRS(i, e) for (int64_t e = offset[i]; e < offset[i + 1]; e++)

static int n, m, vertices;
static int64_t nnz, *offset;
static int32_t *good, *buyer;
static double *value, *budget;

static void *take(size_t bytes) {
  void *memory = calloc(bytes ? bytes : 1, 1);
  if (!memory) exit(1);
  return memory;
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

/* Reads a market; goods that nobody wants are left out, budgets sum to m, each row's largest value is 1. */
static void load(const char *path) {
  FILE *file = fopen(path, "rb");
  int64_t head[3];
  if (!file || fread(head, 8, 3, file) != 3) exit(2);
  n = head[0], m = head[1], nnz = head[2];
  offset = NEW(int64_t, n + 1), good = NEW(int32_t, nnz), value = NEW(double, nnz), budget = NEW(double, n);
  if (fread(offset, 8, n + 1, file) != (size_t)n + 1 || fread(good, 4, nnz, file) != (size_t)nnz ||
      fread(value, 8, nnz, file) != (size_t)nnz || fread(budget, 8, n, file) != (size_t)n)
    exit(3);
  fclose(file);
  int32_t *place = NEW(int32_t, m), wanted = 0;
  for (int64_t e = 0; e < nnz; e++) place[good[e]] = 1;
  for (int j = 0; j < m; j++) place[j] = place[j] ? wanted++ : -1;
  for (int64_t e = 0; e < nnz; e++) good[e] = place[good[e]];
  m = wanted;
  free(place);
  double money = 0;
  for (int i = 0; i < n; i++) money += budget[i];
  for (int i = 0; i < n; i++) {
    double most = 0;
    budget[i] *= m / money;
    PAIRS(i, e) most = fmax(most, value[e]);
    PAIRS(i, e) value[e] /= most;
  }
  vertices = n + m;
}

/* The certified gap, of prices scaled to the money and units scaled down on oversold goods. */
static double certified_gap(const double *price, const double *unit) {
  double sum = 0, gap = 0, *kept = NEW(double, m);
  for (int j = 0; j < m; j++) sum += price[j];
  for (int64_t e = 0; e < nnz; e++) kept[good[e]] += unit[e];
  for (int j = 0; j < m; j++) kept[j] = kept[j] > 1 ? 1 / kept[j] : 1;
  for (int i = 0; i < n; i++) {
    double utility = 0, least = 1e300;
    PAIRS(i, e) {
      utility += value[e] * unit[e] * kept[good[e]];
      double ratio = price[good[e]] / value[e];
      if (ratio < least) least = ratio;
    }
    gap += budget[i] * log(budget[i] / (least * (m / sum) * utility));
  }
  free(kept);
  return gap / m;
}

/* Sweeps of proportional response until the gap, looked at every ten sweeps, is at most `goal`. */
static int respond(double *bid, double *price, int sweeps, double goal) {
  double *inverse = NEW(double, m);
  for (int i = 0; i < n; i++) {
    double sum = 0;
    PAIRS(i, e) sum += value[e];
    PAIRS(i, e) price[good[e]] += bid[e] = budget[i] * value[e] / sum;
  }
  int k = 1;
  for (; k <= sweeps; k++) {
    int looks = k % 10 == 0;
    double gap = 0;
    for (int j = 0; j < m; j++) inverse[j] = 1 / price[j];
    memset(price, 0, sizeof(double) * m);
    for (int i = 0; i < n; i++) {
      double utility = 0, best = 0;
      PAIRS(i, e) {
        double bang = value[e] * inverse[good[e]];
        if (bang > best) best = bang;
        utility += bid[e] *= bang;
      }
      double scale = budget[i] / utility;
      if (looks) gap += budget[i] * log(budget[i] * best / utility);
      PAIRS(i, e) price[good[e]] += bid[e] *= scale;
    }
    if (looks && gap / m < goal) break;
  }
  free(inverse);
  return k;
}

/* The Newton matrix and its preconditioner, in the order of a maximum spanning forest's elimination. */
static double *weight, *excess, *pivot, *entry, *forward;
static int64_t *row;
static int32_t *later, *order, *position, *leader, *head, *next, *arc;
static uint64_t *key, *spare;

static int32_t find(int32_t x) {
  while (leader[x] != x) leader[x] = leader[leader[x]], x = leader[x];
  return x;
}

/* Heaviest first: two passes of 16 bits over single-precision keys. */
static void sort(uint64_t *from, uint64_t *to, int64_t count) {
  for (int shift = 32; shift < 64; shift += 16) {
    int64_t *start = NEW(int64_t, 65537);
    for (int64_t k = 0; k < count; k++) start[((from[k] >> shift) & 65535) + 1]++;
    for (int d = 0; d < 65536; d++) start[d + 1] += start[d];
    for (int64_t k = 0; k < count; k++) to[start[(from[k] >> shift) & 65535]++] = from[k];
    uint64_t *swap = from;
    from = to, to = swap;
    free(start);
  }
}

static uint64_t sort_key(double w, int64_t e) {
  float single = (float)w;
  uint32_t bits;
  memcpy(&bits, &single, 4);
  return (uint64_t)(~bits) << 32 | (uint64_t)e;
}

static void build(void) {
  int arcs = 0, count = 0;
  for (int v = 0; v < vertices; v++) leader[v] = v, head[v] = -1, position[v] = -1;
  for (int64_t e = 0; e < nnz; e++) key[e] = sort_key(weight[e], e);
  sort(key, spare, nnz);
  for (int64_t k = 0; k < nnz && arcs < 2 * (vertices - 1); k++) {
    int64_t e = key[k] & 0xffffffffu;
    int32_t x = buyer[e], y = n + good[e], a = find(x), b = find(y);
    if (a == b) continue;
    leader[a] = b;
    arc[arcs] = y, next[arcs] = head[x], head[x] = arcs++;
    arc[arcs] = x, next[arcs] = head[y], head[y] = arcs++;
  }
  for (int s = 0, q = 0; s < vertices; s++) {
    int root = (n + s) % vertices;
    if (position[root] >= 0) continue;
    position[root] = 0, order[count++] = root;
    for (; q < count; q++)
      for (int k = head[order[q]]; k >= 0; k = next[k])
        if (position[arc[k]] < 0) position[arc[k]] = 0, order[count++] = arc[k];
  }
  for (int k = 0; k < vertices / 2; k++) {
    int32_t swap = order[k];
    order[k] = order[vertices - 1 - k], order[vertices - 1 - k] = swap;
  }
  for (int k = 0; k < vertices; k++) position[order[k]] = k;
  memset(row, 0, sizeof(int64_t) * (vertices + 2));
  for (int64_t e = 0; e < nnz; e++) {
    int32_t x = position[buyer[e]], y = position[n + good[e]];
    row[(x < y ? x : y) + 2]++;
  }
  for (int k = 0; k < vertices; k++) row[k + 2] += row[k + 1];
  for (int64_t e = 0; e < nnz; e++) {
    int32_t x = position[buyer[e]], y = position[n + good[e]];
    int64_t place = row[(x < y ? x : y) + 1]++;
    later[place] = x < y ? y : x, entry[place] = weight[e];
  }
  for (int k = 0; k < vertices; k++) pivot[k] = excess[order[k]];
  for (int k = 0; k < vertices; k++) {
    double sum = 0;
    for (int64_t q = row[k]; q < row[k + 1]; q++) sum += entry[q];
    double inverse = 1 / (sum + pivot[k]), part = pivot[k] * inverse;
    if (part > 0)
      for (int64_t q = row[k]; q < row[k + 1]; q++) pivot[later[q]] += entry[q] * part;
    pivot[k] = inverse;
  }
}

static void precondition(const double *r, double *z) {
  for (int k = 0; k < vertices; k++) forward[k] = r[order[k]];
  for (int k = 0; k < vertices; k++) {
    double t = forward[k] *= pivot[k];
    for (int64_t q = row[k]; q < row[k + 1]; q++) forward[later[q]] += entry[q] * t;
  }
  for (int k = vertices - 1; k >= 0; k--) {
    double sum = 0;
    for (int64_t q = row[k]; q < row[k + 1]; q++) sum += entry[q] * forward[later[q]];
    forward[k] += sum * pivot[k];
  }
  for (int k = 0; k < vertices; k++) z[order[k]] = forward[k];
}

static void multiply(const double *x, double *y) {
  for (int j = n; j < vertices; j++) y[j] = excess[j] * x[j];
  for (int i = 0; i < n; i++) {
    double sum = 0;
    PAIRS(i, e) {
      double flow = weight[e] * (x[i] - x[n + good[e]]);
      sum += flow, y[n + good[e]] -= flow;
    }
    y[i] = sum;
  }
}

static void solve(const double *right, double *x, double tolerance) {
  static double *r, *z, *p, *q;
  if (!r) r = NEW(double, vertices), z = NEW(double, vertices), p = NEW(double, vertices), q = NEW(double, vertices);
  double rz = 0, first;
  memset(x, 0, sizeof(double) * vertices);
  memcpy(r, right, sizeof(double) * vertices);
  precondition(r, z);
  for (int k = 0; k < vertices; k++) rz += r[k] * z[k];
  memcpy(p, z, sizeof(double) * vertices);
  if ((first = rz) <= 0) return;
  for (int step = 0; step < 500; step++) {
    double curvature = 0, after = 0;
    multiply(p, q);
    for (int k = 0; k < vertices; k++) curvature += p[k] * q[k];
    double length = rz / curvature;
    for (int k = 0; k < vertices; k++) x[k] += length * p[k], r[k] -= length * q[k];
    precondition(r, z);
    for (int k = 0; k < vertices; k++) after += r[k] * z[k];
    if (after < tolerance * tolerance * first) break;
    double ratio = after / rz;
    rz = after;
    for (int k = 0; k < vertices; k++) p[k] = z[k] + ratio * p[k];
  }
}

/* One round of the polish: 1 if the forest of the support is an equilibrium, whose gap it tells. */
static int polish_round(const double *x, const double *z, const double *p, char *mark, double *gap) {
  int arcs = 0, count = 0, negative = 0;
  int64_t candidates = 0;
  int64_t *arc_pair = NEW(int64_t, 2 * vertices), *parent_pair = NEW(int64_t, vertices);
  int32_t *parent = NEW(int32_t, vertices), *walk = NEW(int32_t, vertices);
  double *worth = NEW(double, vertices), *need = NEW(double, vertices), *unit = NEW(double, nnz), violation = 0;
  char *seen = NEW(char, vertices);
  for (int64_t e = 0; e < nnz; e++) {
    double spent = x[e] * p[good[e]];
    if ((spent > z[e] && mark[e] != 1) || mark[e] == 2) key[candidates++] = sort_key(spent, e);
  }
  sort(key, spare, candidates);
  for (int v = 0; v < vertices; v++) leader[v] = v, head[v] = -1;
  for (int64_t k = 0; k < candidates; k++) {
    int64_t e = key[k] & 0xffffffffu;
    int32_t a = buyer[e], b = n + good[e], ra = find(a), rb = find(b);
    if (ra == rb) continue;
    leader[ra] = rb;
    arc[arcs] = b, arc_pair[arcs] = e, next[arcs] = head[a], head[a] = arcs++;
    arc[arcs] = a, arc_pair[arcs] = e, next[arcs] = head[b], head[b] = arcs++;
  }
  for (int root = 0, q = 0; root < vertices; root++) {
    if (seen[root]) continue;
    int start = count;
    double money = 0, sum = 0;
    seen[root] = 1, parent[root] = -1, worth[root] = 1, walk[count++] = root;
    for (; q < count; q++) {
      int a = walk[q];
      if (a < n) money += budget[a]; else sum += worth[a];
      for (int k = head[a]; k >= 0; k = next[k]) {
        int b = arc[k];
        if (seen[b]) continue;
        double v = value[arc_pair[k]];
        seen[b] = 1, parent[b] = a, parent_pair[b] = arc_pair[k];
        worth[b] = b >= n ? worth[a] * v : worth[a] / v;
        walk[count++] = b;
      }
    }
    double scale = sum > 0 ? money / sum : 1;
    for (int k = start; k < count; k++) {
      int a = walk[k];
      worth[a] *= scale, need[a] = a < n ? budget[a] : worth[a];
    }
  }
  for (int k = vertices - 1; k >= 0; k--) {
    int a = walk[k];
    if (parent[a] < 0) continue;
    int64_t e = parent_pair[a];
    need[parent[a]] -= need[a];
    if (need[a] < 0) negative++, mark[e] = 1;
    unit[e] = fmax(need[a], 0) / worth[n + good[e]];
  }
  for (int64_t e = 0; e < nnz; e++) {
    double excess_bang = worth[buyer[e]] * value[e] / worth[n + good[e]] - 1;
    violation = fmax(violation, excess_bang);
    if (excess_bang > 1e-11 && mark[e] != 1) mark[e] = 2;
  }
  *gap = certified_gap(worth + n, unit);
  free(arc_pair), free(parent_pair), free(parent), free(walk), free(worth), free(need), free(unit), free(seen);
  return negative == 0 && violation < 1e-11;
}

static int polish(const double *x, const double *z, const double *p, double *gap) {
  char *mark = NEW(char, nnz);
  int exact = 0;
  for (int round = 0; round < 12 && !exact; round++) exact = polish_round(x, z, p, mark, gap);
  free(mark);
  return exact;
}

static int interior_point(int sweeps, double *gap, int *exact) {
  double *x = NEW(double, nnz), *p = NEW(double, m), *z = NEW(double, nnz), *u = NEW(double, n);
  double *beta = NEW(double, n), *r = NEW(double, nnz), *dx = NEW(double, nnz), *dz = NEW(double, nnz);
  double *du = NEW(double, n), *sold = NEW(double, m), *degree = NEW(double, m), *c = NEW(double, nnz);
  double *right = NEW(double, vertices), *s = NEW(double, vertices), best = 1e300;
  weight = NEW(double, nnz), excess = NEW(double, vertices), pivot = NEW(double, vertices);
  entry = NEW(double, nnz), forward = NEW(double, vertices), row = NEW(int64_t, vertices + 2);
  later = NEW(int32_t, nnz), order = NEW(int32_t, vertices), position = NEW(int32_t, vertices);
  leader = NEW(int32_t, vertices), head = NEW(int32_t, vertices), next = NEW(int32_t, 2 * vertices);
  arc = NEW(int32_t, 2 * vertices), key = NEW(uint64_t, nnz), spare = NEW(uint64_t, nnz);
  buyer = NEW(int32_t, nnz);
  respond(x, p, sweeps, 0);
  for (int i = 0; i < n; i++)
    PAIRS(i, e) buyer[e] = i, degree[good[e]]++;
  for (int64_t e = 0; e < nnz; e++) x[e] = 0.9 * x[e] / p[good[e]] + 0.1 / degree[good[e]];
  memset(p, 0, sizeof(double) * m);
  for (int i = 0; i < n; i++) {
    PAIRS(i, e) u[i] += value[e] * x[e];
    beta[i] = budget[i] / u[i];
    PAIRS(i, e) p[good[e]] = fmax(p[good[e]], 1.1 * beta[i] * value[e]);
  }
  for (int64_t e = 0; e < nnz; e++) z[e] = p[good[e]] - beta[buyer[e]] * value[e];
  for (int step = 0;; step++) {
    double mu = 0;
    for (int64_t e = 0; e < nnz; e++) mu += x[e] * z[e];
    mu /= nnz;
    *gap = certified_gap(p, x);
    int stuck = *gap != *gap || (*gap > 1e3 * best && best < 1e-9) || mu < 1e-19 || step == 80;
    if (*gap < best) best = *gap;
    if (*gap < 1e-9 || stuck) {
      double polished;
      if ((*exact = polish(x, z, p, &polished))) *gap = polished;
      if (*exact || *gap < 1e-13 || stuck) return step;
    }
    double tolerance = fmax(1e-10, fmin(1e-3, mu));
    memset(sold, 0, sizeof(double) * m);
    for (int64_t e = 0; e < nnz; e++) {
      weight[e] = p[good[e]] * value[e] * beta[buyer[e]] * (x[e] / z[e]);
      sold[good[e]] += x[e];
    }
    for (int j = 0; j < m; j++) excess[n + j] = p[j] * sold[j];
    build();
    double sigma = 0, length_x = 1, length_z = 1;
    for (int phase = 0; phase < 2; phase++) {
      for (int64_t e = 0; e < nnz; e++) c[e] = (phase ? sigma * mu - dx[e] * dz[e] : 0) - x[e] * z[e];
      for (int j = 0; j < m; j++) right[n + j] = sold[j] - 1;
      for (int i = 0; i < n; i++) {
        double sum = 0, turn = phase ? du[i] * s[i] * beta[i] : 0;
        PAIRS(i, e) {
          r[e] = c[e] / z[e];
          sum += value[e] * r[e], right[n + good[e]] += r[e];
        }
        right[i] = budget[i] - beta[i] * u[i] - turn - beta[i] * sum;
      }
      for (int j = 0; j < m; j++) right[n + j] *= p[j];
      solve(right, s, tolerance);
      length_x = length_z = 1e300;
      for (int i = 0; i < n; i++) {
        double gain = 0;
        PAIRS(i, e) {
          dz[e] = p[good[e]] * s[n + good[e]] - value[e] * beta[i] * s[i];
          dx[e] = r[e] - x[e] / z[e] * dz[e];
          gain += value[e] * dx[e];
          if (dx[e] < 0) length_x = fmin(length_x, -x[e] / dx[e]);
          if (dz[e] < 0) length_z = fmin(length_z, -z[e] / dz[e]);
        }
        du[i] = gain;
        if (gain < 0) length_x = fmin(length_x, -u[i] / gain);
        if (s[i] < 0) length_z = fmin(length_z, -1 / s[i]);
      }
      for (int j = n; j < vertices; j++)
        if (s[j] < 0) length_z = fmin(length_z, -1 / s[j]);
      double damping = phase ? fmax(0.99, 1 - mu) : 1;
      length_x = fmin(1, damping * length_x), length_z = fmin(1, damping * length_z);
      if (!phase) {
        double after = 0;
        for (int64_t e = 0; e < nnz; e++) after += (x[e] + length_x * dx[e]) * (z[e] + length_z * dz[e]);
        sigma = fmin(1, pow(after / nnz / mu, 3));
      }
    }
    double length = fmin(length_x, length_z);
    for (int64_t e = 0; e < nnz; e++) x[e] += length * dx[e], z[e] += length * dz[e];
    for (int i = 0; i < n; i++) u[i] += length * du[i], beta[i] *= 1 + length * s[i];
    for (int j = 0; j < m; j++) p[j] *= 1 + length * s[n + j];
  }
}

int main(int count, char **words) {
  if (count < 4) return 64;
  load(words[1]);
  double start = seconds(), gap;
  int exact = 0, steps;
  if (!strcmp(words[2], "pr")) {
    double *bid = NEW(double, nnz), *price = NEW(double, m);
    steps = respond(bid, price, 1000000, atof(words[3]));
    for (int64_t e = 0; e < nnz; e++) bid[e] /= price[good[e]];
    gap = certified_gap(price, bid);
  } else {
    steps = interior_point(atoi(words[3]), &gap, &exact);
  }
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("%.6f %.3e %d %d %.1f\n", seconds() - start, gap, exact, steps, usage.ru_maxrss / 1024.);
  return 0;
}
