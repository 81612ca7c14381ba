/* M/M/c, event by event: SERVERS UTILISATION CUSTOMERS SEED; prints one line of JSON. */
#include "events.h"

int main(int count, char **words) {
  if (count < 5) return 2;
  int servers = atoi(words[1]);
  double load = atof(words[2]), service = 1, gap = service / (load * servers);
  long customers = atol(words[3]);
  uint64_t seed = strtoull(words[4], 0, 10);
  generator arrivals, services;
  seed_generator(&arrivals, seed);
  seed_generator(&services, seed + 1000003);
  heap h = make_heap(1024);
  size_t room = 1024, first = 0, waiting = 0;
  double *line = malloc(room * sizeof(double)), *arrived = malloc(servers * sizeof(double));
  uint32_t *idle = malloc(servers * sizeof(uint32_t));
  int idle_count = servers;
  for (int i = 0; i < servers; i++) idle[i] = i;
  long sent = 0, events = 0;
  double waits = 0, sojourns = 0;

  double start = clock_seconds();
  push(&h, next_exponential(&arrivals, gap), 0, 0);
  while (h.count) {
    event e = pop(&h);
    double now = e.time;
    events++;
    if (e.kind == 0) {
      if (++sent < customers) push(&h, now + next_exponential(&arrivals, gap), 0, 0);
      if (idle_count) {
        uint32_t server = idle[--idle_count];
        arrived[server] = now;
        push(&h, now + next_exponential(&services, service), 1, server);
      } else {
        if (waiting == room) {
          double *longer = malloc(2 * room * sizeof(double));
          for (size_t i = 0; i < waiting; i++) longer[i] = line[(first + i) & (room - 1)];
          free(line);
          line = longer;
          first = 0;
          room *= 2;
        }
        line[(first + waiting++) & (room - 1)] = now;
      }
    } else {
      sojourns += now - arrived[e.subject];
      if (waiting) {
        double since = line[first];
        first = (first + 1) & (room - 1);
        waiting--;
        waits += now - since;
        arrived[e.subject] = since;
        push(&h, now + next_exponential(&services, service), 1, e.subject);
      } else {
        idle[idle_count++] = e.subject;
      }
    }
  }
  double seconds = clock_seconds() - start;
  printf("{\"generator\": \"%s\", \"events\": %ld, \"seconds\": %.6f, \"wait_mean\": %.9f, "
         "\"sojourn_mean\": %.9f, \"peak_kb\": %ld}\n",
         GENERATOR, events, seconds, waits / customers, sojourns / customers, peak_kilobytes());
}
